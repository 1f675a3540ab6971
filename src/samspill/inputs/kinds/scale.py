from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from samspill.cores.disclosure import may_show
from samspill.errors import Refused
from samspill.inputs.choices import Kind, Part
from samspill.inputs.kinds.base import Asked, Given, InputKind, Value, in_fixed_order, in_own_language
from samspill.ui.charts import Chart, Statement, statement_rows
from samspill.ui.shapes import Scale as Ends
from samspill.ui.text import decimal

POINTS = 7
ON_A_PAGE = 4


@dataclass(frozen=True)
class Spread:
    """How the answers to one statement spread over 1 to 7; no counts and no mean when too few answered it."""

    key: str
    n: int
    counts: tuple[int, ...] | None

    @property
    def mean(self) -> float | None:
        if not self.counts or not self.n:
            return None
        return sum(point * count for point, count in enumerate(self.counts, start=1)) / self.n


@dataclass(frozen=True)
class Spreads:
    spreads: tuple[Spread, ...]
    n: int


class ScaleKind(InputKind[Spreads]):
    """Several statements from 1 to 7. A statement may be left out: that is no answer, not a low one."""

    kind = Kind.SCALE

    def check(self, value: Mapping[str, Any], asked: Asked) -> Value:
        keys = {each["key"] for each in asked.definition["statements"]}
        given = {key: point for key, point in value.items() if point not in (None, "")}
        if not given:
            raise Refused(gettext("Nothing is chosen yet. Choose a number for at least one statement."))
        for key, point in given.items():
            if key not in keys or type(point) is not int or not 1 <= point <= POINTS:
                raise Refused(
                    gettext("The statements have changed. Load the page again and answer once more.")
                )
        return given

    def tally(self, answers: Sequence[Given], asked: Asked) -> Spreads:
        given = in_fixed_order(answers, Part.ANSWER)
        return Spreads(
            tuple(
                self._spread(each["key"], given, asked.smallest) for each in asked.definition["statements"]
            ),
            len(given),
        )

    def _spread(self, key: str, given: Sequence[Given], smallest: int) -> Spread:
        points = [each.value[key] for each in given if key in each.value]
        if not may_show(len(points), smallest):
            return Spread(key, len(points), None)
        return Spread(key, len(points), tuple(points.count(point) for point in range(1, POINTS + 1)))

    def sentences(self, tally: Spreads, asked: Asked) -> tuple[str, ...]:
        words = self._words(asked)
        low, high = self._ends(asked)
        ends = gettext("1 is “%(low)s”, 7 is “%(high)s”.") % {"low": low, "high": high}
        return (ends, *(self._sentence(words[spread.key], spread) for spread in tally.spreads))

    def _sentence(self, statement: str, spread: Spread) -> str:
        if spread.counts is None or spread.mean is None:
            return gettext("“%(statement)s”: too few answered to show it.") % {"statement": statement}
        heard: dict[str, str | int] = {"statement": statement, "n": spread.n, "mean": decimal(spread.mean)}
        chosen = [point for point, count in enumerate(spread.counts, start=1) if count]
        if len(chosen) == 1:
            return gettext("“%(statement)s”: all %(n)d chose %(only)d.") % {**heard, "only": chosen[0]}
        heard |= {"lowest": chosen[0], "highest": chosen[-1], "most": _most(spread.counts)}
        if heard["most"]:
            said = gettext(
                "“%(statement)s”: %(n)d answered, from %(lowest)d to %(highest)d; "
                "most chose %(most)s; mean %(mean)s."
            )
        else:
            said = gettext("“%(statement)s”: %(n)d answered, from %(lowest)d to %(highest)d; mean %(mean)s.")
        return said % heard

    def rows(self, tally: Spreads, asked: Asked) -> tuple[tuple[str | int | float, ...], ...]:
        words = self._words(asked)
        points = tuple(str(point) for point in range(1, POINTS + 1))
        header = (gettext("Statement"), *points, gettext("Answers"), gettext("Mean"))
        return (header, *(self._row(words[spread.key], spread) for spread in tally.spreads))

    def _row(self, statement: str, spread: Spread) -> tuple[str | int | float, ...]:
        counts: tuple[str | int, ...] = spread.counts or ("",) * POINTS
        mean = "" if spread.mean is None else round(spread.mean, 2)
        return (statement, *counts, spread.n, mean)

    def picture(self, tally: Spreads, asked: Asked) -> Chart | None:
        words = self._words(asked)
        low, high = self._ends(asked)
        statements = [Statement(words[each.key], each.counts, each.mean) for each in tally.spreads]
        return statement_rows(asked.prompt, statements, Ends(low, high))

    def screen_template(self, tally: Spreads) -> str:
        return "inputs/scale/screen.html"

    def screen_context(self, tally: Spreads, asked: Asked) -> Mapping[str, object]:
        words = self._words(asked)
        low, high = self._ends(asked)
        tallest = max((max(each.counts) / each.n for each in tally.spreads if each.counts), default=1.0)
        rows = [(words[each.key], each, _columns(each, tallest)) for each in tally.spreads]
        return {"rows": rows, "low": low, "high": high}

    def pages(self, tally: Spreads) -> tuple[Spreads, ...]:
        return tuple(
            Spreads(tally.spreads[start : start + ON_A_PAGE], tally.n)
            for start in range(0, len(tally.spreads), ON_A_PAGE)
        )

    def _words(self, asked: Asked) -> dict[str, str]:
        return {each["key"]: in_own_language(each["text"]) for each in asked.definition["statements"]}

    def _ends(self, asked: Asked) -> tuple[str, str]:
        return in_own_language(asked.definition.get("low")), in_own_language(asked.definition.get("high"))


def _columns(spread: Spread, tallest: float) -> tuple[tuple[int, str, str], ...]:
    """Left edge, top and height of each column in a box of 70 by 20, for an SVG."""
    if not spread.counts:
        return ()
    heights = [20 * count / spread.n / tallest for count in spread.counts]
    return tuple(
        (1 + 10 * place, f"{20 - height:.2f}", f"{height:.2f}") for place, height in enumerate(heights)
    )


def _most(counts: Sequence[int]) -> str:
    """The one point, or the two, that most chose; empty when there is no such thing."""
    top = [str(point) for point, count in enumerate(counts, start=1) if count == max(counts)]
    if len(top) > 2:
        return ""
    return top[0] if len(top) == 1 else gettext("%(one)s or %(other)s") % {"one": top[0], "other": top[1]}
