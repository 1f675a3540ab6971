"""`samspill serve` as an operator meets it: it starts, says why when it cannot, and stops in good order."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from django.conf import settings

from tests.databases.fresh import fresh_database
from tests.journeys.site import free_port

WORKERS = 1 if settings.ON_SQLITE else 2  # web processes
PATIENCE = 120.0  # seconds until a test gives up; nothing is asserted about speed


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A migrated site without anybody in it."""
    folder = tmp_path_factory.mktemp("serving")
    with fresh_database(folder) as database:
        variables = {
            **os.environ,
            "SAMSPILL_PRACTICE": "yes",
            "SAMSPILL_DATA": str(folder),
            "SAMSPILL_DATABASE": database,
        }
        assert run(variables, "migrate").returncode == 0
        yield variables


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "samspill.cli", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PATIENCE)


def wait_until(condition: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until, "it never came to be"
        time.sleep(0.05)


class Served:
    """A running `samspill serve`."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.port = free_port()
        command = [sys.executable, "-m", "samspill.cli", "serve", "--port", str(self.port)]
        command += ["--workers", str(WORKERS)]
        self.log = Path(environment["SAMSPILL_DATA"]) / f"log-{self.port}"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        wait_until(lambda: self.process.poll() is not None or self.answers())

    def answers(self) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/nb/privacy/", timeout=PATIENCE).status_code == 200
        except httpx.TransportError:
            return False

    def children(self) -> list[int]:
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in found.split()]

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)


@pytest.fixture
def served(environment: dict[str, str]) -> Iterator[Served]:
    server = Served(environment)
    yield server
    if server.process.poll() is None:
        server.stop(signal.SIGKILL)


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_stops_in_good_order_and_takes_everybody_along(served, how):
    children = served.children()
    assert len(children) == WORKERS + 1
    assert served.stop(how) == 0
    assert [pid for pid in children if not is_gone(pid)] == []


def test_it_stops_even_while_somebody_listens_to_a_stream(served, environment):
    program = (
        "import django; django.setup()\n"
        "from samspill.live.channels import Channel\n"
        "from samspill.live.tokens import addresses\n"
        "print(addresses(Channel('gathering:1', 'screen', 'nb'))['url'])\n"
    )
    variables = {**environment, "DJANGO_SETTINGS_MODULE": "samspill.settings"}
    url = subprocess.run(
        [sys.executable, "-c", program], env=variables, capture_output=True, text=True
    ).stdout
    with httpx.stream("GET", f"http://127.0.0.1:{served.port}{url.strip()}", timeout=PATIENCE) as response:
        assert response.status_code == 200
        assert served.stop() == 0


def test_its_children_leave_when_it_is_killed(served):
    children = served.children()
    served.stop(signal.SIGKILL)
    wait_until(lambda: all(is_gone(pid) for pid in children))


def test_a_process_that_dies_is_started_again(served):
    victim, *others = served.children()
    os.kill(victim, signal.SIGKILL)
    wait_until(lambda: len(served.children()) == WORKERS + 1 and victim not in served.children())
    wait_until(served.answers)
    assert set(others) < set(served.children())


def test_a_taken_port_is_a_sentence(environment):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = run(environment, "serve", "--port", str(port))
    assert done.returncode == 1
    assert done.stderr == (
        f"samspill: Port {port} is taken by another program. Stop that program, or choose another port, for "
        f"example PORT={port + 1}.\n"
    )


def test_the_port_can_be_given_by_the_variable(environment):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = run({**environment, "PORT": str(port)}, "serve")
    assert f"Port {port} is taken" in done.stderr


def test_sqlite_refuses_several_web_processes_and_says_why(environment, tmp_path):
    on_sqlite = {**environment, "SAMSPILL_DATABASE": f"sqlite:///{tmp_path / 'site.sqlite3'}"}
    done = run(on_sqlite, "serve", "--port", str(free_port()), "--workers", "2")
    assert done.returncode == 1
    assert done.stderr == (
        "samspill: 2 web processes need PostgreSQL: SQLite lets one process write at a time, and the others would "
        "keep people waiting. Set SAMSPILL_DATABASE to a postgresql:// address, or leave out --workers.\n"
    )


def test_a_database_that_was_never_migrated_is_a_sentence(environment, tmp_path):
    empty = {**environment, "SAMSPILL_DATABASE": f"sqlite:///{tmp_path / 'site.sqlite3'}"}
    done = run(empty, "serve", "--port", str(free_port()))
    assert done.returncode == 1
    assert done.stderr == (
        "samspill: The database is older than this version of Samspill; run 'samspill migrate' first.\n"
    )


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("SAMSPILL_PRACTICE", "perhaps", "SAMSPILL_PRACTICE must be 'yes' or 'no', not 'perhaps'."),
        ("SAMSPILL_MIN_ANSWERS", "2", "SAMSPILL_MIN_ANSWERS must be a whole number of at least 3, not '2'."),
    ],
)
def test_a_wrong_setting_is_a_sentence(environment, variable, value, sentence):
    done = run({**environment, variable: value}, "migrate")
    assert (done.returncode, done.stderr) == (2, f"samspill: {sentence}\n")


def test_static_files_may_be_kept_for_ever_under_names_that_change(served):
    page = httpx.get(f"http://127.0.0.1:{served.port}/nb/privacy/").text
    style = next(part for part in page.split('"') if part.startswith("/static/ui/css/layout."))
    answer = httpx.get(f"http://127.0.0.1:{served.port}{style}", headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-encoding"] == "gzip"


def test_nobodys_visit_is_logged(served):
    served.answers()
    served.stop()
    assert "/nb/privacy/" not in served.log.read_text()
    assert "127.0.0.1 " not in served.log.read_text()
