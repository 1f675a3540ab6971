"""Charts as functions of their data: each gives the picture and the table that says the same in numbers.

Texts come in translated. There are no legends: what something is, stands beside it; how many answered is
always said.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext

from samspill.ui import shapes, svg
from samspill.ui.shapes import Columns, Mode, Scale, WaveKind
from samspill.ui.svg import LINE, across
from samspill.ui.text import decimal, minutes, percent, signed


@dataclass(frozen=True)
class Chart:
    title: str
    svg: SafeString
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class _Table:
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Option:
    """One answer that could be chosen; None when too few chose it for the number to be shown."""

    label: str
    count: int | None


@dataclass(frozen=True)
class Statement:
    """How the answers to one statement spread over the scale; None when too few answered."""

    label: str
    counts: tuple[int, ...] | None
    mean: float | None


@dataclass(frozen=True)
class Wave:
    kind: WaveKind
    label: str
    counts: tuple[int, ...]
    mean: float | None = None


@dataclass(frozen=True)
class Change:
    """A change and how sure we are of it. `clear` is the verdict of the statistics, not of the drawing."""

    label: str
    estimate: float | None
    low: float | None
    high: float | None
    clear: bool
    words: str = ""


@dataclass(frozen=True)
class ModeShare:
    mode: Mode
    label: str
    minutes: int


def answers(n: int) -> str:
    return ngettext("%(n)d answer", "%(n)d answers", n) % {"n": n}


def share(part: int | None, whole: int) -> str:
    """A share in whole per cent; nothing at all for a number that is kept back."""
    return "" if part is None or not whole else percent(100 * part / whole)


def option_bars(title: str, options: Sequence[Option], n: int) -> Chart:
    """How many chose each option, in the order given (sort by what matters before you call)."""
    most = max((option.count or 0 for option in options), default=0) or 1
    parts: list[str] = []
    y = 0.0
    for option in options:
        lines = svg.wrapped(option.label)
        parts.append(svg.paragraph(option.label, y=y + 1))
        y += len(lines) * LINE
        parts.append(shapes.bar(option.count, most, y))
        y += 2
    parts.append(svg.words(answers(n), x="0", y=y + 0.9, look="c-text c-quiet"))
    rows = tuple((option.label, _count(option.count), share(option.count, n)) for option in options)
    heads = _answer_heads()
    return _chart(_Table(title, heads, rows), answers(n), y + 1.3, parts)


def scale_columns(title: str, counts: Sequence[int], scale: Scale) -> Chart:
    """How the answers spread over a scale from 1 to 5, 7 or what it is, with the number above each column."""
    n = sum(counts)
    most = _highest(counts)
    parts = [shapes.columns(Columns(tuple(counts), top=1.2, height=6.5, most=most, numbers=True))]
    parts.append(shapes.axis(len(counts), scale, y=7.7))
    foot = 7.7 + 1.3 + shapes.ends_height(scale)
    parts.append(svg.words(answers(n), x="0", y=foot + 1.2, look="c-text c-quiet"))
    rows = tuple(
        (_point(number, len(counts), scale), str(count), share(count, n))
        for number, count in enumerate(counts, start=1)
    )
    heads = _answer_heads()
    return _chart(_Table(title, heads, rows), answers(n), foot + 1.6, parts)


def statement_rows(title: str, statements: Sequence[Statement], scale: Scale) -> Chart:
    """Several statements on one scale, the highest mean first; the mean is a dot and a number at the end."""
    ordered = sorted(statements, key=lambda one: -math.inf if one.mean is None else one.mean, reverse=True)
    most = max((_highest(one.counts) for one in ordered if one.counts is not None), default=1.0)
    parts: list[str] = []
    y = 0.0
    for one in ordered:
        parts.append(svg.paragraph(one.label, y=y + 1))
        y += len(svg.wrapped(one.label)) * LINE + 0.4
        parts.append(_statement(one, y, most))
        y += 2.4 if one.counts is None else 3.8
    parts.append(shapes.ends(scale, y=y + 0.2, until=shapes.ROW_END))
    points = max((len(one.counts) for one in ordered if one.counts is not None), default=0)
    heads = _scale_heads(pgettext("chart", "Statement"), points)
    rows = tuple(_statement_numbers(one, points) for one in ordered)
    return _chart(_Table(title, heads, rows), "", y + 0.2 + shapes.ends_height(scale), parts)


def wave_columns(title: str, waves: Sequence[Wave], scale: Scale) -> Chart:
    """One item before, after and later, above each other on one scale, each with its own tone and mark."""
    key = svg.key_of(title, *waves)
    most = max((_highest(wave.counts) for wave in waves), default=1.0)
    points = max((len(wave.counts) for wave in waves), default=0)
    parts: list[str] = []
    y = 0.0
    for wave in waves:
        n = sum(wave.counts)
        said = [wave.label, answers(n)]
        if wave.mean is not None:
            said.append(gettext("mean %(mean)s") % {"mean": decimal(wave.mean)})
        parts.append(svg.words(" · ".join(said), x="0", y=y + 1))
        bars = Columns(wave.counts, top=y + 2.8, height=3.2, most=most, numbers=True, kind=wave.kind)
        parts.append(shapes.columns(bars, key))
        if wave.mean is not None:
            parts.append(shapes.mark(wave.kind, shapes.place(wave.mean, points), y + 6.0))
        y += 7.1
    parts.append(shapes.axis(points, scale, y=y - 0.9))
    heads = _scale_heads(pgettext("chart", "Measured"), points)
    rows = tuple(_statement_numbers(Statement(wave.label, wave.counts, wave.mean), points) for wave in waves)
    return _chart(_Table(title, heads, rows), "", y + 0.8 + shapes.ends_height(scale), parts, key=key)


def change_intervals(title: str, changes: Sequence[Change], n: int, furthest: float = 0.5) -> Chart:
    """Change per item: a dot for the estimate and a line for the interval around "no change".

    Charts that stand beside each other are given the same `furthest` value, and so the same scale.
    """
    ends = [abs(end) for one in changes for end in (one.low, one.high, one.estimate) if end is not None]
    reach = math.ceil(max([furthest, *ends]) * 2) / 2
    parts: list[str] = []
    y = 0.0
    for one in changes:
        for said, look in ((one.label, "c-text c-strong"), (_verdict(one), "c-text")):
            parts.append(svg.paragraph(said, y=y + 1, look=look if one.clear else "c-text c-quiet"))
            y += len(svg.wrapped(said)) * LINE
        parts.append(_interval(one, reach, y + 1))
        y += 2.6
    for value in (-reach, 0.0, reach):
        spot = across(shapes.from_zero(value, reach))
        parts.append(svg.words(signed(value), x=spot, y=y + 0.8, anchor="middle"))
    parts.append(svg.words(answers(n), x="0", y=y + 2.4, look="c-text c-quiet"))
    heads = (
        pgettext("chart", "Item"),
        pgettext("chart", "Change"),
        pgettext("chart", "From"),
        pgettext("chart", "To"),
        pgettext("chart", "Verdict"),
    )
    rows = tuple(
        (one.label, _sign(one.estimate), _sign(one.low), _sign(one.high), _verdict(one)) for one in changes
    )
    return _chart(_Table(title, heads, rows), answers(n), y + 2.8, parts)


def mode_stack(title: str, modes: Sequence[ModeShare]) -> Chart:
    """The minutes of an agenda by mode, as one standing bar with the words beside each part."""
    key = svg.key_of(title, *modes)
    used = [one for one in modes if one.minutes]
    total = sum(one.minutes for one in used)
    tall = max(10.0, 1.7 * len(used))
    parts: list[str] = []
    top, free = 0.0, 0.0
    for one in used:
        height = tall * one.minutes / total
        middle = top + height / 2
        foot = max(middle, free + 0.8)
        said = f"{one.label}: {minutes(one.minutes)} ({share(one.minutes, total)})"
        parts.append(shapes.segment(one.mode, key, top, height))
        parts.append(shapes.leader(middle, foot))
        parts.append(svg.words(said, x="5.4em", y=foot + 0.35))
        top += height
        free = foot + 0.8
    rows = tuple((one.label, minutes(one.minutes), share(one.minutes, total)) for one in modes)
    heads = (pgettext("chart", "Mode"), pgettext("chart", "Time"), pgettext("chart", "Share"))
    together = gettext("%(time)s altogether") % {"time": minutes(total)}
    return _chart(_Table(title, heads, rows), together, max(tall, free) + 0.2, parts, key=key)


def _chart(table: _Table, note: str, height: float, parts: Sequence[str], key: str = "") -> Chart:
    said = ". ".join(_spoken(table.heads, row) for row in table.rows)
    description = f"{said}. {note}." if note else f"{said}."
    drawing = svg.picture(key or svg.key_of(table), table.title, description, height, parts)
    return Chart(table.title, drawing, table.heads, table.rows)


def _highest(counts: Sequence[int]) -> float:
    """The largest share of all the answers that one point of the scale got."""
    return max(counts, default=0) / (sum(counts) or 1)


def _answer_heads() -> tuple[str, ...]:
    return (pgettext("chart", "Answer"), pgettext("chart", "Number"), pgettext("chart", "Share"))


def _scale_heads(first: str, points: int) -> tuple[str, ...]:
    numbers = map(str, range(1, points + 1))
    return (first, *numbers, pgettext("chart", "Answers"), pgettext("chart", "Mean"))


def _spoken(heads: tuple[str, ...], row: tuple[str, ...]) -> str:
    cells = zip(heads[1:], row[1:], strict=True)
    return f"{row[0]}: " + ", ".join(f"{head} {cell}" for head, cell in cells if cell)


def _count(count: int | None) -> str:
    return gettext("too few to show") if count is None else str(count)


def _sign(number: float | None) -> str:
    return "" if number is None else signed(number)


def _point(number: int, points: int, scale: Scale) -> str:
    end = {1: scale.low, points: scale.high}.get(number, "")
    return f"{number} ({end})" if end else str(number)


def _verdict(one: Change) -> str:
    if one.words:
        return one.words
    if one.estimate is None or not one.clear:
        return gettext("cannot tell")
    return gettext("%(change)s, from %(low)s to %(high)s") % {
        "change": _sign(one.estimate),
        "low": _sign(one.low),
        "high": _sign(one.high),
    }


def _statement(one: Statement, y: float, most: float) -> SafeString:
    if one.counts is None:
        return svg.words(gettext("too few answers to show"), x="0", y=y + 1, look="c-text c-quiet")
    bars = Columns(one.counts, top=y, height=2.4, most=most, until=shapes.ROW_END)
    n = svg.words(answers(sum(one.counts)), x="100%", y=y + 2.6, anchor="end", look="c-text c-quiet")
    if one.mean is None:
        return svg.join([shapes.columns(bars), n])
    spot = shapes.place(one.mean, len(one.counts), until=shapes.ROW_END)
    value = svg.words(decimal(one.mean), x="100%", y=y + 1.2, anchor="end", look="c-text c-strong")
    return svg.join([shapes.columns(bars), shapes.mark("after", spot, y + 2.4), value, n])


def _statement_numbers(one: Statement, points: int) -> tuple[str, ...]:
    if one.counts is None:
        return (one.label, *[""] * points, gettext("too few to show"), "")
    mean = "" if one.mean is None else decimal(one.mean)
    return (one.label, *map(str, one.counts), str(sum(one.counts)), mean)


def _interval(one: Change, reach: float, y: float) -> SafeString:
    if one.estimate is None or one.low is None or one.high is None:
        return shapes.zero_line(y)
    spots = (one.low, one.estimate, one.high)
    low, middle, high = (shapes.from_zero(value, reach) for value in spots)
    return svg.join([shapes.zero_line(y), shapes.interval(low, middle, high, y, clear=one.clear)])
