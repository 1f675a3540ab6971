"""What every kind of activity is: one small file that implements this, and a line in the registry.

A kind `x` brings the template `inputs/x/answer.html`: the controls a phone shows, named as the answer's keys
(and one more for each further part). What everybody sees of the result is a chart, unless `result_template`
says otherwise.
"""

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Generic, TypeVar

from django.utils.translation import get_language, gettext

from samspill.errors import Refused
from samspill.inputs.choices import Kind, Part
from samspill.ui import text as texts
from samspill.ui.charts import Chart

Value = dict[str, Any]
TallyType = TypeVar("TallyType")


@dataclass(frozen=True)
class Asked:
    """What is asked, with what a check or a tally needs to know about it.

    `definition` is the activity in the blueprint's shape. `people` are those who may be named, by the id of
    their membership; `ideas` are those that may be voted for, by key; below `smallest` answers a cell is not
    shown.
    """

    definition: Mapping[str, Any]
    part: Part = Part.ANSWER
    today: date = date.min
    people: Mapping[int, str] = field(default_factory=dict)
    ideas: Mapping[str, str] = field(default_factory=dict)
    smallest: int = 1

    @property
    def prompt(self) -> str:
        return in_own_language(self.definition["prompt"])


@dataclass(frozen=True)
class Given:
    """One stored answer. `name` is empty unless the activity is named."""

    key: str
    part: Part
    value: Value
    name: str = ""


@dataclass(frozen=True)
class Card:
    """A text somebody has written."""

    key: str
    text: str
    name: str = ""

    @property
    def words(self) -> str:
        """All that stands on it."""
        return f"{self.text}\n{self.name}" if self.name else self.text


class InputKind(ABC, Generic[TallyType]):
    kind: ClassVar[Kind]
    parts: ClassVar[tuple[Part, ...]] = (Part.ANSWER,)
    several: ClassVar[bool] = False
    """Whether a person gives as many answers as they like in the first part."""
    longest: ClassVar[int] = 0
    """Characters a text may have; 0 when the kind has no free text."""
    for_report: ClassVar[bool] = False
    """Whether the texts may stand in a report, once somebody has read and released them."""

    @abstractmethod
    def check(self, value: Mapping[str, Any], asked: Asked) -> Value:
        """The answer as it is stored. Raises Refused with what is wrong and how to mend it."""

    @abstractmethod
    def tally(self, answers: Sequence[Given], asked: Asked) -> TallyType:
        """What the answers add up to, whatever their order."""

    @abstractmethod
    def sentences(self, tally: TallyType, asked: Asked) -> tuple[str, ...]:
        """The result as readable text, in the active language."""

    @abstractmethod
    def rows(self, tally: TallyType, asked: Asked) -> tuple[tuple[str | int | float, ...], ...]:
        """The result as a table for a spreadsheet; the first row is the header."""

    def picture(self, tally: TallyType, asked: Asked) -> Chart | None:
        return None

    def result_template(self, tally: TallyType) -> str:
        return "inputs/chart.html"

    def screen_template(self, tally: TallyType) -> str:
        """As the result template, for a page that is read from ten metres away."""
        return self.result_template(tally)

    def screen_context(self, tally: TallyType, asked: Asked) -> Mapping[str, object]:
        """What the screen template needs besides the tally."""
        return {}

    def send_label(self, part: Part) -> str:
        """What the button says that sends the answer."""
        return gettext("Send the answer")

    def answer_template(self, part: Part) -> str:
        return f"inputs/{self.kind}/{part}.html"

    def pages(self, tally: TallyType) -> tuple[TallyType, ...]:
        """The result cut into what the big screen can show at a time."""
        return (tally,)

    def takes_several(self, part: Part) -> bool:
        return self.several and part == Part.ANSWER


def in_own_language(text: Mapping[str, str] | None) -> str:
    return texts.pick(text, get_language() or "nb") if text else ""


def clean_text(value: object, longest: int, *, empty: str) -> str:
    """Text as people type it, without invisible characters; Refused with `empty` if nothing is left."""
    if not isinstance(value, str):
        raise Refused(empty)
    lines = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    kept = ["".join(_visible(line)).rstrip() for line in lines]
    text = "\n".join(kept).strip()
    if not text:
        raise Refused(empty)
    if len(text) > longest:
        raise Refused(
            gettext("The text has %(length)d characters; there is room for %(longest)d. Shorten it a little.")
            % {"length": len(text), "longest": longest}
        )
    return text


def _visible(line: str) -> Iterable[str]:
    for character in line:
        if character == "\t":
            yield " "
        elif unicodedata.category(character) not in ("Cc", "Cs"):
            yield character


@dataclass(frozen=True)
class Bar:
    """A row of a picture on the big screen; `share` is its length in per cent of the longest, for an SVG."""

    label: str
    count: int
    share: str


def bars_of(counted: Sequence[tuple[str, int]], most: int) -> tuple[Bar, ...]:
    return tuple(Bar(label, count, f"{100 * count / (most or 1):.2f}%") for label, count in counted)


def in_fixed_order(answers: Iterable[Given], part: Part) -> list[Given]:
    """By key, which is random: an order that is the same for everybody and tells nothing."""
    return sorted((each for each in answers if each.part == part), key=lambda each: each.key)
