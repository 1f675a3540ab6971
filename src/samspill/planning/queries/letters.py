"""Which mails are due about a gathering, to whom, and with what in them. Nothing is sent from here."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from samspill.cohorts.choices import Role
from samspill.cohorts.models import Cohort, Membership
from samspill.people.models import Person
from samspill.planning.choices import Answer, Notice
from samspill.planning.models import AgendaRelease, Gathering, Invitation
from samspill.programmes.differences import Difference, difference_from

_NOT_TOLD = frozenset({"script", "material", "responsible", "optional", "activity", "question", "aims"})


@dataclass(frozen=True)
class Letter:
    """One mail to one person. `sequence` is what the calendar is told; None for a mail without it."""

    notice: Notice
    gathering: Gathering
    person: Person
    sequence: int | None
    data: dict[str, Any]


@dataclass(frozen=True)
class Roll:
    """A gathering with everybody it invites and every invitation there is, by the person's id."""

    gathering: Gathering
    invited: tuple[Membership, ...]
    known: Mapping[int, Invitation]

    @property
    def holders(self) -> list[Person]:
        """Those of the invited in whose calendar the meeting stands."""
        return [
            one.person
            for one in self.invited
            if one.person_id in self.known and _holds(self.known[one.person_id])
        ]


def roll_of(gathering: Gathering) -> Roll:
    return rolls_of(gathering.cohort, {gathering.pk})[0]


def invitation_letters(cohort: Cohort, only: Iterable[int] | None = None) -> tuple[Letter, ...]:
    """New, changed and cancelled invitations that have not been sent, gathering by gathering.

    Gatherings without a date are left out, and those that are over unless `only` (ids) names them.
    """
    now = timezone.now()
    found: list[Letter] = []
    for roll in rolls_of(cohort, None if only is None else set(only)):
        ends_at = roll.gathering.ends_at
        if ends_at is not None and (only is not None or ends_at > now):
            found.extend(_due(roll))
    return tuple(found)


def agenda_letters(release: AgendaRelease) -> tuple[Letter, ...]:
    """What the invited are told of a later release; nobody when it changes nothing for them."""
    gathering = release.gathering
    changes = told(difference_from(each) for each in release.changes)
    if gathering.cancelled or gathering.ends_at is None or release.number == 1:
        return ()
    roll = roll_of(gathering)
    letters = []
    for person in _reachable(roll.holders):
        moved = roll.known[person.pk].sequence_sent < gathering.sequence
        if changes or moved:
            sequence = gathering.sequence if moved else None
            data = {**_facts(gathering, sequence), "release": release.number, "changes": changes}
            letters.append(Letter(Notice.AGENDA, gathering, person, sequence, data))
    return tuple(letters)


def reminder_letters(gathering: Gathering) -> tuple[Letter, ...]:
    """To those who have been invited and have not answered, and to nobody else."""
    if gathering.cancelled or gathering.starts_at is None or gathering.starts_at < timezone.now():
        return ()
    roll = roll_of(gathering)
    silent = [person for person in roll.holders if roll.known[person.pk].answer == Answer.NONE]
    facts = _facts(gathering, None)
    return tuple(Letter(Notice.REMINDER, gathering, person, None, facts) for person in _reachable(silent))


def told(differences: Iterable[Difference]) -> list[dict[str, Any]]:
    """The differences that concern participants, as JSON without scripts, material or who is responsible."""
    return [
        {
            "subject": one.subject,
            "kind": one.kind,
            "name": dict(one.name),
            "before": _public(one.before),
            "after": _public(one.after),
        }
        for one in differences
        if one.kind not in _NOT_TOLD
    ]


def _public(value: Any) -> Any:
    """A whole item or question is told by its name and minutes only; plain parts as they are."""
    if isinstance(value, dict) and "key" in value:
        return {"minutes": value.get("minutes")}
    return value


def rolls_of(cohort: Cohort, only: Set[int] | None = None) -> list[Roll]:
    """Read afresh and in the same number of queries whatever the number of gatherings."""
    gatherings = cohort.gatherings.prefetch_related(
        "guests", "invitations__person", "invitations__answered_by"
    )
    people = cohort.memberships.select_related("person", "organisation")
    found = []
    for gathering in gatherings if only is None else gatherings.filter(pk__in=only):
        guests = {guest.pk for guest in gathering.guests.all()}
        invited = tuple(one for one in people if Role(one.role).takes_part or one.pk in guests)
        found.append(Roll(gathering, invited, {one.person_id: one for one in gathering.invitations.all()}))
    return found


def _due(roll: Roll) -> list[Letter]:
    gathering = roll.gathering
    letters = []
    invited = [] if gathering.cancelled else [one.person for one in roll.invited]
    for person in _reachable(invited):
        invitation = roll.known.get(person.pk)
        if invitation is None or not _holds(invitation):
            letters.append(_letter(Notice.INVITATION, gathering, person, invitation))
        elif invitation.sequence_sent < gathering.sequence:
            letters.append(_letter(Notice.CHANGE, gathering, person, invitation))
    staying = {person.pk for person in invited}
    for invitation in roll.known.values():
        if _holds(invitation) and invitation.person_id not in staying and _reachable([invitation.person]):
            letters.append(_letter(Notice.CANCELLATION, gathering, invitation.person, invitation))
    return letters


def _letter(notice: Notice, gathering: Gathering, person: Person, invitation: Invitation | None) -> Letter:
    """A later mail always carries a higher SEQUENCE than the one the person has."""
    sequence = max(gathering.sequence, invitation.sequence_sent + 1 if invitation else 0)
    return Letter(notice, gathering, person, sequence, _facts(gathering, sequence))


def _holds(invitation: Invitation) -> bool:
    """Whether the meeting stands in the person's calendar."""
    return invitation.has_been_sent and not invitation.cancelled_sent


def _reachable(people: Iterable[Person]) -> list[Person]:
    return [person for person in people if person.email and person.is_active]


def _facts(gathering: Gathering, sequence: int | None) -> dict[str, Any]:
    """What every mail about the gathering may say, as JSON."""
    cohort = gathering.cohort
    plan = gathering.plan
    starts_at, ends_at = gathering.time
    return {
        "gathering": gathering.pk,
        "number": gathering.number,
        "measure": dict(cohort.blueprint.content["title"]),
        "sector": cohort.sector.names,
        "title": dict(plan.title),
        "theme": dict(plan.theme),
        "aim": dict(plan.aim),
        "starts_at": starts_at.isoformat(),
        "ends_at": ends_at.isoformat(),
        "place": gathering.place,
        "sequence": sequence,
        "cancelled": gathering.cancelled,
        "reason": gathering.cancel_reason,
        "path": reverse("planning:gathering", args=[gathering.pk]),
    }
