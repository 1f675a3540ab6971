"""Every read of commitments. Access comes first: see followup.access and cohorts.access."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from samspill.cohorts.models import Cohort, Membership
from samspill.followup.choices import Arena, Status
from samspill.followup.models import Commitment, StatusNote
from samspill.people.models import Person
from samspill.planning.models import Gathering
from samspill.sectors.models import Organisation


@dataclass(frozen=True)
class Filter:
    """What of a cohort's commitments to show; empty means all."""

    status: str = ""
    arena: str = ""
    organisation: int | None = None
    overdue_on: date | None = None  # only those that were due before this day and are still open


@dataclass(frozen=True)
class Tally:
    """Numbers of a cohort's commitments, as page and report show them."""

    total: int
    by_status: dict[Status, int]
    by_arena: dict[Arena, dict[Status, int]]
    overdue: int

    @property
    def open(self) -> int:
        return self.by_status[Status.OPEN]

    @property
    def done(self) -> int:
        return self.by_status[Status.DONE]

    @property
    def dropped(self) -> int:
        return self.by_status[Status.DROPPED]


def my_commitments(person: Person) -> QuerySet[Commitment]:
    """What the person has promised in any cohort, by date."""
    return _with_everything(Commitment.objects.filter(owner__person=person, owner__withdrawn_on=None))


def commitments_of(cohort: Cohort, wanted: Filter | None = None) -> QuerySet[Commitment]:
    """The cohort's commitments, by date."""
    wanted = wanted or Filter()
    found = Commitment.objects.filter(cohort=cohort)
    if wanted.status:
        found = found.filter(status=wanted.status)
    if wanted.arena:
        found = found.filter(arena=wanted.arena)
    if wanted.organisation:
        found = found.filter(owner__organisation=wanted.organisation)
    if wanted.overdue_on:
        found = found.filter(status=Status.OPEN, due__lt=wanted.overdue_on)
    return _with_everything(found)


def open_commitments(cohort: Cohort, *, before: Gathering) -> QuerySet[Commitment]:
    """What is carried over to the gathering: made in an earlier one or between gatherings, and still open."""
    earlier = Q(gathering=None) | Q(gathering__number__lt=before.number)
    return _with_everything(Commitment.objects.filter(earlier, cohort=cohort, status=Status.OPEN))


def organisations_with_commitments(cohort: Cohort) -> QuerySet[Organisation]:
    ids = Membership.ever.filter(commitments__cohort=cohort).values("organisation")
    return Organisation.objects.filter(pk__in=ids)


def tally_of(cohort: Cohort, *, today: date) -> Tally:
    rows = Commitment.objects.filter(cohort=cohort).order_by().values_list("arena", "status")
    counts = Counter({(arena, status): n for arena, status, n in rows.annotate(n=Count("pk"))})
    by_arena = {arena: {status: counts[arena, status] for status in Status} for arena in Arena}
    by_status = {status: sum(by_arena[arena][status] for arena in Arena) for status in Status}
    overdue = Commitment.objects.filter(cohort=cohort, status=Status.OPEN, due__lt=today).count()
    return Tally(sum(by_status.values()), by_status, by_arena, overdue)


def due_for_reminder(*, soon: date) -> QuerySet[Commitment]:
    """Open commitments with a date up to `soon`, whose owner can be reached."""
    return Commitment.objects.filter(
        status=Status.OPEN,
        due__lte=soon,
        owner__withdrawn_on=None,
        owner__person__is_active=True,
        owner__person__email__isnull=False,
    ).select_related("owner__person", "cohort__sector")


def personal_data(person: Person) -> list[dict[str, Any]]:
    """What this room of the house knows of the person, as JSON."""
    theirs = Commitment.objects.filter(owner__person=person).prefetch_related("notes").order_by("id")
    return [
        {
            "what": each.what,
            "due": each.due.isoformat(),
            "arena": each.arena,
            "status": each.status,
            "notes": [{"on": note.on.isoformat(), "note": note.note} for note in each.notes.all()],
        }
        for each in theirs
    ]


def _with_everything(commitments: QuerySet[Commitment]) -> QuerySet[Commitment]:
    notes = StatusNote.objects.order_by("id")
    return (
        commitments.select_related("cohort__sector", "gathering", "owner__person", "owner__organisation")
        .prefetch_related(Prefetch("notes", queryset=notes))
        .order_by("due", "id")
    )
