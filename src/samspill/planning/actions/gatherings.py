from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspill.audit.actions import record
from samspill.cohorts.access import Right, require
from samspill.cohorts.choices import Role, State
from samspill.cohorts.models import Cohort, Membership
from samspill.errors import Refused
from samspill.live.actions import announce
from samspill.people.models import Person
from samspill.planning.choices import Answer
from samspill.planning.models import Gathering
from samspill.planning.queries import gatherings_of

_PLANNED_IN = (State.ACCEPTED, State.TAILORING, State.RUNNING)


def create_gatherings(*, cohort: Cohort, by: Person) -> list[Gathering]:
    """One gathering for each of the programme's plans. Those that are there already stay as they are."""
    require(by, cohort, Right.PLAN)
    _refuse_when_not_planned(cohort)
    minutes = cohort.blueprint.blueprint.form.minutes
    with transaction.atomic():
        Cohort.objects.select_for_update().get(pk=cohort.pk)
        known = {one.key for one in gatherings_of(cohort)}
        for number, plan in enumerate(cohort.plans, start=1):
            if plan.key not in known:
                cohort.gatherings.create(number=number, key=plan.key, minutes=minutes)
                record(
                    key="planning.gathering_created",
                    subject=f"cohort:{cohort.pk}",
                    actor=by.pk,
                    number=number,
                )
    return gatherings_of(cohort)


def schedule(
    *,
    gathering: Gathering,
    by: Person,
    starts_at: datetime,
    place: str,
    facilitators: Sequence[Membership],
    guests: Sequence[Membership] = (),
) -> None:
    """Set when (aware), where and with whom. A cancelled gathering is taken up again.

    What has been sent is not sent again from here: the outbox shows who must be told. A new time takes back
    the answers, because they were given to another time.
    """
    cohort = gathering.cohort
    require(by, cohort, Right.PLAN)
    _refuse_when_not_planned(cohort)
    _refuse_out_of_order(gathering, starts_at)
    _refuse_strangers(cohort, facilitators, guests)
    place = place.strip()
    with transaction.atomic():
        kept = Gathering.objects.select_for_update().get(pk=gathering.pk)
        moved = kept.starts_at != starts_at
        if moved or kept.place != place or kept.cancelled:
            raise_sequence(gathering)
        if moved or kept.cancelled:
            gathering.invitations.update(answer=Answer.NONE, answered_on=None, answered_by=None)
        gathering.starts_at, gathering.place = starts_at, place
        gathering.cancelled, gathering.cancel_reason = False, ""
        gathering.save()
        gathering.facilitators.set(facilitators)
        gathering.guests.set(guests)
        _note("planning.scheduled", gathering, by, starts_at=starts_at.isoformat(), place=place)


def cancel(*, gathering: Gathering, by: Person, reason: str) -> None:
    """Cancel the gathering; `reason` is told to those who were invited. The outbox shows who must be told."""
    require(by, gathering.cohort, Right.PLAN)
    _refuse_when_not_planned(gathering.cohort)
    if not reason.strip():
        raise Refused(_("Write why the gathering is cancelled. The people you have invited will read it."))
    with transaction.atomic():
        kept = Gathering.objects.select_for_update().get(pk=gathering.pk)
        if kept.cancelled:
            raise Refused(_("The gathering has been cancelled already."))
        raise_sequence(gathering)
        gathering.cancelled, gathering.cancel_reason = True, reason.strip()
        gathering.save()
        _note("planning.cancelled", gathering, by)


def raise_sequence(gathering: Gathering) -> None:
    """Put SEQUENCE above all that has been sent, so that calendars take what comes next as a change."""
    sent = gathering.invitations.aggregate(highest=Max("sequence_sent"))["highest"]
    if sent is not None and sent >= 0:
        gathering.sequence = max(gathering.sequence, sent + 1)


def _refuse_when_not_planned(cohort: Cohort) -> None:
    if cohort.state not in _PLANNED_IN:
        raise Refused(
            _(
                "Gatherings can be planned from the day the sector accepts until the follow-up begins. "
                "This programme is now: %(state)s."
            )
            % {"state": State(cohort.state).label}
        )


def _refuse_out_of_order(gathering: Gathering, starts_at: datetime) -> None:
    """Gathering 2 comes after gathering 1 is over and before gathering 3 begins."""
    for other in gatherings_of(gathering.cohort):
        if other.starts_at is None or other.ends_at is None or other.cancelled or other.pk == gathering.pk:
            continue
        facts = {"number": gathering.number, "other": other.number, "date": _day(other.starts_at)}
        if other.number < gathering.number and starts_at < other.ends_at:
            raise Refused(
                _("Gathering %(number)d must come after gathering %(other)d, which is on %(date)s.") % facts
                + " "
                + _("Choose a later date, or move gathering %(other)d first.") % facts
            )
        if other.number > gathering.number and starts_at >= other.starts_at:
            raise Refused(
                _("Gathering %(number)d must come before gathering %(other)d, which is on %(date)s.") % facts
                + " "
                + _("Choose an earlier date, or move gathering %(other)d first.") % facts
            )


def _refuse_strangers(
    cohort: Cohort, facilitators: Sequence[Membership], guests: Sequence[Membership]
) -> None:
    if any(one.cohort_id != cohort.pk for one in (*facilitators, *guests)):
        raise Refused(_("Facilitators and guest speakers must be enrolled in this programme first."))
    if any(Role(one.role).takes_part for one in facilitators):
        raise Refused(_("Somebody who takes part cannot facilitate as well."))
    if any(one.role != Role.GUEST for one in guests):
        raise Refused(_("Only people enrolled as guest speakers can be invited as guests."))


def _note(key: str, gathering: Gathering, by: Person, **data: str) -> None:
    record(key=key, subject=f"cohort:{gathering.cohort_id}", actor=by.pk, number=gathering.number, **data)
    announce(f"gathering:{gathering.pk}")


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "DATE_FORMAT")
