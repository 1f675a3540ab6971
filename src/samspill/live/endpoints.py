"""GET /live/stream and GET /live/state, spoken in plain ASGI: thousands of them share one thread."""

import asyncio
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from samspill.live.hub import Feed, Frame, Hub, Listener
from samspill.live.tokens import Pass, TokenRefusedError, read

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Header = tuple[bytes, bytes]

# An event and not a comment: scripts cannot see comments, and the page must know that the line is alive.
BEAT = b"event: beat\ndata: 1\n\n"
RETRY = b"retry: 2000\n\n"  # milliseconds
ALWAYS: list[Header] = [
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
]


class Endpoints:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        work = {"/live/stream": self._stream, "/live/state": self._state}.get(scope["path"])
        if work is None:
            await _plain(send, 404, "There is nothing here.")
        elif scope["method"] != "GET":
            await _plain(send, 405, "Only GET is answered here.", [(b"allow", b"GET")])
        else:
            token = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
            try:
                leave = read(token)
            except TokenRefusedError:
                await _plain(send, 403, "The token is unknown or too old; the page gets a new one by itself.")
                return
            await work(leave, scope, receive, send)

    async def _state(self, leave: Pass, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            frame = await self._hub.state(leave.channel)
        except TimeoutError:
            await _plain(send, 503, "The state is not ready; ask again in a moment.")
            return
        tag = b'"%d"' % frame.version
        asked = dict(scope["headers"]).get(b"if-none-match", b"").removeprefix(b"W/")
        if asked == tag:
            await _whole(send, 304, b"", [(b"etag", tag)])
        else:
            await _whole(send, 200, frame.body, [(b"content-type", b"application/json"), (b"etag", tag)])

    async def _stream(self, leave: Pass, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._hub.listening(leave.channel) as (feed, listener):
            watching = asyncio.create_task(_notice_departure(receive, listener))
            ending = asyncio.get_running_loop().call_later(leave.ends - time.time(), listener.end)
            try:
                headers = [(b"content-type", b"text/event-stream; charset=utf-8"), *ALWAYS]
                await send({"type": "http.response.start", "status": 200, "headers": headers})
                await _part(send, RETRY)
                await self._send_until_over(feed, listener, send)
                await send({"type": "http.response.body", "body": b""})
            except asyncio.CancelledError:
                if not listener.over:
                    raise
                # The hub has let go of somebody who takes nothing; their page asks instead.
            finally:
                ending.cancel()
                watching.cancel()

    async def _send_until_over(self, feed: Feed, listener: Listener, send: Send) -> None:
        now = asyncio.get_running_loop().time
        sent: Frame | None = None
        while not (listener.over or self._hub.ending):
            listener.woken.clear()
            if feed.frame is not None and feed.frame is not sent:
                sent = feed.frame
                part = sent.event
            elif listener.beat:
                part = BEAT
            else:
                await listener.woken.wait()
                continue
            listener.beat = False
            listener.taking_since = now()
            await _part(send, part)
            listener.taking_since = None


async def _notice_departure(receive: Receive, listener: Listener) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    listener.end()


async def _part(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _plain(send: Send, status: int, sentence: str, headers: list[Header] | None = None) -> None:
    await _whole(
        send, status, sentence.encode(), [(b"content-type", b"text/plain; charset=utf-8"), *(headers or [])]
    )


async def _whole(send: Send, status: int, body: bytes, headers: list[Header]) -> None:
    length = [] if status == 304 else [(b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *length, *ALWAYS]})
    await send({"type": "http.response.body", "body": body})
