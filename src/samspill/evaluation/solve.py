"""The only door to the cores of disclosure and effects: answers under pseudonyms in, figures that may be
shown out.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from samspill.cores.disclosure import Basis, WaveShown, publishable_waves
from samspill.cores.effects import Change, Distribution, distribution, paired_change
from samspill.evaluation.choices import WaveKind

Values = Mapping[str, int]
"""Pseudonym to answer."""


@dataclass(frozen=True)
class WaveFigures:
    """One item in one wave. `answered` is always known; `distribution` is None when it must be hidden.

    `change` is since the first wave; None for the first one itself and where there is nothing to compare.
    """

    kind: WaveKind
    answered: int
    basis: Basis
    distribution: Distribution | None
    change: Change | None


def figures(waves: Mapping[WaveKind, Values], *, first_alone: bool) -> tuple[WaveFigures, ...]:
    """What may be shown of one item; `waves` has the closed ones in the order they were closed."""
    answered = {str(kind): frozenset(values) for kind, values in waves.items()}
    shown = publishable_waves(answered, k=settings.MIN_ANSWERS, first_alone=first_alone)
    first = next(iter(waves.values()), {})
    return tuple(_figures(each, waves, first, is_first=place == 0) for place, each in enumerate(shown))


def _figures(
    shown: WaveShown, waves: Mapping[WaveKind, Values], first: Values, *, is_first: bool
) -> WaveFigures:
    kind = WaveKind(shown.wave)
    values = waves[kind]
    spread = (
        distribution([values[each] for each in sorted(shown.distribution)]) if shown.distribution else None
    )
    pairs = [(first[each], values[each]) for each in sorted(shown.change)]
    change = None if is_first else paired_change(pairs, k=settings.MIN_ANSWERS)
    return WaveFigures(kind, shown.answered, shown.basis, spread, change)
