"""The throw-away PostgreSQL of `make test`: it works, and nothing of it is left."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import cluster
import psycopg
import pytest

SCRIPTS = Path(cluster.__file__).parent


def folder_of(address: str) -> Path:
    return Path(address.partition("host=")[2])


def test_it_gives_a_database_and_leaves_nothing():
    with cluster.throwaway() as address:
        folder = folder_of(address)
        with psycopg.connect(address) as connection:
            assert connection.execute("SELECT current_database(), upper('ø')").fetchone() == ("samspill", "Ø")
        pid = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_it_never_waits_for_the_disk_unless_it_is_told_to():
    with cluster.throwaway() as address, psycopg.connect(address) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("off",)
    with cluster.throwaway(durable=True) as address, psycopg.connect(address) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("on",)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_command_that_is_stopped_takes_it_along(how):
    program = (
        "import signal, sys, time\n"
        "import cluster, make\n"
        "signal.signal(signal.SIGTERM, make.leave)\n"
        "with cluster.throwaway() as address:\n"
        "    print(address, flush=True)\n"
        "    time.sleep(60)\n"
    )
    command = [sys.executable, "-c", program]
    process = subprocess.Popen(
        command,
        cwd=SCRIPTS,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert process.stdout
    folder = folder_of(process.stdout.readline().strip())
    assert folder.exists()
    process.send_signal(how)
    process.wait(30)
    process.stdout.close()
    assert not folder.exists()


def test_a_server_that_cannot_start_says_why(monkeypatch):
    monkeypatch.setitem(cluster.OPTIONS, "max_connections", "none")
    with pytest.raises(RuntimeError, match="max_connections"), cluster.throwaway():
        time.sleep(0)
