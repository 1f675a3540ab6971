"""What may be shown of answers without anybody being able to work out what fewer than k people said.

A published table (a mean, a distribution) over some answers is, to somebody who subtracts tables from each
other, a known sum of those answers. From a family of tables such a person knows every linear combination of
them and nothing else (the argument of statistical disclosure control for tables: Willenborg & de Waal,
"Elements of Statistical Disclosure Control", Springer 2001, ch. 1 and 8; Fellegi, "On the question of
statistical confidentiality", JASA 67 (1972), 7-18). So a family is safe when every combination of it that
says anything at all still mixes the answers of k people or more. How many answered is not protected: the
count is always shown.

Answers of different waves are different numbers even when they are the same person's; only a table of changes
ties two waves together, because it holds "after minus before" of those who answered both.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import combinations

import numpy as np
import numpy.typing as npt

Answer = tuple[Hashable, Hashable]
"""One person's answer in one wave: (person or pseudonym, wave)."""


def may_show(n: int, k: int) -> bool:
    """Whether anything but the count may be shown of `n` answers."""
    return n >= k


def may_show_part(part: int, whole: int, k: int) -> bool:
    """Whether a part may be shown beside the published whole: the rest must not be too small either."""
    return may_show(part, k) and (whole == part or may_show(whole - part, k))


@dataclass(frozen=True)
class Table:
    """What is published about a set of answers: their sum, or the sum of `plus` less the sum of `minus`."""

    plus: frozenset[Answer]
    minus: frozenset[Answer] = frozenset()

    @property
    def people(self) -> frozenset[Hashable]:
        return frozenset(person for person, _wave in self.plus | self.minus)


def family_is_safe(sets: Sequence[Collection[Hashable]], k: int) -> bool:
    """Whether tables over these sets of respondents to one and the same question may all be published.

    Every set, and what one set has more than another, must be nobody or at least k people; and so must
    everybody that any sum of differences between the sets can be narrowed down to. An empty set publishes
    nothing.
    """
    groups = [frozenset(each) for each in sets if each]
    apart = (one - other for one in groups for other in groups)
    if not all(may_show(len(group), k) for group in (*groups, *apart) if group):
        return False
    return tables_are_safe([Table(frozenset((person, "") for person in group)) for group in groups], k)


def tables_are_safe(tables: Iterable[Table], k: int) -> bool:
    """Whether no combination of the tables that says anything is about fewer than k people."""
    return fewest_people(tables, below=k) is None


def fewest_people(tables: Iterable[Table], *, below: int) -> int | None:
    """The smallest number of people, less than `below`, about whom the tables taken together say something.

    None when there are none so few. People who occur alike in all tables cannot be told apart by them, so
    whole groups of them are tried: something is known of a group alone exactly when the tables have lower
    rank without it.
    """
    matrix, sizes = _by_groups(list(tables))
    if not sizes:
        return None
    full = _rank(matrix)
    small = [index for index, size in enumerate(sizes) if size < below]
    found = below
    for count in range(1, min(len(small), below - 1) + 1):
        for chosen in combinations(small, count):
            people = sum(sizes[index] for index in chosen)
            if people < found and _rank(np.delete(matrix, chosen, axis=1)) < full:
                found = people
    return found if found < below else None


def _by_groups(tables: Sequence[Table]) -> tuple[npt.NDArray[np.float64], tuple[int, ...]]:
    """Coefficients as tables x groups x waves, where a group is the people who occur alike; and the groups'
    sizes.
    """
    waves = sorted({wave for table in tables for _person, wave in table.plus | table.minus}, key=repr)
    people = sorted({person for table in tables for person in table.people}, key=repr)
    patterns: Counter[tuple[int, ...]] = Counter(
        tuple(
            ((person, wave) in table.plus) - ((person, wave) in table.minus)
            for table in tables
            for wave in waves
        )
        for person in people
    )
    cells = np.array(list(patterns), dtype=float).reshape(len(patterns), len(tables), len(waves))
    return cells.transpose(1, 0, 2), tuple(patterns.values())


def _rank(matrix: npt.NDArray[np.float64]) -> int:
    flat = matrix.reshape(matrix.shape[0], -1)
    return int(np.linalg.matrix_rank(flat)) if flat.size else 0


class Basis(Enum):
    """Whose answers in a wave are shown."""

    ALL = "all"  # everybody who answered
    PAIRS = "pairs"  # those who answered before as well
    COUNT = "count"  # nobody's: only how many they are


@dataclass(frozen=True)
class WaveShown:
    """What may be shown of one item in one wave: whose distribution, and whose change since the first wave.

    `answered` is the count, which is always shown. Both sets are empty when they must be hidden.
    """

    wave: str
    answered: int
    basis: Basis
    distribution: frozenset[str]
    change: frozenset[str]


@dataclass(frozen=True)
class _Choice:
    """One way of publishing a wave; `first` is for the first wave, when that is decided at the same time."""

    basis: Basis
    distribution: frozenset[str]
    change: frozenset[str]
    first: frozenset[str] = frozenset()


def publishable_waves(
    answered: Mapping[str, Collection[str]], *, k: int, first_alone: bool = False
) -> tuple[WaveShown, ...]:
    """What may be published of one item, wave by wave.

    `answered` has who answered the item in each closed wave, in the order the waves were closed; the first
    one is what the others are compared with. What was decided for a wave never changes when a later one is
    added, because what was published yesterday is known today. So the first wave is held back until the
    second is closed, unless `first_alone` says that it is (or must now be) published by itself.

    Of each wave as much is shown as is safe together with everything before it, tried in this order:
    everybody's distribution and the change of those who answered both; both for complete pairs only; the
    change alone; everybody's distribution without the change; the count.
    """
    waves = {wave: frozenset(people) for wave, people in answered.items()}
    if not waves:
        return ()
    (start, base), *later = waves.items()
    published: list[Table] = []
    first: WaveShown | None = None
    if first_alone:
        first = _first(start, base, base if may_show(len(base), k) else frozenset())
        published += _tables(start, first.distribution)
    shown: list[WaveShown] = []
    for wave, people in later:
        choice, tables = _best(_choices(base, people, undecided=first is None), published, (start, wave), k)
        if first is None:
            first = _first(start, base, choice.first)
        published += tables
        shown.append(WaveShown(wave, len(people), choice.basis, choice.distribution, choice.change))
    return (first or _first(start, base, frozenset()), *shown)


def _first(wave: str, answered: frozenset[str], shown: frozenset[str]) -> WaveShown:
    basis = Basis.COUNT if not shown else Basis.ALL if shown == answered else Basis.PAIRS
    return WaveShown(wave, len(answered), basis, shown, frozenset())


def _choices(base: frozenset[str], people: frozenset[str], *, undecided: bool) -> list[_Choice]:
    """The ways to publish a wave, the most telling one first."""
    both, nobody = base & people, frozenset[str]()
    choices = [
        _Choice(Basis.ALL, people, both, first=base),
        _Choice(Basis.PAIRS, both, both, first=both),
        _Choice(Basis.COUNT, nobody, both),
        _Choice(Basis.ALL, people, nobody, first=base),
        _Choice(Basis.ALL, people, nobody),
        _Choice(Basis.COUNT, nobody, nobody, first=base),
        _Choice(Basis.COUNT, nobody, nobody),
    ]
    if undecided:
        return [choice for choice in choices if choice.first or not choice.change]
    return [_Choice(choice.basis, choice.distribution, choice.change) for choice in choices]


def _best(
    choices: Iterable[_Choice], published: list[Table], waves: tuple[str, str], k: int
) -> tuple[_Choice, list[Table]]:
    """The first choice with k people in every set that is safe with what is published; and its tables."""
    start, wave = waves
    for choice in choices:
        if not all(
            may_show(len(each), k) for each in (choice.distribution, choice.change, choice.first) if each
        ):
            continue
        tables = _tables(start, choice.first) + _tables(wave, choice.distribution)
        if choice.change:
            tables.append(Table(_answers(wave, choice.change), _answers(start, choice.change)))
        if tables_are_safe([*published, *tables], k):
            return choice, tables
    raise AssertionError("publishing nothing is always safe")


def _tables(wave: str, people: frozenset[str]) -> list[Table]:
    return [Table(_answers(wave, people))] if people else []


def _answers(wave: str, people: frozenset[str]) -> frozenset[Answer]:
    return frozenset((person, wave) for person in people)
