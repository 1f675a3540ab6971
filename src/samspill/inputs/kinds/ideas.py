from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext, ngettext

from samspill.errors import Refused
from samspill.inputs.choices import Kind, Part
from samspill.inputs.kinds import wall
from samspill.inputs.kinds.base import (
    Asked,
    Card,
    Given,
    InputKind,
    Value,
    bars_of,
    clean_text,
    in_fixed_order,
)
from samspill.ui.charts import Chart, Option, option_bars

ON_A_PAGE = 5


@dataclass(frozen=True)
class Idea:
    """`votes` is None as long as nobody's votes may be shown."""

    card: Card
    votes: int | None


@dataclass(frozen=True)
class RankedIdeas:
    """The ideas, the one with most votes first; `voters` have voted."""

    ideas: tuple[Idea, ...]
    voters: int
    most: int = 0  # votes of the one with most, on whatever page that is

    @property
    def cards(self) -> tuple[Card, ...]:
        return tuple(idea.card for idea in self.ideas)

    @property
    def n(self) -> int:
        return len(self.ideas)


class Ideas(InputKind[RankedIdeas]):
    """Short ideas, as many as one likes; then so many votes each, one at most on an idea."""

    kind = Kind.IDEAS
    parts = (Part.ANSWER, Part.BALLOT)
    several = True
    longest = 140
    for_report = True

    def check(self, value: Mapping[str, Any], asked: Asked) -> Value:
        if asked.part == Part.BALLOT:
            return self._check_ballot(value, asked)
        empty = gettext("There is no idea here yet. Write a few words, then send them.")
        return {"text": clean_text(value.get("text"), self.longest, empty=empty).replace("\n", " ")}

    def _check_ballot(self, value: Mapping[str, Any], asked: Asked) -> Value:
        chosen = value.get("ideas")
        votes = asked.definition["votes"]
        if not isinstance(chosen, list) or not chosen:
            raise Refused(
                gettext("No idea is chosen yet. Choose those you want to vote for, then send your votes.")
            )
        if any(not isinstance(each, str) or each not in asked.ideas for each in chosen):
            raise Refused(gettext("The ideas have changed. Load the page again and vote once more."))
        if len(set(chosen)) > votes:
            raise Refused(
                ngettext(
                    "You have %(votes)d vote.",
                    "You have %(votes)d votes, and one at most on each idea.",
                    votes,
                )
                % {"votes": votes}
            )
        return {"ideas": sorted(set(chosen))}

    def tally(self, answers: Sequence[Given], asked: Asked) -> RankedIdeas:
        ideas = in_fixed_order(answers, Part.ANSWER)
        ballots = in_fixed_order(answers, Part.BALLOT)
        votes = Counter(key for ballot in ballots for key in ballot.value["ideas"])
        ranked = [
            Idea(Card(each.key, each.value["text"], each.name), votes[each.key] if ballots else None)
            for each in ideas
        ]
        ranked.sort(key=lambda idea: -(idea.votes or 0))
        return RankedIdeas(tuple(ranked), len(ballots), most=max(votes.values(), default=0))

    def sentences(self, tally: RankedIdeas, asked: Asked) -> tuple[str, ...]:
        if not tally.voters:
            return (ngettext("%(n)d idea", "%(n)d ideas", tally.n) % {"n": tally.n},)
        voters = ngettext("%(n)d person voted.", "%(n)d people voted.", tally.voters) % {"n": tally.voters}
        return (
            voters,
            *(
                ngettext("“%(idea)s”: %(votes)d vote.", "“%(idea)s”: %(votes)d votes.", idea.votes or 0)
                % {"idea": idea.card.text, "votes": idea.votes or 0}
                for idea in tally.ideas
            ),
        )

    def rows(self, tally: RankedIdeas, asked: Asked) -> tuple[tuple[str | int | float, ...], ...]:
        header = (gettext("Idea"), gettext("Name"), gettext("Votes"))
        return (
            header,
            *(
                (each.card.text, each.card.name, "" if each.votes is None else each.votes)
                for each in tally.ideas
            ),
        )

    def picture(self, tally: RankedIdeas, asked: Asked) -> Chart | None:
        if not tally.voters:
            return None
        return option_bars(
            asked.prompt, [Option(each.card.text, each.votes) for each in tally.ideas], tally.voters
        )

    def send_label(self, part: Part) -> str:
        return gettext("Send the votes") if part == Part.BALLOT else gettext("Send the idea")

    def result_template(self, tally: RankedIdeas) -> str:
        return "inputs/chart.html" if tally.voters else "inputs/cards.html"

    def screen_template(self, tally: RankedIdeas) -> str:
        return "inputs/bars.html" if tally.voters else "inputs/cards.html"

    def screen_context(self, tally: RankedIdeas, asked: Asked) -> Mapping[str, object]:
        counted = [(each.card.text, each.votes or 0) for each in tally.ideas]
        return {"bars": bars_of(counted, tally.most), "n": tally.voters}

    def pages(self, tally: RankedIdeas) -> tuple[RankedIdeas, ...]:
        if not tally.voters:
            pages = wall.pages([card.words for card in tally.cards])
            return tuple(replace(tally, ideas=tally.ideas[page.start : page.stop]) for page in pages)
        return tuple(
            replace(tally, ideas=tally.ideas[start : start + ON_A_PAGE])
            for start in range(0, max(len(tally.ideas), 1), ON_A_PAGE)
        )
