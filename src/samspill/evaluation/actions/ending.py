"""A wave closes; a cohort closes, and with it every way from an answer back to a person."""

import secrets
import uuid
from calendar import monthrange
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.audit.actions import record
from samspill.cohorts.access import Right, require
from samspill.cohorts.choices import State
from samspill.cohorts.models import Cohort
from samspill.errors import Refused
from samspill.evaluation.choices import WaveKind, WaveState
from samspill.evaluation.models import Answer, Asked, PairingSecret, Wave
from samspill.evaluation.pseudonyms import PairingLost, pseudonym_of
from samspill.inputs.traces import forget_old_rows
from samspill.mail.actions import discard_batch
from samspill.mail.choices import BatchState
from samspill.mail.models import Batch
from samspill.people.models import Person

MONTHS_LATER = 6


def close_wave(*, wave: Wave, by: Person) -> None:
    """No more answers. The rows are written anew in random order, so that their order tells nothing.

    Closing the wave after the programme also plans the one six months later.
    """
    require(by, wave.cohort, Right.MEASURE)
    with transaction.atomic():
        held = Wave.objects.select_for_update().get(pk=wave.pk)
        if not held.is_open:
            raise Refused(_("This measurement is not open, so it cannot be closed."))
        today = timezone.localdate()
        held.state, held.closed_on = WaveState.CLOSED, today
        held.save()
        _write_anew(Answer.objects.filter(wave=held))
        for draft in Batch.objects.filter(subject=held.subject, state=BatchState.DRAFT):
            discard_batch(batch=draft, by=by.pk)
        if held.kind == WaveKind.AFTER:
            _plan_six_months_later(held, today)
        forget_old_rows(Answer, Asked)
        record(key="evaluation.closed", subject=f"cohort:{wave.cohort_id}", actor=by.pk, kind=wave.kind)
    wave.state, wave.closed_on = held.state, held.closed_on


def show_alone(*, wave: Wave, by: Person) -> None:
    """Show the first wave before there is one to compare it with. This cannot be taken back."""
    require(by, wave.cohort, Right.MEASURE)
    with transaction.atomic():
        closed = Wave.objects.select_for_update().filter(cohort=wave.cohort, state=WaveState.CLOSED)
        if [each.pk for each in closed] != [wave.pk]:
            raise Refused(
                _("Only the first measurement can be shown by itself, and only before the next is closed.")
            )
        Wave.objects.filter(pk=wave.pk).update(shown_alone_on=timezone.localdate())
        wave.refresh_from_db()
        record(key="evaluation.shown_alone", subject=f"cohort:{wave.cohort_id}", actor=by.pk, kind=wave.kind)


def destroy_secret(*, cohort: Cohort, by: Person) -> None:
    """When a cohort closes (`settings.COHORT_CLOSERS`): end pairing for good.

    The secret is deleted, and every pseudonym is replaced by a random one, so that not even somebody who has
    kept a copy of the secret can find anybody's answers any more. What belongs together stays together, for
    the figures.
    """
    require(by, cohort, Right.CHANGE_STATE)
    with transaction.atomic():
        waves = list(Wave.objects.select_for_update().filter(cohort=cohort))
        if any(wave.is_open for wave in waves):
            raise Refused(_("A measurement is still open. Close it before you close the cohort."))
        PairingSecret.objects.filter(cohort=cohort).delete()
        _write_anew(Answer.objects.filter(wave__cohort=cohort), new_pseudonyms=True)
        Wave.objects.filter(cohort=cohort, state=WaveState.PLANNED).delete()
        forget_old_rows(Answer, PairingSecret)
        record(key="evaluation.secret_destroyed", subject=f"cohort:{cohort.pk}", actor=by.pk)


def forget_person(person: Person) -> None:
    """The answers of an erased person stay in the sums, under a pseudonym that nobody can make again."""
    theirs = Cohort.objects.filter(memberships__person=person, pairing_secret__isnull=False)
    for cohort in theirs.exclude(state=State.CLOSED).distinct():
        try:
            pseudonym = pseudonym_of(person, cohort)
        except PairingLost:
            continue  # then nobody can make it any more
        answers = Answer.objects.filter(wave__cohort=cohort, pseudonym=pseudonym)
        answers.update(pseudonym=secrets.token_hex(32))
        forget_old_rows(Answer)


def _write_anew(answers: QuerySet[Answer], *, new_pseudonyms: bool = False) -> None:
    rows = list(answers)
    names = {row.pseudonym: secrets.token_hex(32) if new_pseudonyms else row.pseudonym for row in rows}
    secrets.SystemRandom().shuffle(rows)
    answers.delete()
    Answer.objects.bulk_create(
        [
            Answer(
                id=uuid.uuid4(),
                wave_id=row.wave_id,
                pseudonym=names[row.pseudonym],
                item=row.item,
                value=row.value,
            )
            for row in rows
        ]
    )


def _plan_six_months_later(wave: Wave, today: date) -> None:
    Wave.objects.get_or_create(
        cohort=wave.cohort,
        kind=WaveKind.SIX_MONTHS,
        defaults={"instrument": wave.instrument, "opens_on": months_later(today, MONTHS_LATER)},
    )


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last day of a month that is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
