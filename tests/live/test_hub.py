"""The hub by itself: what it keeps, and for how long."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from django.db import transaction

from samspill.live import hub as hubs
from samspill.live.actions import announce
from samspill.live.channels import Channel
from samspill.live.hub import Hub
from samspill.live.queries import version, versions

CHANNEL = Channel("test:1", "screen", "nb")


def run(story: Callable[[Hub], Awaitable[None]], renderer: hubs.Renderer) -> None:
    async def whole() -> None:
        hub = Hub({"test": renderer})
        await hub.start()
        try:
            await asyncio.wait_for(story(hub), timeout=20)
        finally:
            await hub.stop()

    asyncio.run(whole())


def nothing(channel: Channel) -> dict[str, Any]:
    return {}


@pytest.mark.django_db(transaction=True)
def test_a_channel_is_dropped_when_its_last_listener_leaves():
    async def story(hub: Hub) -> None:
        async with hub.listening(CHANNEL):
            async with hub.listening(CHANNEL):
                pass
            assert hub.channels == {CHANNEL}
        assert hub.channels == frozenset()

    run(story, nothing)


@pytest.mark.django_db(transaction=True)
def test_whoever_polls_keeps_the_channel_warm_for_a_while_only(monkeypatch):
    monkeypatch.setattr(hubs, "POLL_COUNTS_AS_LISTENING", 0.5)

    async def story(hub: Hub) -> None:
        await hub.state(CHANNEL)
        assert hub.channels == {CHANNEL}
        while hub.channels:
            await asyncio.sleep(0.05)

    run(story, nothing)


@pytest.mark.django_db(transaction=True)
def test_a_rendering_that_fails_is_tried_again(monkeypatch):
    monkeypatch.setattr(hubs, "AFTER_FAULT", 0.01)
    attempts = []

    def fails_twice(channel: Channel) -> dict[str, Any]:
        attempts.append(channel)
        if len(attempts) < 3:
            raise RuntimeError("the database was away")
        return {"attempt": len(attempts)}

    async def story(hub: Hub) -> None:
        assert (await hub.state(CHANNEL)).body == b'{"attempt":3}'

    run(story, fails_twice)


@pytest.mark.django_db(transaction=True)
def test_a_renderer_works_in_the_language_of_the_channel():
    def speak(channel: Channel) -> dict[str, Any]:
        return {"language": hubs.translation.get_language()}

    async def story(hub: Hub) -> None:
        for language in ("nb", "nn", "en"):
            frame = await hub.state(Channel("test:1", "screen", language))
            assert frame.body == f'{{"language":"{language}"}}'.encode()

    run(story, speak)


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_was_never_announced():
    announce("test:1")
    with transaction.atomic():
        announce("test:1")
        transaction.set_rollback(True)
    assert version("test:1") == 1


def test_versions_of_topics_that_never_were_announced_are_zero(db):
    announce("test:1")
    announce("test:1")
    assert versions(["test:1", "test:2"]) == {"test:1": 2, "test:2": 0}
