"""What is shown of the answers, and what is not."""

from collections import Counter

import numpy as np
import pytest
from django.utils import translation

from samspill.cohorts.choices import State
from samspill.cores.disclosure import Basis
from samspill.cores.effects import RULES, Verdict, paired_change
from samspill.errors import Refused
from samspill.evaluation.actions import save_answer, show_alone
from samspill.evaluation.choices import Finding, WaveKind
from samspill.evaluation.pictures import (
    change_charts,
    change_words,
    item_pictures,
    method_facts,
    rule_sentences,
)
from samspill.evaluation.queries import effect_of
from samspill.evaluation.solve import WaveFigures
from tests.cast import Cast
from tests.evaluation.parts import closed, everybody, more_leaders, opened

BEFORE, AFTER, SIX = WaveKind


def first_item(cast: Cast) -> tuple[WaveFigures, ...]:
    return effect_of(cast.cohort).items[0].waves


def shown(cast: Cast) -> list[tuple[Basis, tuple[int, ...] | None, int | None]]:
    """For the first item, wave by wave: basis, distribution, pairs."""
    return [
        (
            wave.basis,
            wave.distribution.counts if wave.distribution else None,
            wave.change.pairs if wave.change else None,
        )
        for wave in first_item(cast)
    ]


def test_there_is_nothing_before_a_wave_is_closed(cast: Cast) -> None:
    wave = opened(cast)
    for who in everybody(cast):
        save_answer(wave=wave, item="m1", value=4, by=who)

    assert (effect_of(cast.cohort).waves, effect_of(cast.cohort).items) == ((), ())


def test_the_first_wave_waits_for_the_second(cast: Cast) -> None:
    closed(cast, BEFORE, [(who, 4) for who in everybody(cast)])

    assert shown(cast) == [(Basis.COUNT, None, None)]
    assert first_item(cast)[0].answered == 7
    assert effect_of(cast.cohort).waves[0].held_back


def test_it_can_be_shown_by_itself_and_is_when_no_second_will_come(cast: Cast) -> None:
    wave = closed(cast, BEFORE, [(who, 4) for who in everybody(cast)])
    cast.cohort.state = State.CLOSED
    cast.cohort.save()
    assert shown(cast) == [(Basis.ALL, (0, 0, 0, 7, 0, 0, 0), None)]

    cast.cohort.state = State.RUNNING
    cast.cohort.save()
    show_alone(wave=wave, by=cast.facilitator)
    assert shown(cast) == [(Basis.ALL, (0, 0, 0, 7, 0, 0, 0), None)]
    assert not effect_of(cast.cohort).waves[0].held_back


def test_a_wave_cannot_be_shown_alone_once_there_are_two(cast: Cast) -> None:
    wave = closed(cast, BEFORE, [])
    closed(cast, AFTER, [])

    with pytest.raises(Refused):
        show_alone(wave=wave, by=cast.facilitator)


def test_with_the_same_people_both_times_everything_is_shown(cast: Cast) -> None:
    closed(cast, BEFORE, [(who, 2) for who in everybody(cast)])
    closed(cast, AFTER, [(who, 5) for who in everybody(cast)])

    assert shown(cast) == [(Basis.ALL, (0, 7, 0, 0, 0, 0, 0), None), (Basis.ALL, (0, 0, 0, 0, 7, 0, 0), 7)]
    change = first_item(cast)[1].change
    assert change is not None
    assert (change.change, change.verdict) == (3.0, Verdict.RISE)


def test_one_who_answered_only_before_is_not_in_anything_that_is_shown(cast: Cast) -> None:
    closed(cast, BEFORE, [(who, 2) for who in cast.leaders] + [(cast.host, 7)])
    closed(cast, AFTER, [(who, 5) for who in cast.leaders])

    assert shown(cast) == [
        (Basis.PAIRS, (0, 6, 0, 0, 0, 0, 0), None),
        (Basis.PAIRS, (0, 0, 0, 0, 6, 0, 0), 6),
    ]
    assert [wave.answered for wave in first_item(cast)] == [7, 6]


def test_what_was_shown_alone_limits_what_can_be_shown_later(cast: Cast) -> None:
    wave = closed(cast, BEFORE, [(who, 2) for who in cast.leaders] + [(cast.host, 7)])
    show_alone(wave=wave, by=cast.facilitator)
    closed(cast, AFTER, [(who, 5) for who in cast.leaders])

    assert shown(cast) == [(Basis.ALL, (0, 6, 0, 0, 0, 0, 1), None), (Basis.COUNT, None, 6)]


def test_fewer_than_k_answers_show_nothing_but_their_number(cast: Cast) -> None:
    closed(cast, BEFORE, [(who, 2) for who in everybody(cast)[:4]])
    closed(cast, AFTER, [(who, 5) for who in everybody(cast)[:4]])

    assert shown(cast) == [(Basis.COUNT, None, None), (Basis.COUNT, None, 0)]
    assert [wave.answered for wave in first_item(cast)] == [4, 4]
    assert first_item(cast)[1].change.verdict == Verdict.HIDDEN
    assert all(picture.chart is None for picture in item_pictures(effect_of(cast.cohort), "nb"))


def test_a_stricter_limit_is_kept(cast: Cast, settings) -> None:
    settings.MIN_ANSWERS = 8
    closed(cast, BEFORE, [(who, 2) for who in everybody(cast)])
    closed(cast, AFTER, [(who, 5) for who in everybody(cast)])

    assert shown(cast) == [(Basis.COUNT, None, None), (Basis.COUNT, None, 0)]


def test_six_months_later_is_compared_with_before(cast: Cast) -> None:
    people = (*everybody(cast), *more_leaders(cast, 5))
    closed(cast, BEFORE, [(who, 2) for who in people])
    closed(cast, AFTER, [(who, 5) for who in people])
    closed(cast, SIX, [(who, 4) for who in people])

    assert shown(cast)[2] == (Basis.ALL, (0, 0, 0, 12, 0, 0, 0), 12)
    assert first_item(cast)[2].change.change == 2.0


def test_figures_shown_yesterday_stay_the_same_when_a_wave_is_added(cast: Cast) -> None:
    people = (*everybody(cast), *more_leaders(cast, 3))
    closed(cast, BEFORE, [(who, 2) for who in people])
    closed(cast, AFTER, [(who, 5) for who in people[1:]])
    yesterday = first_item(cast)
    closed(cast, SIX, [(who, 4) for who in people[:-1]])

    assert first_item(cast)[:2] == yesterday


def test_the_words_and_the_charts_say_the_same_as_the_figures(cast: Cast) -> None:
    closed(cast, BEFORE, [(who, 2) for who in everybody(cast)])
    closed(cast, AFTER, [(who, 4 + n % 2) for n, who in enumerate(everybody(cast))])
    effect = effect_of(cast.cohort)

    with translation.override("en"):
        (chart,) = change_charts(effect, "en")
        words = change_words(effect.items[0].waves[1].change)

    assert words == "rise: +2.4 on average, from +1.9 to +2.9 (7 pairs)"
    assert chart.title == "Change from before to after"
    assert chart.rows[0] == ("Item 1 en", "+2.4", "+1.9", "+2.9", words.capitalize())


def test_the_rules_on_the_page_are_the_rules_that_are_used() -> None:
    with translation.override("en"):
        written = rule_sentences()
        names = [str(Finding(rule.verdict.value).label) for rule in RULES]

    assert [name for name, _rule in written] == names
    assert dict(written) == {
        "no change worth naming": "the whole 95% interval lies within 0.5 of no change",
        "rise": "the whole 95% interval lies above zero and the signed-rank test gives p below 0.05",
        "probable rise": "the whole 80% interval lies above zero and the mean change is at least 0.5",
        "cannot tell": "when none of the others fits: the numbers allow both a change and none",
    }


def test_every_verdict_has_its_words() -> None:
    assert {finding.value for finding in Finding} == {verdict.value for verdict in Verdict}


def test_what_the_page_says_about_chance_is_so() -> None:
    """Small groups in which nobody has changed: how often the words say that something has."""
    random = np.random.default_rng(5)
    promised = method_facts()

    def found(people: int) -> Counter[Verdict]:
        before = random.normal(4, 1.2, size=(600, people))
        after = before + random.normal(0, 1.1, size=(600, people))
        rounded = [np.clip(np.rint(each), 1, 7).astype(int).tolist() for each in (before, after)]
        pairs = (list(zip(*each, strict=True)) for each in zip(*rounded, strict=True))
        return Counter(paired_change(each, k=5).verdict for each in pairs)

    for people in (5, 8, 14, 21):
        words = found(people)
        clear = words[Verdict.RISE] + words[Verdict.FALL]
        probable = words[Verdict.PROBABLE_RISE] + words[Verdict.PROBABLE_FALL]
        assert clear / 600 < 1.3 / int(promised["one_in"])
        assert (clear + probable) / 600 < 1.1 / int(promised["probable_one_in"])
