"""Nobody who subtracts published tables from each other learns what fewer than k people answered."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.cores.disclosure import (
    Basis,
    Table,
    WaveShown,
    family_is_safe,
    fewest_people,
    may_show,
    may_show_part,
    publishable_waves,
    tables_are_safe,
)

PEOPLE = st.frozensets(st.integers(0, 9), max_size=10)


def test_fewer_than_k_answers_are_only_counted() -> None:
    assert [may_show(n, 5) for n in (0, 4, 5, 6)] == [False, False, True, True]


def test_a_part_is_shown_only_when_the_rest_cannot_be_worked_out_from_the_whole() -> None:
    assert [may_show_part(part, 10, 5) for part in (4, 5, 6, 9, 10)] == [False, True, False, False, True]


def test_two_tables_that_differ_by_one_person_give_that_person_away() -> None:
    assert not family_is_safe([range(10), range(9)], 5)
    assert family_is_safe([range(10), range(5)], 5)
    assert family_is_safe([range(10), range(10)], 5)


def test_four_tables_can_give_one_person_away_though_no_two_of_them_do() -> None:
    a, b, c, d = (frozenset(range(start, start + 6)) for start in (0, 10, 20, 30))
    family = [a | b, c | d, a | c, b | d | {99}]

    assert all(len(one - other) >= 5 for one, other in combinations(family, 2))
    assert not family_is_safe(family, 5)
    assert family_is_safe([a | b, c | d, a | c, b | d], 5)


def test_a_change_ties_two_waves_together() -> None:
    before = Table(frozenset((person, "before") for person in range(10)))
    after = Table(frozenset((person, "after") for person in range(1, 10)))
    change = Table(after.plus, frozenset((person, "before") for person in range(1, 10)))

    assert tables_are_safe([before, after], 5)
    assert tables_are_safe([before, change], 5)
    assert fewest_people([before, after, change], below=5) == 1


def shown(*waves: Sequence[int], first_alone: bool = False) -> list[tuple[Basis, int, int]]:
    """For each wave: the basis, and how many are in the distribution and in the change."""
    answered = dict(zip(("before", "after", "six_months"), waves, strict=False))
    decided = publishable_waves(answered, k=5, first_alone=first_alone)
    return [(wave.basis, len(wave.distribution), len(wave.change)) for wave in decided]


def test_everything_is_shown_when_the_same_people_answered() -> None:
    assert shown(range(12), range(12)) == [(Basis.ALL, 12, 0), (Basis.ALL, 12, 12)]


def test_everything_is_shown_when_enough_people_answered_once_only() -> None:
    assert shown(range(12), range(3, 14)) == [(Basis.ALL, 12, 0), (Basis.ALL, 11, 9)]


def test_only_complete_pairs_are_shown_when_few_answered_once_only() -> None:
    assert shown(range(12), range(1, 12)) == [(Basis.PAIRS, 11, 0), (Basis.PAIRS, 11, 11)]


def test_waves_are_shown_without_pairing_when_there_are_too_few_pairs() -> None:
    assert shown(range(9), range(5, 14)) == [(Basis.ALL, 9, 0), (Basis.ALL, 9, 0)]


def test_a_wave_with_too_few_answers_is_only_counted() -> None:
    assert shown(range(9), range(4)) == [(Basis.ALL, 9, 0), (Basis.COUNT, 0, 0)]
    assert shown(range(4), range(4)) == [(Basis.COUNT, 0, 0), (Basis.COUNT, 0, 0)]
    assert shown() == []


def test_the_first_wave_waits_for_the_second_because_it_would_cost_the_comparison() -> None:
    assert shown(range(12)) == [(Basis.COUNT, 0, 0)]
    assert shown(range(12), first_alone=True) == [(Basis.ALL, 12, 0)]
    assert shown(range(12), range(1, 12), first_alone=True) == [(Basis.ALL, 12, 0), (Basis.COUNT, 0, 11)]


def test_a_later_wave_is_fitted_to_what_is_already_known() -> None:
    assert shown(range(12), range(12), range(2, 12)) == [
        (Basis.ALL, 12, 0),
        (Basis.ALL, 12, 12),
        (Basis.COUNT, 0, 10),
    ]
    assert shown(range(12), range(12), range(5, 12))[2] == (Basis.ALL, 7, 7)


waves = st.lists(PEOPLE, min_size=1, max_size=3)


@given(waves, st.integers(2, 5), st.booleans())
def test_what_was_decided_for_a_wave_stands_when_a_later_one_is_closed(
    people: list[frozenset[int]], k: int, alone: bool
) -> None:
    decided = publishable_waves(dict(enumerate(people)), k=k, first_alone=alone)
    earlier = publishable_waves(dict(enumerate(people[:-1])), k=k, first_alone=alone)

    if len(people) > 2 or alone:
        assert decided[: len(people) - 1] == earlier


@given(waves, st.integers(2, 5), st.booleans())
@settings(deadline=None)
def test_an_attacker_with_every_published_table_cannot_narrow_anything_down_to_fewer_than_k(
    people: list[frozenset[int]], k: int, alone: bool
) -> None:
    decided = publishable_waves(dict(enumerate(people)), k=k, first_alone=alone)
    tables = list(published(decided))

    assert all(not group or len(group) >= k for wave in decided for group in (wave.distribution, wave.change))
    assert not list(known_of_fewer(tables, k))


@given(st.lists(PEOPLE, max_size=4), st.integers(2, 4))
@settings(deadline=None)
def test_a_family_is_called_safe_exactly_when_an_attacker_gets_nowhere(
    family: list[frozenset[int]], k: int
) -> None:
    groups = [group for group in family if group]
    tables = [Table(frozenset((person, "") for person in group)) for group in groups]
    close = any(0 < len(one - other) < k for one in groups for other in groups)

    assert tables_are_safe(tables, k) == (not list(known_of_fewer(tables, k)))
    assert family_is_safe(family, k) == (tables_are_safe(tables, k) and not close)


@given(st.lists(PEOPLE, max_size=4), st.integers(2, 5), st.permutations(range(10)))
def test_it_does_not_matter_who_people_are_or_in_which_order_tables_come(
    family: list[frozenset[int]], k: int, names: list[int]
) -> None:
    renamed = [frozenset(names[person] for person in group) for group in reversed(family)]

    assert family_is_safe(renamed, k) == family_is_safe(family, k)


def published(decided: Sequence[WaveShown]) -> Iterator[Table]:
    start = decided[0].wave
    for wave in decided:
        if wave.distribution:
            yield Table(frozenset((person, wave.wave) for person in wave.distribution))
        if wave.change:
            yield Table(
                frozenset((person, wave.wave) for person in wave.change),
                frozenset((person, start) for person in wave.change),
            )


def known_of_fewer(tables: Sequence[Table], k: int) -> Iterator[tuple[object, ...]]:
    """Every group of fewer than k people of which something is known for sure. The attacker's own arithmetic:

    a combination of tables tells of a group alone when all other answers cancel in it, and says something
    when it does not cancel altogether. Exact fractions, person by person, nothing in common with the way the
    core does it.
    """
    people = sorted({person for table in tables for person in table.people}, key=repr)
    for group in chain.from_iterable(combinations(people, size) for size in range(1, k)):
        for weights in cancelling(tables, group):
            if any(total(tables, weights, answer) for table in tables for answer in table.plus | table.minus):
                yield group
                break


def cancelling(tables: Sequence[Table], group: tuple[object, ...]) -> list[list[Fraction]]:
    """A basis of the weights under which the answers of everybody outside the group cancel."""
    outside = sorted({each for t in tables for each in t.plus | t.minus if each[0] not in group}, key=repr)
    rows = [[Fraction(int(each in t.plus) - int(each in t.minus)) for t in tables] for each in outside]
    width, pivots = len(tables), []
    for column in range(width):
        lead = next((row for row in rows[len(pivots) :] if row[column]), None)
        if lead is None:
            continue
        rows.remove(lead)
        lead = [value / lead[column] for value in lead]
        rows = [[v - row[column] * w for v, w in zip(row, lead, strict=True)] for row in rows]
        rows.insert(len(pivots), lead)
        pivots.append(column)
    free = [column for column in range(width) if column not in pivots]
    basis = []
    for column in free:
        weights = [Fraction(0)] * width
        weights[column] = Fraction(1)
        for row, pivot in zip(rows, pivots, strict=False):
            weights[pivot] = -row[column]
        basis.append(weights)
    return basis


def total(tables: Sequence[Table], weights: Sequence[Fraction], answer: tuple[object, object]) -> Fraction:
    return sum(
        (w * (int(answer in t.plus) - int(answer in t.minus)) for w, t in zip(weights, tables, strict=True)),
        Fraction(0),
    )


@pytest.mark.parametrize("size", [0, 1])
def test_nothing_published_says_nothing(size: int) -> None:
    assert fewest_people([Table(frozenset())] * size, below=5) is None
