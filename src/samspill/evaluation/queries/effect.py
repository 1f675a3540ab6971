"""What came of the measurements: the same figures for the page, the report and every export."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from samspill.cohorts.choices import State
from samspill.cohorts.models import Cohort
from samspill.evaluation.choices import WaveKind
from samspill.evaluation.models import Answer, Wave
from samspill.evaluation.queries.waves import Response, response_of
from samspill.evaluation.solve import Values, WaveFigures, figures
from samspill.programmes.document import Instrument, InstrumentItem, Text


@dataclass(frozen=True)
class WaveResult:
    """A closed wave. `held_back`: its answers are shown together with the next wave, not by themselves."""

    kind: WaveKind
    closed_on: date | None
    response: Response
    held_back: bool


@dataclass(frozen=True)
class ItemEffect:
    """One item with the ends of its scale in words, and its figures wave by wave."""

    key: str
    text: Text
    measures: str
    low: Text
    high: Text
    waves: tuple[WaveFigures, ...]

    @property
    def has_distribution(self) -> bool:
        return any(wave.distribution for wave in self.waves)

    @property
    def changes(self) -> tuple[WaveFigures, ...]:
        return tuple(wave for wave in self.waves if wave.change is not None)


@dataclass(frozen=True)
class Effect:
    """All that may be shown of a cohort's closed waves. `k` is the smallest number that is shown."""

    waves: tuple[WaveResult, ...]
    items: tuple[ItemEffect, ...]
    k: int

    @property
    def compares(self) -> bool:
        return len(self.waves) > 1


def effect_of(cohort: Cohort) -> Effect:
    """Nothing of a wave that is still open, whoever asks."""
    waves = sorted((wave for wave in cohort.waves.all() if wave.is_closed), key=_place)
    if not waves:
        return Effect((), (), settings.MIN_ANSWERS)
    alone = waves[0].shown_alone_on is not None or (len(waves) == 1 and cohort.state == State.CLOSED)
    values = _values(waves)
    held = len(waves) == 1 and not alone
    instrument = waves[0].questions
    return Effect(
        tuple(WaveResult(WaveKind(each.kind), each.closed_on, response_of(each), held) for each in waves),
        tuple(_item(item, instrument, waves, values, alone) for item in instrument.items),
        settings.MIN_ANSWERS,
    )


def _item(
    item: InstrumentItem,
    instrument: Instrument,
    waves: list[Wave],
    values: dict[int, dict[str, dict[str, int]]],
    alone: bool,
) -> ItemEffect:
    answered: dict[WaveKind, Values] = {WaveKind(wave.kind): values[wave.pk][item.key] for wave in waves}
    return ItemEffect(
        key=item.key,
        text=item.text,
        measures=item.measures,
        low=item.low or instrument.low,
        high=item.high or instrument.high,
        waves=figures(answered, first_alone=alone),
    )


def _values(waves: list[Wave]) -> dict[int, dict[str, dict[str, int]]]:
    """Wave, item, pseudonym → answer."""
    found: dict[int, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for wave, item, pseudonym, value in Answer.objects.filter(wave__in=waves).values_list(
        "wave", "item", "pseudonym", "value"
    ):
        found[wave][item][pseudonym] = value
    return found


def _place(wave: Wave) -> int:
    return WaveKind(wave.kind).place
