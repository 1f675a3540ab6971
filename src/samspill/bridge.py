"""Runs the pages, which are plain synchronous Django, in threads beside the event loop of the streams."""

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable, Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any
from wsgiref.util import FileWrapper

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
# A WSGI application; Django's returns its response object, which is an iterable of bytes.
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Any]
Head = tuple[int, list[tuple[bytes, bytes]]]

IN_MEMORY = 1024 * 1024  # bytes of a request's body before it is put into a file
AT_A_TIME = 256 * 1024  # bytes of an answer that are sent in one go
TOO_LARGE: Head = (
    413,
    [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
        (b"x-content-type-options", b"nosniff"),
    ],
)


class Bridge:
    """An ASGI application that answers every HTTP request with the WSGI application `wsgi`.

    `threads` requests are worked on at once; the others wait. A body of more than `longest` bytes is refused
    with 413 before it reaches the pages.
    """

    def __init__(self, wsgi: Wsgi, threads: int, longest: int) -> None:
        self._wsgi = wsgi
        self._longest = longest
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="page")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as body:
            if not await self._take_body(body, receive):
                await _send_whole(send, TOO_LARGE, b"What was sent is too large.")
                return
            body.seek(0)
            loop = asyncio.get_running_loop()
            answer = _Answer(loop, send)
            environ = _environ(scope, body)
            rest = await loop.run_in_executor(self._threads, answer.make, self._wsgi, environ)
            if answer.started:
                await send({"type": "http.response.body", "body": rest})
            else:
                await _send_whole(send, answer.head, rest)

    def close(self) -> None:
        self._threads.shutdown(wait=True)

    async def _take_body(self, body: IO[bytes], receive: Receive) -> bool:
        """Whether the whole body came and was short enough."""
        length, more = 0, True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return False  # nobody is there to read a refusal, so the same one will do
            chunk = message.get("body", b"")
            length += len(chunk)
            if length > self._longest:
                return False
            body.write(chunk)
            more = message.get("more_body", False)
        return True


class _Answer:
    """One answer on its way from a thread to the loop: small ones in one go, large ones in pieces."""

    def __init__(self, loop: asyncio.AbstractEventLoop, send: Send) -> None:
        self._loop = loop
        self._send = send
        self.head: Head = (500, [])
        self.started = False

    def make(self, wsgi: Wsgi, environ: dict[str, Any]) -> bytes:
        """Runs in a thread. Returns what is still to be sent."""
        response = wsgi(environ, self._start_response)
        try:
            kept: list[bytes] = []
            size = 0
            for chunk in response:
                kept.append(chunk)
                size += len(chunk)
                if size >= AT_A_TIME:
                    self._send_from_thread(b"".join(kept))
                    kept, size = [], 0
            return b"".join(kept)
        finally:
            if hasattr(response, "close"):
                response.close()

    def _start_response(self, status: str, headers: Iterable[tuple[str, str]], exc_info: Any = None) -> None:
        encoded = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        self.head = (int(status.split(" ", 1)[0]), encoded)

    def _send_from_thread(self, piece: bytes) -> None:
        asyncio.run_coroutine_threadsafe(self._send_piece(piece), self._loop).result()

    async def _send_piece(self, piece: bytes) -> None:
        if not self.started:
            self.started = True
            await _send_head(self._send, self.head)
        await self._send({"type": "http.response.body", "body": piece, "more_body": True})


async def _send_head(send: Send, head: Head) -> None:
    await send({"type": "http.response.start", "status": head[0], "headers": head[1]})


async def _send_whole(send: Send, head: Head, body: bytes) -> None:
    await _send_head(send, head)
    await send({"type": "http.response.body", "body": body})


def _environ(scope: Scope, body: IO[bytes]) -> dict[str, Any]:
    """The request as WSGI (PEP 3333) puts it."""
    server = scope.get("server") or ("127.0.0.1", None)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 80),
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": _pieces,
    }
    environ.update(_headers(scope["headers"]))
    return environ


def _headers(headers: Iterable[tuple[bytes, bytes]]) -> Iterator[tuple[str, str]]:
    collected: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name = raw_name.decode("latin-1")
        if "_" in name:
            continue  # "X_Forwarded_Proto" would pass for "X-Forwarded-Proto"
        key = name.upper().replace("-", "_")
        key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
        value = raw_value.decode("latin-1")
        joint = "; " if key == "HTTP_COOKIE" else ","
        collected[key] = f"{collected[key]}{joint}{value}" if key in collected else value
    yield from collected.items()


def _pieces(file: IO[bytes], size: int) -> FileWrapper:
    """Django asks for 4 KiB at a time, each a turn of the loop; a file goes in larger pieces."""
    return FileWrapper(file, max(size, AT_A_TIME))
