from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

from samspill.inputs.choices import Kind, Part
from samspill.inputs.kinds import wall
from samspill.inputs.kinds.base import (
    Asked,
    Card,
    Given,
    InputKind,
    Value,
    clean_text,
    in_fixed_order,
)


@dataclass(frozen=True)
class Reflections:
    cards: tuple[Card, ...]
    n: int


class Reflection(InputKind[Reflections]):
    kind = Kind.REFLECTION
    longest = 600
    for_report = True

    def check(self, value: Mapping[str, Any], asked: Asked) -> Value:
        empty = gettext("There is no text yet. Write a few words, then send them.")
        return {"text": clean_text(value.get("text"), self.longest, empty=empty)}

    def tally(self, answers: Sequence[Given], asked: Asked) -> Reflections:
        given = in_fixed_order(answers, Part.ANSWER)
        return Reflections(tuple(Card(each.key, each.value["text"], each.name) for each in given), len(given))

    def sentences(self, tally: Reflections, asked: Asked) -> tuple[str, ...]:
        return (ngettext("%(n)d text", "%(n)d texts", tally.n) % {"n": tally.n},)

    def rows(self, tally: Reflections, asked: Asked) -> tuple[tuple[str | int | float, ...], ...]:
        header = (gettext("Text"), gettext("Name"))
        return (header, *((card.text, card.name) for card in tally.cards))

    def result_template(self, tally: Reflections) -> str:
        return "inputs/cards.html"

    def pages(self, tally: Reflections) -> tuple[Reflections, ...]:
        words = [card.words for card in tally.cards]
        return tuple(Reflections(tally.cards[page.start : page.stop], tally.n) for page in wall.pages(words))
