"""Small changes to a programme's content. Those to a list change the caller's own copy of it."""

import copy
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from samspill.programmes.differences import Difference

Content = dict[str, Any]
HOMES = {"aim": "aims", "effect": "effects", "challenge": "challenges", "competence": "competence"}
PREFIXES = {"question": "-q", "item": "-i"}
FIELDS = {  # kinds of difference that are not the name of the field they are about
    ("gathering", "reworded"): "title",
    ("question", "reworded"): "text",
    ("item", "reworded"): "title",
    ("work", "reworded"): "title",
    ("blueprint", "reworded"): "title",
    ("instrument", "reworded"): "title",
}


class NotThereError(LookupError):
    """The part that should be changed is not there."""


def part(parts: Iterable[Content], key: str) -> Content:
    """The part with the key. NotThereError when there is none."""
    found = next((each for each in parts if each["key"] == key), None)
    if found is None:
        raise NotThereError(key)
    return found


def place(parts: Sequence[Mapping[str, Any]], key: str) -> int:
    found = next((index for index, each in enumerate(parts) if each["key"] == key), None)
    if found is None:
        raise NotThereError(key)
    return found


def move(parts: list[Content], key: str, to: int) -> None:
    """Put the part at place `to` (from 0; beyond the end is the end) of its own list."""
    moved = parts.pop(place(parts, key))
    parts.insert(max(0, to), moved)


def put_back(parts: list[Content], original: Sequence[Content], key: str) -> None:
    """Put a part of the original list back, behind the nearest part that stood before it there."""
    index = place(original, key)
    here = {each["key"]: at for at, each in enumerate(parts)}
    before = [here[each["key"]] for each in original[:index] if each["key"] in here]
    parts.insert(before[-1] + 1 if before else 0, copy.deepcopy(original[index]))


def keys_in(content: Any) -> Iterator[str]:
    """Every key used anywhere in the content."""
    if isinstance(content, Mapping):
        if isinstance(content.get("key"), str):
            yield content["key"]
        for each in content.values():
            yield from keys_in(each)
    elif isinstance(content, list | tuple):
        for each in content:
            yield from keys_in(each)


def fresh_key(prefix: str, *taken: Any) -> str:
    """One more than the highest of prefix1, prefix2 … in the contents.

    Counting on from the highest keeps a removed part's key from being given to another one.
    """
    pattern = re.compile(re.escape(prefix) + r"(\d+)$")
    numbers = (pattern.match(key) for content in taken for key in keys_in(content))
    return f"{prefix}{max((int(found[1]) for found in numbers if found), default=0) + 1}"


def with_difference(content: Content, difference: Difference) -> Content:
    """The blueprint with a difference of a tailored programme taken over; NotThereError if its place is gone.

    A text that says nothing in one language stands empty there, so that the draft shows what is left.
    """
    changed = copy.deepcopy(content)
    parts = _list_of(changed, difference)
    if parts is None:
        raise NotThereError(difference.key)
    if difference.kind == "added":
        prefix = difference.gathering + PREFIXES[difference.subject]
        parts.append({**_in_all_languages(difference.after), "key": fresh_key(prefix, content)})
    elif difference.kind == "removed":
        parts.remove(part(parts, difference.part))
    elif difference.kind == "moved":
        move(parts, difference.part, difference.after - 1)
    else:
        _set(part(parts, difference.part), difference)
    return changed


def _set(thing: Content, difference: Difference) -> None:
    name = FIELDS.get((difference.subject, difference.kind), difference.kind)
    if difference.after in (None, "", {}):
        thing.pop(name, None)
    else:
        thing[name] = _in_all_languages(copy.deepcopy(difference.after))


def _list_of(content: Content, difference: Difference) -> list[Content] | None:
    """The list in which the thing the difference is about stands; work stands in a list of its own."""
    if difference.subject in HOMES:
        found: list[Content] = content[HOMES[difference.subject]]
        return found
    gatherings: list[Content] = content["gatherings"]
    if difference.subject == "gathering":
        return gatherings
    home = part(gatherings, difference.gathering)
    if difference.subject == "question":
        questions: list[Content] = home["questions"]
        return questions
    if difference.subject == "item":
        items: list[Content] = home["items"]
        return items
    return [home["work_after"]] if difference.subject == "work" and home.get("work_after") else None


def _in_all_languages(value: Any) -> Any:
    if isinstance(value, Mapping):
        if value and set(value) <= {"nb", "nn", "en"}:
            return {language: value.get(language, "") for language in ("nb", "nn", "en")}
        return {key: _in_all_languages(each) for key, each in value.items() if key != "responsible"}
    if isinstance(value, list):
        return [_in_all_languages(each) for each in value]
    return value
