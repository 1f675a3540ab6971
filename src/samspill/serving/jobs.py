"""The job worker of this server, and what it does every day without being asked."""

import logging
import secrets
import threading
import time
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import close_old_connections
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from samspill.evaluation.actions.opening import open_due_today
from samspill.followup.actions import remind_due_today
from samspill.mail.actions import take_up_again as take_up_mails_again

logger = logging.getLogger("samspill.serving")

FIRST_HOUR = 7  # nobody is reminded of anything before seven in the morning
LOOK_EVERY = 60.0  # seconds
KEEP_FINISHED_DAYS = 14


@task()
def tidy() -> None:
    """Remove sessions that are over, and finished jobs: the trace of a failed one may quote its data."""
    call_command("clearsessions")
    call_command("prune_db_task_results", min_age_days=KEEP_FINISHED_DAYS, verbosity=0)


DAILY: tuple[Any, ...] = (remind_due_today, open_due_today, tidy)


def work() -> None:
    """Take jobs one by one until SIGTERM; the one being worked on is finished first."""
    name = worker_name(settings.DATA / "job-worker")
    take_up_again(name)
    take_up_mails_again()
    threading.Thread(target=do_daily, daemon=True).start()
    # The class and not the command, which would log a line for every mail.
    worker = Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        backend_name="default",
        worker_id=name,
        interval=1,
        startup_delay=False,
        batch=False,
        max_tasks=None,
    )
    worker.configure_signals()
    worker.run()


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


def do_daily() -> None:
    """Queue the daily jobs once a day, and once more after each start: every one of them may run twice."""
    done: date | None = None
    while True:
        done = queue_daily(done)
        time.sleep(LOOK_EVERY)


def queue_daily(done: date | None) -> date | None:
    """Queue them unless they were queued today or it is too early. Returns the day they were last queued."""
    now = timezone.localtime()
    if now.hour < FIRST_HOUR or now.date() == done:
        return done
    close_old_connections()
    try:
        for job in DAILY:
            job.enqueue()
    except Exception:
        logger.exception("The daily jobs could not be queued; trying again.")
        return done
    return now.date()
