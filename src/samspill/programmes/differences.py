"""What differs between two programmes, found by key and never stored.

Both sides are the gatherings of a blueprint (or of a cohort's tailored programme) as data. Sentences about a
difference are made for the reader, in `programmes.sentences`.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

Part = Mapping[str, Any]
Fields = tuple[tuple[str, str], ...]  # the field's name in the document, the kind of difference it makes

GATHERING: Fields = (("title", "reworded"), ("theme", "theme"), ("aim", "aim"))
QUESTION: Fields = (("text", "reworded"), ("aims", "aims"))
ITEM: Fields = (
    ("title", "reworded"),
    ("minutes", "minutes"),
    ("mode", "mode"),
    ("activity", "activity"),
    ("question", "question"),
    ("script", "script"),
    ("material", "material"),
    ("optional", "optional"),
    ("responsible", "responsible"),
)
WORK: Fields = (("title", "reworded"), ("text", "text"), ("minutes", "minutes"))
KEYED: Fields = (("text", "reworded"),)
BLUEPRINT: Fields = (("title", "reworded"), ("purpose", "purpose"), ("audience", "audience"))
FORM: Fields = (
    ("text", "reworded"),
    ("gatherings", "gatherings"),
    ("minutes", "minutes"),
    ("span_months", "span_months"),
    ("work_between_minutes", "work_between_minutes"),
    ("theory_share_max", "theory_share_max"),
)
INSTRUMENT: Fields = (
    ("title", "reworded"),
    ("intro", "intro"),
    ("answered_by", "answered_by"),
    ("low", "low"),
    ("high", "high"),
)
MEASURED: Fields = (("text", "reworded"), ("measures", "measures"), ("low", "low"), ("high", "high"))
LISTS: tuple[tuple[str, str], ...] = (  # the keyed lists of a blueprint and what one of them is
    ("aims", "aim"),
    ("effects", "effect"),
    ("challenges", "challenge"),
    ("competence", "competence"),
)
UNORDERED = frozenset({"aims", "answered_by"})


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was.

    `key` is stable over languages and saves: "g1/question/g1-q2/reworded". `gathering` is the gathering's
    key, or "" for what stands outside them. `subject` is gathering, question, item, work, blueprint,
    aim, effect, challenge, competence, form, instrument or measured; `kind` is added, removed, moved (places,
    counted from 1) or the part that changed: reworded, minutes, mode, activity, script … `before` and `after`
    are as in the document; None is "nothing". `name` is the text a reader knows the thing by, `part` its key.
    """

    key: str
    gathering: str
    subject: str
    kind: str
    before: Any
    after: Any
    name: Mapping[str, str] = field(default_factory=dict)
    part: str = ""

    def as_data(self) -> dict[str, Any]:
        """As JSON; `difference_from` reads it back."""
        return asdict(self)


def difference_from(data: Mapping[str, Any]) -> Difference:
    return Difference(**data)


def differences_between(before: Sequence[Part], after: Sequence[Part]) -> tuple[Difference, ...]:
    """Every difference between two lists of gatherings, in the order in which a reader meets them."""
    found = list(_list_changes("", "gathering", before, after, GATHERING))
    for old, new in _in_both(before, after):
        found.extend(_within_gathering(old, new))
    order = {each["key"]: place for place, each in reversed(list(enumerate((*after, *before))))}
    return tuple(sorted(found, key=lambda difference: order[difference.gathering]))


def blueprint_differences(before: Part, after: Part) -> tuple[Difference, ...]:
    """Every difference between two blueprints, the gatherings included."""
    form, instrument = "form", "instrument"
    found = list(_field_changes("", "blueprint", "blueprint", before, after, BLUEPRINT))
    for plural, subject in LISTS:
        found.extend(_list_changes("", subject, before[plural], after[plural], KEYED))
    found.extend(_field_changes("", form, form, before[form], after[form], FORM))
    found.extend(differences_between(before["gatherings"], after["gatherings"]))
    old, new = before[instrument], after[instrument]
    found.extend(_field_changes("", instrument, instrument, old, new, INSTRUMENT))
    found.extend(_list_changes("", "measured", old["items"], new["items"], MEASURED))
    return tuple(found)


def _within_gathering(before: Part, after: Part) -> Iterator[Difference]:
    key = after["key"]
    yield from _list_changes(key, "question", before["questions"], after["questions"], QUESTION)
    yield from _list_changes(key, "item", before["items"], after["items"], ITEM)
    work = [[each] if each else [] for each in (before.get("work_after"), after.get("work_after"))]
    yield from _list_changes(key, "work", work[0], work[1], WORK)


def _list_changes(
    gathering: str, subject: str, before: Sequence[Part], after: Sequence[Part], fields: Fields
) -> Iterator[Difference]:
    """Added, moved and changed things in their new order, then those that are gone.

    For the gatherings themselves `gathering` is "" and each one's own key stands in its place.
    """
    old = {each["key"]: each for each in before}
    new = {each["key"]: each for each in after}
    places = {key: place for place, key in enumerate(old, start=1)}
    moved = _moved([places[key] for key in new if key in old])
    for place, (key, part) in enumerate(new.items(), start=1):
        home = key if subject == "gathering" else gathering
        if key not in old:
            yield _difference(home, subject, "added", part, None, dict(part))
            continue
        if places[key] in moved:
            yield _difference(home, subject, "moved", part, places[key], place)
        yield from _field_changes(home, subject, key, old[key], part, fields)
    for key, part in old.items():
        if key not in new:
            yield _difference(
                key if subject == "gathering" else gathering, subject, "removed", part, dict(part), None
            )


def _field_changes(
    gathering: str, subject: str, key: str, before: Part, after: Part, fields: Fields
) -> Iterator[Difference]:
    named = {"title": after.get("title") or after.get("text") or {}, "key": key}
    for name, kind in fields:
        old, new = before.get(name), after.get(name)
        if _said(old, name) != _said(new, name):
            yield _difference(gathering, subject, kind, named, old, new)


def _difference(gathering: str, subject: str, kind: str, part: Part, before: Any, after: Any) -> Difference:
    return Difference(
        key="/".join((gathering or "blueprint", subject, part["key"], kind)),
        gathering=gathering,
        subject=subject,
        kind=kind,
        before=before,
        after=after,
        name=dict(part.get("title") or part.get("text") or {}),
        part=part["key"],
    )


def _in_both(before: Iterable[Part], after: Iterable[Part]) -> Iterator[tuple[Part, Part]]:
    old = {each["key"]: each for each in before}
    return ((old[each["key"]], each) for each in after if each["key"] in old)


def _said(value: Any, name: str = "") -> Any:
    """The value as a reader meets it: what is left out, empty, only space or False says nothing."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, Mapping):
        said = {key: _said(each) for key, each in value.items()}
        return {key: each for key, each in said.items() if not _says_nothing(each)} or None
    if isinstance(value, list | tuple):
        parts = [_said(each) for each in value]
        return (sorted(parts) if name in UNORDERED else parts) or None
    return None if value is False else value


def _says_nothing(value: Any) -> bool:
    return value is None or value is False or value in ("", 0)


def _moved(places: Sequence[int]) -> frozenset[int]:
    """The fewest old places that must be taken out so that the rest stands in its old order.

    That is everything outside a longest increasing subsequence (patience sorting, Fredman 1975), so one thing
    carried past ten others is one move, not eleven.
    """
    tops: list[int] = []  # the smallest end of an increasing run of each length
    ends: list[int] = []  # the index of that end
    came_from: list[int] = []
    for index, place in enumerate(places):
        length = bisect_left(tops, place)
        came_from.append(ends[length - 1] if length else -1)
        tops[length : length + 1] = [place]
        ends[length : length + 1] = [index]
    kept = set()
    index = ends[-1] if ends else -1
    while index >= 0:
        kept.add(places[index])
        index = came_from[index]
    return frozenset(places) - kept
