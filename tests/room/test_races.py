"""Many at once: answers, changes and the closing of the activity. See racing.py for what is demanded."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from samspill.inputs.choices import Attribution
from tests.databases.fresh import fresh_database

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("attribution", [Attribution.CHATHAM, Attribution.NAMED])
def test_no_answer_is_lost_doubled_or_left_unsealed_however_they_meet(attribution, tmp_path):
    with fresh_database(tmp_path) as database:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "samspill.settings",
            "SAMSPILL_PRACTICE": "yes",
            "SAMSPILL_DATA": str(tmp_path),
            "SAMSPILL_DATABASE": database,
            "PYTHONPATH": "src:.",
        }
        for command in (["samspill.cli", "migrate"], ["tests.room.racing", attribution]):
            done = subprocess.run(
                [sys.executable, "-m", *command],
                env=environment,
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stderr
