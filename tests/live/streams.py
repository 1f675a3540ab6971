"""What a browser's EventSource does, for tests: an open stream whose events can be waited for."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from samspill.live.channels import Channel
from samspill.live.tokens import addresses
from tests.databases.fresh import fresh_database
from tests.journeys.site import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 90.0  # seconds until a test gives up; nothing is asserted about speed


@dataclass(frozen=True)
class Event:
    id: str
    kind: str
    data: str

    @property
    def state(self) -> dict[str, Any]:
        return json.loads(self.data)


@dataclass
class Stream:
    status: int
    headers: dict[str, str]
    events: list[Event] = field(default_factory=list)
    over: bool = False
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def read(self, response: HTTPResponse, until: Callable[[Event], bool] = lambda event: False) -> None:
        fields: dict[str, str] = {}
        for line in (raw.decode().rstrip("\n") for raw in response):
            if line:
                name, _, value = line.partition(": ")
                fields[name] = value
            elif "data" in fields:
                with self._changed:
                    self.events.append(Event(fields.get("id", ""), fields.get("event", ""), fields["data"]))
                    self._changed.notify_all()
                fields = {}
                if until(self.events[-1]):
                    return

    def end(self) -> None:
        with self._changed:
            self.over = True
            self._changed.notify_all()

    def wait(self, condition: Any) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: condition(self), PATIENCE), self.events[-3:]

    def wait_for_version(self, version: int) -> dict[str, Any]:
        self.wait(lambda stream: any(event.state["announced"] >= version for event in stream.events))
        return self.events[-1].state


@dataclass
class Server:
    port: int
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.live.server", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        until = time.monotonic() + PATIENCE
        while True:
            try:
                httpx.get(f"{self.address}/live/nothing")
                return
            except httpx.TransportError:
                assert self.process.poll() is None, self.log.read_text()
                assert time.monotonic() < until, self.log.read_text()
                time.sleep(0.05)

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(PATIENCE)
            self.process = None

    def stored(self) -> dict[str, list[str]]:
        return httpx.get(f"{self.address}/stored").json()

    def announce_inside(self, topic: str, times: int = 1) -> None:
        """In the web process itself, as an answer that comes by POST does."""
        address = f"{self.address}/announce?topic={topic}&times={times}"
        assert httpx.post(address, timeout=PATIENCE).status_code == 200

    def announce_from_another_process(self, topic: str) -> None:
        """As the job worker or the command line does."""
        program = (
            "import django; django.setup()\n"
            "from samspill.live.actions import announce\n"
            f"announce({topic!r})\n"
        )
        subprocess.run([sys.executable, "-c", program], env=self.environment, cwd=ROOT, check=True)

    def url(self, channel: Channel) -> str:
        return self.address + addresses(channel)["url"]

    def poll(self, channel: Channel) -> str:
        return self.address + addresses(channel)["poll"]


@contextmanager
def running_server(folder: Path) -> Iterator[Server]:
    port = free_port()
    with fresh_database(folder) as database:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "samspill.settings",
            "SAMSPILL_PRACTICE": "yes",
            "SAMSPILL_DATA": str(folder),
            "SAMSPILL_DATABASE": database,
        }
        subprocess.run([sys.executable, "-m", "samspill.cli", "migrate"], env=environment, check=True)
        server = Server(port, environment, folder / "log")
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def listening(url: str, receive_buffer: int | None = None) -> Iterator[Stream]:
    """A stream that is read in the background until the block ends."""
    with opened(url, receive_buffer) as (response, stream):
        threading.Thread(target=_read, args=(response, stream), daemon=True).start()
        yield stream


@contextmanager
def opened(url: str, receive_buffer: int | None = None) -> Iterator[tuple[HTTPResponse, Stream]]:
    """A stream of which only the head has been read; a small buffer makes a client that takes little."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=PATIENCE)
    line = socket.socket()
    if receive_buffer:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    line.connect((parts.hostname, parts.port))
    connection.sock = line
    connection.request("GET", f"{parts.path}?{parts.query}")
    response = connection.getresponse()
    try:
        yield response, Stream(response.status, dict(response.getheaders()))
    finally:
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)  # wakes whoever reads
        line.close()


def _read(response: HTTPResponse, stream: Stream) -> None:
    with suppress(OSError, HTTPException, ValueError):  # closed by us, or by the server amid an event
        stream.read(response)
    stream.end()
