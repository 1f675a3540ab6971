"""The bridge between the event loop and the pages, held to PEP 3333 by the standard library's own validator."""

import asyncio
import io
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.validate import validator

import pytest

from samspill.bridge import AT_A_TIME, Bridge, Message

Start = Callable[..., Any]


def ask(
    wsgi: Any, *, body: Iterable[bytes] = (b"",), longest: int = 10_000_000, **scope: Any
) -> list[Message]:
    """What the server is told to send when somebody asks; the body comes in these pieces, None is a lost line."""
    pieces = list(body)
    incoming: list[Message] = [
        {"type": "http.disconnect"}
        if piece is None
        else {"type": "http.request", "body": piece, "more_body": number < len(pieces)}
        for number, piece in enumerate(pieces, start=1)
    ]
    sent: list[Message] = []

    async def receive() -> Message:
        return incoming.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    request: dict[str, Any] = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/",
        "query_string": b"",
        "headers": [(b"host", b"example.org")],
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.1", 50000),
        **scope,
    }
    bridge = Bridge(wsgi, threads=2, longest=longest)
    try:
        asyncio.run(bridge(request, receive, send))
    finally:
        bridge.close()
    return sent


class Page:
    """A WSGI application that remembers what it was asked and answers with the given pieces."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces = pieces
        self.environ: dict[str, Any] = {}
        self.body = b""

    def __call__(self, environ: dict[str, Any], start_response: Start) -> list[bytes]:
        self.environ = environ
        self.body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        start_response("201 Created", [("Content-Type", "text/plain"), ("X-Word", "æøå")])
        return list(self.pieces)


def test_a_small_answer_goes_in_one_piece():
    assert ask(validator(Page(b"one ", b"two"))) == [
        {
            "type": "http.response.start",
            "status": 201,
            "headers": [(b"content-type", b"text/plain"), (b"x-word", "æøå".encode("latin-1"))],
        },
        {"type": "http.response.body", "body": b"one two"},
    ]


def test_a_large_answer_goes_in_pieces_and_in_order():
    pieces = [bytes([number]) * AT_A_TIME for number in range(3)] + [b"end"]
    sent = ask(validator(Page(*pieces)))
    assert [message["type"] for message in sent] == ["http.response.start"] + ["http.response.body"] * 4
    assert [message["body"] for message in sent[1:]] == pieces
    assert [message.get("more_body", False) for message in sent[1:]] == [True, True, True, False]


def test_the_request_reaches_the_page_as_it_was_sent():
    page = Page(b"")
    headers = [(b"host", b"example.org"), (b"content-type", b"text/plain"), (b"content-length", b"9")]
    ask(
        validator(page),
        method="POST",
        path="/samling/ø",
        query_string=b"ord=%C3%A6",
        headers=headers,
        body=[b"piece ", b"two"],
    )
    assert page.body == b"piece two"
    expected = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/samling/ø".encode().decode("latin-1"),
        "QUERY_STRING": "ord=%C3%A6",
        "CONTENT_TYPE": "text/plain",
        "CONTENT_LENGTH": "9",
        "HTTP_HOST": "example.org",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "wsgi.url_scheme": "http",
    }
    assert {name: page.environ[name] for name in expected} == expected


def test_a_header_cannot_pass_for_another_by_an_underscore():
    page = Page(b"")
    ask(page, headers=[(b"x_forwarded_proto", b"https"), (b"host", b"example.org")])
    assert {name for name in page.environ if name.startswith("HTTP_")} == {"HTTP_HOST"}


def test_headers_that_come_twice_are_joined_as_their_kind_demands():
    page = Page(b"")
    ask(page, headers=[(b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"accept", b"x"), (b"accept", b"y")])
    assert (page.environ["HTTP_COOKIE"], page.environ["HTTP_ACCEPT"]) == ("a=1; b=2", "x,y")


def test_a_body_that_is_too_long_never_reaches_the_page():
    page = Page(b"")
    sent = ask(page, body=[b"x" * 60, b"x" * 60], longest=100)
    assert sent[0]["status"] == 413
    assert page.environ == {}


def test_a_body_that_never_came_whole_never_reaches_the_page():
    page = Page(b"")
    ask(page, body=[b"half", None])
    assert page.environ == {}


class Closing(list[bytes]):
    closed = False

    def close(self) -> None:
        self.closed = True


def test_the_answer_is_closed():
    answer = Closing([b"x"])

    def page(environ: dict[str, Any], start_response: Start) -> Closing:
        start_response("200 OK", [])
        return answer

    ask(page)
    assert answer.closed


def test_the_answer_is_closed_even_when_it_breaks_off():
    class Breaking(Closing):
        def __iter__(self) -> Any:
            raise RuntimeError("broken")

    answer = Breaking()

    def page(environ: dict[str, Any], start_response: Start) -> Closing:
        start_response("200 OK", [])
        return answer

    with pytest.raises(RuntimeError, match="broken"):
        ask(page)
    assert answer.closed


def test_a_file_goes_in_large_pieces():
    contents = b"x" * (2 * AT_A_TIME)

    def page(environ: dict[str, Any], start_response: Start) -> Any:
        start_response("200 OK", [])
        return environ["wsgi.file_wrapper"](io.BytesIO(contents), 4096)

    sent = ask(page)
    assert [len(message["body"]) for message in sent[1:]] == [AT_A_TIME, AT_A_TIME, 0]
