"""The one place that decides what may be shown, looked at from every side."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.inputs.choices import Attribution, Audience
from samspill.inputs.solve import Hidden, Situation, hidden_because, may_reopen

K = 5
PROTECTED = [Attribution.CHATHAM, Attribution.UNLINKABLE]

booleans = st.booleans()
situations = st.builds(
    Situation,
    attribution=st.sampled_from(Attribution),
    opened=booleans,
    open=booleans,
    looked=booleans,
    revealed=booleans,
    people=st.integers(0, 12),
    answers=st.integers(0, 30),
)


def closed(attribution: Attribution, people: int = 9) -> Situation:
    return Situation(
        attribution=attribution,
        opened=True,
        open=False,
        looked=False,
        revealed=False,
        people=people,
        answers=people,
    )


@given(situations)
def test_protected_answers_are_never_shown_to_anybody_while_they_come_in(situation):
    open_now = replace(situation, attribution=Attribution.UNLINKABLE, opened=True, open=True)
    assert {hidden_because(open_now, audience) for audience in Audience} == {Hidden.OPEN}


@given(situations, st.sampled_from(Audience))
def test_protected_answers_of_fewer_than_k_are_never_shown(situation, audience):
    if situation.attribution in PROTECTED and situation.n < K:
        assert hidden_because(situation, audience) is not None


@given(situations)
def test_what_everybody_sees_the_facilitator_sees_too(situation):
    if hidden_because(situation, Audience.EVERYBODY) is None:
        assert hidden_because(situation, Audience.FACILITATOR) is None


@given(situations)
def test_whatever_protected_has_been_shown_can_never_be_opened_again(situation):
    if situation.attribution in PROTECTED and hidden_because(situation, Audience.FACILITATOR) is None:
        assert not may_reopen(situation)


@pytest.mark.parametrize("attribution", PROTECTED)
def test_closing_shows_nothing_by_itself(attribution):
    assert {hidden_because(closed(attribution), each) for each in Audience} == {Hidden.NOT_REVEALED}


@pytest.mark.parametrize(("attribution", "people"), list(product(PROTECTED, [K, K + 1])))
def test_looking_first_is_the_facilitators_alone(attribution, people):
    situation = replace(closed(attribution, people), looked=True)
    assert hidden_because(situation, Audience.FACILITATOR) is None
    assert hidden_because(situation, Audience.EVERYBODY) == Hidden.NOT_REVEALED


def test_neither_one_busy_person_nor_many_who_withdrew_make_a_crowd():
    shown = replace(closed(Attribution.CHATHAM), revealed=True)
    assert hidden_because(replace(shown, people=1, answers=20), Audience.EVERYBODY) == Hidden.TOO_FEW
    assert hidden_because(replace(shown, people=20, answers=1), Audience.EVERYBODY) == Hidden.TOO_FEW


def test_named_answers_are_the_facilitators_as_they_come_and_everybodys_when_revealed():
    situation = replace(closed(Attribution.NAMED, 1), open=True)
    assert hidden_because(situation, Audience.FACILITATOR) is None
    assert hidden_because(situation, Audience.EVERYBODY) == Hidden.NOT_REVEALED
    assert hidden_because(replace(situation, revealed=True), Audience.EVERYBODY) is None
