"""Which server? One page that reads a session and writes one row, behind each of the candidates.

The figures of docs/decisions/0001-one-port.md. granian and a2wsgi are measured when they are installed.
"""

import asyncio
import importlib.util
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks._load import Figures, load, memory, processor_seconds

PORT = 8790
CONNECTIONS, REQUESTS = 32, int(os.environ.get("REQUESTS", "3000"))
CANDIDATES = [("bridge", 4), ("bridge", 8), ("bridge", 16), ("a2wsgi", 8), ("granian", 8), ("asgi", 8)]


def databases() -> dict[str, str]:
    sqlite = f"sqlite:///{os.environ['SAMSPILL_DATA']}/bench.sqlite3"
    found = {"SQLite": sqlite, "PostgreSQL": os.environ.get("SAMSPILL_BENCH_POSTGRESQL", "")}
    return {name: address for name, address in found.items() if address}


@contextmanager
def serving(variant: str, threads: int, env: dict[str, str]) -> Iterator[int]:
    command = [sys.executable, "-m", "benchmarks._site", "serve", variant, str(PORT), str(threads)]
    process = subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL)
    try:
        _wait(process)
        yield process.pid
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def _wait(process: subprocess.Popen[bytes]) -> None:
    while True:
        assert process.poll() is None, "it did not start"
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/nothing")
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)


def measure(variant: str, threads: int, env: dict[str, str], session: str) -> tuple[Figures, float, float]:
    """The figures, processor milliseconds for one request, and megabytes."""
    head = (
        f"POST /write HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: sessionid={session}\r\nContent-Length: 0\r\n\r\n"
    )
    request = head.encode()
    with serving(variant, threads, env) as pid:
        asyncio.run(load(PORT, CONNECTIONS, 300, lambda number: request))
        before = processor_seconds(pid)
        figures = asyncio.run(load(PORT, CONNECTIONS, REQUESTS, lambda number: request))
        return figures, 1000 * (processor_seconds(pid) - before) / REQUESTS, memory(pid)


def row(variant: str, threads: int, env: dict[str, str], session: str) -> str:
    try:
        figures, processor, megabytes = measure(variant, threads, env, session)
    except (AssertionError, OSError, EOFError) as error:
        return f"{variant:<8} {threads:>7}  did not answer every request: {error}"
    median, late = (1000 * figures.quantile(share) for share in (0.5, 0.99))
    return (
        f"{variant:<8} {threads:>7} {figures.per_second:>9.0f} {processor:>13.2f} {median:>10.1f} "
        f"{late:>7.1f} {megabytes:>3.0f}"
    )


def main() -> None:
    for database, address in databases().items():
        env = {**os.environ, "SAMSPILL_DATABASE": address, "DJANGO_SETTINGS_MODULE": "samspill.settings"}
        command = [sys.executable, "-m", "benchmarks._site", "prepare"]
        prepared = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
        print(f"\n{database}: {REQUESTS} requests, {CONNECTIONS} connections, {os.cpu_count()} processors")
        print("server   threads  a second  processor ms  median ms  p99 ms  MB")
        for variant, threads in CANDIDATES:
            if variant in ("granian", "a2wsgi") and importlib.util.find_spec(variant) is None:
                continue
            print(row(variant, threads, env, prepared.stdout.strip()), flush=True)


if __name__ == "__main__":
    main()
