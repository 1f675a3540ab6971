"""Differences as a person reads them, in each language, whatever stands in them."""

import copy
from typing import Any

import pytest

from samspill.programmes import differences as core
from samspill.programmes.differences import Difference, blueprint_differences, differences_between
from samspill.programmes.sentences import WHAT, describe, marked
from tests.cast import blueprint_content, text

FIELDS = {
    "gathering": core.GATHERING,
    "question": core.QUESTION,
    "item": core.ITEM,
    "work": core.WORK,
    "blueprint": core.BLUEPRINT,
    "aim": core.KEYED,
    "effect": core.KEYED,
    "challenge": core.KEYED,
    "competence": core.KEYED,
    "form": core.FORM,
    "instrument": core.INSTRUMENT,
    "measured": core.MEASURED,
}
NO_LISTS = ("blueprint", "form", "instrument")


def test_there_is_a_sentence_for_every_difference_there_can_be() -> None:
    possible = {(subject, kind) for subject, fields in FIELDS.items() for _name, kind in fields}
    for subject in FIELDS:
        if subject not in NO_LISTS:
            possible |= {(subject, "added"), (subject, "removed")}
            possible |= {(subject, "moved")} if subject != "work" else set()
    assert set(WHAT) == possible


def one(before: Any, after: Any) -> Difference:
    (difference,) = differences_between(before, after)
    return difference


@pytest.mark.parametrize(
    ("language", "sentence", "before", "after"),
    [
        ("nb", "Posten har et annet antall minutter", "10 min", "1 t 15 min"),
        ("nn", "Posten har eit anna tal på minutt", "10 min", "1 t 15 min"),
        ("en", "Agenda item has other minutes", "10 min", "1 h 15 min"),
    ],
)
def test_minutes_are_told_in_the_readers_language(
    language: str, sentence: str, before: str, after: str
) -> None:
    gatherings = blueprint_content()["gatherings"]
    changed = copy.deepcopy(gatherings)
    changed[0]["items"][0]["minutes"] = 75
    said = describe(one(gatherings, changed), language)
    assert (said.sentence, said.name, said.before, said.after) == (
        sentence,
        f"Welcome {language}",
        before,
        after,
    )


def test_both_sides_are_in_one_language_when_they_share_one() -> None:
    gatherings = blueprint_content()["gatherings"]
    changed = copy.deepcopy(gatherings)
    changed[0]["questions"][0]["text"] = {"nb": "Ny"}
    said = describe(one(gatherings, changed), "en")
    assert (said.before, said.after) == ("Question 1.1 nb", "Ny")


def test_an_activity_is_told_with_all_its_parts() -> None:
    gatherings = blueprint_content()["gatherings"]
    changed = copy.deepcopy(gatherings)
    changed[0]["items"][5]["activity"] |= {"several": True, "most": 2}
    assert describe(one(gatherings, changed), "en").after == (
        "Poll, Unlinkable\nPrompt Poll en\n– Option 1 en\n– Option 2 en\nAt most 2 choices"
    )


def test_the_numbers_of_the_form_are_told_with_what_they_count() -> None:
    changed = blueprint_content()
    changed["form"] |= {"span_months": [4, 8], "theory_share_max": 20}
    changed["instrument"]["answered_by"] = ["leader"]
    said = [describe(each, "en") for each in blueprint_differences(blueprint_content(), changed)]
    assert [(each.before, each.after) for each in said] == [
        ("3–6 months", "4–8 months"),
        ("25 per cent", "20 per cent"),
        ("Leaders, The host", "Leaders"),
    ]


def test_what_is_gone_and_what_is_new_is_marked_word_by_word_and_safe() -> None:
    assert marked("Hva <b>vil</b> vi?", "Hva må vi?") == (
        "Hva <del>&lt;b&gt;vil&lt;/b&gt;</del> vi?",
        "Hva <ins>må</ins> vi?",
    )
    assert marked("", "<i>") == ("", "&lt;i&gt;")


def test_texts_that_hold_html_stay_text() -> None:
    gatherings = blueprint_content()["gatherings"]
    changed = copy.deepcopy(gatherings)
    changed[0]["questions"].append({"key": "x", "text": text("<script>"), "aims": []})
    assert describe(one(gatherings, changed), "en").marked_after == "&lt;script&gt; en"
