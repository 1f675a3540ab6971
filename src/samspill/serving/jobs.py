"""The job worker of this server."""

import logging
import secrets
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger("samspill.serving")


def work() -> None:
    """Take jobs one by one until SIGTERM; the one being worked on is finished first."""
    name = worker_name(settings.DATA / "job-worker")
    take_up_again(name)
    call_command(
        "db_worker",
        queue_name="*",
        interval=1,
        startup_delay=False,
        reload=False,
        worker_id=name,
        verbosity=1,
    )


def worker_name(file: Path) -> str:
    """The same name after every start of this installation: it knows the jobs it held when it died."""
    if not file.exists():
        file.write_text(secrets.token_hex(16), encoding="ascii")
    return file.read_text(encoding="ascii")


def take_up_again(worker: str) -> int:
    """Put back the jobs that this installation's worker held when it died. Returns how many."""
    held = [job.pk for job in DBTaskResult.objects.running() if job.worker_ids[-1:] == [worker]]
    DBTaskResult.objects.filter(pk__in=held).update(status=TaskResultStatus.READY, started_at=None)
    if held:
        logger.warning("Jobs that were cut off by a stop are taken up again: %s.", len(held))
    return len(held)
