"""What a schema cannot say: keys are unique, references lead somewhere, minutes and theory keep their sums.

Works on data that may be wrong in shape: what cannot be read as it should is left to the schema to tell.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from samspill.programmes.checking.faults import Fault, Path
from samspill.programmes.choices import Mode

Part = Mapping[str, Any]
Placed = tuple[Path, Part]
LISTS = ("aims", "effects", "challenges", "competence", "gatherings")


def broken_rules(data: Any) -> list[Fault]:
    if not isinstance(data, Mapping):
        return []
    return [
        *_doubled_keys(data),
        *_lost_references(data),
        *_form(data),
        *(fault for place in _parts(data, "gatherings") for fault in _minutes(data, *place)),
        *_polls(data),
    ]


def _parts(home: Any, name: str, path: Path = ()) -> Iterator[Placed]:
    """The groups of fields in a list of the home, with their paths."""
    found = home.get(name) if isinstance(home, Mapping) else None
    for index, each in enumerate(found if isinstance(found, list) else ()):
        if isinstance(each, Mapping):
            yield (*path, name, index), each


def _inner(data: Part, name: str) -> Iterator[Placed]:
    for path, gathering in _parts(data, "gatherings"):
        yield from _parts(gathering, name, path)


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _doubled_keys(data: Part) -> Iterator[Fault]:
    """Keys are unique in the file; those of statements and options within their activity."""
    everywhere = [place for name in LISTS for place in _parts(data, name)]
    everywhere += [*_inner(data, "questions"), *_inner(data, "items")]
    for path, gathering in _parts(data, "gatherings"):
        if isinstance(gathering.get("work_after"), Mapping):
            everywhere.append(((*path, "work_after"), gathering["work_after"]))
    everywhere += _parts(data.get("instrument"), "items", ("instrument",))
    yield from _doubled(everywhere)
    for path, item in _inner(data, "items"):
        for name in ("statements", "options"):
            yield from _doubled(list(_parts(item.get("activity"), name, (*path, "activity"))))


def _doubled(places: list[Placed]) -> Iterator[Fault]:
    seen: set[str] = set()
    for path, part in places:
        key = part.get("key")
        if not isinstance(key, str):
            continue
        if key in seen:
            sentence = _("The key “%(key)s” is used before. Every key stands once.") % {"key": key}
            yield Fault((*path, "key"), sentence)
        seen.add(key)


def _keys(places: Iterator[Placed]) -> set[str]:
    return {part["key"] for _path, part in places if isinstance(part.get("key"), str)}


def _lost_references(data: Part) -> Iterator[Fault]:
    aims, effects = _keys(_parts(data, "aims")), _keys(_parts(data, "effects"))
    for path, question in _inner(data, "questions"):
        named = question.get("aims")
        for index, aim in enumerate(named if isinstance(named, list) else ()):
            if isinstance(aim, str) and aim not in aims:
                yield _lost((*path, "aims", index), aim, aims)
    for path, gathering in _parts(data, "gatherings"):
        questions = _keys(_parts(gathering, "questions"))
        for inner, item in _parts(gathering, "items", path):
            served = item.get("question")
            if isinstance(served, str) and served not in questions:
                yield _lost((*inner, "question"), served, questions)
    for path, statement in _parts(data.get("instrument"), "items", ("instrument",)):
        measured = statement.get("measures")
        if isinstance(measured, str) and measured not in aims | effects:
            yield _lost((*path, "measures"), measured, aims | effects)


def _lost(path: Path, key: str, known: set[str]) -> Fault:
    sentence = _("Nothing has the key “%(key)s”. There are: %(known)s.") % {
        "key": key,
        "known": ", ".join(sorted(known)) or "–",
    }
    return Fault(path, sentence, unfinished=True)


def _form(data: Part) -> Iterator[Fault]:
    form = data.get("form")
    if not isinstance(form, Mapping):
        return
    wanted, gatherings = _whole(form.get("gatherings")), data.get("gatherings")
    if wanted is not None and isinstance(gatherings, list) and len(gatherings) != wanted:
        sentence = _("The form says %(wanted)d gatherings, but there are %(count)d.") % {
            "wanted": wanted,
            "count": len(gatherings),
        }
        yield Fault(("gatherings",), sentence, unfinished=True)
    span = form.get("span_months")
    months = [_whole(each) for each in span] if isinstance(span, list) else []
    if len(months) == 2 and months[0] is not None and months[1] is not None and months[0] > months[1]:
        yield Fault(("form", "span_months"), _("The shortest span is longer than the longest."))
    for path, last in list(_parts(data, "gatherings"))[-1:]:
        if last.get("work_after"):
            sentence = _("There is no work after the last gathering: nothing comes behind it.")
            yield Fault((*path, "work_after"), sentence, unfinished=True)


def _minutes(data: Part, path: Path, gathering: Part) -> Iterator[Fault]:
    """The sum of one gathering, and its share of theory, when all its items have minutes and a mode."""
    form = data.get("form")
    items = [item for _path, item in _parts(gathering, "items")]
    if not isinstance(form, Mapping) or any(_whole(item.get("minutes")) is None for item in items):
        return
    total, wanted = sum(item["minutes"] for item in items), _whole(form.get("minutes"))
    if wanted is not None and total != wanted:
        sentence = _("The items add up to %(total)d minutes, but a gathering has %(wanted)d.") % {
            "total": total,
            "wanted": wanted,
        }
        yield Fault((*path, "items"), sentence, unfinished=True)
    most = _whole(form.get("theory_share_max"))
    working = sum(item["minutes"] for item in items if item.get("mode") != Mode.BREAK)
    theory = sum(item["minutes"] for item in items if item.get("mode") == Mode.THEORY)
    if most is not None and working and 100 * theory > most * working:
        sentence = _("Theory takes %(share)d per cent of the working time; at most %(most)d is meant.") % {
            "share": -(-100 * theory // working),
            "most": most,
        }
        yield Fault((*path, "items"), sentence, unfinished=True)


def _polls(data: Part) -> Iterator[Fault]:
    for path, item in _inner(data, "items"):
        activity = item.get("activity")
        if isinstance(activity, Mapping):
            yield from poll_rules(activity, (*path, "activity"))


def poll_rules(activity: Part, path: Path) -> Iterator[Fault]:
    """How many may be chosen must fit with what there is to choose among."""
    most, options = _whole(activity.get("most")), activity.get("options")
    if most is None or not isinstance(options, list):
        return
    if activity.get("several") is not True:
        yield Fault((*path, "most"), _("Only a poll with several choices says how many may be chosen."))
    elif most > len(options):
        sentence = _("%(most)d may be chosen, but there are only %(count)d options.") % {
            "most": most,
            "count": len(options),
        }
        yield Fault((*path, "most"), sentence)
