"""How much a room holds: N leaders with open streams, who all answer.

A scale is answered spread over SPREAD seconds, as in a room of people, which tells how long it takes from a press on
the phone until the big screen shows it. Then a poll is answered by everybody at once, which tells how many answers
are stored in a second. The screen's events are numbered by the changes they contain, and one answer is one change:
the i-th answer stored is on the screen with the first event that contains i changes. N from the variable LEADERS,
default 1,000; everything, this client too, runs on the same processors.
"""

import asyncio
import json
import os
import random
import resource
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks._load import Figures, exchange, memory, processor_seconds

LEADERS = int(os.environ.get("LEADERS", "1000"))
SPREAD = float(os.environ.get("SPREAD", "30"))
PATIENCE = 120.0  # seconds until the last answer must be on the screen


@dataclass
class Stream(asyncio.Protocol):
    """A listener that counts what it gets; the screen also notes when each change came."""

    request: bytes
    notes: bool = False
    opened: asyncio.Event = field(default_factory=asyncio.Event)
    lost: bool = False
    came: list[tuple[float, int]] = field(default_factory=list)  # (when, how many changes it contains)
    _rest: bytes = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        if self.notes or not self.opened.is_set():
            lines = (self._rest + data).split(b"\n")
            self._rest = lines.pop()
            numbers = [int(line[4:]) for line in lines if line.startswith(b"id: ")]
            if numbers:
                self.came.append((time.perf_counter(), numbers[-1]))
                self.opened.set()

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = True


@dataclass(frozen=True)
class Room:
    port: int
    pid: int
    activity: int
    phone: str
    screen: str
    sessions: list[str]

    def get(self, address: str) -> bytes:
        return f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()

    def answer(self, session: str, activity: int) -> bytes:
        scale = {"s1": random.randint(1, 7), "s2": random.randint(1, 7)}
        value = scale if activity == self.activity else {"options": [random.choice(["o1", "o2"])]}
        entry = secrets.token_hex(16)
        body = urlencode({"entry": entry, "part": "answer", "value": json.dumps(value)})
        csrf = "c" * 32
        return (
            f"POST /room/activity/{activity}/answer/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Cookie: sessionid={session}; csrftoken={csrf}\r\nX-CSRFToken: {csrf}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        ).encode()


async def listen(room: Room, address: str, notes: bool = False) -> Stream:
    loop = asyncio.get_running_loop()
    stream = Stream(room.get(address), notes)
    await loop.create_connection(lambda: stream, "127.0.0.1", room.port)
    await asyncio.wait_for(stream.opened.wait(), PATIENCE)
    return stream


async def answer(room: Room, session: str, activity: int, delay: float) -> tuple[float, float]:
    """When the answer was sent, and when the server said that it is stored."""
    await asyncio.sleep(delay)
    sent = time.perf_counter()
    line = await asyncio.open_connection("127.0.0.1", room.port)
    status, body = await exchange(line, room.answer(session, activity))
    assert status == 200, f"it answered {status}: {body[:200]!r}"
    line[1].close()
    return sent, time.perf_counter()


async def everybody_answers(
    room: Room, screen: Stream, activity: int, spread: float
) -> tuple[Figures, Figures]:
    """(stored, shown): how long each answer took to be stored, and to be on the screen."""
    before = screen.came[-1][1]
    began = time.perf_counter()
    answers = (answer(room, session, activity, random.random() * spread) for session in room.sessions)
    times = sorted(await asyncio.gather(*answers), key=lambda pair: pair[1])
    count = len(times)
    while screen.came[-1][1] < before + count:
        assert time.perf_counter() - began < PATIENCE + spread, "the screen never showed the last answer"
        await asyncio.sleep(0.01)
    stored = Figures(count, times[-1][1] - began, [done - sent for sent, done in times])
    shown = []
    events = iter(screen.came)
    when, contains = next(events)
    for number, (sent, _) in enumerate(times, start=1):
        while contains < before + number:
            when, contains = next(events)
        shown.append(when - sent)
    return stored, Figures(count, when - began, shown)


async def measure(room: Room, open_poll: Callable[[], int]) -> None:
    screen = await listen(room, room.screen, notes=True)
    await listen(room, room.phone)  # so that what the first phone makes the server load is not counted
    quiet = memory(room.pid)
    phones = [await listen(room, room.phone) for _ in room.sessions]
    per_connection = 1024 * (memory(room.pid) - quiet) / len(phones)
    print(f"{len(phones)} streams are open, {per_connection:.0f} KiB each", flush=True)
    await report(room, screen, f"spread over {SPREAD:.0f} s", room.activity, SPREAD)
    poll = await asyncio.to_thread(open_poll)
    await asyncio.sleep(3)  # until everybody has been shown the poll
    await report(room, screen, "all at once", poll, 0.0)
    print(f"{sum(phone.lost for phone in phones)} streams were lost")


async def report(room: Room, screen: Stream, name: str, activity: int, spread: float) -> None:
    before = processor_seconds(room.pid)
    stored, shown = await everybody_answers(room, screen, activity, spread)
    used = 1000 * (processor_seconds(room.pid) - before) / stored.count
    print(f"{name}: {stored.per_second:.0f} answers a second stored, {used:.1f} ms of processor for each")
    for what, figures in (("stored", stored), ("on the screen", shown)):
        median, late = (1000 * figures.quantile(share) for share in (0.5, 0.99))
        print(f"    answer → {what}: median {median:.0f} ms, p99 {late:.0f} ms", flush=True)


@contextmanager
def served_room(env: dict[str, str], leaders: int, workers: int) -> Iterator[Room]:
    made = json.loads(_python(env, "benchmarks._room", "make", str(leaders)))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "samspill.cli", "serve", "--port", str(port), "--workers", str(workers)]
    process = subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL)
    try:
        _wait(port, process)
        yield Room(port, process.pid, **made)
        stored = int(_python(env, "benchmarks._room", "count"))
        print(f"{stored} of {2 * leaders} answers are in the database")
        assert stored == 2 * leaders
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def _python(env: dict[str, str], module: str, *arguments: str) -> str:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until a page is answered; the socket takes connections long before."""
    while True:
        assert process.poll() is None, "the server did not start"
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
                line.sendall(b"GET /live/nothing HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                if line.recv(12).startswith(b"HTTP/1.1"):
                    return
        except OSError:
            time.sleep(0.1)


def databases() -> dict[str, tuple[str, int]]:
    """Name → (address, web processes)."""
    found: dict[str, tuple[str, int]] = {}
    found["SQLite, one web process"] = (f"sqlite:///{os.environ['SAMSPILL_DATA']}/room.sqlite3", 1)
    if postgresql := os.environ.get("SAMSPILL_BENCH_POSTGRESQL"):
        found["PostgreSQL, one web process"] = (postgresql, 1)
        found["PostgreSQL, two web processes"] = (postgresql, 2)
    return found


def main() -> None:
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    for name, (address, workers) in databases().items():
        env: dict[str, Any] = {
            **os.environ,
            "SAMSPILL_DATABASE": address,
            "DJANGO_SETTINGS_MODULE": "samspill.settings",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        }
        print(f"\n{name}, {LEADERS} leaders, {os.cpu_count()} processors", flush=True)
        _python(env, "samspill.cli", "migrate")
        _python(env, "django", "flush", "--no-input")
        with served_room(env, LEADERS, workers) as room:
            asyncio.run(measure(room, lambda env=env: int(_python(env, "benchmarks._room", "next"))))


if __name__ == "__main__":
    main()
