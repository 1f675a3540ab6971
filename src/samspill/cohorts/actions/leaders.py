"""A whole list of people comes into a cohort at once."""

from dataclasses import dataclass

from django.db import transaction

from samspill.audit.actions import record
from samspill.cohorts.access import Right, require
from samspill.cohorts.actions.enrolment import Place, refuse_when_over, side_of
from samspill.cohorts.choices import Role
from samspill.cohorts.imports import Plan, Wanted
from samspill.cohorts.models import Cohort, Membership
from samspill.live.actions import announce
from samspill.people.actions import find_or_create
from samspill.people.models import Person
from samspill.spreadsheets.choices import Verdict
from samspill.spreadsheets.preview import Chosen

CHUNK = 500
FIELDS = ["role", "organisation", "title", "side", "acts_for", "withdrawn_on"]


@dataclass(frozen=True)
class Imported:
    new: int
    changed: int


def import_leaders(*, cohort: Cohort, plan: Plan, chosen: Chosen, by: Person) -> Imported:
    """Enrol everybody the preview showed and the person chose: all or nothing. Nobody is mailed."""
    require(by, cohort, Right.ENROL)
    refuse_when_over(cohort)
    taken = [line for line in plan.preview.lines if chosen.takes(line)]
    rows = [plan.wanted[line.row.number] for line in taken]
    with transaction.atomic():
        people = find_or_create(wanted=[one.details for one in rows], by=by)
        seats = {one.details.email: _seat(cohort, plan, one, people) for one in rows}
        fresh = [seat for seat in seats.values() if seat._state.adding]
        held = [seat for seat in seats.values() if not seat._state.adding]
        Membership.ever.bulk_create(fresh, batch_size=CHUNK)
        Membership.ever.bulk_update(held, FIELDS, batch_size=CHUNK)
        _join_delegates(plan, rows, seats)
        done = Imported(
            new=sum(line.verdict is Verdict.NEW for line in taken),
            changed=sum(line.verdict is Verdict.CHANGE for line in taken),
        )
        subject = f"cohort:{cohort.pk}"
        record(key="cohorts.imported", subject=subject, actor=by.pk, new=done.new, changed=done.changed)
        announce(subject)
    return done


def _seat(cohort: Cohort, plan: Plan, one: Wanted, people: dict[str, Person]) -> Membership:
    seat = plan.seats.get(one.details.email)
    if seat is None:
        seat = Membership(cohort=cohort, person=people[one.details.email])
    seat.role, seat.organisation = one.role.value, one.organisation
    seat.title = one.title or seat.title
    seat.side = side_of(cohort, Place(one.role, one.organisation))
    seat.acts_for, seat.withdrawn_on = None, None
    return seat


def _join_delegates(plan: Plan, rows: list[Wanted], seats: dict[str, Membership]) -> None:
    """Delegates get the leader they act for, now that every leader has a seat. One whose leader was left out
    of the import gets none, and shows so in the list."""
    delegates = []
    for one in rows:
        if one.role != Role.DELEGATE:
            continue
        leader = seats.get(one.acts_for) or plan.seats.get(one.acts_for)
        if leader is not None and Role(leader.role).takes_part and not leader.withdrawn_on:
            seat = seats[one.details.email]
            seat.acts_for = leader
            delegates.append(seat)
    Membership.ever.bulk_update(delegates, ["acts_for"], batch_size=CHUNK)
