"""The agenda editor's changes. The draft is the cohort's tailored programme: cohorts.actions does each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samspill.cohorts.actions import add_item, edit_item, move_item, remove_item, restore_item, set_minutes
from samspill.errors import Refused
from samspill.people.models import Person
from samspill.planning.models import Gathering


@dataclass(frozen=True)
class Removed:
    """An item that has just been taken out, with the place it had (from 0), so that it can be put back."""

    item: Mapping[str, Any]
    place: int


def revise_agenda(
    *, gathering: Gathering, minutes: Mapping[str, int], order: Sequence[str], by: Person, revision: int
) -> None:
    """Bring minutes (by item key) and order of the draft to what the editor shows, all of it or nothing.

    `revision` is the cohort's when the editor was read; what is as it should be already is left alone.
    """
    cohort = gathering.cohort
    items = gathering.plan.items
    if set(order) != {item.key for item in items} or len(order) != len(items):
        raise Refused(_("The agenda has got other items since you opened the page. Load the page again."))
    with transaction.atomic():
        for item in items:
            wanted = minutes.get(item.key, item.minutes)
            if wanted != item.minutes:
                set_minutes(
                    cohort=cohort,
                    gathering=gathering.key,
                    item=item.key,
                    minutes=wanted,
                    by=by,
                    revision=revision,
                )
                revision = cohort.revision
        for key, to in _moves([item.key for item in items], list(order)):
            move_item(cohort=cohort, gathering=gathering.key, item=key, to=to, by=by, revision=revision)
            revision = cohort.revision


def take_out(*, gathering: Gathering, item: str, by: Person, revision: int) -> Removed:
    items = gathering.document["items"]
    found = next(((place, each) for place, each in enumerate(items) if each["key"] == item), None)
    if found is None:
        raise Refused(_("This item is not in the agenda any more."))
    place, content = found
    remove_item(cohort=gathering.cohort, gathering=gathering.key, item=item, by=by, revision=revision)
    return Removed(content, place)


def put_back(*, gathering: Gathering, removed: Removed, by: Person) -> None:
    """Have a removed item again as it was and where it was. An item of the blueprint keeps its key."""
    cohort, key, home = gathering.cohort, removed.item["key"], gathering.key
    if gathering.plan.item(key) is not None:
        raise Refused(_("This item is in the agenda already."))
    blueprint = cohort.blueprint.blueprint.gathering(home)
    with transaction.atomic():
        if blueprint is None or blueprint.item(key) is None:
            item = {name: part for name, part in removed.item.items() if name != "key"}
            add_item(
                cohort=cohort, gathering=home, item=item, to=removed.place, by=by, revision=cohort.revision
            )
            return
        changes = dict(removed.item)
        restore_item(cohort=cohort, gathering=home, item=key, by=by, revision=cohort.revision)
        edit_item(cohort=cohort, gathering=home, item=key, changes=changes, by=by, revision=cohort.revision)
        move_item(cohort=cohort, gathering=home, item=key, to=removed.place, by=by, revision=cohort.revision)


def _moves(before: list[str], after: list[str]) -> list[tuple[str, int]]:
    """The moves that bring one order to the other: a single one when a single item was carried."""
    for key in after:
        if before != after and [one for one in before if one != key] == [one for one in after if one != key]:
            return [(key, after.index(key))]
    moves = []
    now = list(before)
    for to, key in enumerate(after):
        if now[to] != key:
            now.remove(key)
            now.insert(to, key)
            moves.append((key, to))
    return moves
