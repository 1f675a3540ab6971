"""The few strokes charts are drawn with.

Across, everything is in per cent of the width; downwards, in em. So a chart fills a phone, a page and a big
screen with the text at the size of the text around it, and needs neither measuring nor script. What a class
says on the page is also said by an attribute, in grey, for paper.
"""

import hashlib
import textwrap
from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

LINE = 1.35
WRAP = 40


def tag(name: str, content: str = "", **attributes: str) -> SafeString:
    """One element; underscores in names become hyphens (`text_anchor`, `class_`)."""
    written = format_html_join(
        "", ' {}="{}"', ((key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items())
    )
    return format_html("<{0}{1}>{2}</{0}>", name, written, content)


def join(parts: Iterable[str]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def across(share: float) -> str:
    """A place or length across, in per cent of the width."""
    return f"{share:.2f}".rstrip("0").rstrip(".") + "%"


def down(ems: float) -> str:
    """A place or length downwards, in em."""
    return f"{ems:.2f}".rstrip("0").rstrip(".") + "em"


def wrapped(words: str, width: int = WRAP) -> list[str]:
    return textwrap.wrap(words, width) or [""]


def words(
    text: str, *, x: str, y: float, anchor: str = "start", look: str = "c-text", dx: str = "0"
) -> SafeString:
    grey = "dimgray" if "quiet" in look else "black"
    return tag("text", text, x=x, y=down(y), dx=dx, text_anchor=anchor, class_=look, fill=grey)


def paragraph(text: str, *, y: float, look: str = "c-text", width: int = WRAP) -> SafeString:
    """Lines of text from the left edge; the first has its foot at `y`."""
    return join(
        words(line, x="0", y=y + number * LINE, look=look) for number, line in enumerate(wrapped(text, width))
    )


def rule(y: float, *, until: float = 100) -> SafeString:
    ends = {"x1": "0", "x2": across(until), "y1": down(y), "y2": down(y)}
    return tag("line", **ends, class_="c-rule", stroke="gray", stroke_width="1")


def hatch(key: str, name: str) -> SafeString:
    """Diagonal lines, so that a tone is told from the next one without colour."""
    line = tag("line", x1="0", y1="0", x2="0", y2="6", class_="c-hatch", stroke="dimgray", stroke_width="3")
    return tag(
        "pattern",
        line,
        id=f"{key}-{name}",
        patternUnits="userSpaceOnUse",
        width="6",
        height="6",
        patternTransform="rotate(45)",
    )


def dots(key: str, name: str) -> SafeString:
    dot = tag("circle", cx="4", cy="4", r="1.4", class_="c-dots", fill="white")
    return tag("pattern", dot, id=f"{key}-{name}", patternUnits="userSpaceOnUse", width="8", height="8")


def key_of(*parts: object) -> str:
    """A name for the ids inside one picture: the same picture always gets the same one."""
    return "c" + hashlib.sha256(repr(parts).encode()).hexdigest()[:10]


def picture(key: str, title: str, description: str, height: float, parts: Iterable[str]) -> SafeString:
    return tag(
        "svg",
        join(
            [
                tag("title", title, id=f"{key}-title"),
                tag("desc", description, id=f"{key}-desc"),
                tag("defs", join([hatch(key, "hatch"), dots(key, "dots")])),
                *parts,
            ]
        ),
        xmlns="http://www.w3.org/2000/svg",
        class_="chart__svg",
        role="img",
        aria_labelledby=f"{key}-title {key}-desc",
        width="100%",
        height=down(height),
        font_family="Inter, sans-serif",
        font_size="14",
    )
