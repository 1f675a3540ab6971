from collections.abc import Iterator

import pytest

from samspill.live.channels import Channel
from tests.live.streams import Server, running_server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_server(tmp_path_factory.mktemp("live")) as server:
        yield server


@pytest.fixture
def channel(request: pytest.FixtureRequest) -> Channel:
    """One of its own for each test."""
    return Channel(f"test:{request.node.name}", "small", "nb")
