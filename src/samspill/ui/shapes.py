"""The shapes charts share: bars, columns on a scale, marks, intervals, parts of a stack."""

from dataclasses import dataclass
from typing import Literal

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from samspill.ui import svg
from samspill.ui.svg import LINE, across, down

END = 86.0
"""Where bars end, so that a number fits to the right of them."""
ROW_END = 72.0
"""Where the small columns of a statement end, so that its mean and number of answers fit."""
HALF = 46.0
"""From the zero line to the end of a change chart."""
ENDS_WRAP = 20

Mode = Literal["theory", "reflection", "dialogue", "sharing", "break"]
WaveKind = Literal["before", "after", "later"]

WAVE_GREY = {"before": "white", "after": "dimgray", "later": "lightgray"}
MODE_GREY = {
    "theory": "black",
    "reflection": "dimgray",
    "dialogue": "gray",
    "sharing": "lightgray",
    "break": "white",
}


@dataclass(frozen=True)
class Scale:
    """The ends of a scale, in words. The lowest point is 1."""

    low: str
    high: str


@dataclass(frozen=True)
class Columns:
    """Columns over a scale; `most` is the share that fills the height, so that rows can be compared."""

    counts: tuple[int, ...]
    top: float
    height: float
    most: float
    numbers: bool = False
    kind: WaveKind = "after"
    until: float = 100.0


def bar(count: int | None, most: int, y: float) -> SafeString:
    if count is None:
        return svg.words(gettext("too few to show"), x="0", y=y + 1, look="c-text c-quiet")
    long = END * count / most
    number = svg.words(
        str(count), x=across(long), y=y + 1, dx="0.5em" if count else "0", look="c-text c-strong"
    )
    if not count:
        return number
    drawn = svg.tag(
        "rect", x="0", y=down(y + 0.15), width=across(long), height="1.1em", class_="c-bar", fill="dimgray"
    )
    return svg.join([drawn, number])


def columns(drawn: Columns, key: str = "") -> SafeString:
    n, slot, foot = sum(drawn.counts), drawn.until / max(len(drawn.counts), 1), drawn.top + drawn.height
    parts = [svg.rule(foot, until=drawn.until)]
    for place_, count in enumerate(drawn.counts):
        if not count:
            continue
        tall = drawn.height * count / n / (drawn.most or 1)
        left = slot * (place_ + 0.12)
        parts.append(_column(drawn.kind, key, (left, slot * 0.76), (foot - tall, tall)))
        if drawn.numbers:
            parts.append(_number(count, slot * (place_ + 0.5), foot - tall - 0.35))
    return svg.join(parts)


def _number(count: int, x: float, y: float) -> SafeString:
    return svg.words(str(count), x=across(x), y=y, anchor="middle", look="c-text c-strong")


def _column(kind: WaveKind, key: str, wide: tuple[float, float], tall: tuple[float, float]) -> SafeString:
    box = {"x": across(wide[0]), "width": across(wide[1]), "y": down(tall[0]), "height": down(tall[1])}
    solid = svg.tag("rect", **box, class_=f"c-{kind}", fill=WAVE_GREY[kind], stroke="black", stroke_width="1")
    if kind != "later":
        return solid
    return svg.join([solid, svg.tag("rect", **box, fill=f"url(#{key}-hatch)")])


def axis(points: int, scale: Scale, *, y: float) -> SafeString:
    """The numbers of the scale under the columns, and below them what the two ends mean."""
    slot = 100 / max(points, 1)
    quiet = "c-text c-quiet"
    numbers = svg.join(
        svg.words(str(number + 1), x=across(slot * (number + 0.5)), y=y + 1.2, anchor="middle", look=quiet)
        for number in range(points)
    )
    return svg.join([numbers, ends(scale, y=y + 2.5)])


def ends(scale: Scale, *, y: float, until: float = 100) -> SafeString:
    low = svg.paragraph(scale.low, y=y, look="c-text c-quiet", width=ENDS_WRAP)
    high = svg.join(
        svg.words(line, x=across(until), y=y + number * LINE, anchor="end", look="c-text c-quiet")
        for number, line in enumerate(svg.wrapped(scale.high, ENDS_WRAP))
    )
    return svg.join([low, high])


def ends_height(scale: Scale) -> float:
    return LINE * max(len(svg.wrapped(words, ENDS_WRAP)) for words in (scale.low, scale.high))


def place(mean: float, points: int, *, until: float = 100) -> float:
    """Where on the scale a mean lies, seen from the middle of each column."""
    return until * (mean - 0.5) / max(points, 1)


def mark(kind: WaveKind, x: float, y: float) -> SafeString:
    """The mean: before a ring, after a dot, later a square, on the foot of the columns."""
    fill = "white" if kind == "before" else "black"
    dot = {"class_": f"c-mark c-mark-{kind}", "fill": fill, "stroke": "black", "stroke_width": "2"}
    if kind != "later":
        return svg.tag("circle", cx=across(x), cy=down(y), r="0.38em", **dot)
    inner = svg.tag("rect", x="-0.35em", y="-0.35em", width="0.7em", height="0.7em", **dot)
    return svg.tag("svg", inner, x=across(x), y=down(y), overflow="visible", width="1", height="1")


def from_zero(value: float, reach: float) -> float:
    return 50 + HALF * value / reach


def zero_line(y: float) -> SafeString:
    ends_ = {"y1": down(y - 0.8), "y2": down(y + 0.8)}
    return svg.join(
        [
            svg.rule(y),
            svg.tag("line", x1="50%", x2="50%", **ends_, class_="c-zero", stroke="black", stroke_width="1.5"),
        ]
    )


def interval(low: float, middle: float, high: float, y: float, *, clear: bool) -> SafeString:
    """Full where the change is clear; broken and hollow where we cannot tell."""
    look = "c-clear" if clear else "c-unclear"
    tone = "black" if clear else "gray"
    line = {"x1": across(low), "x2": across(high), "y1": down(y), "y2": down(y)}
    line |= {"stroke": tone, "stroke_width": "3"}
    if not clear:
        line["stroke_dasharray"] = "5 4"
    dot = {"fill": tone if clear else "white", "stroke": tone, "stroke_width": "2"}
    return svg.join(
        [
            svg.tag("line", **line, class_=f"c-interval {look}"),
            svg.tag("circle", cx=across(middle), cy=down(y), r="0.45em", **dot, class_=f"c-dot {look}"),
        ]
    )


def segment(mode: Mode, key: str, top: float, tall: float) -> SafeString:
    box = {"x": "0.1em", "width": "3.6em", "y": down(top + 0.06), "height": down(tall - 0.12)}
    look = f"c-mode c-mode-{mode}"
    solid = svg.tag("rect", **box, class_=look, fill=MODE_GREY[mode], stroke="black", stroke_width="1")
    texture = {"reflection": "dots", "sharing": "hatch"}.get(mode)
    if texture is None:
        return solid
    return svg.join([solid, svg.tag("rect", **box, fill=f"url(#{key}-{texture})")])


def leader(middle: float, foot: float) -> SafeString:
    ends_ = {"x1": "3.9em", "x2": "5.1em", "y1": down(middle), "y2": down(foot)}
    return svg.tag("line", **ends_, class_="c-rule", stroke="gray", stroke_width="1")
