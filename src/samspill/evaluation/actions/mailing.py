"""Mails to those who are asked. Reminders go to those who have not answered; nobody is told who they are."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from samspill.audit.actions import record
from samspill.cohorts.access import Right, require
from samspill.cohorts.models import Membership
from samspill.errors import Refused
from samspill.evaluation.models import Asked, Wave
from samspill.evaluation.queries.waves import INVITATION, REMINDER, newcomers, silent
from samspill.mail.actions import add, confirm_batch, discard_batch, open_batch
from samspill.mail.choices import BatchState, Recipient
from samspill.mail.models import Batch
from samspill.people.models import Person

PEACE = timedelta(days=3)


def prepare_invitations(*, wave: Wave, by: Person) -> Batch:
    """Draft mails to those who have come in since the first were sent, for confirmation."""
    require(by, wave.cohort, Right.MEASURE)
    _refuse_unless_open(wave)
    with transaction.atomic():
        return draft_invitations(wave, by.pk)


def confirm_invitations(*, wave: Wave, batch: Batch, by: Person) -> None:
    require(by, wave.cohort, Right.MEASURE)
    _refuse_unless_open(wave)
    with transaction.atomic():
        people = list(batch.messages.values_list("person", flat=True))
        confirm_batch(batch=batch, by=by.pk)
        wave.asked.filter(membership__person__in=people).update(invited_on=timezone.localdate())
        record(
            key="evaluation.invited",
            subject=f"cohort:{wave.cohort_id}",
            actor=by.pk,
            kind=wave.kind,
            count=len(people),
        )


def discard_invitations(*, wave: Wave, batch: Batch, by: Person) -> None:
    require(by, wave.cohort, Right.MEASURE)
    discard_batch(batch=batch, by=by.pk)


def remind(*, wave: Wave, by: Person) -> int:
    """Mail those who have not answered, at most every third day. Gives how many they are, also those who
    cannot be mailed any more, and nothing else about them.

    Who has answered is not for the facilitator to know, so the batch is confirmed here, unseen; what was seen
    and agreed to is the text.
    """
    require(by, wave.cohort, Right.MEASURE)
    _refuse_unless_open(wave)
    with transaction.atomic():
        Wave.objects.select_for_update().get(pk=wave.pk)
        _refuse_too_soon(wave)
        waiting = wave.asked.filter(answered_on=None)
        count = waiting.count()
        if not count:
            raise Refused(_("Everybody has answered. There is nobody to remind."))
        _mail_reminders(wave, by)
        waiting.update(reminded_on=timezone.localdate())
        record(key="evaluation.reminded", subject=f"cohort:{wave.cohort_id}", actor=by.pk, count=count)
    return count


def _mail_reminders(wave: Wave, by: Person) -> None:
    """To those of them who can be reached, perhaps nobody; the facilitator sees no difference."""
    reached = list(silent(wave))
    if not reached:
        return
    batch = open_batch(key=REMINDER, subject=wave.subject, by=by.pk)
    for each in reached:
        add(batch=batch, to=recipient(each.membership), template=REMINDER, data=facts(wave))
    confirm_batch(batch=batch, by=by.pk)


def draft_invitations(wave: Wave, actor: int | None) -> Batch:
    """Inside the caller's transaction. A draft that nobody has confirmed gives way to the new one."""
    for old in Batch.objects.filter(subject=wave.subject, key=INVITATION, state=BatchState.DRAFT):
        discard_batch(batch=old, by=actor or 0)
    waiting = newcomers(wave)
    if not waiting:
        raise Refused(_("Everybody who is asked has been sent an invitation already."))
    known = set(wave.asked.values_list("membership", flat=True))
    Asked.objects.bulk_create([Asked(wave=wave, membership=each) for each in waiting if each.pk not in known])
    batch = open_batch(key=INVITATION, subject=wave.subject, by=actor)
    for each in waiting:
        add(batch=batch, to=recipient(each), template=INVITATION, data=facts(wave))
    return batch


def recipient(membership: Membership) -> Recipient:
    person = membership.person
    return Recipient(person.name, person.email or "", person.language, person.pk)


def facts(wave: Wave) -> dict[str, Any]:
    """What the mails say, as JSON; the same for everybody."""
    return {
        "measure": dict(wave.cohort.blueprint.content["title"]),
        "sector": wave.cohort.sector.names,
        "title": wave.instrument["title"],
        "kind": wave.kind,
        "k": settings.MIN_ANSWERS,
        "items": len(wave.instrument["items"]),
        "closes_on": wave.closes_on.isoformat() if wave.closes_on else "",
        "path": reverse("evaluation:answer", args=[wave.pk]),
    }


def _refuse_unless_open(wave: Wave) -> None:
    if not wave.is_open:
        raise Refused(_("The measurement is not open, so no mails about it can be sent."))


def _refuse_too_soon(wave: Wave) -> None:
    last = wave.asked.filter(reminded_on__isnull=False).order_by("-reminded_on").first()
    if last is None or last.reminded_on is None or last.reminded_on <= timezone.localdate() - PEACE:
        return
    raise Refused(
        format_lazy(
            _("They were reminded on {date}. Give them three days before the next reminder."),
            date=date_format(last.reminded_on, "MONTH_DAY_FORMAT"),
        )
    )
