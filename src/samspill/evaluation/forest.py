"""The changes of a cohort as a table with an interval drawn in each row: for paper, where a chart would not fit.

All rows share one scale, also when the table runs over several pages.
"""

import math
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.text import capfirst

from samspill.evaluation.choices import Finding, WaveKind
from samspill.evaluation.pictures import by_size, change_title, change_words, finding_of
from samspill.evaluation.queries.effect import Effect
from samspill.ui import shapes, svg
from samspill.ui.text import decimal, pick, signed


@dataclass(frozen=True)
class ForestRow:
    label: str
    picture: SafeString
    change: str
    low: str
    high: str
    pairs: int
    finding: Finding


@dataclass(frozen=True)
class Forest:
    title: str
    reach: str
    rows: tuple[ForestRow, ...]


def forests(effect: Effect, language: str) -> tuple[Forest, ...]:
    """One for each wave that is compared with the first and has a change that may be shown."""
    found = (_forest(effect, wave.kind, language) for wave in effect.waves[1:])
    return tuple(forest for forest in found if forest.rows)


def _forest(effect: Effect, kind: WaveKind, language: str) -> Forest:
    rows = [(item, wave.change) for item in effect.items for wave in item.changes if wave.kind == kind]
    ends = [abs(end) for _item, one in rows if one and one.sure for end in (one.sure.low, one.sure.high)]
    reach = math.ceil(max(ends, default=0.5) * 2) / 2
    made = []
    for item, change in sorted(rows, key=by_size):
        if change is None or change.change is None or change.sure is None:
            continue
        finding = finding_of(change)
        low, middle, high = (
            shapes.from_zero(value, reach) for value in (change.sure.low, change.change, change.sure.high)
        )
        drawn = shapes.interval(low, middle, high, 1.0, clear=finding.is_clear)
        label = pick(item.text, language)
        said = capfirst(change_words(change))
        picture = svg.picture(svg.key_of(kind, item.key), label, said, 2.0, [shapes.zero_line(1.0), drawn])
        numbers = (signed(change.change), signed(change.sure.low), signed(change.sure.high))
        made.append(ForestRow(label, picture, *numbers, change.pairs, finding))
    return Forest(change_title(kind), decimal(reach), tuple(made))
