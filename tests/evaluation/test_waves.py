"""A measurement is planned, opened, answered, reminded of and closed."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from samspill.audit.models import Entry
from samspill.cohorts.choices import Role, State
from samspill.errors import Refused
from samspill.evaluation.actions import (
    close_wave,
    confirm_invitations,
    finish,
    open_due_waves,
    open_wave,
    plan_wave,
    prepare_invitations,
    remind,
    save_answer,
)
from samspill.evaluation.actions.ending import months_later
from samspill.evaluation.choices import WaveKind, WaveState
from samspill.evaluation.models import Answer, Asked, Wave
from samspill.evaluation.queries import Response, answers_of, response_of, silent, steps_of
from samspill.mail.models import Batch, Message
from tests.cast import Cast, enrol, person
from tests.evaluation.parts import answer, closed, drafted, everybody, in_days, opened

BEFORE, AFTER, SIX = WaveKind


def open_now(cast: Cast, kind: WaveKind) -> Wave:
    return open_wave(cohort=cast.cohort, kind=kind, closes_on=in_days(14), by=cast.facilitator)


def test_opening_freezes_the_questionnaire_and_asks_everybody_who_takes_part(cast: Cast) -> None:
    wave = opened(cast)

    assert (wave.state, wave.opens_on, wave.closes_on) == (WaveState.OPEN, in_days(0), in_days(14))
    assert wave.instrument == cast.cohort.blueprint.content["instrument"]
    assert {each.membership.person for each in wave.asked.all()} == set(everybody(cast))
    assert response_of(wave) == Response(0, 7)


def test_only_those_in_the_roles_that_the_questionnaire_names_are_asked(cast: Cast) -> None:
    content = cast.cohort.blueprint.content
    content["instrument"]["answered_by"] = ["leader"]
    cast.cohort.blueprint.save()

    wave = opened(cast)

    assert {each.membership.person for each in wave.asked.all()} == set(cast.leaders)
    with pytest.raises(PermissionDenied):
        save_answer(wave=wave, item="m1", value=4, by=cast.host)


def test_no_mail_goes_before_it_is_confirmed_and_each_is_for_one_person(cast: Cast) -> None:
    wave = opened(cast)
    batch = drafted(cast)

    assert sorted(Message.objects.values_list("to_address", flat=True)) == sorted(
        one.email for one in everybody(cast)
    )
    assert set(Message.objects.values_list("state", flat=True)) == {"waiting"}
    confirm_invitations(wave=wave, batch=batch, by=cast.facilitator)
    assert set(wave.asked.values_list("invited_on", flat=True)) == {in_days(0)}
    with pytest.raises(Refused):
        prepare_invitations(wave=wave, by=cast.facilitator)


def test_somebody_who_comes_in_later_is_invited_alone(cast: Cast) -> None:
    wave = opened(cast)
    confirm_invitations(wave=wave, batch=drafted(cast), by=cast.facilitator)
    late = person("late", "Sen leder")
    enrol(cast.cohort, late, Role.LEADER, cast.agencies[0], "Direktør")

    batch = prepare_invitations(wave=wave, by=cast.facilitator)

    assert [message.to_address for message in batch.messages.all()] == [late.email]
    assert response_of(wave) == Response(0, 8)


def test_a_later_measurement_waits_for_the_earlier_to_be_closed(cast: Cast) -> None:
    before = opened(cast)
    with pytest.raises(Refused):
        open_now(cast, AFTER)
    with pytest.raises(Refused):
        open_now(cast, BEFORE)

    close_wave(wave=before, by=cast.facilitator)
    open_now(cast, AFTER)


def test_an_earlier_measurement_cannot_be_opened_once_a_later_one_has_been(cast: Cast) -> None:
    closed(cast, AFTER, [])

    with pytest.raises(Refused):
        open_now(cast, BEFORE)


@pytest.mark.parametrize("state", [State.INVITED, State.DECLINED, State.CLOSED])
def test_nothing_is_opened_before_the_sector_has_accepted_or_after_the_end(cast: Cast, state: State) -> None:
    cast.cohort.state = state
    cast.cohort.save()

    with pytest.raises(Refused):
        open_now(cast, BEFORE)
    assert [(step.may_open, step.may_plan) for step in steps_of(cast.cohort)] == [(False, False)] * 3


@pytest.mark.parametrize("who", ["resource", "host", "leader", "delegate", "guest"])
def test_only_those_who_run_the_cohort_open_remind_and_close(cast: Cast, who: str) -> None:
    wave = opened(cast)
    by = getattr(cast, who)

    for act in (
        lambda: open_wave(cohort=cast.cohort, kind=AFTER, closes_on=in_days(14), by=by),
        lambda: plan_wave(cohort=cast.cohort, kind=AFTER, opens_on=in_days(14), by=by),
        lambda: remind(wave=wave, by=by),
        lambda: close_wave(wave=wave, by=by),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_planned_measurement_opens_by_itself_on_its_day(cast: Cast) -> None:
    plan_wave(cohort=cast.cohort, kind=BEFORE, opens_on=in_days(3), by=cast.facilitator)

    assert [open_due_waves(today=in_days(day)) for day in (2, 3, 4)] == [0, 1, 0]

    wave = Wave.objects.get()
    assert wave.is_open
    assert drafted(cast).is_draft  # the facilitator still looks through the mails


def test_the_measurement_after_plans_the_one_six_months_later(cast: Cast) -> None:
    closed(cast, BEFORE, [])
    closed(cast, AFTER, [])

    later = Wave.objects.get(kind=SIX)
    assert (later.state, later.opens_on) == (WaveState.PLANNED, months_later(in_days(0), 6))
    assert open_due_waves(today=later.opens_on) == 1


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2026, 3, 15), date(2026, 9, 15)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 30), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 6, 30)),
        (date(2026, 1, 31), date(2026, 7, 31)),
    ],
)
def test_six_months_later_is_the_same_day_or_the_last_of_a_short_month(day: date, later: date) -> None:
    assert months_later(day, 6) == later


def test_an_answer_is_stored_at_once_and_can_be_changed_while_it_is_open(cast: Cast) -> None:
    wave = opened(cast)

    assert [save_answer(wave=wave, item="m1", value=value, by=cast.leader) for value in (3, 5)] == [1, 1]
    assert save_answer(wave=wave, item="m2", value=7, by=cast.leader) == 2

    assert answers_of(cast.leader, wave) == {"m1": 5, "m2": 7}
    assert answers_of(cast.host, wave) == {}
    assert response_of(wave).answered == 0


def test_one_has_answered_when_one_says_so_or_when_nothing_is_left(cast: Cast) -> None:
    wave = opened(cast)
    save_answer(wave=wave, item="m1", value=3, by=cast.leader)
    finish(wave=wave, by=cast.leader)
    for item in ("m1", "m2", "m3", "m4"):
        save_answer(wave=wave, item=item, value=3, by=cast.host)

    assert response_of(wave).answered == 2
    with pytest.raises(Refused):
        finish(wave=wave, by=cast.leaders[1])


@pytest.mark.parametrize(("item", "value"), [("m1", 0), ("m1", 8), ("m9", 4), ("", 4)])
def test_what_is_not_on_the_scale_is_refused(cast: Cast, item: str, value: int) -> None:
    with pytest.raises(Refused):
        save_answer(wave=opened(cast), item=item, value=value, by=cast.leader)
    assert not Answer.objects.exists()


@pytest.mark.parametrize("who", ["facilitator", "owner", "resource", "delegate", "guest"])
def test_nobody_answers_for_others(cast: Cast, who: str) -> None:
    wave = opened(cast)

    with pytest.raises(PermissionDenied):
        save_answer(wave=wave, item="m1", value=4, by=getattr(cast, who))
    with pytest.raises(Http404):
        save_answer(wave=wave, item="m1", value=4, by=cast.stranger)
    assert not Answer.objects.exists()


def test_only_those_who_have_not_answered_are_reminded_and_not_too_often(cast: Cast) -> None:
    wave = opened(cast)
    for who in cast.leaders[:4]:
        answer(wave, who, 4)
    save_answer(wave=wave, item="m1", value=4, by=cast.leaders[4])  # has begun, and not finished

    assert remind(wave=wave, by=cast.facilitator) == 3

    reminders = Batch.objects.get(key="evaluation/mail/reminder")
    assert {each.to_address for each in reminders.messages.all()} == {
        cast.host.email,
        cast.leaders[4].email,
        cast.leaders[5].email,
    }
    with pytest.raises(Refused):
        remind(wave=wave, by=cast.facilitator)
    Asked.objects.update(reminded_on=in_days(-3))
    assert remind(wave=wave, by=cast.facilitator) == 3


def test_those_who_have_left_are_not_reminded(cast: Cast) -> None:
    wave = opened(cast)
    cast.cohort.memberships.filter(person=cast.leaders[1]).update(withdrawn_on=in_days(0))

    assert cast.leaders[1] not in {each.membership.person for each in silent(wave)}


def test_a_closed_measurement_takes_no_answers_and_drops_mails_nobody_sent(cast: Cast) -> None:
    wave = opened(cast)
    answer(wave, cast.leader, 4)

    close_wave(wave=wave, by=cast.facilitator)

    with pytest.raises(Refused):
        save_answer(wave=Wave.objects.get(), item="m1", value=5, by=cast.leader)
    with pytest.raises(Refused):
        close_wave(wave=wave, by=cast.facilitator)
    assert list(Answer.objects.values_list("value", flat=True)) == [4] * 4
    assert not Message.objects.exists()


def test_the_audit_says_what_was_done_and_nothing_about_who_answered(cast: Cast) -> None:
    wave = opened(cast)
    for who in everybody(cast)[:5]:
        answer(wave, who, 4)
    remind(wave=wave, by=cast.facilitator)
    close_wave(wave=wave, by=cast.facilitator)

    entries = list(Entry.objects.order_by("id"))
    assert [entry.key for entry in entries] == [
        "evaluation.opened",
        "evaluation.reminded",
        "evaluation.closed",
    ]
    assert {entry.actor for entry in entries} == {cast.facilitator.pk}
    assert [entry.data for entry in entries] == [{"kind": "before"}, {"count": 2}, {"kind": "before"}]
