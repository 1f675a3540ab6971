"""What one audience may see of an activity now. Nothing else reads answers in order to show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from samspill.cohorts.access import Right
from samspill.cohorts.models import Membership
from samspill.inputs.choices import Attribution, Audience, Kind, Part
from samspill.inputs.kinds import KINDS
from samspill.inputs.kinds.base import Asked, Given, InputKind, Value
from samspill.inputs.solve import Hidden, Situation, hidden_because, smallest, why
from samspill.people.models import Person
from samspill.room.choices import ActivityState
from samspill.room.models import Activity, Contribution, Run


@dataclass(frozen=True)
class Shown:
    """An activity as one audience may see it. `tally` is None when nothing but the count may be shown.

    While ideas are voted on, and when too few have voted, `tally` has the ideas without votes, and `hidden`
    says why there are none.
    """

    activity: Activity
    kind: InputKind[Any]
    asked: Asked
    situation: Situation
    hidden: Hidden | None
    tally: Any | None

    @property
    def answered(self) -> int:
        return self.situation.people

    @property
    def attribution(self) -> Attribution:
        return Attribution(self.activity.attribution)

    @property
    def pages(self) -> int:
        return len(self.kind.pages(self.tally)) if self.tally is not None else 1

    @property
    def page(self) -> Any | None:
        """The part of the result that is on the big screen."""
        if self.tally is None:
            return None
        pages = self.kind.pages(self.tally)
        return pages[self.activity.page % len(pages)]


def planned_activity(run: Run, item: str) -> Activity | None:
    """The activity of an agenda item: as it was opened, or (not stored) as the agenda has it; None without
    one.
    """
    opened = Activity.objects.filter(run=run, item=item).first()
    if opened is not None:
        opened.run = run
        return opened
    definition = next((each.get("activity") for each in run.release.items if each["key"] == item), None)
    if definition is None:
        return None
    return Activity(
        run=run,
        item=item,
        kind=definition["kind"],
        attribution=definition["attribution"],
        definition=definition,
    )


def situation_of(activity: Activity) -> Situation:
    people, answers = 0, 0
    if activity.pk is not None:
        people = activity.register.filter(part=activity.part).exclude(done_on=None).count()
        answers = activity.contributions.filter(part=activity.part).count()
    return Situation(
        attribution=Attribution(activity.attribution),
        opened=activity.state != ActivityState.READY,
        open=activity.is_open,
        looked=activity.looked,
        revealed=activity.revealed,
        people=people,
        answers=answers,
    )


def asked_in(activity: Activity) -> Asked:
    """What is asked now, with what is needed to check an answer to it."""
    people: Mapping[int, str] = {}
    ideas: Mapping[str, str] = {}
    if activity.kind == Kind.COMMITMENT:
        people = _participants(activity)
    if activity.part == Part.BALLOT:
        given = activity.contributions.filter(part=Part.ANSWER).order_by("pk")
        ideas = {each.pk.hex: each.value["text"] for each in given}
    return Asked(
        definition=activity.definition,
        part=Part(activity.part),
        today=timezone.localdate(),
        people=people,
        ideas=ideas,
        smallest=smallest(Attribution(activity.attribution)),
    )


def texts_hidden(activity: Activity) -> str:
    """Why a facilitator may not read what was written; empty when they may. Ideas that were voted on, all
    have read.
    """
    if activity.is_open:
        return why(Hidden.OPEN, 0)
    situation = situation_of(activity)
    hidden = None if activity.part == Part.BALLOT else hidden_because(situation, Audience.FACILITATOR)
    return why(hidden, situation.n) if hidden is not None else ""


def show(activity: Activity, audience: Audience) -> Shown:
    situation = situation_of(activity)
    hidden = hidden_because(situation, audience)
    kind = KINDS[Kind(activity.kind)]
    asked = asked_in(activity)
    parts = {Part(activity.part)} if hidden is None else set()
    if activity.part == Part.BALLOT:
        parts.add(Part.ANSWER)  # everybody sees what they vote on
    tally = kind.tally(_given(activity, parts), asked) if parts else None
    return Shown(activity, kind, asked, situation, hidden, tally)


def pages_of(activity: Activity) -> int:
    """How many pages the result takes on the big screen."""
    return show(activity, Audience.EVERYBODY).pages


def own_answers(activity: Activity, person: Person) -> list[tuple[str, Value]]:
    """The person's own named answers as (entry, value); for protected ones nobody knows which they are."""
    mine = activity.contributions.filter(part=activity.part, person=person).order_by("pk")
    return [(each.pk.hex, each.value) for each in mine]


def _given(activity: Activity, parts: set[Part]) -> list[Given]:
    rows: list[Contribution] = list(activity.contributions.filter(part__in=parts).select_related("person"))
    return [
        Given(row.pk.hex, Part(row.part), row.value, row.person.name if row.person is not None else "")
        for row in rows
    ]


def _participants(activity: Activity) -> dict[int, str]:
    members = Membership.objects.filter(
        cohort=activity.run.gathering.cohort_id, role__in=Right.TAKE_PART.roles
    ).select_related("person")
    return dict(sorted(((each.pk, each.person.name) for each in members), key=lambda pair: pair[1]))
