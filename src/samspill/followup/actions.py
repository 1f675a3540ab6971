"""Every write of commitments."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from samspill.audit.actions import record
from samspill.cohorts.access import Right, membership_in, require
from samspill.cohorts.models import Cohort, Membership
from samspill.errors import Refused
from samspill.followup.access import owns
from samspill.followup.choices import Arena, Status
from samspill.followup.models import Commitment, StatusNote
from samspill.followup.queries import due_for_reminder
from samspill.inputs.choices import Attribution, Kind, Part
from samspill.mail.actions import send_now
from samspill.mail.choices import Recipient
from samspill.people.models import Person
from samspill.room.models import Activity, Contribution

LONGEST = 300
FURTHEST = timedelta(days=5 * 366)
REMIND_BEFORE = timedelta(days=7)


def adopt(*, activity: Activity) -> int:
    """Make a commitment of each named contribution to the activity, and keep those already made in step with
    it.

    Can be called as often as one likes: after every answer, and at close. What its owner has edited or
    reported on since is theirs and is left alone. Gives the number of commitments that were made.
    """
    if activity.kind != Kind.COMMITMENT or activity.attribution != Attribution.NAMED:
        return 0
    gathering = activity.run.gathering
    members = {each.person_id: each for each in Membership.objects.filter(cohort=gathering.cohort)}
    made = 0
    with transaction.atomic():
        contributions = list(activity.contributions.filter(part=Part.ANSWER, person__isnull=False))
        for contribution in contributions:
            owner = _owner(contribution, members)
            if owner is not None:
                made += _adopt_one(contribution, owner, activity)
        _forget_withdrawn(activity)
        if made:
            record(key="followup.adopted", subject=f"cohort:{gathering.cohort_id}", actor=None, count=made)
    return made


def add(*, cohort: Cohort, what: str, due: date, arena: str, by: Person) -> Commitment:
    """A promise made between gatherings, by whoever makes it. Raises Refused when it says too little or too
    late.
    """
    require(by, cohort, Right.TAKE_PART)
    owner = membership_in(by, cohort)
    if owner is None:
        raise PermissionDenied
    what = _checked(what, due, arena)
    with transaction.atomic():
        made = Commitment.objects.create(
            cohort=cohort, owner=owner, what=what, due=due, arena=arena, edited=True
        )
        record(key="followup.added", subject=f"cohort:{cohort.pk}", actor=by.pk, commitment=made.pk)
    return made


def edit(*, commitment: Commitment, what: str, due: date, arena: str, by: Person) -> None:
    """A new date starts the reminders afresh; a date that has passed may stay, but not be chosen."""
    _require_owner(by, commitment)
    what = _checked(what, due, arena, unless_due=commitment.due)
    with transaction.atomic():
        moved = due != commitment.due
        commitment.what, commitment.due, commitment.arena, commitment.edited = what, due, arena, True
        if moved:
            commitment.reminded_on = commitment.overdue_reminded_on = None
        commitment.save()
        record(key="followup.edited", subject=_subject(commitment), actor=by.pk, commitment=commitment.pk)


def set_status(*, commitment: Commitment, status: str, note: str, by: Person) -> None:
    """Say how it goes, with today's date. A note without a new status is kept too; neither is refused."""
    _require_owner(by, commitment)
    note = note.strip()
    if status not in Status.values:
        raise Refused(_("Choose whether the commitment is open, done or dropped."))
    if len(note) > LONGEST * 5:
        raise Refused(_("The note is too long. Keep it to about ten lines."))
    if status == commitment.status and not note:
        raise Refused(_("Nothing has changed. Write a note, or choose another status."))
    with transaction.atomic():
        Commitment.objects.filter(pk=commitment.pk).update(status=status)
        StatusNote.objects.create(commitment=commitment, status=status, note=note, by=by)
        commitment.status = status
        record(key=f"followup.{status}", subject=_subject(commitment), actor=by.pk, commitment=commitment.pk)


def undo_status(*, commitment: Commitment, by: Person) -> None:
    """Take back what was said last, on the day it was said."""
    _require_owner(by, commitment)
    with transaction.atomic():
        notes = list(commitment.notes.order_by("id"))
        if not notes or notes[-1].on != timezone.localdate():
            raise Refused(_("There is nothing from today to take back. Set a new status instead."))
        notes.pop().delete()
        before = notes[-1].status if notes else Status.OPEN
        Commitment.objects.filter(pk=commitment.pk).update(status=before)
        commitment.status = before
        record(key="followup.undone", subject=_subject(commitment), actor=by.pk, commitment=commitment.pk)


def remind_due(*, today: date) -> int:
    """Remind owners, and nobody else: once when the date is near, once when it has passed.

    Gives the number of mails. Each commitment is claimed before its mail is queued, so that two workers or
    two runs on one day never remind twice.
    """
    sent = 0
    for commitment in due_for_reminder(soon=today + REMIND_BEFORE):
        overdue = commitment.due < today
        with transaction.atomic():
            if _claim(commitment, overdue, today):
                _send(commitment, "followup/mail/overdue" if overdue else "followup/mail/due")
                sent += 1
    return sent


def forget_person(person: Person) -> None:
    """The words of an erased person go; that there was a commitment, and what came of it, stays in the sums."""
    theirs = Commitment.objects.filter(owner__person=person)
    StatusNote.objects.filter(commitment__in=theirs).update(note="")
    theirs.update(what="", edited=True)


@task()
def remind_due_today() -> None:
    remind_due(today=timezone.localdate())


def _owner(contribution: Contribution, members: dict[int, Membership]) -> Membership | None:
    """Whoever shall do it: the one named in the contribution, else whoever wrote it."""
    named = next((each for each in members.values() if each.pk == contribution.value.get("who")), None)
    return named or members.get(contribution.person_id or 0)


def _adopt_one(contribution: Contribution, owner: Membership, activity: Activity) -> bool:
    """Whether a new commitment was made."""
    gathering = activity.run.gathering
    content: dict[str, Any] = {
        "owner": owner,
        "what": contribution.value["what"],
        "due": date.fromisoformat(contribution.value["due"]),
        "arena": contribution.value["arena"],
    }
    found = {"cohort": gathering.cohort, "gathering": gathering, **content}
    commitment, made = Commitment.objects.get_or_create(contribution=contribution.pk, defaults=found)
    if not made and not commitment.edited and commitment.is_open:
        Commitment.objects.filter(pk=commitment.pk).update(**content)
    return made


def _forget_withdrawn(activity: Activity) -> None:
    """What was taken back in the room is gone here too, unless its owner has made it their own since."""
    gathering = activity.run.gathering
    standing = Contribution.objects.filter(activity__run=activity.run).values("pk")
    from_the_room = Commitment.objects.filter(gathering=gathering, contribution__isnull=False, edited=False)
    from_the_room.filter(notes=None).exclude(contribution__in=standing).delete()


def _checked(what: str, due: date, arena: str, unless_due: date | None = None) -> str:
    today = timezone.localdate()
    what = " ".join(what.split())
    if not what:
        raise Refused(_("It does not say yet what will be done. Write it in a sentence."))
    if len(what) > LONGEST:
        raise Refused(_("The commitment is too long. Keep it to 300 characters."))
    if due < today and due != unless_due:
        raise Refused(_("The date has passed. Choose today or a later date."))
    if due > today + FURTHEST:
        raise Refused(_("The date is more than five years ahead. Choose a nearer one."))
    if arena not in Arena.values:
        raise Refused(_("Choose where the commitment will be followed up."))
    return what


def _require_owner(by: Person, commitment: Commitment) -> None:
    require(by, commitment.cohort, Right.SEE_COHORT)
    if not owns(by, commitment):
        raise PermissionDenied


def _claim(commitment: Commitment, overdue: bool, today: date) -> bool:
    mark = "overdue_reminded_on" if overdue else "reminded_on"
    waiting = Commitment.objects.filter(pk=commitment.pk, status=Status.OPEN, **{mark: None})
    return bool(waiting.update(**{mark: today}))


def _send(commitment: Commitment, template: str) -> None:
    """The mail holds what a leader has promised, so it is deleted as soon as it has been handed over."""
    person = commitment.owner.person
    to = Recipient(person.name, person.email or "", person.language, person.pk)
    data = {
        "what": commitment.what,
        "due": commitment.due.isoformat(),
        "sector": commitment.cohort.sector.names,
        "path": reverse("followup:commitment", args=[commitment.pk]),
    }
    send_now(to=to, template=template, data=data, secret=True)


def _subject(commitment: Commitment) -> str:
    return f"cohort:{commitment.cohort_id}"
