"""A PostgreSQL cluster that lives as long as a block of code, made from the installed binaries."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import packages

OPTIONS = {"listen_addresses": "", "max_connections": "200"}
# Nothing in a test has to survive a power cut, so nothing waits for the disk.
HASTE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
PATIENCE = 30.0  # seconds for the server to start


@contextlib.contextmanager
def throwaway(durable: bool = False) -> Iterator[str]:
    """Gives the address of an empty database. `durable`: it waits for the disk, as in operation.

    PostgreSQL refuses to run as root, so root runs it as the user `postgres`.
    """
    binaries = packages.postgresql_binaries()
    if binaries is None:
        raise packages.MissingError("PostgreSQL's server is not installed.")
    folder = Path(tempfile.mkdtemp(prefix="samspill-pg-", dir="/tmp"))  # a socket's path must be short
    try:
        as_user = _owner(folder)
        _init(binaries, folder, as_user)
        options = {**OPTIONS, **({} if durable else HASTE), "unix_socket_directories": str(folder)}
        with _server(binaries, folder, options, as_user):
            yield f"postgresql://samspill@/samspill?host={folder}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner(folder: Path) -> str | None:
    if os.geteuid() != 0:
        return None
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        user = pwd.getpwnam("nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return user.pw_name


def _init(binaries: Path, folder: Path, as_user: str | None) -> None:
    command = [binaries / "initdb", "--pgdata", folder / "data", "--username", "samspill", "--auth", "trust"]
    command += ["--encoding", "UTF8", "--no-sync", "--locale"]
    for locale in ("C.UTF-8", "C"):  # the first knows that Ø is a large ø, but not every system has it
        done = subprocess.run([*command, locale], user=as_user, cwd=folder, capture_output=True, text=True)
        if done.returncode == 0:
            return
    raise RuntimeError(f"initdb failed: {done.stderr.strip()}")


@contextlib.contextmanager
def _server(binaries: Path, folder: Path, options: dict[str, str], as_user: str | None) -> Iterator[None]:
    settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [binaries / "postgres", "-D", folder / "data", *settings],
            user=as_user,
            cwd=folder,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C is for us; we stop the server when we have cleaned up
        )
    try:
        _wait_until_ready(binaries, folder, server)
        subprocess.run([binaries / "createdb", "-h", folder, "-U", "samspill", "samspill"], check=True)
        yield
    finally:
        server.send_signal(signal.SIGQUIT)  # at once: the data are thrown away
        server.wait()


def _wait_until_ready(binaries: Path, folder: Path, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    command = [binaries / "pg_isready", "--quiet", "-h", folder, "-U", "samspill", "-d", "postgres"]
    while subprocess.run(command).returncode:
        if server.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"PostgreSQL did not start: {(folder / 'log').read_text()}")
        time.sleep(0.05)
