"""Every kind of activity: what it takes, what it refuses with which sentence, and what answers add up to."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.template.loader import get_template
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from samspill.errors import Refused
from samspill.inputs.choices import Arena, Kind, Part
from samspill.inputs.kinds import KINDS
from samspill.inputs.kinds.base import Asked, Given
from samspill.inputs.kinds.scale import POINTS
from tests.cast import text

TODAY = date(2026, 11, 23)
STATEMENTS = [{"key": key, "text": text(f"Statement {key}")} for key in ("s1", "s2", "s3")]
OPTIONS = [{"key": key, "text": text(f"Option {key}")} for key in ("o1", "o2", "o3")]
DEFINITIONS = {
    Kind.REFLECTION: {},
    Kind.SCALE: {"statements": STATEMENTS, "low": text("Not at all"), "high": text("Fully")},
    Kind.POLL: {"options": OPTIONS, "several": True},
    Kind.IDEAS: {"votes": 2},
    Kind.COMMITMENT: {},
}
GOOD = {
    Kind.REFLECTION: {"text": "Vi må prioritere"},
    Kind.SCALE: {"s1": 7, "s2": 1},
    Kind.POLL: {"options": ["o3", "o1"]},
    Kind.IDEAS: {"text": "Slå sammen to styringsmøter"},
    Kind.COMMITMENT: {"who": None, "what": "Kalle inn", "due": "2027-01-15", "arena": "instruction"},
}


def asked(kind: Kind, **changes) -> Asked:
    definition = {"kind": kind, "prompt": text("Prompt"), **DEFINITIONS[kind]}
    return replace(Asked(definition=definition, today=TODAY), **changes)


def given_of(values, part=Part.ANSWER):
    return [Given(f"{number:032x}", part, value) for number, value in enumerate(values)]


def refusal(kind, value, **changes) -> str:
    with override("en"), pytest.raises(Refused) as refused:
        KINDS[kind].check(value, asked(kind, **changes))
    return str(refused.value.sentence)


def test_every_kind_there_is_has_a_file():
    assert set(KINDS) == set(Kind)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_its_parts_for_phone_and_screen(kind):
    each = KINDS[kind]
    for part in each.parts:
        get_template(each.answer_template(part))
    tally = each.tally(given_of([each.check(GOOD[kind], asked(kind))]), asked(kind))
    get_template(each.result_template(tally))
    get_template(each.screen_template(tally))


@pytest.mark.parametrize("kind", Kind)
def test_a_checked_answer_passes_the_check_unchanged(kind):
    once = KINDS[kind].check(GOOD[kind], asked(kind))
    assert KINDS[kind].check(once, asked(kind)) == once


@pytest.mark.parametrize("kind", Kind)
def test_nothing_at_all_is_refused_with_what_to_do(kind):
    assert refusal(kind, {}).count(".") >= 1


texts = st.text(min_size=1, max_size=60).filter(lambda words: any(c.isalnum() for c in words))
answers = {
    Kind.REFLECTION: st.fixed_dictionaries({"text": texts}),
    Kind.SCALE: st.dictionaries(st.sampled_from(["s1", "s2", "s3"]), st.integers(1, POINTS), min_size=1),
    Kind.POLL: st.fixed_dictionaries(
        {"options": st.lists(st.sampled_from(["o1", "o2", "o3"]), min_size=1, unique=True)}
    ),
    Kind.IDEAS: st.fixed_dictionaries({"text": texts}),
    Kind.COMMITMENT: st.fixed_dictionaries(
        {
            "who": st.none(),
            "what": texts,
            "due": st.dates(TODAY, TODAY + timedelta(days=900)).map(date.isoformat),
            "arena": st.sampled_from(Arena.values),
        }
    ),
}
several = st.sampled_from(Kind).flatmap(
    lambda kind: st.tuples(st.just(kind), st.lists(answers[kind], max_size=25))
)


@given(several, st.randoms())
def test_a_tally_is_the_same_in_whatever_order_the_answers_come(kind_and_values, shuffler):
    kind, values = kind_and_values
    rows = given_of(values)
    mixed = random.Random(shuffler.random()).sample(rows, len(rows))
    assert KINDS[kind].tally(mixed, asked(kind)) == KINDS[kind].tally(rows, asked(kind))


@given(several)
def test_a_tally_counts_every_answer_once(kind_and_values):
    kind, values = kind_and_values
    assert KINDS[kind].tally(given_of(values), asked(kind)).n == len(values)


@given(several)
def test_the_pages_of_a_result_are_the_whole_result(kind_and_values):
    kind, values = kind_and_values
    each, question = KINDS[kind], asked(kind)
    tally = each.tally(given_of(values), question)
    rows = [row for page in each.pages(tally) for row in each.rows(page, question)[1:]]
    assert rows == list(each.rows(tally, question)[1:])


@given(several)
def test_every_result_can_be_read_as_text_and_as_a_table(kind_and_values):
    kind, values = kind_and_values
    each, question = KINDS[kind], asked(kind)
    tally = each.tally(given_of(values), question)
    assert all(each.sentences(tally, question))
    header, *rows = each.rows(tally, question)
    assert {len(row) for row in rows} <= {len(header)}


@given(st.lists(answers[Kind.SCALE], min_size=1, max_size=25))
def test_a_scale_gives_the_distribution_and_the_mean_of_those_who_answered(values):
    spread = KINDS[Kind.SCALE].tally(given_of(values), asked(Kind.SCALE)).spreads[0]
    points = [value["s1"] for value in values if "s1" in value]
    assert spread.n == len(points)
    if points:
        assert spread.counts == tuple(points.count(point) for point in range(1, 8))
        assert spread.mean == pytest.approx(sum(points) / len(points))


@given(st.lists(answers[Kind.SCALE], max_size=25))
def test_a_statement_that_fewer_than_k_answered_shows_nothing_but_the_number(values):
    tally = KINDS[Kind.SCALE].tally(given_of(values), asked(Kind.SCALE, smallest=5))
    for spread in tally.spreads:
        assert (spread.counts is None) == (spread.n < 5)
        assert (spread.mean is None) == (spread.n < 5)


def test_a_poll_puts_the_most_chosen_first_and_equal_ones_as_they_were_asked():
    values = [{"options": ["o3"]}, {"options": ["o3", "o2"]}, {"options": ["o1"]}]
    tally = KINDS[Kind.POLL].tally(given_of(values), asked(Kind.POLL))
    assert [(each.key, each.count) for each in tally.options] == [("o3", 2), ("o1", 1), ("o2", 1)]


@pytest.mark.parametrize(
    ("several", "most", "chosen", "sentence"),
    [
        (False, None, ["o1", "o2"], "Choose one option only."),
        (True, 2, ["o1", "o2", "o3"], "Choose 2 options at most."),
        (True, None, ["o1", "o9"], "The options have changed. Load the page again and answer once more."),
        (True, None, "o1", "Nothing is chosen yet. Choose an answer, then send it."),
        (True, None, [{}], "The options have changed. Load the page again and answer once more."),
    ],
)
def test_a_poll_takes_no_more_than_it_asked_for(several, most, chosen, sentence):
    definition = {**asked(Kind.POLL).definition, "several": several, **({"most": most} if most else {})}
    assert refusal(Kind.POLL, {"options": chosen}, definition=definition) == sentence


IDEAS = {"a" * 32: "Første", "b" * 32: "Andre", "c" * 32: "Tredje"}


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ([], "No idea is chosen yet. Choose those you want to vote for, then send your votes."),
        (["d" * 32], "The ideas have changed. Load the page again and vote once more."),
        ([["a"]], "The ideas have changed. Load the page again and vote once more."),
        (list(IDEAS), "You have 2 votes, and one at most on each idea."),
    ],
)
def test_a_ballot_has_so_many_votes_and_no_more(chosen, sentence):
    assert refusal(Kind.IDEAS, {"ideas": chosen}, part=Part.BALLOT, ideas=IDEAS) == sentence


@given(st.lists(st.lists(st.sampled_from(list(IDEAS)), min_size=1, max_size=2, unique=True), min_size=1))
def test_ideas_are_ordered_by_votes_and_no_vote_is_lost(ballots):
    rows = [Given(key, Part.ANSWER, {"text": words}) for key, words in IDEAS.items()]
    rows += given_of([{"ideas": ballot} for ballot in ballots], Part.BALLOT)
    tally = KINDS[Kind.IDEAS].tally(rows, asked(Kind.IDEAS, part=Part.BALLOT))
    votes = [idea.votes for idea in tally.ideas]
    assert votes == sorted(votes, reverse=True)
    assert sum(votes) == sum(map(len, ballots))
    assert tally.voters == len(ballots)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"what": "  \n"}, "It does not say yet what will be done. Write it in a sentence."),
        ({"due": ""}, "Choose the date by which it will be done."),
        ({"due": "2026-11-22"}, "The date has passed. Choose today or a later date."),
        ({"due": "2040-01-01"}, "The date is more than five years ahead. Choose a nearer one."),
        ({"arena": "corridor"}, "Choose where the commitment will be followed up."),
        ({"who": 9}, "Choose somebody who takes part, or yourself."),
        ({"who": "7"}, "Choose somebody who takes part, or yourself."),
        ({"what": "x" * 301}, "The text has 301 characters; there is room for 300. Shorten it a little."),
    ],
)
def test_a_commitment_says_who_what_when_and_where(change, sentence):
    value = {**GOOD[Kind.COMMITMENT], **change}
    assert refusal(Kind.COMMITMENT, value, people={7: "Direktør"}) == sentence


def test_a_commitment_is_shown_with_the_one_who_shall_do_it():
    values = [{**GOOD[Kind.COMMITMENT], "who": 7}, GOOD[Kind.COMMITMENT]]
    rows = [replace(each, name="Den som skrev") for each in given_of(values)]
    tally = KINDS[Kind.COMMITMENT].tally(rows, asked(Kind.COMMITMENT, people={7: "Direktør"}))
    assert [promise.name for promise in tally.promises] == ["Direktør", "Den som skrev"]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  to\r\nlinjer  \r\n", "to\nlinjer"),
        ("nul\x00l og \ud800 halv", "null og  halv"),
        ("tab\tog 👩‍💻", "tab og 👩‍💻"),
        ("a\u030a", "å"),
    ],
)
def test_text_is_stored_without_what_no_database_or_reader_can_take(typed, stored):
    assert KINDS[Kind.REFLECTION].check({"text": typed}, asked(Kind.REFLECTION)) == {"text": stored}
