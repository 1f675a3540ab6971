"""A real Samspill in a folder of its own: its own database, its own port, its own mail server."""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import httpx
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

SECONDS_TO_START = 60


@dataclass
class MailCatcher:
    """An SMTP server that keeps what it is handed, and to whom each mail was addressed on the envelope."""

    messages: list[EmailMessage] = field(default_factory=list)
    envelopes: list[list[str]] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.envelopes.append(list(envelope.rcpt_tos))
        self.messages.append(message_from_bytes(envelope.content, EmailMessage, policy=default))
        return "250 OK"

    def to(self, address: str, about: str = "") -> list[EmailMessage]:
        """The mails to an address whose subject holds the words `about`, the oldest first."""
        return [each for each in self.messages if address in each["To"] and about in each["Subject"]]

    def wait_for(
        self, address: str, about: str = "", count: int = 1, seconds: float = 30
    ) -> list[EmailMessage]:
        """The same, once there are `count` of them; fails when they do not come."""
        end = time.monotonic() + seconds
        while len(found := self.to(address, about)) < count:
            assert time.monotonic() < end, f"{len(found)} of {count} mails about {about} came to {address}"
            time.sleep(0.05)
        return found


def text_of(message: EmailMessage) -> str:
    """The readable part of a mail."""
    part = message.get_body(("plain",))
    assert part is not None
    return part.get_content()


def link_in(message: EmailMessage) -> str:
    """The first address in a mail, which is the one its reader is asked to open."""
    found = re.search(r"https?://\S+", text_of(message))
    assert found is not None, text_of(message)
    return found.group(0)


def calendar_of(message: EmailMessage) -> bytes:
    return next(
        part.get_payload(decode=True) for part in message.walk() if part.get_content_type() == "text/calendar"
    )


@contextmanager
def mail_server() -> Iterator[tuple[MailCatcher, int]]:
    catcher = MailCatcher()
    controller = Controller(catcher, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield catcher, controller.port
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Site:
    """A running server. `kill` is the hard way (SIGKILL to the whole process group), `stop` the kind one."""

    folder: Path
    port: int
    extra: dict[str, str]
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "samspill.settings",
            "SAMSPILL_PRACTICE": "yes",
            "SAMSPILL_DATA": str(self.folder),
            "SAMSPILL_DATABASE": f"sqlite:///{self.folder / 'site.sqlite3'}",
            "SAMSPILL_ADDRESS": self.address,
            **self.extra,
        }

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A `samspill` command in the site's environment."""
        command = [sys.executable, "-m", "samspill.cli", *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done

    def start(self) -> None:
        command = [sys.executable, "-m", "samspill.cli", "serve", "--port", str(self.port)]
        log = (self.folder / "server.log").open("ab")
        self.process = subprocess.Popen(
            command, env=self.environment, stdout=log, stderr=log, start_new_session=True
        )
        end = time.monotonic() + SECONDS_TO_START
        while not self._answers():
            assert self.process.poll() is None, (self.folder / "server.log").read_text()
            assert time.monotonic() < end, "the server did not start"
            time.sleep(0.1)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        os.killpg(self.process.pid, how)
        self.process.wait(timeout=30)
        self.process = None

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.address}/nb/privacy/", timeout=2).status_code == 200
        except httpx.TransportError:
            return False


@contextmanager
def running_site(folder: Path, practice: bool, extra: dict[str, str] | None = None) -> Iterator[Site]:
    """A migrated, served site, with the practice data or empty."""
    site = Site(folder, free_port(), extra or {})
    site.run("migrate")
    if practice:
        site.run("practice", "load")
    site.start()
    try:
        yield site
    finally:
        site.stop()


@contextmanager
def copy_of(other: Site, folder: Path, extra: dict[str, str]) -> Iterator[Site]:
    """A site of one's own with another's data (on SQLite) as they are now, on a port of its own."""
    names = shutil.ignore_patterns("*.sqlite3*", "*.log")
    shutil.copytree(other.folder, folder, dirs_exist_ok=True, ignore=names)
    with (
        closing(sqlite3.connect(other.folder / "site.sqlite3")) as theirs,
        closing(sqlite3.connect(folder / "site.sqlite3")) as ours,
    ):
        theirs.backup(ours)
    site = Site(folder, free_port(), extra)
    site.start()
    try:
        yield site
    finally:
        site.stop()
