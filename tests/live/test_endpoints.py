"""What goes out on one stream, seen from inside: what is sent when, and to whom it is not."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from samspill.live import hub as hubs
from samspill.live.actions import announce
from samspill.live.channels import Channel
from samspill.live.endpoints import Endpoints
from samspill.live.hub import Hub
from samspill.live.tokens import addresses

CHANNEL = Channel("test:1", "screen", "nb")


class Line:
    """One open stream. `blocked` makes it take nothing any more; `leave` is what a closed page does."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.flowing = asyncio.Event()
        self.flowing.set()
        self._left = asyncio.Event()
        self._came = asyncio.Condition()

    async def receive(self) -> dict[str, Any]:
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        await self.flowing.wait()
        async with self._came:
            if message["type"] == "http.response.body":
                self.parts.append(message["body"].decode())
            self._came.notify_all()

    async def wait_for(self, part: str) -> None:
        async with self._came:
            await self._came.wait_for(lambda: part in self.parts)

    def leave(self) -> None:
        self._left.set()


def run(story: Callable[[Hub, Line, asyncio.Task[None]], Awaitable[None]], renderer: hubs.Renderer) -> None:
    """Open a stream and tell the story of it; the hub, the line, and the task that serves the line."""

    async def whole() -> None:
        hub, line = Hub({"test": renderer}), Line()
        await hub.start()
        query = addresses(CHANNEL)["url"].partition("?")[2].encode()
        scope = {
            "type": "http",
            "method": "GET",
            "path": "/live/stream",
            "query_string": query,
            "headers": [],
        }
        serving = asyncio.create_task(Endpoints(hub)(scope, line.receive, line.send))
        try:
            await asyncio.wait_for(story(hub, line, serving), timeout=60)
        finally:
            line.leave()
            line.flowing.set()
            await asyncio.wait([serving])
            await hub.stop()

    asyncio.run(whole())


def state(version: int, body: str) -> str:
    return f"id: {version}\nevent: state\ndata: {body}\n\n"


BEAT = "event: beat\ndata: 1\n\n"


@pytest.mark.django_db(transaction=True)
def test_a_quiet_line_says_that_it_is_alive(monkeypatch):
    monkeypatch.setattr(hubs, "HEARTBEAT", 0.1)

    async def story(hub: Hub, line: Line, serving: asyncio.Task[None]) -> None:
        await line.wait_for(BEAT)
        assert line.parts[:2] == ["retry: 2000\n\n", state(0, "{}")]

    run(story, lambda channel: {})


@pytest.mark.django_db(transaction=True)
def test_a_change_that_this_audience_does_not_see_sends_nothing():
    seen = iter([{"shown": 1}, {"shown": 1}, {"shown": 2}])

    async def story(hub: Hub, line: Line, serving: asyncio.Task[None]) -> None:
        await line.wait_for(state(0, '{"shown":1}'))
        await asyncio.to_thread(announce, "test:1")
        while (await hub.state(CHANNEL)).version < 1:
            await asyncio.sleep(0.01)
        await asyncio.to_thread(announce, "test:1")
        await line.wait_for(state(2, '{"shown":2}'))
        assert line.parts == ["retry: 2000\n\n", state(0, '{"shown":1}'), state(2, '{"shown":2}')]

    run(story, lambda channel: next(seen))


@pytest.mark.django_db(transaction=True)
def test_whoever_leaves_is_forgotten_at_once():
    async def story(hub: Hub, line: Line, serving: asyncio.Task[None]) -> None:
        await line.wait_for(state(0, "{}"))
        assert hub.channels == {CHANNEL}
        line.leave()
        await serving
        assert hub.channels == frozenset()

    run(story, lambda channel: {})


@pytest.mark.django_db(transaction=True)
def test_whoever_takes_nothing_for_long_is_let_go(monkeypatch):
    monkeypatch.setattr(hubs, "HEARTBEAT", 0.1)
    monkeypatch.setattr(hubs, "TOO_SLOW", 0.2)
    versions = iter(range(100))

    async def story(hub: Hub, line: Line, serving: asyncio.Task[None]) -> None:
        await line.wait_for(state(0, '{"shown":0}'))
        line.flowing.clear()
        await asyncio.to_thread(announce, "test:1")
        await serving
        assert hub.channels == frozenset()

    run(story, lambda channel: {"shown": next(versions)})


@pytest.mark.django_db(transaction=True)
def test_a_server_that_stops_ends_the_stream():
    async def story(hub: Hub, line: Line, serving: asyncio.Task[None]) -> None:
        await line.wait_for(state(0, "{}"))
        hub.end_streams()
        await serving
        assert line.parts[-1] == ""

    run(story, lambda channel: {})
