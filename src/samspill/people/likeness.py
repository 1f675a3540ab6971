"""Finding rows that are perhaps the same person, without comparing every row with every other.

Each person is put into boxes: one for the name, one for the mobile number and one for each address that is
left when one character is taken away. Only people who share a box are compared. Two addresses that differ by
one inserted, removed or changed character always share one (the deletion neighbourhood of Mor and Fraenkel,
1982).
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from samspill.people.choices import Candidate, Likeness, Near

MOST_WARNINGS = 3
_MOBILE_DIGITS = 8


@dataclass(frozen=True)
class _Known:
    row: int | None
    name: str
    email: str
    name_key: str
    mobile_key: str


def near_duplicates(
    rows: Sequence[Candidate], registered: Iterable[Candidate]
) -> dict[int, tuple[Near, ...]]:
    """By row number: whom the row resembles, at most three each. Equal addresses are one person."""
    wanted = {one.row: _known(one, row=one.row) for one in rows}
    boxes = _boxes([*(_known(one, row=None) for one in registered), *wanted.values()])
    near = {row: tuple(islice(_alike(one, boxes), MOST_WARNINGS)) for row, one in wanted.items()}
    return {row: others for row, others in near.items() if others}


def one_edit_apart(first: str, second: str) -> bool:
    """One character inserted, removed or changed; a changed digit does not count (leder1, leder2)."""
    if len(first) > len(second):
        first, second = second, first
    if len(second) - len(first) > 1 or first == second:
        return False
    at = next((i for i, letter in enumerate(first) if letter != second[i]), len(first))
    if len(first) == len(second):
        return first[at + 1 :] == second[at + 1 :] and not (first[at].isdigit() and second[at].isdigit())
    return first[at:] == second[at + 1 :] and not second[at].isdigit()


def name_key(name: str) -> str:
    """The words of a name in one order, so that "Hansen, Kari" and "Kari Hansen" are the same."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", name).casefold())
    return " ".join(sorted(words))


def mobile_key(mobile: str) -> str:
    """The last eight digits; empty for something that is not a whole number."""
    digits = re.sub(r"\D", "", mobile)
    return digits[-_MOBILE_DIGITS:] if len(digits) >= _MOBILE_DIGITS else ""


def shortened(address: str) -> str:
    local, at, domain = address.partition("@")
    return f"{local[:1]}…{at}{domain}"


def _known(one: Candidate, row: int | None) -> _Known:
    return _Known(row, one.name, one.email.casefold(), name_key(one.name), mobile_key(one.mobile))


def _boxes(everybody: list[_Known]) -> dict[tuple[Likeness, str], list[_Known]]:
    boxes: dict[tuple[Likeness, str], list[_Known]] = defaultdict(list)
    for one in everybody:
        for box in _boxes_of(one):
            boxes[box].append(one)
    return boxes


def _boxes_of(one: _Known) -> Iterator[tuple[Likeness, str]]:
    if one.name_key:
        yield Likeness.NAME, one.name_key
    if one.mobile_key:
        yield Likeness.MOBILE, one.mobile_key
    if one.email:
        yield Likeness.ADDRESS, one.email
        for at in range(len(one.email)):
            yield Likeness.ADDRESS, one.email[:at] + one.email[at + 1 :]


def _alike(one: _Known, boxes: dict[tuple[Likeness, str], list[_Known]]) -> Iterator[Near]:
    seen: set[tuple[int | None, str]] = set()
    for box in _boxes_of(one):
        likeness = box[0]
        for other in boxes[box]:
            if other.email == one.email or (other.row, other.email) in seen:
                continue
            if likeness is Likeness.ADDRESS and not one_edit_apart(one.email, other.email):
                continue
            seen.add((other.row, other.email))
            yield Near(likeness, other.name, shortened(other.email), other.row)
