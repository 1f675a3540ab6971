from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext, ngettext

from samspill.errors import Refused
from samspill.inputs.choices import Kind, Part
from samspill.inputs.kinds.base import (
    Asked,
    Given,
    InputKind,
    Value,
    bars_of,
    in_fixed_order,
    in_own_language,
)
from samspill.ui.charts import Chart, Option, option_bars

ON_A_PAGE = 8


@dataclass(frozen=True)
class Chosen:
    key: str
    count: int


@dataclass(frozen=True)
class Choices:
    """How many chose each option, the most chosen first; equal ones in the order they were asked."""

    options: tuple[Chosen, ...]
    n: int
    most: int  # times the most chosen one was chosen, on whatever page that is


class Poll(InputKind[Choices]):
    kind = Kind.POLL

    def check(self, value: Mapping[str, Any], asked: Asked) -> Value:
        chosen = value.get("options")
        keys = [each["key"] for each in asked.definition["options"]]
        if not isinstance(chosen, list) or not chosen:
            raise Refused(gettext("Nothing is chosen yet. Choose an answer, then send it."))
        if any(each not in keys for each in chosen):
            raise Refused(gettext("The options have changed. Load the page again and answer once more."))
        most = self.most(asked)
        if len(set(chosen)) > most:
            raise Refused(
                ngettext("Choose one option only.", "Choose %(most)d options at most.", most) % {"most": most}
            )
        return {"options": [key for key in keys if key in chosen]}

    @staticmethod
    def most(asked: Asked) -> int:
        """How many options a person may choose."""
        if not asked.definition.get("several"):
            return 1
        return asked.definition.get("most") or len(asked.definition["options"])

    def tally(self, answers: Sequence[Given], asked: Asked) -> Choices:
        given = in_fixed_order(answers, Part.ANSWER)
        options = [
            Chosen(each["key"], sum(each["key"] in answer.value["options"] for answer in given))
            for each in asked.definition["options"]
        ]
        ranked = sorted(options, key=lambda option: -option.count)
        return Choices(tuple(ranked), len(given), most=ranked[0].count if ranked else 0)

    def sentences(self, tally: Choices, asked: Asked) -> tuple[str, ...]:
        words = self._words(asked)
        return tuple(
            ngettext(
                "“%(option)s”: chosen by %(count)d of %(n)d.",
                "“%(option)s”: chosen by %(count)d of %(n)d.",
                option.count,
            )
            % {"option": words[option.key], "count": option.count, "n": tally.n}
            for option in tally.options
        )

    def rows(self, tally: Choices, asked: Asked) -> tuple[tuple[str | int | float, ...], ...]:
        words = self._words(asked)
        header = (gettext("Answer"), gettext("Number"), gettext("Answered"))
        return (header, *((words[option.key], option.count, tally.n) for option in tally.options))

    def picture(self, tally: Choices, asked: Asked) -> Chart | None:
        words = self._words(asked)
        return option_bars(
            asked.prompt, [Option(words[each.key], each.count) for each in tally.options], tally.n
        )

    def screen_template(self, tally: Choices) -> str:
        return "inputs/bars.html"

    def screen_context(self, tally: Choices, asked: Asked) -> Mapping[str, object]:
        words = self._words(asked)
        counted = [(words[each.key], each.count) for each in tally.options]
        return {"bars": bars_of(counted, tally.most), "n": tally.n}

    def pages(self, tally: Choices) -> tuple[Choices, ...]:
        starts = range(0, len(tally.options), ON_A_PAGE)
        return tuple(replace(tally, options=tally.options[start : start + ON_A_PAGE]) for start in starts)

    def _words(self, asked: Asked) -> dict[str, str]:
        return {each["key"]: in_own_language(each["text"]) for each in asked.definition["options"]}
