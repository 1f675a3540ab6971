"""Streams of a real server process, on the engine the tests run on."""

import time
from contextlib import ExitStack

import httpx

from samspill.live.channels import Channel
from samspill.live.tokens import LIFETIME, sign
from tests.live.streams import listening, opened


def test_the_whole_state_comes_at_once(server, channel):
    with listening(server.url(channel)) as stream:
        stream.wait(lambda stream: stream.events)
        assert stream.status == 200
        assert [(event.id, event.kind) for event in stream.events] == [("0", "state")]
        assert stream.events[0].state == {
            "announced": 0,
            "audience": "small",
            "language": "nb",
            "rendering": 1,
            "padding": "",
        }


def test_a_stream_is_never_kept_by_anything_on_the_way(server, channel):
    with listening(server.url(channel)) as stream:
        assert stream.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert stream.headers["cache-control"] == "no-store"
        assert stream.headers["x-accel-buffering"] == "no"


def test_what_the_web_process_announces_arrives(server, channel):
    with listening(server.url(channel)) as stream:
        stream.wait(lambda stream: stream.events)
        server.announce_inside(channel.topic)
        assert stream.wait_for_version(1)["announced"] == 1
        assert stream.events[-1].id == "1"


def test_what_another_process_announces_arrives(server, channel):
    with listening(server.url(channel)) as stream:
        stream.wait(lambda stream: stream.events)
        server.announce_from_another_process(channel.topic)
        assert stream.wait_for_version(1)["announced"] == 1


def test_a_channel_is_rendered_once_and_everybody_gets_the_same(server, channel):
    with ExitStack() as stack:
        streams = [stack.enter_context(listening(server.url(channel))) for _ in range(5)]
        for stream in streams:
            stream.wait(lambda stream: stream.events)
        server.announce_inside(channel.topic)
        for stream in streams:
            stream.wait_for_version(1)
        assert {stream.events[-1].data for stream in streams} == {streams[0].events[-1].data}
        assert streams[0].events[-1].state["rendering"] == 2


def test_each_language_has_its_own_rendering(server, channel):
    nynorsk = Channel(channel.topic, channel.audience, "nn")
    with listening(server.url(channel)) as first, listening(server.url(nynorsk)) as second:
        server.announce_inside(channel.topic)
        assert first.wait_for_version(1)["language"] == "nb"
        assert second.wait_for_version(1)["language"] == "nn"


def test_other_topics_are_left_alone(server, channel):
    other = Channel(f"{channel.topic}-other", "small", "nb")
    with listening(server.url(channel)) as stream, listening(server.url(other)) as untouched:
        untouched.wait(lambda stream: stream.events)
        server.announce_inside(channel.topic)
        stream.wait_for_version(1)
        assert [event.id for event in untouched.events] == ["0"]


def test_many_changes_are_few_updates_and_the_last_one_is_shown(server, channel):
    with listening(server.url(channel)) as stream:
        stream.wait(lambda stream: stream.events)
        began = time.monotonic()
        server.announce_inside(channel.topic, times=200)
        assert stream.wait_for_version(200)["announced"] == 200
        states = [event for event in stream.events if event.kind == "state"]
        at_most_ten_a_second = 3 + (time.monotonic() - began) * 10
        assert len(states) <= at_most_ten_a_second


def test_a_slow_client_gets_only_the_newest_state(server, channel):
    """It stops reading amid a large state while 20 more come; then it gets the last one, not all of them."""
    huge = Channel(channel.topic, "huge", "nb")
    with (
        opened(server.url(huge), receive_buffer=4096) as (response, slow),
        listening(server.url(channel)) as quick,
    ):
        response.read(1000)
        for number in range(1, 21):
            server.announce_inside(channel.topic)
            quick.wait_for_version(number)
        slow.read(response, until=lambda event: event.kind == "state" and event.state["announced"] == 20)
        assert len(slow.events) < 10
        assert slow.events[-1].state["announced"] == 20


def test_a_token_is_needed(server):
    for path in ("/live/stream", "/live/state", "/live/stream?token=", "/live/stream?token=nonsense"):
        answer = httpx.get(server.address + path)
        assert (answer.status_code, answer.headers["content-type"]) == (403, "text/plain; charset=utf-8")


def test_an_old_token_is_refused(server, channel):
    token = sign(channel, now=time.time() - LIFETIME.total_seconds())
    assert httpx.get(f"{server.address}/live/stream", params={"token": token}).status_code == 403


def test_a_token_cannot_be_turned_into_one_for_another_channel(server, channel):
    """The signature covers the whole of it."""
    payload, _, signature = sign(channel).rpartition(":")
    other, _, _ = sign(Channel(channel.topic, "console", "nb")).rpartition(":")
    assert payload != other
    answer = httpx.get(f"{server.address}/live/state", params={"token": f"{other}:{signature}"})
    assert answer.status_code == 403


def test_a_stream_ends_with_its_token(server, channel):
    """So somebody who has lost the right to listen loses the stream too."""
    token = sign(channel, now=time.time() - LIFETIME.total_seconds() + 2)
    with listening(f"{server.address}/live/stream?token={token}") as stream:
        stream.wait(lambda stream: stream.over)
        assert [event.id for event in stream.events if event.kind == "state"] == ["0"]


def test_whoever_polls_gets_the_same_state(server, channel):
    server.announce_inside(channel.topic)
    answer = httpx.get(server.poll(channel))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["etag"] == '"1"'
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["announced"] == 1


def test_whoever_polls_and_has_it_already_gets_304(server, channel):
    address = server.poll(channel)
    tag = httpx.get(address).headers["etag"]
    answer = httpx.get(address, headers={"If-None-Match": f"W/{tag}"})
    assert (answer.status_code, answer.content) == (304, b"")


def test_whoever_polls_sees_a_change(server, channel):
    address = server.poll(channel)
    tag = httpx.get(address).headers["etag"]
    with listening(server.url(channel)) as stream:
        server.announce_inside(channel.topic)
        stream.wait_for_version(1)
    answer = httpx.get(address, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.headers["etag"]) == (200, '"1"')


def test_only_get_is_answered(server, channel):
    assert httpx.post(server.url(channel)).status_code == 405


def test_there_is_nothing_else_under_live(server, channel):
    assert httpx.get(server.url(channel).replace("stream", "streams")).status_code == 404
