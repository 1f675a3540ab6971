"""Every read of cohorts. Who may read what is decided in `access`."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from samspill.cohorts.choices import Handling, Role
from samspill.cohorts.models import Cohort, DifferenceReason, Membership, StateChange
from samspill.people.access import require_owner
from samspill.people.models import Person
from samspill.programmes.differences import Difference, differences_between
from samspill.sectors.models import Organisation

ROLE_ORDER = (
    Role.HOST,
    Role.LEADER,
    Role.DELEGATE,
    Role.RESOURCE,
    Role.FACILITATOR,
    Role.GUEST,
    Role.OWNER,
)
TAKES_PART = tuple(role for role in Role if role.takes_part)


def cohorts_seen_by(person: Person) -> QuerySet[Cohort]:
    """A programme owner sees every cohort; others those they have a role in."""
    cohorts = Cohort.objects.select_related("sector", "blueprint__measure")
    if person.is_owner:
        return cohorts
    return cohorts.filter(pk__in=Membership.objects.filter(person=person).values("cohort"))


def members(cohort: Cohort) -> QuerySet[Membership]:
    """Everybody with a role in the cohort, by organisation and title. Owners have theirs by duty."""
    return Membership.objects.filter(cohort=cohort).select_related(
        "person", "organisation", "acts_for__person"
    )


def participants(cohort: Cohort) -> QuerySet[Membership]:
    """Those who reflect, answer and make commitments: the host and the leaders."""
    return members(cohort).filter(role__in=TAKES_PART)


def history(cohort: Cohort) -> QuerySet[StateChange]:
    """Every change of state, oldest first."""
    return cohort.changes.select_related("by")


@dataclass(frozen=True)
class People:
    """The people of one organisation in a cohort."""

    organisation: Organisation
    members: tuple[Membership, ...]


def people_by_organisation(cohort: Cohort) -> tuple[People, ...]:
    """The co-ordinating body first, then the others by name; in each the host and leaders first."""
    homes: dict[int, list[Membership]] = {}
    organisations: dict[int, Organisation] = {}
    for member in members(cohort):
        organisations[member.organisation_id] = member.organisation
        homes.setdefault(member.organisation_id, []).append(member)
    first = cohort.sector.coordinator_id
    order = sorted(organisations, key=lambda pk: (pk != first, organisations[pk].name_nb))
    roles = list(ROLE_ORDER)
    return tuple(
        People(organisations[pk], tuple(sorted(homes[pk], key=lambda one: roles.index(Role(one.role)))))
        for pk in order
    )


@dataclass(frozen=True)
class Tailored:
    """One difference from the blueprint and what has been said about it."""

    difference: Difference
    reason: str = ""
    for_next_version: bool = False
    handling: Handling = Handling.WAITING
    reason_id: int | None = None


def programme_differences(cohort: Cohort) -> tuple[Tailored, ...]:
    """Where the tailored programme differs from the blueprint, with the reasons given.

    Who is responsible for an item is practical and needs no reason, so it is not among them.
    """
    if not cohort.tailored.get("gatherings"):
        return ()
    found = differences_between(cohort.blueprint.content["gatherings"], cohort.tailored["gatherings"])
    reasons = {each.difference: each for each in cohort.reasons.all()}
    return tuple(
        _tailored(difference, reasons.get(difference.key))
        for difference in found
        if difference.kind != "responsible"
    )


def missing_reasons(cohort: Cohort) -> tuple[Difference, ...]:
    """The differences that nobody has given a reason for yet."""
    return tuple(each.difference for each in programme_differences(cohort) if not each.reason)


@dataclass(frozen=True)
class Proposal:
    """A difference that a cohort wants in the next blueprint version."""

    id: int
    cohort: Cohort
    tailored: Tailored


def proposals(person: Person, handling: Handling = Handling.WAITING) -> tuple[Proposal, ...]:
    """What cohorts have marked "use this in the next blueprint version", oldest first; owners only.

    A difference that has since been taken back is not proposed any more.
    """
    require_owner(person)
    marked = (
        DifferenceReason.objects.filter(for_next_version=True, handling=handling)
        .select_related("cohort__sector", "cohort__blueprint__measure")
        .prefetch_related("cohort__reasons")
        .order_by("at", "id")
    )
    found = {}
    for reason in marked:
        if reason.cohort_id not in found:
            found[reason.cohort_id] = {
                each.difference.key: each for each in programme_differences(reason.cohort)
            }
    return tuple(
        Proposal(reason.pk, reason.cohort, found[reason.cohort_id][reason.difference])
        for reason in marked
        if reason.difference in found[reason.cohort_id]
    )


def _tailored(difference: Difference, reason: DifferenceReason | None) -> Tailored:
    if reason is None:
        return Tailored(difference)
    return Tailored(difference, reason.reason, reason.for_next_version, Handling(reason.handling), reason.pk)


def personal_data(person: Person) -> dict[str, Any]:
    """The places the person has or has had in cohorts."""
    places = Membership.ever.filter(person=person).select_related("cohort__sector", "organisation")
    return {
        "cohorts": [
            {
                "sector": str(place.cohort.sector),
                "half_year": place.cohort.half_year,
                "role": place.role,
                "organisation": str(place.organisation),
                "title": place.title,
                "withdrawn_on": place.withdrawn_on.isoformat() if place.withdrawn_on else None,
            }
            for place in places
        ]
    }
