from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from samspill.errors import Refused
from samspill.inputs.choices import Arena, Kind, Part
from samspill.inputs.kinds import wall
from samspill.inputs.kinds.base import (
    Asked,
    Given,
    InputKind,
    Value,
    clean_text,
    in_fixed_order,
)

FURTHEST = timedelta(days=5 * 366)


@dataclass(frozen=True)
class Promise:
    """`name` is whoever shall do it."""

    key: str
    name: str
    what: str
    due: date
    arena: Arena

    @property
    def words(self) -> str:
        """All that stands on its card."""
        return f"{self.name}\n{self.what}\n{date_format(self.due)} · {self.arena.label}"


@dataclass(frozen=True)
class Promises:
    """The one that is due first comes first."""

    promises: tuple[Promise, ...]
    n: int


class Commitment(InputKind[Promises]):
    """Who does what by when, and where it is followed up.

    Stored as {"who": membership id or None for whoever wrote it, "what": text, "due": "YYYY-MM-DD", "arena":
    value of Arena}.
    """

    kind = Kind.COMMITMENT
    several = True
    longest = 300
    arenas = Arena.choices

    def check(self, value: Mapping[str, Any], asked: Asked) -> Value:
        empty = gettext("It does not say yet what will be done. Write it in a sentence.")
        what = clean_text(value.get("what"), self.longest, empty=empty)
        due = self._due(value.get("due"), asked.today)
        arena = value.get("arena")
        if arena not in Arena.values:
            raise Refused(gettext("Choose where the commitment will be followed up."))
        who = value.get("who") or None
        if who is not None and (type(who) is not int or who not in asked.people):
            raise Refused(gettext("Choose somebody who takes part, or yourself."))
        return {"who": who, "what": what, "due": due.isoformat(), "arena": arena}

    def _due(self, value: object, today: date) -> date:
        try:
            due = date.fromisoformat(str(value))
        except ValueError:
            raise Refused(gettext("Choose the date by which it will be done.")) from None
        if due < today:
            raise Refused(gettext("The date has passed. Choose today or a later date."))
        if due > today + FURTHEST:
            raise Refused(gettext("The date is more than five years ahead. Choose a nearer one."))
        return due

    def tally(self, answers: Sequence[Given], asked: Asked) -> Promises:
        promises = [
            Promise(
                key=each.key,
                name=asked.people.get(each.value["who"], each.name),
                what=each.value["what"],
                due=date.fromisoformat(each.value["due"]),
                arena=Arena(each.value["arena"]),
            )
            for each in in_fixed_order(answers, Part.ANSWER)
        ]
        return Promises(tuple(sorted(promises, key=lambda promise: promise.due)), len(promises))

    def sentences(self, tally: Promises, asked: Asked) -> tuple[str, ...]:
        return (ngettext("%(n)d commitment", "%(n)d commitments", tally.n) % {"n": tally.n},)

    def rows(self, tally: Promises, asked: Asked) -> tuple[tuple[str | int | float, ...], ...]:
        header = (gettext("Who"), gettext("What"), gettext("By when"), gettext("Followed up in"))
        return (
            header,
            *(
                (each.name, each.what, date_format(each.due), str(each.arena.label))
                for each in tally.promises
            ),
        )

    def send_label(self, part: Part) -> str:
        return gettext("Send the commitment")

    def result_template(self, tally: Promises) -> str:
        return "inputs/commitment/result.html"

    def pages(self, tally: Promises) -> tuple[Promises, ...]:
        pages = wall.pages([promise.words for promise in tally.promises])
        return tuple(Promises(tally.promises[page.start : page.stop], tally.n) for page in pages)
