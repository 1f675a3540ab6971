"""Which organisation somebody means by a number, an abbreviation or any of its names."""

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from samspill.sectors.models import Organisation
from samspill.sectors.numbers import is_valid

_CLOSE = 0.82


def key_of(text: str) -> str:
    """Letters and digits in one case with single spaces: "Barne-, ungdoms-  og" → "barne ungdoms og"."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


def without_brackets(name: str) -> str:
    return re.sub(r"\s*\([^)]*\)\s*$", "", name)


class Directory:
    """The organisations by everything they are called. Made once for a whole import."""

    def __init__(self, organisations: Iterable[Organisation]) -> None:
        self._by_number: dict[str, Organisation] = {}
        self._by_name: dict[str, set[Organisation]] = defaultdict(set)
        for organisation in organisations:
            if organisation.number:
                self._by_number[organisation.number] = organisation
            for called in _called(organisation):
                self._by_name[key_of(called)].add(organisation)
        self._by_name.pop("", None)

    def match(self, text: str) -> Organisation | None:
        """The one organisation the text names; None when there is none, or more than one."""
        digits = "".join(text.split())
        if is_valid(digits):
            return self._by_number.get(digits)
        found = self._by_name.get(key_of(text)) or self._by_name.get(key_of(without_brackets(text))) or set()
        return next(iter(found)) if len(found) == 1 else None

    def is_ambiguous(self, text: str) -> bool:
        return len(self._by_name.get(key_of(text), ())) > 1

    def suggestions(self, text: str) -> tuple[Organisation, ...]:
        """At most three whose name is spelt nearly so, for the sentence that refuses a row."""
        close = difflib.get_close_matches(key_of(text), self._by_name, n=3, cutoff=_CLOSE)
        found = [min(self._by_name[name], key=lambda organisation: organisation.pk) for name in close]
        return tuple(dict.fromkeys(found))


def _called(organisation: Organisation) -> Iterable[str]:
    names = (organisation.name_nb, organisation.name_nn, organisation.name_en)
    yield from names
    yield from (without_brackets(name) for name in names)
    yield organisation.abbreviation
