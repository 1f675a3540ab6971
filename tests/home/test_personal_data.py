"""What concerns a person can be had out whole, and goes when they are erased, from every room of the house."""

import json
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from samspill.cohorts.models import Membership
from samspill.followup.models import Commitment
from samspill.inputs.choices import Attribution, Kind
from samspill.people.actions import erase
from samspill.people.models import Person
from samspill.planning.models import AgendaRelease, Gathering, Invitation
from samspill.room.models import Activity, Attendance, Contribution, Run
from samspill.sectors.models import Position

SECRET = "Rydde i ansvaret"


@pytest.fixture
def traces(cast):
    """Something of the leader's in every room: office, invitation, attendance, contribution, commitment."""
    member = Membership.objects.get(cohort=cast.cohort, person=cast.leader)
    Position.objects.create(person=cast.leader, organisation=cast.ministry, title="Ekspedisjonssjef")
    gathering = Gathering.objects.create(cohort=cast.cohort, number=1, key="g1")
    release = AgendaRelease.objects.create(gathering=gathering, number=1, items=[])
    run = Run.objects.create(gathering=gathering, release=release, code="ABCDEF")
    Attendance.objects.create(run=run, membership=member, came_on=timezone.localdate())
    Invitation.objects.create(gathering=gathering, membership=member, person=cast.leader, uid="a")
    activity = Activity.objects.create(
        run=run, item="g1-i8", kind=Kind.COMMITMENT, attribution=Attribution.NAMED, definition={}
    )
    Contribution.objects.create(
        id=uuid4(),
        activity=activity,
        attribution=Attribution.NAMED,
        person=cast.leader,
        value={"what": SECRET},
    )
    Commitment.objects.create(
        cohort=cast.cohort, owner=member, what=SECRET, due=timezone.localdate(), arena="leader_meeting"
    )


def _rooms_with(person):
    return {
        "office": Position.objects.filter(person=person).exists(),
        "title": Membership.ever.filter(person=person).exclude(title="").exists(),
        "contribution": Contribution.objects.filter(person=person).exists(),
        "words": any(SECRET in json.dumps(each.value) for each in Contribution.objects.all()),
        "commitment": Commitment.objects.filter(what=SECRET).exists(),
    }


def test_the_file_of_my_data_has_a_part_from_every_room(cast, traces, client):
    client.force_login(cast.leader)
    told = json.loads(client.get(reverse("people:my_data")).content)
    rooms = {path.split(".")[1] for path in settings.PERSONAL_DATA}
    assert rooms <= set(told)
    assert told["room"]["named_contributions"][0]["value"] == {"what": SECRET}
    assert told["planning"] == [{"cohort": cast.cohort.pk, "gathering": 1, "answer": "", "answered_on": None}]


def test_erasing_takes_the_identity_from_every_room_and_keeps_the_counts(cast, traces):
    before = _rooms_with(cast.leader)
    assert before == dict.fromkeys(before, True)
    erase(person=cast.leader, by=cast.owner)
    after = _rooms_with(cast.leader)
    assert after == dict.fromkeys(before, False)
    assert (Contribution.objects.count(), Commitment.objects.count(), Attendance.objects.count()) == (1, 1, 1)
    erased = Person.objects.get(pk=cast.leader.pk)
    assert (erased.email, erased.mobile, erased.is_active) == (None, "", False)
