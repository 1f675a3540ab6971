"""A template of our own, so that the tests of mail need no other room of the house."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.template.engine import Engine
from django_tasks_db.models import DBTaskResult

CALENDAR = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Samspill//NO\r
METHOD:REQUEST\r
BEGIN:VEVENT\r
UID:gathering-1-person-2@samspill.example\r
SEQUENCE:1\r
DTSTAMP:20261001T080000Z\r
DTSTART:20261102T080000Z\r
DTEND:20261102T110000Z\r
SUMMARY:Samling 1: Mulighetsrom\r
LOCATION:Møterom Ø\r
END:VEVENT\r
END:VCALENDAR\r
"""


@contextmanager
def templates(folder: Path, **files: str) -> Iterator[None]:
    """Make `letter.subject.txt` and `letter.txt` findable: `templates(path, subject="…", body="…")`."""
    (folder / "letter.subject.txt").write_text(files["subject"], encoding="utf-8")
    (folder / "letter.txt").write_text(files["body"], encoding="utf-8")
    engine = Engine.get_default()
    before, engine.dirs = engine.dirs, [folder]
    _forget_templates(engine)
    try:
        yield
    finally:
        engine.dirs = before
        _forget_templates(engine)


def run_jobs() -> None:
    """Do what a worker does with the jobs that are queued, in their order."""
    for job in DBTaskResult.objects.ready():
        job.task.call(*job.task_result.args, **job.task_result.kwargs)
        job.set_successful(None)


def _forget_templates(engine: Engine) -> None:
    for loader in engine.template_loaders:
        loader.reset()
