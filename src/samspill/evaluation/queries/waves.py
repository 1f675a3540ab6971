from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from samspill.cohorts.choices import State
from samspill.cohorts.models import Cohort, Membership
from samspill.cohorts.queries import participants
from samspill.evaluation.choices import WaveKind, WaveState
from samspill.evaluation.models import Answer, Asked, Wave
from samspill.evaluation.pseudonyms import pseudonym_of
from samspill.mail.choices import Failure, MessageState
from samspill.mail.models import Batch
from samspill.mail.queries import batches_of
from samspill.people.models import Person

INVITATION, REMINDER = "evaluation/mail/invitation", "evaluation/mail/reminder"
_NOBODYS_FAULT = (Failure.UNREACHABLE, Failure.SIGN_IN, Failure.INTERRUPTED)


@dataclass(frozen=True)
class Response:
    """How many have answered of those who have been asked. Never who.

    Whoever leaves the cohort is still counted: if the numbers moved, they would tell whether that person had
    answered.
    """

    answered: int
    asked: int

    @property
    def waiting(self) -> int:
        return self.asked - self.answered


@dataclass(frozen=True)
class Step:
    """A kind of wave in a cohort: the wave if there is one, and what can be done now."""

    kind: WaveKind
    wave: Wave | None
    response: Response | None
    may_plan: bool
    may_open: bool
    asks: int  # how many it would ask if it were opened now


def steps_of(cohort: Cohort) -> tuple[Step, ...]:
    """Before, after and six months later, in that order, whatever has come of each."""
    waves = {WaveKind(wave.kind): wave for wave in cohort.waves.all()}
    responses = _responses(cohort)
    asks = _asked_if_opened(cohort).count()
    return tuple(_step(kind, waves, responses, cohort, asks) for kind in WaveKind)


def response_of(wave: Wave) -> Response:
    return _responses(wave.cohort).get(wave.pk, Response(0, 0))


def silent(wave: Wave) -> QuerySet[Asked]:
    """Those who have been asked, have not answered and can be reached. For reminders, never for a page."""
    return wave.asked.filter(
        answered_on=None,
        membership__withdrawn_on=None,
        membership__person__is_active=True,
        membership__person__email__isnull=False,
    ).select_related("membership__person")


def newcomers(wave: Wave) -> list[Membership]:
    """Those the wave asks who have not been sent an invitation yet, by organisation and title."""
    invited = wave.asked.filter(invited_on__isnull=False).values("membership")
    asked = participants(wave.cohort).filter(role__in=wave.questions.answered_by)
    return list(asked.exclude(pk__in=invited).filter(person__is_active=True, person__email__isnull=False))


def answers_of(person: Person, wave: Wave) -> dict[str, int]:
    """The person's own answers, by item; only while the wave is open, and only for the person."""
    if not wave.is_open:
        return {}
    pseudonym = pseudonym_of(person, wave.cohort)
    return dict(Answer.objects.filter(wave=wave, pseudonym=pseudonym).values_list("item", "value"))


def personal_data(person: Person) -> list[dict[str, Any]]:
    """What this room of the house knows of the person, as JSON: in what they were asked and when they
    answered.

    Not the answers: whoever makes this file for somebody must not see them. The person reads and changes them
    on their own page while the wave is open; after that nobody is to be able to find one person's answers.
    """
    asked = Asked.objects.filter(membership__person=person).select_related("wave__cohort").order_by("id")
    return [
        {
            "cohort": each.wave.cohort_id,
            "measured": each.wave.kind,
            "answered_on": each.answered_on.isoformat() if each.answered_on else None,
        }
        for each in asked
    ]


def invitations_of(wave: Wave) -> QuerySet[Batch]:
    """The wave's batches of invitations, newest first, with `total`, `sent` and `failed`."""
    return batches_of(wave.subject).filter(key=INVITATION)


def stuck_reminders(wave: Wave) -> QuerySet[Batch]:
    """Reminders that the mail server did not take from anybody, newest first.

    How many were reminded, and whose address failed, is told nowhere: both would say who has not answered.
    """
    stuck = batches_of(wave.subject).filter(key=REMINDER, messages__state=MessageState.FAILED)
    return stuck.filter(messages__failure__in=_NOBODYS_FAULT).distinct()


def _responses(cohort: Cohort) -> dict[int, Response]:
    rows = (
        Asked.objects.filter(wave__cohort=cohort)
        .order_by()
        .values_list("wave")
        .annotate(asked=Count("pk"), answered=Count("pk", filter=Q(answered_on__isnull=False)))
    )
    return {wave: Response(answered, asked) for wave, asked, answered in rows}


def _asked_if_opened(cohort: Cohort) -> QuerySet[Membership]:
    return participants(cohort).filter(role__in=cohort.blueprint.content["instrument"]["answered_by"])


def _step(
    kind: WaveKind, waves: dict[WaveKind, Wave], responses: dict[int, Response], cohort: Cohort, asks: int
) -> Step:
    wave = waves.get(kind)
    untouched = wave is None or wave.state == WaveState.PLANNED
    possible = untouched and why_not_open(cohort, kind, list(waves.values())) == ""
    response = responses.get(wave.pk, Response(0, 0)) if wave and not untouched else None
    return Step(kind, wave, response, may_plan=_may_plan(cohort, kind, waves), may_open=possible, asks=asks)


def _may_plan(cohort: Cohort, kind: WaveKind, waves: dict[WaveKind, Wave]) -> bool:
    wave = waves.get(kind)
    begun = [each for each in waves.values() if each.state != WaveState.PLANNED]
    passed = any(WaveKind(each.kind).place >= kind.place for each in begun)
    return _is_alive(cohort) and not passed and (wave is None or wave.state == WaveState.PLANNED)


def _is_alive(cohort: Cohort) -> bool:
    return cohort.state in (State.ACCEPTED, State.TAILORING, State.RUNNING, State.FOLLOW_UP)


def why_not_open(cohort: Cohort, kind: WaveKind, waves: list[Wave]) -> str:
    """ "" when the wave can be opened now; else why not: "state", "done", "open" or "later"."""
    if not _is_alive(cohort):
        return "state"
    begun = {WaveKind(wave.kind): wave for wave in waves if wave.state != WaveState.PLANNED}
    if kind in begun:
        return "done"
    if any(wave.is_open for wave in begun.values()):
        return "open"
    return "later" if any(other.place > kind.place for other in begun) else ""
