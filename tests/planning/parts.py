"""What the tests of planning build on: three gatherings with dates in the months to come."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from samspill.cohorts.choices import Role
from samspill.cohorts.models import Cohort, Membership
from samspill.mail.models import Batch
from samspill.people.models import Person
from samspill.planning import actions
from samspill.planning.models import AgendaRelease, Gathering, Invitation
from tests.cast import Cast

OSLO = ZoneInfo("Europe/Oslo")


def at(days: int, hour: int = 9) -> datetime:
    """That many days from now, on the hour in Oslo."""
    return datetime.combine(timezone.localdate() + timedelta(days=days), time(hour), tzinfo=OSLO)


def created(cast: Cast, cohort: Cohort | None = None) -> list[Gathering]:
    return actions.create_gatherings(cohort=cohort or cast.cohort, by=cast.owner)


def planned(cast: Cast) -> list[Gathering]:
    """Gatherings 30, 75 and 130 days from now in "Møterom 5, R6". Safe to call twice."""
    gatherings = created(cast)
    leads = list(Membership.objects.filter(cohort=cast.cohort, role=Role.FACILITATOR))
    for gathering, days in zip(gatherings, (30, 75, 130), strict=True):
        if gathering.starts_at is None:
            actions.schedule(
                gathering=gathering,
                by=cast.facilitator,
                starts_at=at(days),
                place="Møterom 5, R6",
                facilitators=leads,
            )
    return gatherings


def move(cast: Cast, gathering: Gathering, starts_at: datetime, place: str | None = None) -> None:
    """As the facilitator, keeping everybody else."""
    fresh = Gathering.objects.get(pk=gathering.pk)
    actions.schedule(
        gathering=fresh,
        by=cast.facilitator,
        starts_at=starts_at,
        place=fresh.place if place is None else place,
        facilitators=list(fresh.facilitators.all()),
        guests=list(fresh.guests.all()),
    )


def prepared(cast: Cast, *gatherings: Gathering) -> Batch:
    only = {one.pk for one in gatherings} or None
    return actions.prepare_invitations(cohort=cast.cohort, by=cast.facilitator, only=only)


def sent(cast: Cast, *gatherings: Gathering) -> Batch:
    """Invitations prepared and confirmed."""
    batch = prepared(cast, *gatherings)
    actions.confirm_outbox(cohort=cast.cohort, batch=batch, by=cast.facilitator)
    return batch


def released(cast: Cast, gathering: Gathering) -> AgendaRelease:
    """Released once, however often it is called."""
    return gathering.releases.first() or actions.release_agenda(gathering=gathering, by=cast.facilitator)


def invitation(gathering: Gathering, person: Person) -> Invitation:
    return Invitation.objects.get(gathering=gathering, person=person)
