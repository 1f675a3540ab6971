"""People come into a cohort, change their role in it, and leave."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.audit.actions import record
from samspill.cohorts.access import Right, require
from samspill.cohorts.choices import Role, State
from samspill.cohorts.models import Cohort, Membership
from samspill.errors import Refused
from samspill.live.actions import announce
from samspill.people.models import Person
from samspill.sectors.choices import SectorKind, Side
from samspill.sectors.models import Organisation


@dataclass(frozen=True)
class Place:
    """What somebody is in a cohort. `acts_for` is the leader or host that a delegate acts for."""

    role: Role
    organisation: Organisation
    title: str = ""
    acts_for: Membership | None = None


def enrol(*, cohort: Cohort, person: Person, place: Place, by: Person) -> Membership:
    """Give the person a place in the cohort, or another one than before. Nobody is mailed."""
    require(by, cohort, Right.ENROL)
    refuse_when_over(cohort)
    _refuse_wrong_place(cohort, place)
    with transaction.atomic():
        membership, _new = Membership.ever.update_or_create(
            cohort=cohort,
            person=person,
            defaults={
                "role": place.role,
                "organisation": place.organisation,
                "title": place.title.strip(),
                "side": side_of(cohort, place),
                "acts_for": place.acts_for,
                "withdrawn_on": None,
            },
        )
        record(
            key="cohorts.enrolled",
            subject=f"cohort:{cohort.pk}",
            actor=by.pk,
            membership=membership.pk,
            role=place.role.value,
        )
        announce(f"cohort:{cohort.pk}")
    return membership


def withdraw(*, membership: Membership, by: Person) -> None:
    """Take somebody out of the cohort. What they took part in stays counted; delegates act for nobody."""
    cohort = membership.cohort
    require(by, cohort, Right.ENROL)
    refuse_when_over(cohort)
    with transaction.atomic():
        found = Membership.objects.filter(pk=membership.pk)
        if not found.update(withdrawn_on=timezone.localdate(), acts_for=None):
            raise Refused(_("This person has been taken out already."))
        Membership.ever.filter(acts_for=membership).update(acts_for=None)
        record(
            key="cohorts.withdrawn",
            subject=f"cohort:{cohort.pk}",
            actor=by.pk,
            membership=membership.pk,
            role=membership.role,
        )
        announce(f"cohort:{cohort.pk}")


def refuse_when_over(cohort: Cohort) -> None:
    if cohort.state in (State.CLOSED, State.DECLINED):
        raise Refused(_("Nobody can be enrolled or taken out when the cohort is closed or declined."))


def side_of(cohort: Cohort, place: Place) -> str:
    """Which side of the steering line the place is on; "" for those who come from outside the sector."""
    if not place.role.takes_part and place.role not in (Role.RESOURCE, Role.DELEGATE):
        return ""
    if place.organisation.pk == cohort.sector.coordinator_id:
        return Side.MINISTRY.value
    return (Side.EQUAL if cohort.sector.kind == SectorKind.EQUAL_BODIES else Side.AGENCY).value


def _refuse_wrong_place(cohort: Cohort, place: Place) -> None:
    if place.role == Role.OWNER:
        raise Refused(_("Programme owners have their role in every cohort already."))
    inside = cohort.sector.organisations.filter(pk=place.organisation.pk)
    if place.role.takes_part and not inside.exists():
        raise Refused(_("The host and the leaders must come from one of the organisations of the sector."))
    if place.role == Role.DELEGATE:
        leader = place.acts_for
        if leader is None or leader.cohort_id != cohort.pk or not Role(leader.role).takes_part:
            raise Refused(_("Choose the leader or host that the delegate acts for."))
    elif place.acts_for is not None:
        raise Refused(_("Only a delegate acts for somebody else."))


def forget_person(person: Person) -> None:
    """When somebody is erased: their places stay counted, without the title that would tell who it was."""
    Membership.ever.filter(acts_for__person=person).update(acts_for=None)
    places = Membership.ever.filter(person=person)
    places.update(title="", acts_for=None)
    places.filter(withdrawn_on=None).update(withdrawn_on=timezone.localdate())
