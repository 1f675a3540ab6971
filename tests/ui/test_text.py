"""Texts and quantities come out as a reader of that language would write them."""

from datetime import UTC, datetime, time

import pytest
from django.template import Context, Template
from django.utils.translation import override

from samspill.ui.text import clock, decimal, minutes, pick, pick_language, signed, whole_number

GATHERING = {"nb": "Samling", "nn": "Samling på nynorsk", "en": "Gathering"}


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_reader_gets_the_text_in_their_own_language(language: str) -> None:
    assert pick(GATHERING, language) == GATHERING[language]
    assert pick_language(GATHERING, language) == language


@pytest.mark.parametrize(
    ("text", "language", "gets"),
    [
        ({"nb": "Mulighetsrom"}, "nn", "nb"),
        ({"nn": "Moglegheitsrom"}, "nb", "nn"),
        ({"en": "Room of opportunity"}, "nb", "en"),
        ({"nb": "Mulighetsrom", "nn": "Moglegheitsrom"}, "en", "nb"),
        ({"nb": "Mulighetsrom", "en": "  "}, "en", "nb"),
        ({"nb": "Mulighetsrom"}, "nb-no", "nb"),
        ({}, "nb", ""),
    ],
)
def test_a_missing_translation_falls_back_to_the_next_language(
    text: dict[str, str], language: str, gets: str
) -> None:
    assert pick_language(text, language) == gets
    assert pick(text, language) == text.get(gets, "")


@pytest.mark.parametrize(
    ("count", "norwegian", "english"),
    [(0, "0 min", "0 min"), (45, "45 min", "45 min"), (120, "2 t", "2 h"), (80, "1 t 20 min", "1 h 20 min")],
)
def test_minutes_are_said_as_hours_and_minutes(count: int, norwegian: str, english: str) -> None:
    with override("nb"):
        assert minutes(count) == norwegian
    with override("nn"):
        assert minutes(count) == norwegian
    with override("en"):
        assert minutes(count) == english


def test_the_clock_shows_local_time() -> None:
    assert clock(time(9, 5)) == "09:05"
    assert clock(datetime(2026, 6, 1, 7, 30, tzinfo=UTC)) == "09:30"


@pytest.mark.parametrize(
    ("number", "norwegian", "english"),
    [(1.42, "+1,4", "+1.4"), (-0.42, "−0,4", "−0.4"), (0.0, "0,0", "0.0"), (-0.04, "0,0", "0.0")],
)
def test_a_difference_has_a_true_minus_sign_and_no_sign_at_nothing(
    number: float, norwegian: str, english: str
) -> None:
    with override("nb"):
        assert signed(number) == norwegian
    with override("en"):
        assert signed(number) == english


def test_numbers_have_as_many_decimals_as_asked_for() -> None:
    with override("nb"):
        assert [decimal(2.5, 0), decimal(2.5, 2)] == ["2", "2,50"]


def test_templates_use_the_same_words() -> None:
    page = Template(
        "{% load ui %}<p lang='{{ title|text_lang }}'>{{ title|text }}</p>"
        "{{ 80|minutes }} {{ start|clock }} {{ change|signed }} {{ change|decimal:2 }}"
    )
    with override("nn"):
        shown = page.render(Context({"title": {"nb": "Samspill"}, "start": time(9), "change": 0.5}))
    assert shown == "<p lang='nb'>Samspill</p>1 t 20 min 09:00 +0,5 0,50"


def test_what_is_missing_is_shown_as_nothing() -> None:
    page = Template("{% load ui %}[{{ a|text }}{{ a|text_lang }}{{ a|minutes }}{{ a|clock }}{{ a|signed }}]")
    assert page.render(Context({"a": None})) == "[]"
    assert page.render(Context({})) == "[]"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0", 0),
        ("42", 42),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),
        ("²", None),
        ("-1", None),
        ("1 ", None),
        ("", None),
    ],
)
def test_only_numbers_that_a_database_can_hold_are_taken_from_an_address(
    typed: str, number: int | None
) -> None:
    assert whole_number(typed) == number
