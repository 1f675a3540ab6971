"""The job worker: nothing it was given is lost, and what must be done daily is done daily."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from samspill.serving import jobs

OSLO = ZoneInfo("Europe/Oslo")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The time is what the test says it is; the last one in the list."""
    times = [datetime(2026, 11, 23, 6, 59, tzinfo=OSLO)]
    monkeypatch.setattr(jobs.timezone, "localtime", lambda: times[-1])
    return times


def queued() -> list[str]:
    return sorted(DBTaskResult.objects.values_list("task_path", flat=True))


DAILY = [
    "samspill.evaluation.actions.opening.open_due_today",
    "samspill.followup.actions.remind_due_today",
    "samspill.serving.jobs.tidy",
]


def test_nobody_is_reminded_before_seven_in_the_morning(transactional_db, clock):
    assert jobs.queue_daily(None) is None
    assert queued() == []


def test_what_is_due_daily_is_queued_once_a_day(transactional_db, clock):
    clock.append(datetime(2026, 11, 23, 7, 0, tzinfo=OSLO))
    done = jobs.queue_daily(None)
    assert queued() == DAILY
    clock.append(datetime(2026, 11, 23, 23, 59, tzinfo=OSLO))
    done = jobs.queue_daily(done)
    assert queued() == DAILY
    clock.append(datetime(2026, 11, 24, 7, 0, tzinfo=OSLO))
    jobs.queue_daily(done)
    assert queued() == sorted(DAILY * 2)


def running(worker: str) -> DBTaskResult:
    """A job that the worker has taken and not finished."""
    jobs.tidy.enqueue()
    job = DBTaskResult.objects.filter(status=TaskResultStatus.READY).get()
    job.claim(worker)
    return job


def test_a_job_that_was_cut_off_is_taken_up_again(db):
    job = running("this")
    assert jobs.take_up_again("this") == 1
    job.refresh_from_db()
    assert (job.status, job.started_at) == (TaskResultStatus.READY, None)


def test_a_job_that_another_machine_works_on_is_left_alone(db):
    job = running("other")
    assert jobs.take_up_again("this") == 0
    job.refresh_from_db()
    assert job.status == TaskResultStatus.RUNNING


def test_the_worker_has_the_same_name_after_every_start(tmp_path: Path):
    name = jobs.worker_name(tmp_path / "job-worker")
    assert jobs.worker_name(tmp_path / "job-worker") == name
    assert jobs.worker_name(tmp_path / "another") != name


def test_sessions_that_are_over_are_removed(db):
    over, lasting = SessionStore(), SessionStore()
    for session in (over, lasting):
        session.create()
    Session.objects.filter(pk=over.session_key).update(expire_date=datetime(2026, 1, 1, tzinfo=OSLO))
    jobs.tidy.call()
    assert list(Session.objects.values_list("pk", flat=True)) == [lasting.session_key]


def test_finished_jobs_are_removed_after_two_weeks(db):
    jobs.tidy.enqueue()
    jobs.tidy.enqueue()
    old, fresh = DBTaskResult.objects.all()
    for job in (old, fresh):
        job.set_successful(None)
    DBTaskResult.objects.filter(pk=old.pk).update(finished_at=datetime(2026, 1, 1, tzinfo=OSLO))
    jobs.tidy.call()
    assert list(DBTaskResult.objects.all()) == [fresh]
