"""What differs between two programmes: the pure core, held by properties."""

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.programmes.differences import (
    Difference,
    blueprint_differences,
    difference_from,
    differences_between,
)
from tests.cast import blueprint_content, text

Gatherings = list[dict[str, Any]]


def gatherings() -> Gatherings:
    found: Gatherings = copy.deepcopy(blueprint_content()["gatherings"])
    return found


def keys(before: Gatherings, after: Gatherings) -> tuple[str, ...]:
    return tuple(difference.key for difference in differences_between(before, after))


def move(things: list[Any], source: int, target: int) -> None:
    things.insert(target, things.pop(source))


# One edit each: what is done, and the one difference it must make.


@st.composite
def one_edit(draw: st.DrawFn) -> tuple[Gatherings, Gatherings, str]:
    """A programme, the same with one edit, and the key of the difference."""
    before = gatherings()
    after = copy.deepcopy(before)
    place = draw(st.integers(0, 2))
    gathering = after[place]
    home = gathering["key"]
    subject, things = draw(
        st.sampled_from((("question", gathering["questions"]), ("item", gathering["items"])))
    )
    index = draw(st.integers(0, len(things) - 1))
    thing = things[index]
    kinds = ["removed", "added", "reworded", "moved"]
    kinds += (
        ["minutes", "mode", "script", "activity", "optional", "responsible"]
        if subject == "item"
        else ["aims"]
    )
    kind = draw(st.sampled_from(kinds))
    part = thing["key"]
    if kind == "removed":
        things.remove(thing)
    elif kind == "added":
        part = "new"
        things.insert(index, {**thing, "key": part})
    elif kind == "moved":
        target = draw(st.integers(0, len(things) - 1).filter(lambda place: place != index))
        move(things, index, target)
        # Of two neighbours that change places, the one that comes forward has moved.
        if abs(target - index) == 1:
            part = things[min(index, target)]["key"]
    else:
        _change(thing, subject, kind)
    return before, after, f"{home}/{subject}/{part}/{kind}"


def _change(thing: dict[str, Any], subject: str, kind: str) -> None:
    values: dict[str, Any] = {
        "minutes": thing.get("minutes", 0) + 5,
        "mode": "dialogue" if thing.get("mode") == "sharing" else "sharing",
        "script": text("Another script"),
        "activity": {"kind": "reflection", "attribution": "named", "prompt": text("Another")},
        "optional": not thing.get("optional", False),
        "responsible": "17",
        "aims": ["a2"],
    }
    if kind == "reworded":
        thing["text" if subject == "question" else "title"] = {"nb": "Andre ord"}
    else:
        thing[kind] = values[kind]


@settings(deadline=None)
@given(one_edit())
def test_every_single_edit_is_exactly_one_difference(edit: tuple[Gatherings, Gatherings, str]) -> None:
    before, after, key = edit
    assert keys(before, after) == (key,)


@st.composite
def programmes(draw: st.DrawFn) -> Gatherings:
    """Any programme that can be made of the cast's parts: left out, reordered, reworded, other minutes."""
    made = draw(st.permutations(gatherings()))[: draw(st.integers(1, 3))]
    for gathering in made:
        for name in ("questions", "items"):
            parts = draw(st.permutations(gathering[name]))
            gathering[name] = parts[: draw(st.integers(0, len(parts)))]
        for item in gathering["items"]:
            item["minutes"] = draw(st.sampled_from((item["minutes"], 15)))
            item["title"] = draw(st.sampled_from((item["title"], text("Reworded"))))
    return made


@settings(deadline=None)
@given(programmes())
def test_nothing_differs_from_itself(programme: Gatherings) -> None:
    assert differences_between(programme, copy.deepcopy(programme)) == ()


@settings(deadline=None)
@given(programmes(), programmes())
def test_there_and_back_differ_in_as_many_places(one: Gatherings, other: Gatherings) -> None:
    assert len(differences_between(one, other)) == len(differences_between(other, one))


@settings(deadline=None)
@given(programmes(), programmes())
def test_every_difference_has_its_own_key(one: Gatherings, other: Gatherings) -> None:
    found = keys(one, other)
    assert len(found) == len(set(found))


@settings(deadline=None)
@given(programmes(), programmes())
def test_comparing_changes_neither_side(one: Gatherings, other: Gatherings) -> None:
    untouched = copy.deepcopy((one, other))
    differences_between(one, other)
    assert (one, other) == untouched


@settings(deadline=None)
@given(programmes(), programmes())
def test_a_difference_survives_storage_as_json(one: Gatherings, other: Gatherings) -> None:
    for difference in differences_between(one, other):
        assert difference_from(difference.as_data()) == difference


def test_a_reworded_question_says_what_it_was_and_what_it_is() -> None:
    before, after = gatherings(), gatherings()
    after[0]["questions"][1]["text"] = {"nb": "Nytt"}
    assert differences_between(before, after) == (
        Difference(
            key="g1/question/g1-q2/reworded",
            gathering="g1",
            subject="question",
            kind="reworded",
            before=text("Question 1.2"),
            after={"nb": "Nytt"},
            name={"nb": "Nytt"},
            part="g1-q2",
        ),
    )


def test_one_item_carried_past_all_others_is_one_move_with_its_places() -> None:
    before, after = gatherings(), gatherings()
    move(after[2]["items"], 0, 7)
    (difference,) = differences_between(before, after)
    assert (difference.key, difference.before, difference.after) == ("g3/item/g3-i1/moved", 1, 8)


def test_what_is_left_out_and_what_says_nothing_are_the_same() -> None:
    before, after = gatherings(), gatherings()
    after[0]["items"][0] |= {
        "optional": False,
        "question": "",
        "material": {"nb": " ", "nn": ""},
        "responsible": "",
    }
    after[0]["questions"][0]["text"]["nb"] += "  "
    assert differences_between(before, after) == ()


def test_differences_come_in_the_order_of_the_gatherings() -> None:
    before, after = gatherings(), gatherings()
    after[2]["theme"] = text("Other")
    after[0]["work_after"]["minutes"] = 45
    after[1]["aim"] = text("Other")
    assert keys(before, after) == ("g1/work/w1/minutes", "g2/gathering/g2/aim", "g3/gathering/g3/theme")


def test_a_gathering_that_comes_or_goes_is_one_difference() -> None:
    before, after = gatherings(), gatherings()
    del after[1]
    assert keys(before, after) == ("g2/gathering/g2/removed",)
    assert keys(after, before) == ("g2/gathering/g2/added",)


BLUEPRINT_EDITS = {
    "blueprint/blueprint/blueprint/purpose": lambda content: content.update(purpose=text("Other")),
    "blueprint/aim/a2/reworded": lambda content: content["aims"][1].update(text=text("Other")),
    "blueprint/effect/e2/removed": lambda content: content["effects"].pop(),
    "blueprint/challenge/c2/added": lambda content: content["challenges"].append(
        {"key": "c2", "text": text("New")}
    ),
    "blueprint/form/form/theory_share_max": lambda content: content["form"].update(theory_share_max=20),
    "blueprint/instrument/instrument/low": lambda content: content["instrument"].update(low=text("Other")),
    "blueprint/measured/m4/moved": lambda content: move(content["instrument"]["items"], 3, 0),
    "g2/question/g2-q1/removed": lambda content: content["gatherings"][1]["questions"].pop(0),
}


@pytest.mark.parametrize("key", BLUEPRINT_EDITS)
def test_two_versions_of_a_blueprint_are_compared_whole(key: str) -> None:
    before, after = blueprint_content(), blueprint_content()
    BLUEPRINT_EDITS[key](after)
    assert [difference.key for difference in blueprint_differences(before, after)] == [key]
