"""A wave is planned, and opens: by hand, or by itself on its day."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from samspill.audit.actions import record
from samspill.cohorts.access import Right, require
from samspill.cohorts.models import Cohort
from samspill.cohorts.queries import participants
from samspill.errors import Refused
from samspill.evaluation.actions.mailing import draft_invitations
from samspill.evaluation.choices import WaveKind, WaveState
from samspill.evaluation.models import Asked, Wave
from samspill.evaluation.pseudonyms import keep_secret
from samspill.evaluation.queries.waves import why_not_open
from samspill.people.models import Person

TIME_TO_ANSWER = timedelta(days=14)
_WHY_NOT = {
    "state": _("Measurements can be opened from when the sector has accepted until the cohort is closed."),
    "done": _("This measurement has been opened already."),
    "open": _("Another measurement is open. Close that one first, so that nobody gets two at once."),
    "later": _("A later measurement has been opened already, so it is too late for this one."),
}


def plan_wave(*, cohort: Cohort, kind: WaveKind, opens_on: date, by: Person) -> Wave:
    """Set the day on which the wave opens by itself. The facilitator still confirms the mails."""
    require(by, cohort, Right.MEASURE)
    if opens_on < timezone.localdate():
        raise Refused(_("The date has passed. Choose today or a later date."))
    with transaction.atomic():
        wave = _untouched(cohort, kind)
        wave.opens_on = opens_on
        wave.save()
        record(
            key="evaluation.planned",
            subject=f"cohort:{cohort.pk}",
            actor=by.pk,
            kind=kind.value,
            opens_on=opens_on.isoformat(),
        )
    return wave


def open_wave(*, cohort: Cohort, kind: WaveKind, closes_on: date, by: Person) -> Wave:
    """Freeze the questionnaire, ask everybody it asks, and draft their invitations for confirmation."""
    require(by, cohort, Right.MEASURE)
    if closes_on < timezone.localdate():
        raise Refused(_("The date has passed. Choose today or a later date."))
    return _open(cohort, kind, closes_on, by.pk)


def open_due_waves(*, today: date) -> int:
    """Open the waves whose day has come; those that cannot be opened yet are tried again the next day."""
    opened = 0
    due = Wave.objects.filter(state=WaveState.PLANNED, opens_on__lte=today).select_related("cohort__sector")
    for wave in due.order_by("opens_on", "pk"):
        try:
            _open(wave.cohort, WaveKind(wave.kind), today + TIME_TO_ANSWER, None)
        except Refused:
            continue
        opened += 1
    return opened


@task()
def open_due_today() -> None:
    open_due_waves(today=timezone.localdate())


def _open(cohort: Cohort, kind: WaveKind, closes_on: date, actor: int | None) -> Wave:
    with transaction.atomic():
        Cohort.objects.select_for_update().get(pk=cohort.pk)
        reason = why_not_open(cohort, kind, list(cohort.waves.all()))
        if reason:
            raise Refused(_WHY_NOT[reason])
        wave = _untouched(cohort, kind)
        wave.state, wave.instrument = WaveState.OPEN, cohort.blueprint.content["instrument"]
        wave.opens_on, wave.closes_on = timezone.localdate(), closes_on
        wave.save()
        asked = participants(cohort).filter(role__in=wave.questions.answered_by)
        if not asked.exists():
            raise Refused(_("Nobody would be asked. Enrol the host and the leaders first."))
        keep_secret(cohort)
        Asked.objects.bulk_create([Asked(wave=wave, membership=each) for each in asked])
        draft_invitations(wave, actor)
        record(key="evaluation.opened", subject=f"cohort:{cohort.pk}", actor=actor, kind=kind.value)
    return wave


def _untouched(cohort: Cohort, kind: WaveKind) -> Wave:
    """The wave if it is only planned, else a new one that is not stored yet."""
    instrument = cohort.blueprint.content["instrument"]
    wave = cohort.waves.filter(kind=kind).first() or Wave(cohort=cohort, kind=kind, instrument=instrument)
    if wave.state != WaveState.PLANNED:
        raise Refused(_WHY_NOT["done"])
    return wave
