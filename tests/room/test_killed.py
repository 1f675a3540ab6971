"""A server killed in the middle of answering loses nothing it has acknowledged, and stores nothing twice."""

import hashlib
import json
import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from django.conf import settings

from tests.journeys.site import Site
from tests.room.inside import inside, migrated_site
from tests.room.parts import entry

IDEAS_EACH = 12
KILL_AFTER = 25  # acknowledged answers
CSRF = "c" * 32


@dataclass
class Phone:
    """Sends its ideas one by one and keeps each until the server has said that it is stored."""

    address: str
    session: str
    waiting: dict[str, str]  # entry → text
    acknowledged: dict[str, str] = field(default_factory=dict)

    def send_all(self) -> None:
        cookies = {"sessionid": self.session, "csrftoken": CSRF}
        with httpx.Client(cookies=cookies, headers={"X-CSRFToken": CSRF}, timeout=20) as client:
            for each, text in list(self.waiting.items()):
                sent = {"entry": each, "part": "answer", "value": json.dumps({"text": text})}
                try:
                    answer = client.post(self.address, data=sent)
                except httpx.HTTPError:
                    return
                assert answer.json() == {"stored": True}
                self.acknowledged[each] = self.waiting.pop(each)


def kill(site: Site) -> None:
    """SIGKILL to the web process itself, not only to the one that looks after it."""
    parent = site.process.pid
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    for pid in (*map(int, children), parent):
        os.kill(pid, signal.SIGKILL)
    site.process.wait(timeout=30)
    site.process = None


@pytest.fixture
def site(tmp_path) -> Iterator[Site]:
    with migrated_site(tmp_path) as site:
        yield site


def all_at_once(phones: list[Phone], stop_when=lambda: False, then=lambda: None) -> None:
    threads = [threading.Thread(target=phone.send_all) for phone in phones]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        if stop_when():
            then()
            break
        threads[0].join(0.002)
    for thread in threads:
        thread.join()


def test_what_was_acknowledged_is_there_after_sigkill_and_everything_is_there_once_in_the_end(site):
    made = inside(site, "make")
    site.start()
    address = f"{site.address}/room/activity/{made['activity']}/answer/"
    phones = [
        Phone(
            address, session, {entry(): f"Idé {number} fra telefon {phone}" for number in range(IDEAS_EACH)}
        )
        for phone, session in enumerate(made["sessions"])
    ]
    tokens = [each for phone in phones for each in phone.waiting]
    given = sorted(text for phone in phones for text in phone.waiting.values())
    all_at_once(
        phones, lambda: sum(len(phone.acknowledged) for phone in phones) >= KILL_AFTER, lambda: kill(site)
    )
    acknowledged = [text for phone in phones for text in phone.acknowledged.values()]
    assert KILL_AFTER <= len(acknowledged) < len(given)

    stored = inside(site, "read")
    assert set(acknowledged) - set(stored) == set()
    assert len(stored) == len(set(stored))

    site.start()
    all_at_once(phones)
    assert sorted(inside(site, "read")) == given

    inside(site, "close")
    assert sorted(inside(site, "read")) == given
    site.stop()
    if settings.ON_SQLITE:
        files = b"".join(path.read_bytes() for path in site.folder.glob("site.sqlite3*"))
        hashes = [hashlib.sha256(each.encode()).hexdigest() for each in tokens]
        assert [each for each in hashes if each.encode() in files] == []
