"""A person answers, statement by statement, under a pseudonym. Nothing here is logged or audited."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.errors import Refused
from samspill.evaluation.access import respondent
from samspill.evaluation.models import Answer, Asked, Wave
from samspill.evaluation.pseudonyms import pseudonym_of
from samspill.people.models import Person

LOWEST, HIGHEST = 1, 7


def save_answer(*, wave: Wave, item: str, value: int, by: Person) -> int:
    """Store one answer, or the new value of one. Gives how many statements the person has answered by now.

    Whoever has answered every statement counts as having answered, also without saying "finish".
    """
    return save_answers(wave=wave, values={item: value}, by=by)


def save_answers(*, wave: Wave, values: Mapping[str, int], by: Person) -> int:
    """As `save_answer`, for several statements at once; the others stay as they are."""
    items = {each.key for each in wave.questions.items}
    if not values.keys() <= items or not all(LOWEST <= value <= HIGHEST for value in values.values()):
        raise Refused(_("Choose one of the seven points of the scale."))
    membership = respondent(by, wave)
    with transaction.atomic():
        _lock_open(wave)
        pseudonym = pseudonym_of(by, wave.cohort)
        for item, value in values.items():
            Answer.objects.update_or_create(
                wave=wave, pseudonym=pseudonym, item=item, defaults={"value": value}
            )
        asked, _new = Asked.objects.get_or_create(wave=wave, membership=membership)
        answered = Answer.objects.filter(wave=wave, pseudonym=pseudonym).count()
        if answered == len(items):
            _has_answered(asked)
    return answered


def finish(*, wave: Wave, by: Person) -> None:
    """Say that one has answered what one wants to answer. It can still be changed while the wave is open."""
    membership = respondent(by, wave)
    with transaction.atomic():
        _lock_open(wave)
        pseudonym = pseudonym_of(by, wave.cohort)
        if not Answer.objects.filter(wave=wave, pseudonym=pseudonym).exists():
            raise Refused(
                _("You have not answered any of the statements yet. Choose a point on at least one.")
            )
        asked, _new = Asked.objects.get_or_create(wave=wave, membership=membership)
        _has_answered(asked)


def _lock_open(wave: Wave) -> None:
    """An answer is stored before the wave closes or not at all: closing holds the same lock."""
    if not Wave.objects.select_for_update().get(pk=wave.pk).is_open:
        raise Refused(_("This measurement is closed, so the answer could not be stored."))


def _has_answered(asked: Asked) -> None:
    if asked.answered_on is None:
        asked.answered_on = timezone.localdate()
        asked.save(update_fields=["answered_on"])
