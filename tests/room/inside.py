"""A real server for a test, and what the test does inside its database."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.databases.fresh import fresh_database
from tests.journeys.site import Site, free_port

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def migrated_site(folder: Path) -> Iterator[Site]:
    """Not started yet; stopped in the end."""
    with fresh_database(folder) as database:
        site = Site(folder, free_port(), {"SAMSPILL_DATABASE": database, "PYTHONPATH": "src:."})
        site.run("migrate")
        try:
            yield site
        finally:
            site.stop()


def inside(site: Site, what: str) -> Any:
    """The output of a command of tests/room/server.py."""
    command = [sys.executable, "-m", "tests.room.server", what]
    done = subprocess.run(
        command, env=site.environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
