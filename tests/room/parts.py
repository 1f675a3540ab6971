"""What tests of the room are made of: a gathering on its released agenda, run through the same actions as a user's."""

import secrets
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, override

from samspill.cohorts.models import Cohort
from samspill.followup.actions import adopt
from samspill.inputs.choices import Attribution, Kind, Part
from samspill.people.models import Person
from samspill.planning.models import AgendaRelease, Gathering
from samspill.room import actions
from samspill.room.models import Activity, Run
from tests.cast import Cast, blueprint_content

REFLECT, SCALE, POLL, IDEAS, COMMIT = (f"g1-i{number}" for number in (3, 4, 6, 7, 8))
PROTECTED = [Attribution.CHATHAM, Attribution.UNLINKABLE]


def make_gathering(
    cohort: Cohort, number: int = 1, items: Sequence[dict[str, Any]] | None = None
) -> Gathering:
    gathering = Gathering.objects.create(
        cohort=cohort, number=number, key=f"g{number}", starts_at=timezone.now(), place="Salen"
    )
    content = items if items is not None else blueprint_content()["gatherings"][number - 1]["items"]
    AgendaRelease.objects.create(gathering=gathering, number=1, items=content)
    return gathering


def agenda_with(item: str, **activity: Any) -> list[dict[str, Any]]:
    """The cast's first agenda, with one item's activity changed."""
    items = blueprint_content()["gatherings"][0]["items"]
    for each in items:
        if each["key"] == item:
            each["activity"] = {**each["activity"], **activity}
    return items


def participants(cast: Cast) -> tuple[Person, ...]:
    return (cast.host, *cast.leaders)


def make_run(cast: Cast, items: Sequence[dict[str, Any]] | None = None, *, everybody: bool = True) -> Run:
    """A gathering that has been started, with everybody who takes part in it."""
    run = actions.open_room(gathering=make_gathering(cast.cohort, items=items), by=cast.facilitator)
    if everybody:
        for person in participants(cast):
            actions.join(run=run, by=person)
    actions.start(run=run, by=cast.facilitator, adopt=adopt)
    run.refresh_from_db()
    return run


def go(run: Run, item: str, by: Person) -> None:
    run.refresh_from_db()
    actions.go_to(run=run, item=item, seen=run.current_item, by=by, adopt=adopt)
    run.refresh_from_db()


def opened(run: Run, item: str, by: Person) -> Activity:
    go(run, item, by)
    return actions.open_activity(run=run, item=item, by=by)


def fresh(activity: Activity) -> Activity:
    """As it is stored now."""
    return Activity.objects.select_related("run__gathering__cohort").get(pk=activity.pk)


def entry() -> str:
    """The random token that a device makes for an answer."""
    return secrets.token_hex(16)


def give(activity: Activity, by: Person, value: Any, with_entry: str = "", part: Part = Part.ANSWER) -> str:
    """Answer as a phone does; gives the entry."""
    given = with_entry or entry()
    handed = actions.Handed(given, part, value)
    actions.give_answer(activity=fresh(activity), handed=handed, by=by, adopt=adopt)
    return given


def value_for(activity: Activity, words: str = "Et svar") -> dict[str, Any]:
    return {
        Kind.REFLECTION: {"text": words},
        Kind.SCALE: {"s1": 5, "s2": 2},
        Kind.POLL: {"options": ["o1"]},
        Kind.IDEAS: {"text": words},
        Kind.COMMITMENT: {"who": None, "what": words, "due": "2030-01-15", "arena": "agency_plan"},
    }[Kind(activity.kind)]


def close(activity: Activity, by: Person) -> None:
    actions.close_activity(activity=fresh(activity), by=by, adopt=adopt)


def reveal(activity: Activity, by: Person) -> None:
    actions.reveal(activity=fresh(activity), by=by)


def answered_by(activity: Activity, people: Sequence[Person]) -> dict[str, str]:
    """Everybody answers with a text of their own: text → entry."""
    words = {f"Hemmelig tekst nummer {number}": person for number, person in enumerate(people, start=1)}
    return {each: give(activity, person, value_for(activity, each)) for each, person in words.items()}


def in_bokmaal(message: str) -> str:
    """How a message reads in the language of the cast."""
    with override("nb"):
        return gettext(message)
