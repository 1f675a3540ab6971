"""The blueprint as frozen dataclasses. Its shape is data/blueprint.schema.json; a Text is {"nb", "nn", "en"}.

A tailored programme (cohorts) is the same gatherings, changed; there a Text may lack languages.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from samspill.programmes.choices import Mode

Text = Mapping[str, str]


@dataclass(frozen=True)
class Keyed:
    key: str
    text: Text


@dataclass(frozen=True)
class KeyQuestion:
    key: str
    text: Text
    aims: tuple[str, ...] = ()


@dataclass(frozen=True)
class Activity:
    """What people do in an item. `kind` and `attribution` are values of the enums in samspill.inputs."""

    kind: str
    attribution: str
    prompt: Text
    statements: tuple[Keyed, ...] = ()  # scale
    low: Text | None = None  # scale: the worded end for 1
    high: Text | None = None  # scale: the worded end for 7
    options: tuple[Keyed, ...] = ()  # poll
    several: bool = False  # poll: more than one choice
    most: int = 0  # poll of several: the most one may choose; 0 is as many as there are
    votes: int = 0  # ideas: how many votes each


@dataclass(frozen=True)
class Item:
    key: str
    title: Text
    minutes: int
    mode: Mode
    script: Text
    optional: bool = False
    question: str = ""
    material: Text | None = None
    activity: Activity | None = None
    responsible: str = ""  # tailored programmes only


@dataclass(frozen=True)
class WorkBetween:
    key: str
    title: Text
    minutes: int
    text: Text


@dataclass(frozen=True)
class GatheringPlan:
    key: str
    title: Text
    theme: Text
    aim: Text
    questions: tuple[KeyQuestion, ...]
    items: tuple[Item, ...]
    work_after: WorkBetween | None = None

    @property
    def minutes(self) -> int:
        return sum(item.minutes for item in self.items)

    def item(self, key: str) -> Item | None:
        return next((item for item in self.items if item.key == key), None)


@dataclass(frozen=True)
class InstrumentItem:
    key: str
    text: Text
    measures: str
    low: Text | None = None
    high: Text | None = None


@dataclass(frozen=True)
class Instrument:
    key: str
    title: Text
    intro: Text
    answered_by: tuple[str, ...]
    low: Text
    high: Text
    items: tuple[InstrumentItem, ...]


@dataclass(frozen=True)
class Form:
    gatherings: int
    minutes: int
    span_months: tuple[int, int]
    work_between_minutes: int
    theory_share_max: int  # per cent of the minutes without breaks
    text: Text


@dataclass(frozen=True)
class Blueprint:
    measure: str
    title: Text
    purpose: Text
    audience: Text
    aims: tuple[Keyed, ...]
    effects: tuple[Keyed, ...]
    challenges: tuple[Keyed, ...]
    competence: tuple[Keyed, ...]
    form: Form
    gatherings: tuple[GatheringPlan, ...]
    instrument: Instrument

    def gathering(self, key: str) -> GatheringPlan | None:
        return next((plan for plan in self.gatherings if plan.key == key), None)


def mode_shares(items: tuple[Item, ...]) -> dict[Mode, float]:
    """Per cent of the minutes without breaks that each mode takes; modes that do not occur are 0."""
    counted = [item for item in items if item.mode != Mode.BREAK]
    total = sum(item.minutes for item in counted)
    minutes = {mode: sum(item.minutes for item in counted if item.mode == mode) for mode in Mode}
    return {mode: 100 * minutes[mode] / total if total else 0.0 for mode in Mode if mode != Mode.BREAK}


def blueprint_from(content: Mapping[str, Any]) -> Blueprint:
    """Content that has passed the schema, as dataclasses."""
    form = content["form"]
    return Blueprint(
        measure=content["measure"],
        title=content["title"],
        purpose=content["purpose"],
        audience=content["audience"],
        aims=_keyed(content["aims"]),
        effects=_keyed(content["effects"]),
        challenges=_keyed(content["challenges"]),
        competence=_keyed(content["competence"]),
        form=Form(**{**form, "span_months": tuple(form["span_months"])}),
        gatherings=tuple(gathering_from(each) for each in content["gatherings"]),
        instrument=instrument_from(content["instrument"]),
    )


def gathering_from(content: Mapping[str, Any]) -> GatheringPlan:
    work = content.get("work_after")
    return GatheringPlan(
        key=content["key"],
        title=content["title"],
        theme=content["theme"],
        aim=content["aim"],
        questions=tuple(
            KeyQuestion(key=each["key"], text=each["text"], aims=tuple(each.get("aims", ())))
            for each in content["questions"]
        ),
        items=tuple(item_from(each) for each in content["items"]),
        work_after=WorkBetween(**work) if work else None,
    )


def item_from(content: Mapping[str, Any]) -> Item:
    activity = content.get("activity")
    return Item(
        key=content["key"],
        title=content["title"],
        minutes=content["minutes"],
        mode=Mode(content["mode"]),
        script=content["script"],
        optional=content.get("optional", False),
        question=content.get("question", ""),
        material=content.get("material"),
        activity=activity_from(activity) if activity else None,
        responsible=content.get("responsible", ""),
    )


def activity_from(content: Mapping[str, Any]) -> Activity:
    return Activity(
        kind=content["kind"],
        attribution=content["attribution"],
        prompt=content["prompt"],
        statements=_keyed(content.get("statements", ())),
        low=content.get("low"),
        high=content.get("high"),
        options=_keyed(content.get("options", ())),
        several=content.get("several", False),
        most=content.get("most", 0),
        votes=content.get("votes", 0),
    )


def instrument_from(content: Mapping[str, Any]) -> Instrument:
    return Instrument(
        key=content["key"],
        title=content["title"],
        intro=content["intro"],
        answered_by=tuple(content["answered_by"]),
        low=content["low"],
        high=content["high"],
        items=tuple(InstrumentItem(**each) for each in content["items"]),
    )


def _keyed(content: Any) -> tuple[Keyed, ...]:
    return tuple(Keyed(key=each["key"], text=each["text"]) for each in content)
