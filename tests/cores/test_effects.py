"""What the numbers say about a change, held against published tables and against what was put in."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from samspill.cores.effects import (
    LIKELY,
    RULES,
    SURE,
    Verdict,
    distribution,
    mean_interval,
    paired_change,
    signed_rank_p,
)

K = 5
ANSWERS = st.integers(1, 7)
PAIRS = st.lists(st.tuples(ANSWERS, ANSWERS), min_size=K, max_size=40)
OPPOSITE = {
    Verdict.RISE: Verdict.FALL,
    Verdict.PROBABLE_RISE: Verdict.PROBABLE_FALL,
    Verdict.FALL: Verdict.RISE,
    Verdict.PROBABLE_FALL: Verdict.PROBABLE_RISE,
}

# Largest sum of ranks that is significant at 0.05 two-sided: Wilcoxon & Wilcox, "Some Rapid Approximate
# Statistical Procedures" (Lederle Laboratories 1964), table 2; also Siegel, "Nonparametric Statistics"
# (1956), table G.
CRITICAL = {
    6: 0, 7: 2, 8: 3, 9: 5, 10: 8, 11: 10, 12: 13, 13: 17, 14: 21, 15: 25,
    16: 29, 17: 34, 18: 40, 19: 46, 20: 52,
}  # fmt: skip


def differences_with_rank_sum(n: int, falls: int) -> list[int]:
    """Differences of sizes 1 to n where the ranks of the falls add up to `falls`."""
    signs = {}
    for rank in range(n, 0, -1):
        signs[rank] = -1 if rank <= falls else 1
        falls -= rank if rank <= falls else 0
    return [rank * sign for rank, sign in signs.items()]


@pytest.mark.parametrize(("n", "critical"), CRITICAL.items())
def test_the_signed_rank_test_has_the_critical_values_of_the_printed_tables(n: int, critical: int) -> None:
    assert signed_rank_p(differences_with_rank_sum(n, critical)) <= 0.05
    assert signed_rank_p(differences_with_rank_sum(n, critical + 1)) > 0.05


def test_the_signed_rank_test_gives_the_published_p_for_darwins_maize() -> None:
    """Darwin 1876, Fisher 1935; p as in scipy's manual for `scipy.stats.wilcoxon`."""
    maize = [6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75]

    assert signed_rank_p(maize) == 0.041259765625


def test_the_interval_is_the_published_one_for_students_sleep_data() -> None:
    """Cushny & Peebles 1905, Student 1908; the interval as in R's `t.test(extra ~ group, sleep, paired =
    TRUE)`.
    """
    tenths_of_hours = [12, 24, 13, 13, 0, 10, 18, 8, 46, 14]
    interval = mean_interval(tenths_of_hours, SURE)

    assert np.mean(tenths_of_hours) == pytest.approx(15.8)
    assert (interval.low, interval.high) == pytest.approx((7.001142, 24.598858), abs=1e-6)


@given(st.lists(st.integers(-3, 3), min_size=2, max_size=8).filter(any))
@settings(max_examples=50, deadline=None)
def test_with_zeros_and_ties_it_is_what_scipy_gets_by_trying_every_way_the_signs_could_fall(
    each: list[int],
) -> None:
    every_way = stats.PermutationMethod(n_resamples=np.inf)
    expected = stats.wilcoxon(each, zero_method="pratt", method=every_way).pvalue

    assert signed_rank_p(each) == pytest.approx(expected)


def test_without_zeros_and_ties_it_is_scipys_exact_test() -> None:
    each = [-7, 12, 3, -1, 9, 25, 14, -4, 31, 8, 2, 17]

    assert signed_rank_p(each) == pytest.approx(stats.wilcoxon(each, method="exact").pvalue)


@given(st.lists(st.integers(-6, 6), min_size=61, max_size=200).filter(any))
@settings(max_examples=30, deadline=None)
def test_large_groups_get_scipys_normal_approximation(each: list[int]) -> None:
    expected = stats.wilcoxon(each, zero_method="pratt", method="approx").pvalue

    assert signed_rank_p(each) == pytest.approx(expected)


def test_the_approximation_is_close_to_what_was_counted_where_it_takes_over() -> None:
    each = [1, 2, -1, 0, 3, -2, 1, 1, 0, 2] * 6

    assert signed_rank_p([*each, 1]) == pytest.approx(signed_rank_p([*each[:-1], 1]), rel=0.25)


@pytest.mark.parametrize("n", [5, 8, 12, 20, 40])
@pytest.mark.parametrize("shift", [0.0, 0.8, 1.5])
def test_the_interval_holds_the_truth_as_often_as_it_promises(n: int, shift: float) -> None:
    random = np.random.default_rng(20261123)

    def changes(people: int, times: int) -> np.ndarray:
        before = random.normal(size=(times, people))
        after = before * 0.72 + shift + random.normal(size=(times, people)) * 0.9
        rounded = [np.clip(np.rint(4 + each), 1, 7) for each in (before * 1.2, after)]
        return rounded[1] - rounded[0]

    truth = changes(400_000, 1).mean()
    intervals = [mean_interval([int(each) for each in one], SURE) for one in changes(n, 600)]
    held = sum(interval.low <= truth <= interval.high for interval in intervals) / len(intervals)

    assert 0.93 <= held <= 0.98


def test_a_clear_rise_is_called_a_rise() -> None:
    change = paired_change([(3, 5), (2, 4), (4, 5), (3, 5), (4, 6), (2, 5), (3, 4), (5, 6)], k=K)

    assert change.verdict == Verdict.RISE
    assert change.change == 1.75
    assert change.sure is not None
    assert (change.sure.low, change.sure.high) == pytest.approx((1.1588, 2.3412), abs=1e-4)
    assert change.p == 0.0078125


def test_five_people_can_at_best_show_a_probable_rise() -> None:
    """The smallest p that five signs can give is 2/32, which is more than 0.05; so the page never says
    "rise".
    """
    change = paired_change([(2, 5), (2, 5), (3, 6), (1, 5), (3, 5)], k=K)

    assert change.p == 0.0625
    assert change.verdict == Verdict.PROBABLE_RISE


def test_scattered_answers_are_called_cannot_tell() -> None:
    change = paired_change([(2, 5), (5, 2), (4, 4), (3, 6), (6, 5), (4, 5)], k=K)

    assert change.verdict == Verdict.CANNOT_TELL


def test_many_who_stay_where_they_were_are_no_change_worth_naming() -> None:
    change = paired_change([(4, 4)] * 10 + [(4, 5), (5, 4)], k=K)

    assert change.verdict == Verdict.NO_CHANGE
    assert change.p == 1.0


def test_everybody_answering_alike_does_not_give_an_interval_without_width() -> None:
    change = paired_change([(4, 4)] * 5, k=K)

    assert change.sure is not None
    assert change.sure.low < -0.5
    assert change.verdict == Verdict.CANNOT_TELL
    assert paired_change([(4, 4)] * 8, k=K).verdict == Verdict.NO_CHANGE


@given(st.lists(st.tuples(ANSWERS, ANSWERS), max_size=K - 1))
def test_fewer_than_k_pairs_show_nothing_but_their_number(pairs: list[tuple[int, int]]) -> None:
    change = paired_change(pairs, k=K)

    assert (change.pairs, change.verdict) == (len(pairs), Verdict.HIDDEN)
    assert [change.change, change.sure, change.likely, change.p] == [None] * 4


@given(PAIRS)
def test_turning_time_around_turns_everything_around(pairs: list[tuple[int, int]]) -> None:
    forwards = paired_change(pairs, k=K)
    backwards = paired_change([(after, before) for before, after in pairs], k=K)

    assert backwards.verdict == OPPOSITE.get(forwards.verdict, forwards.verdict)
    assert backwards.p == forwards.p
    assert backwards.change == pytest.approx(-forwards.change)  # type: ignore[operator]
    assert backwards.sure is not None
    assert forwards.sure is not None
    assert (backwards.sure.low, backwards.sure.high) == pytest.approx(
        (-forwards.sure.high, -forwards.sure.low)
    )


@given(PAIRS)
def test_the_order_of_people_says_nothing(pairs: list[tuple[int, int]]) -> None:
    assert paired_change(sorted(pairs), k=K) == paired_change(pairs, k=K)


@given(st.lists(st.integers(-6, 6), min_size=2, max_size=40), st.integers(-3, 3))
def test_moving_every_change_moves_the_interval_as_much(each: list[int], step: int) -> None:
    plain, moved = mean_interval(each, SURE), mean_interval([one + step for one in each], SURE)

    assert (moved.low, moved.high) == pytest.approx((plain.low + step, plain.high + step))
    likely = mean_interval(each, LIKELY)
    assert plain.low < likely.low < likely.high < plain.high


@given(PAIRS)
def test_some_rule_always_fits_and_the_words_keep_to_the_numbers(pairs: list[tuple[int, int]]) -> None:
    change = paired_change(pairs, k=K)
    assert change.change is not None
    assert change.sure is not None

    if change.verdict in (Verdict.RISE, Verdict.PROBABLE_RISE):
        assert change.change > 0
    if change.verdict == Verdict.RISE:
        assert change.sure.low > 0
    if change.verdict == Verdict.NO_CHANGE:
        assert abs(change.change) < 0.5
    assert RULES[-1].verdict == Verdict.CANNOT_TELL


@given(st.lists(ANSWERS, max_size=40))
def test_a_distribution_counts_everybody_once(values: list[int]) -> None:
    counted = distribution(values)

    assert counted.n == len(values)
    assert counted.mean == (pytest.approx(np.mean(values)) if values else None)


def test_an_answer_outside_the_scale_is_an_error() -> None:
    with pytest.raises(ValueError, match="between 1 and 7"):
        distribution([4, 8])
