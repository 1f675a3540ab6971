"""What tests of measurements are made of."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.utils import timezone

from samspill.cohorts.choices import Role
from samspill.evaluation.actions import close_wave, finish, open_wave, save_answers
from samspill.evaluation.choices import WaveKind
from samspill.evaluation.models import Wave
from samspill.mail.choices import MessageState
from samspill.mail.models import Batch
from samspill.people.models import Person
from tests.cast import Cast, enrol, person

ITEMS = ("m1", "m2", "m3", "m4")


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def everybody(cast: Cast) -> tuple[Person, ...]:
    """The seven who are asked: the host and six leaders."""
    return (cast.host, *cast.leaders)


def more_leaders(cast: Cast, count: int) -> tuple[Person, ...]:
    people = tuple(person(f"more{n}", f"Flere {n}") for n in range(count))
    for one in people:
        enrol(cast.cohort, one, Role.LEADER, cast.agencies[0], "Direktør")
    return people


def opened(cast: Cast, kind: WaveKind = WaveKind.BEFORE) -> Wave:
    found = Wave.objects.filter(cohort=cast.cohort, kind=kind).exclude(state="planned").first()
    return found or open_wave(cohort=cast.cohort, kind=kind, closes_on=in_days(14), by=cast.facilitator)


def answer(wave: Wave, who: Person, values: Mapping[str, int] | int) -> None:
    """All four items with one value, or the given ones; and done."""
    each = dict.fromkeys(ITEMS, values) if isinstance(values, int) else values
    save_answers(wave=wave, values=each, by=who)
    finish(wave=wave, by=who)


def closed(cast: Cast, kind: WaveKind, values: Sequence[tuple[Person, int]]) -> Wave:
    wave = opened(cast, kind)
    for who, value in values:
        answer(wave, who, value)
    close_wave(wave=wave, by=cast.facilitator)
    return wave


def drafted(cast: Cast) -> Batch:
    return Batch.objects.filter(subject=opened(cast).subject).first() or Batch.objects.get()


def failed(cast: Cast) -> Batch:
    batch = drafted(cast)
    batch.messages.update(state=MessageState.FAILED)
    return batch
