"""A small HTTP client that costs little beside the server it measures, and what the figures are made of."""

import asyncio
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True)
class Figures:
    """How many were answered, in how many seconds, and how long each took (seconds)."""

    count: int
    seconds: float
    waits: Sequence[float]

    @property
    def per_second(self) -> float:
        return self.count / self.seconds

    def quantile(self, share: float) -> float:
        ordered = sorted(self.waits)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


async def exchange(line: Line, request: bytes) -> tuple[int, bytes]:
    """Send one request on an open connection; the status and the body of the answer."""
    reader, writer = line
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    lengths = [
        int(field[15:]) for field in head.lower().split(b"\r\n") if field.startswith(b"content-length:")
    ]
    if lengths:
        return status, await reader.readexactly(lengths[0])
    body = b""
    while size := int(await reader.readline(), 16):
        body += await reader.readexactly(size)
        await reader.readexactly(2)
    await reader.readexactly(2)
    return status, body


async def load(port: int, connections: int, requests: int, request: Callable[[int], bytes]) -> Figures:
    """`requests` requests over `connections` connections that stay open; every answer must be 200."""
    waits: list[float] = []
    numbers = iter(range(requests))

    async def one() -> None:
        line = await asyncio.open_connection("127.0.0.1", port)
        for number in numbers:
            began = time.perf_counter()
            status, _ = await exchange(line, request(number))
            waits.append(time.perf_counter() - began)
            assert status == 200, f"it answered {status}"
        line[1].close()

    began = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(connections)))
    return Figures(requests, time.perf_counter() - began, waits)


def memory(pid: int) -> float:
    """Megabytes that the process and its children hold in memory and share with nobody."""
    return sum(_private(one) for one in _family(pid)) / 1024


def processor_seconds(pid: int) -> float:
    """What the process and its children have used so far; fair even beside other programs."""
    ticks = 0
    for one in _family(pid):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _family(pid: int) -> list[int]:
    pids = [pid]
    for one in pids:
        for thread in Path(f"/proc/{one}/task").iterdir():
            pids += [int(child) for child in (thread / "children").read_text().split()]
    return pids


def _private(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(("Private_Clean", "Private_Dirty")))
