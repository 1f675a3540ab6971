from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.site import MailCatcher, Site, mail_server, running_site

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def practice_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with the practice data, shared by tests that only read."""
    with running_site(tmp_path_factory.mktemp("practice"), practice=True) as site:
        yield site


@pytest.fixture
def mails() -> Iterator[tuple[MailCatcher, int]]:
    with mail_server() as (catcher, port):
        yield catcher, port
