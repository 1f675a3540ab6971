"""A small Enhetsregisteret on this machine: the addresses, pages and errors of the real one, over HTTP."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOP = "974760673"


def unit(number: str, name: str, **more: Any) -> dict[str, Any]:
    """A unit as the register writes it, with more fields than Samspill reads."""
    return {
        "organisasjonsnummer": number,
        "navn": name,
        "organisasjonsform": {"kode": "ORGL", "beskrivelse": "Organisasjonsledd"},
        "maalform": "Bokmål",
        "antallAnsatte": 200,
        "_links": {"self": {"href": f"https://data.brreg.no/enhetsregisteret/api/enheter/{number}"}},
        **more,
    }


def numbers(count: int) -> list[str]:
    """Different valid organisation numbers."""
    found: list[str] = []
    weights = (3, 2, 7, 6, 5, 4, 3, 2)
    base = 97000000
    while len(found) < count:
        digits = [int(digit) for digit in str(base)]
        check = -sum(w * d for w, d in zip(weights, digits, strict=True)) % 11
        if check != 10:
            found.append(f"{base}{check}")
        base += 1
    return found


class Register:
    """What the server knows, what goes wrong, and which addresses were asked."""

    def __init__(self) -> None:
        self.units: dict[str, dict[str, Any]] = {}
        self.asked: list[str] = []
        self.errors: list[int | str] = []  # taken one by one before any right answer: 500, "slow", "broken"
        self.address = ""

    def answer(self, path: str, query: dict[str, list[str]]) -> tuple[int, bytes]:
        if path == "/api/enheter":
            return 200, json.dumps(self._page(query)).encode()
        number = path.rpartition("/")[2]
        if number not in self.units:
            return 404, b""
        return 200, json.dumps(self.units[number]).encode()

    def _page(self, query: dict[str, list[str]]) -> dict[str, Any]:
        page, size = int(query["page"][0]), int(query["size"][0])
        below = [
            one for one in self.units.values() if one.get("overordnetEnhet") == query["overordnetEnhet"][0]
        ]
        shown = below[page * size : (page + 1) * size]
        total = -(-len(below) // size)
        about = {"size": size, "totalElements": len(below), "totalPages": total, "number": page}
        return {**({"_embedded": {"enheter": shown}} if shown else {}), "_links": {}, "page": about}


@contextmanager
def running() -> Iterator[Register]:
    register = Register()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            register.asked.append(self.path)
            error = register.errors.pop(0) if register.errors else 200
            if error == "slow":
                time.sleep(0.6)
            status, body = register.answer(parts.path, parse_qs(parts.query))
            if error == "broken":
                body = body[: len(body) // 2]
            if isinstance(error, int) and error >= 400:
                status, body = error, b"<html>error</html>"
            try:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                self.close_connection = True

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    register.address = f"http://127.0.0.1:{server.server_port}/api"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield register
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
