"""Gatherings get dates, move and are cancelled."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from samspill.audit.queries import entries_of
from samspill.cohorts.access import Right
from samspill.cohorts.choices import Role, State
from samspill.cohorts.models import Membership
from samspill.errors import Refused
from samspill.planning import actions, queries
from samspill.planning.access import gathering_for
from samspill.planning.choices import Answer
from samspill.planning.models import Gathering
from tests.planning.parts import OSLO, at, created, invitation, move, planned, sent


def test_there_is_one_gathering_for_each_plan_of_the_programme(cast):
    gatherings = created(cast)
    assert [(one.number, one.key, one.minutes, one.starts_at) for one in gatherings] == [
        (1, "g1", 180, None),
        (2, "g2", 180, None),
        (3, "g3", 180, None),
    ]
    assert [one.plan.title["nb"] for one in gatherings] == [
        "Gathering 1 nb",
        "Gathering 2 nb",
        "Gathering 3 nb",
    ]


def test_creating_twice_changes_nothing(cast):
    first = [one.pk for one in planned(cast)]
    assert [one.pk for one in created(cast)] == first
    assert Gathering.objects.filter(cohort=cast.cohort, starts_at=None).count() == 0


def test_leaders_cannot_plan(cast):
    with pytest.raises(PermissionDenied):
        actions.create_gatherings(cohort=cast.cohort, by=cast.leader)


@pytest.mark.parametrize("state", [State.INVITED, State.DECLINED, State.FOLLOW_UP, State.CLOSED])
def test_nothing_is_planned_before_the_yes_or_after_the_end(cast, state):
    gathering = planned(cast)[0]
    cast.cohort.state = state
    cast.cohort.save()
    with pytest.raises(Refused, match="planlegges"):
        move(cast, gathering, at(31))


def test_a_gathering_is_fetched_by_right(cast):
    gathering = planned(cast)[0]
    assert gathering_for(cast.leader, gathering.pk, Right.SEE_AGENDA) == gathering
    with pytest.raises(PermissionDenied):
        gathering_for(cast.leader, gathering.pk, Right.PLAN)
    for person in (cast.stranger, cast.other_facilitator):
        with pytest.raises(Http404):
            gathering_for(person, gathering.pk, Right.SEE_AGENDA)
    with pytest.raises(Http404):
        gathering_for(cast.owner, 987654, Right.SEE_AGENDA)


@pytest.mark.parametrize(("number", "days"), [(2, 20), (2, 140), (1, 80), (3, 70)])
def test_gatherings_keep_their_order(cast, number, days):
    gathering = planned(cast)[number - 1]
    with pytest.raises(Refused, match=f"Samling {number} må komme"):
        move(cast, gathering, at(days))


def test_two_gatherings_on_one_day_must_not_overlap(cast):
    first, second, _third = planned(cast)
    with pytest.raises(Refused):
        move(cast, second, first.starts_at + timedelta(minutes=179))
    move(cast, second, first.starts_at + timedelta(minutes=180))


def test_a_cancelled_gathering_is_not_in_the_way(cast):
    first, second, _third = planned(cast)
    actions.cancel(gathering=second, by=cast.facilitator, reason="Statsråden har kalt inn.")
    move(cast, first, at(90))
    assert Gathering.objects.get(pk=first.pk).starts_at == at(90)


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ((30, 45, 60), "tettere"),
        ((30, 75, 121), ""),
        ((30, 75, 130), ""),
        ((30, 60, 400), "lenger fra hverandre"),
    ],
)
def test_a_span_outside_the_blueprints_months_is_said_and_not_refused(cast, days, sentence):
    gatherings = created(cast)
    for gathering, day in zip(gatherings, days, strict=True):
        move(cast, gathering, at(day))
    found = queries.span_sentence(cast.cohort, queries.gatherings_of(cast.cohort))
    assert sentence in found
    assert bool(found) is bool(sentence)


def test_nothing_is_said_of_the_span_before_every_date_is_set(cast):
    move(cast, created(cast)[0], at(10))
    assert queries.span_sentence(cast.cohort, queries.gatherings_of(cast.cohort)) == ""


def test_people_from_elsewhere_cannot_lead(cast):
    gathering = created(cast)[0]
    stranger = Membership.objects.get(cohort=cast.other_cohort, role=Role.FACILITATOR)
    leader = Membership.objects.get(cohort=cast.cohort, person=cast.leader)
    for one in (stranger, leader):
        with pytest.raises(Refused):
            actions.schedule(
                gathering=gathering, by=cast.facilitator, starts_at=at(30), place="", facilitators=[one]
            )


def test_a_new_time_takes_back_the_answers_and_a_new_place_does_not(cast):
    gathering = planned(cast)[0]
    sent(cast, gathering)
    actions.answer_invitation(gathering=gathering, by=cast.leader, answer=Answer.YES)
    move(cast, gathering, gathering.starts_at, place="Møterom 6")
    assert invitation(gathering, cast.leader).answer == Answer.YES
    move(cast, gathering, at(31))
    assert invitation(gathering, cast.leader).answer == Answer.NONE


def test_what_is_not_changed_raises_no_sequence(cast):
    gathering = planned(cast)[0]
    sent(cast, gathering)
    move(cast, gathering, gathering.starts_at)
    assert Gathering.objects.get(pk=gathering.pk).sequence == 0


def test_cancelling_needs_a_reason_and_is_done_once(cast):
    gathering = planned(cast)[0]
    with pytest.raises(Refused):
        actions.cancel(gathering=gathering, by=cast.facilitator, reason="  ")
    actions.cancel(gathering=gathering, by=cast.facilitator, reason="Sykdom")
    with pytest.raises(Refused):
        actions.cancel(gathering=gathering, by=cast.facilitator, reason="Sykdom")


def test_a_new_time_takes_a_cancelled_gathering_up_again(cast):
    gathering = planned(cast)[0]
    actions.cancel(gathering=gathering, by=cast.facilitator, reason="Sykdom")
    move(cast, gathering, at(33))
    fresh = Gathering.objects.get(pk=gathering.pk)
    assert (fresh.cancelled, fresh.cancel_reason) == (False, "")


def test_the_next_gathering_is_the_first_that_is_not_over(cast):
    first, second, third = planned(cast)
    assert queries.next_gathering(cast.cohort) == first
    assert queries.next_gathering(cast.cohort, now=first.ends_at - timedelta(minutes=1)) == first
    assert queries.next_gathering(cast.cohort, now=first.ends_at) == second
    actions.cancel(gathering=second, by=cast.facilitator, reason="Sykdom")
    assert queries.next_gathering(cast.cohort, now=first.ends_at) == third
    assert queries.next_gathering(cast.cohort, now=third.ends_at) is None


def test_a_gathering_on_the_day_the_clock_changes_lasts_as_long_as_any_other(cast):
    gathering = created(cast)[0]
    move(cast, gathering, datetime(2026, 10, 25, 1, tzinfo=OSLO))
    fresh = Gathering.objects.get(pk=gathering.pk)
    assert fresh.ends_at - fresh.starts_at == timedelta(hours=3)
    assert fresh.ends_at.astimezone(OSLO) == datetime(2026, 10, 25, 3, tzinfo=OSLO)


def test_what_is_done_is_audited(cast):
    gathering = planned(cast)[0]
    actions.cancel(gathering=gathering, by=cast.facilitator, reason="En grunn som ikke skal i sporet")
    entry = entries_of(f"cohort:{cast.cohort.pk}")[0]
    assert (entry.key, entry.actor, entry.data) == ("planning.cancelled", cast.facilitator.pk, {"number": 1})
