"""What comes and what was, for a person's start page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from samspill.cohorts.choices import Role, State
from samspill.cohorts.models import Cohort, Membership
from samspill.cohorts.queries import cohorts_seen_by
from samspill.people.models import Person
from samspill.planning.models import Gathering


@dataclass(frozen=True)
class MyCohort:
    cohort: Cohort
    role: Role


def my_cohorts(person: Person) -> list[MyCohort]:
    """The cohorts the person is enrolled in and that have not said no, those under way first."""
    said_no = {"cohort__state": State.DECLINED}
    memberships = Membership.objects.filter(person=person).exclude(**said_no).select_related("cohort__sector")
    mine = [MyCohort(membership.cohort, Role(membership.role)) for membership in memberships]
    order = [State.RUNNING, State.TAILORING, State.ACCEPTED, State.FOLLOW_UP, State.INVITED, State.CLOSED]
    rank = {state: number for number, state in enumerate(order)}
    return sorted(mine, key=lambda each: (rank[State(each.cohort.state)], each.cohort.sector.name_nb))


def coming_gatherings(person: Person, now: datetime) -> list[Gathering]:
    """Gatherings of the person's cohorts that are not over, the nearest first."""
    return list(_gatherings(person).filter(starts_at__gte=now - timedelta(hours=4)).order_by("starts_at")[:5])


def past_gatherings(person: Person, now: datetime) -> list[Gathering]:
    """Gatherings that have been, the latest first."""
    return list(_gatherings(person).filter(starts_at__lt=now - timedelta(hours=4)).order_by("-starts_at")[:5])


def _gatherings(person: Person) -> QuerySet[Gathering]:
    seen = Gathering.objects.filter(cohort__in=cohorts_seen_by(person), cancelled=False)
    return seen.select_related("cohort__sector", "cohort__blueprint")
