"""The start page: the one thing this person should do next, and never anybody else's."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from samspill.cohorts.choices import State
from samspill.cohorts.models import Cohort, Membership
from samspill.evaluation.choices import WaveKind, WaveState
from samspill.evaluation.models import Asked, Wave
from samspill.followup.models import Commitment
from samspill.home.queries.tasks import tasks_of
from samspill.mail.models import Batch
from samspill.planning.actions import cancel, confirm_outbox, prepare_invitations
from samspill.planning.models import AgendaRelease, Gathering, Invitation
from samspill.room.choices import RunState
from samspill.room.models import Run

TODAY = timezone.localdate()
OSLO = ZoneInfo("Europe/Oslo")


def _actions(person):
    return [task.action for task in tasks_of(person, TODAY)]


@pytest.fixture
def gathering(cast):
    soon = datetime.now(OSLO) + timedelta(days=10)
    gathering = Gathering.objects.create(cohort=cast.cohort, number=1, key="g1", starts_at=soon)
    release = AgendaRelease.objects.create(gathering=gathering, number=1, items=[])
    Run.objects.create(gathering=gathering, release=release, code="ABCDEF")
    return gathering


def test_nothing_to_do_is_said_kindly(cast, client):
    client.force_login(cast.guest)
    html = client.get(reverse("home:start")).content.decode()
    assert "Du har ingenting å gjøre her akkurat nå." in html


def test_a_running_gathering_comes_before_everything_else(cast, gathering):
    Run.objects.update(state=RunState.RUNNING)
    wave = Wave.objects.create(cohort=cast.cohort, kind=WaveKind.BEFORE, state=WaveState.OPEN, instrument={})
    Asked.objects.create(wave=wave, membership=Membership.objects.get(person=cast.leader))
    assert _actions(cast.leader) == ["Gå inn i rommet", "Svar på skjemaet"]
    assert _actions(cast.leaders[1]) == ["Gå inn i rommet"]
    assert _actions(cast.stranger) == []


def test_todays_gathering_is_the_first_thing_a_leader_sees_until_it_has_ended(cast, gathering):
    noon = datetime.combine(TODAY, datetime.min.time(), OSLO).replace(hour=12)
    Gathering.objects.update(starts_at=noon)
    assert [task.sentence for task in tasks_of(cast.leader, TODAY)] == ["Samling 1 begynner i dag kl. 12:00."]
    assert _actions(cast.host) == ["Se sted og program", "Se programmet"]
    assert _actions(cast.stranger) == []
    Run.objects.update(state=RunState.ENDED)
    assert _actions(cast.leader) == []


def test_a_cancelled_gathering_is_told_of_until_the_mails_are_written(cast, gathering):
    prepare_invitations(cohort=cast.cohort, by=cast.facilitator)
    confirm_outbox(cohort=cast.cohort, batch=Batch.objects.get(), by=cast.facilitator)
    assert "Klargjør e-postene" not in _actions(cast.facilitator)
    cancel(gathering=Gathering.objects.get(), by=cast.facilitator, reason="Statsråden har kalt inn.")
    assert "Klargjør e-postene" in _actions(cast.facilitator)
    assert "Klargjør e-postene" not in _actions(cast.leader)
    prepare_invitations(cohort=cast.cohort, by=cast.facilitator)
    assert "Klargjør e-postene" not in _actions(cast.facilitator)


def test_an_invitation_waits_for_the_leader_and_the_delegate(cast, gathering):
    member = Membership.objects.get(person=cast.leader)
    Invitation.objects.create(
        gathering=gathering, membership=member, person=cast.leader, uid="a", sequence_sent=0
    )
    assert _actions(cast.leader) == ["Svar om du kommer"]
    assert _actions(cast.delegate) == ["Svar for lederen"]
    assert _actions(cast.leaders[1]) == []


def test_a_delegate_is_never_asked_to_answer_a_questionnaire(cast):
    wave = Wave.objects.create(cohort=cast.cohort, kind=WaveKind.BEFORE, state=WaveState.OPEN, instrument={})
    Asked.objects.create(wave=wave, membership=Membership.objects.get(person=cast.leader))
    assert _actions(cast.leader) == ["Svar på skjemaet"]
    assert _actions(cast.delegate) == []


def test_a_commitment_near_its_date_waits_for_its_owner_only(cast):
    member = Membership.objects.get(person=cast.leader)
    Commitment.objects.create(
        cohort=cast.cohort, owner=member, what="Rydde", due=TODAY + timedelta(days=3), arena="leader_meeting"
    )
    assert _actions(cast.leader) == ["Si hvordan det går"]
    assert _actions(cast.leaders[1]) == []


@pytest.mark.parametrize(
    ("state", "action"),
    [
        (State.ACCEPTED, ["Begynn tilretteleggingen"]),
        (State.TAILORING, ["Fortsett tilretteleggingen"]),
        (State.FOLLOW_UP, ["Skriv rapporten"]),
        (State.CLOSED, []),
    ],
)
def test_the_facilitator_is_told_the_next_step_of_the_cohort(cast, state, action):
    Cohort.objects.filter(pk=cast.cohort.pk).update(state=state)
    assert _actions(cast.facilitator) == action


def test_the_host_answers_the_offer_and_accepts_the_programme(cast):
    assert _actions(cast.host) == ["Se programmet"]
    Cohort.objects.filter(pk=cast.cohort.pk).update(state=State.INVITED)
    assert _actions(cast.host) == ["Svar på tilbudet"]


def test_the_way_to_ones_commitments_is_shown_to_those_who_make_them(cast, client):
    for person, shown in (
        (cast.leader, True),
        (cast.host, True),
        (cast.facilitator, False),
        (cast.guest, False),
    ):
        client.force_login(person)
        assert (reverse("followup:mine") in client.get(reverse("home:start")).content.decode()) is shown
