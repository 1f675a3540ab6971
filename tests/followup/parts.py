"""What tests of commitments are made of."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from samspill.cohorts.models import Cohort, Membership
from samspill.followup.models import Commitment, StatusNote
from samspill.inputs.choices import Attribution, Kind
from samspill.people.models import Person
from samspill.planning.models import AgendaRelease, Gathering
from samspill.room.models import Activity, Contribution, Run
from tests.cast import Cast

WHAT = "Vi tar digitalisering opp i hvert ledermøte"


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def member(cast: Cast, person: Person) -> Membership:
    return Membership.objects.get(cohort=cast.cohort, person=person)


def make_commitment(cast: Cast, owner: Person | None = None, **changes: Any) -> Commitment:
    given = {"what": WHAT, "due": in_days(30), "arena": "leader_meeting", **changes}
    return Commitment.objects.create(cohort=cast.cohort, owner=member(cast, owner or cast.leader), **given)


def reported(cast: Cast) -> Commitment:
    commitment = make_commitment(cast)
    StatusNote.objects.create(commitment=commitment, status="open", note="I gang", by=cast.leader)
    return commitment


def make_gathering(cohort: Cohort, number: int = 1, **changes: Any) -> Gathering:
    return Gathering.objects.create(cohort=cohort, number=number, key=f"g{number}", **changes)


def make_activity(
    gathering: Gathering, *, kind: Kind = Kind.COMMITMENT, attribution: Attribution = Attribution.NAMED
) -> Activity:
    release = AgendaRelease.objects.create(gathering=gathering, number=1, items=[])
    run = Run.objects.create(gathering=gathering, release=release, code=f"CODE{gathering.pk}")
    return Activity.objects.create(run=run, item="g1-i8", kind=kind, attribution=attribution, definition={})


def promise(activity: Activity, person: Person | None, **changes: Any) -> Contribution:
    value = {"who": None, "what": WHAT, "due": in_days(30).isoformat(), "arena": "leader_meeting", **changes}
    attribution = activity.attribution
    return Contribution.objects.create(activity=activity, attribution=attribution, person=person, value=value)
