"""Reminders go to the owner only: once when the date is near, once when it has passed."""

import pytest

from samspill.followup.actions import remind_due
from samspill.mail.models import Message
from tests.cast import Cast
from tests.followup.parts import WHAT, in_days, make_commitment, member


@pytest.mark.parametrize(("days", "count"), [(8, 0), (7, 1), (0, 1), (-1, 1)])
def test_a_reminder_comes_a_week_before_or_when_the_date_has_passed(
    cast: Cast, days: int, count: int
) -> None:
    make_commitment(cast, due=in_days(days))

    assert remind_due(today=in_days(0)) == count


def test_nobody_is_reminded_twice_of_the_same_thing(cast: Cast) -> None:
    make_commitment(cast, due=in_days(3))

    days = [remind_due(today=in_days(day)) for day in (0, 0, 1, 3, 4, 5, 30)]

    assert days == [1, 0, 0, 0, 1, 0, 0]


@pytest.mark.parametrize("status", ["done", "dropped"])
def test_what_is_done_or_dropped_is_left_in_peace(cast: Cast, status: str) -> None:
    make_commitment(cast, due=in_days(1), status=status)

    assert remind_due(today=in_days(0)) == 0


def test_those_who_have_left_or_been_erased_get_no_mail(cast: Cast) -> None:
    make_commitment(cast, cast.leaders[1], due=in_days(1))
    make_commitment(cast, cast.leaders[2], due=in_days(1))
    membership = member(cast, cast.leaders[1])
    membership.withdrawn_on = in_days(0)
    membership.save()
    cast.leaders[2].email = None
    cast.leaders[2].save()

    assert remind_due(today=in_days(0)) == 0


@pytest.mark.django_db(transaction=True)
def test_the_mail_reaches_the_owner_only_and_is_not_kept(cast: Cast, settings, mailoutbox) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    cast.leader.language = "en"
    cast.leader.save()
    commitment = make_commitment(cast, due=in_days(-2))

    remind_due(today=in_days(0))

    assert [mail.to for mail in mailoutbox] == [[cast.leader.email]]
    assert WHAT in mailoutbox[0].body
    assert f"/follow-up/{commitment.pk}/\n" in mailoutbox[0].body
    assert not Message.objects.exists()
