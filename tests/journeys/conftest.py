from collections.abc import Iterator

import pytest

from tests.journeys.site import MailCatcher, Site, mail_server, running_site


@pytest.fixture(scope="session")
def practice_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with the practice data, shared by tests that only read."""
    with running_site(tmp_path_factory.mktemp("practice"), practice=True) as site:
        yield site


@pytest.fixture
def mails() -> Iterator[tuple[MailCatcher, int]]:
    with mail_server() as (catcher, port):
        yield catcher, port
