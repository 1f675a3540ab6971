"""Wrong files get every fault with line and path, and not only the first."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from samspill.programmes.checking import check_file, faults_of, item_faults
from samspill.programmes.exporting import to_yaml
from tests.cast import blueprint_content, text

Change = Callable[[dict[str, Any]], Any]


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def found(content: dict[str, Any]) -> list[tuple[str, str]]:
    return [(fault.where, fault.sentence) for fault in faults_of(content)]


def in_file(text: str) -> list[tuple[int, str, str]]:
    return [(fault.line, fault.where, fault.sentence) for fault in check_file(text.encode()).faults]


def test_the_casts_blueprint_is_in_order() -> None:
    assert found(blueprint_content()) == []


def item(content: dict[str, Any], number: int) -> dict[str, Any]:
    found: dict[str, Any] = content["gatherings"][0]["items"][number - 1]
    return found


FAULTS: dict[str, tuple[Change, list[tuple[str, str]]]] = {
    "a field is missing": (lambda c: c.pop("purpose"), [("", "The field “purpose” is missing.")]),
    "a misspelt field is said once, with a guess": (
        lambda c: item(c, 1).update(minuts=item(c, 1).pop("minutes")),
        [
            (
                "gatherings[g1].items[g1-i1].minuts",
                "There is no field “minuts” here. Did you mean “minutes”?",
            )
        ],
    ),
    "a language is missing": (
        lambda c: c["aims"][1]["text"].pop("nn"),
        [("aims[a2].text", "The field “nn” is missing.")],
    ),
    "a text is empty": (
        lambda c: c["aims"][1]["text"].update(nn=" "),
        [("aims[a2].text.nn", "The text is empty.")],
    ),
    "a number where a text should be": (
        lambda c: c["title"].update(nb=7),
        [("title.nb", "This must be a text. Put it in quotation marks.")],
    ),
    "an unknown mode": (
        lambda c: item(c, 3).update(mode="reflexion"),
        [
            (
                "gatherings[g1].items[g1-i3].mode",
                "“reflexion” is not one of: theory, reflection, dialogue, sharing, break. "
                "Did you mean “reflection”?",
            )
        ],
    ),
    "a break with an activity": (
        lambda c: item(c, 5).update(activity=item(c, 3)["activity"]),
        [("gatherings[g1].items[g1-i5].activity", "The field “activity” does not belong here.")],
    ),
    "the same key twice": (
        lambda c: c["effects"][1].update(key="a1"),
        [("effects[a1].key", "The key “a1” is used before. Every key stands once.")],
    ),
    "an aim that is not there": (
        lambda c: c["gatherings"][0]["questions"][0].update(aims=["a9"]),
        [
            (
                "gatherings[g1].questions[g1-q1].aims[1]",
                "Nothing has the key “a9”. There are: a1, a2, a3.",
            )
        ],
    ),
    "a question of another gathering": (
        lambda c: item(c, 3).update(question="g2-q1"),
        [
            (
                "gatherings[g1].items[g1-i3].question",
                "Nothing has the key “g2-q1”. There are: g1-q1, g1-q2, g1-q3.",
            )
        ],
    ),
    "a statement that measures nothing": (
        lambda c: c["instrument"]["items"][0].update(measures="p1"),
        [
            (
                "instrument.items[m1].measures",
                "Nothing has the key “p1”. There are: a1, a2, a3, e1, e2.",
            )
        ],
    ),
    "minutes that do not add up": (
        lambda c: item(c, 1).update(minutes=15),
        [("gatherings[g1].items", "The items add up to 185 minutes, but a gathering has 180.")],
    ),
    "too much theory": (
        lambda c: item(c, 7).update(mode="theory"),
        [
            (
                "gatherings[g1].items",
                "Theory takes 30 per cent of the working time; at most 25 is meant.",
            )
        ],
    ),
    "another number of gatherings than the form says": (
        lambda c: c["form"].update(gatherings=4),
        [("gatherings", "The form says 4 gatherings, but there are 3.")],
    ),
    "a span that ends before it begins": (
        lambda c: c["form"].update(span_months=[6, 3]),
        [("form.span_months", "The shortest span is longer than the longest.")],
    ),
    "work after the last gathering": (
        lambda c: c["gatherings"][2].update(
            work_after={"key": "w3", "title": text("Work"), "minutes": 60, "text": text("Do")}
        ),
        [
            (
                "gatherings[g3].work_after",
                "There is no work after the last gathering: nothing comes behind it.",
            )
        ],
    ),
    "more choices than options": (
        lambda c: item(c, 6)["activity"].update(several=True, most=3),
        [
            (
                "gatherings[g1].items[g1-i6].activity.most",
                "3 may be chosen, but there are only 2 options.",
            )
        ],
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_said_once_and_in_its_place(name: str) -> None:
    change, expected = FAULTS[name]
    content = blueprint_content()
    change(content)
    assert found(content) == expected


def test_all_faults_are_found_in_one_go_each_with_its_line() -> None:
    lines = to_yaml(blueprint_content()).split("\n")
    for number, line in enumerate(lines):
        if line.strip() == "minutes: 10":
            lines[number] = line.replace("minutes", "minuts")
        if line.strip() == "mode: theory":
            lines[number] = line.replace("theory", "lecture")
    expected = [number for number, line in enumerate(lines, start=1) if "minuts" in line or "lecture" in line]
    assert [line for line, _where, _sentence in in_file("\n".join(lines))] == expected
    assert len(expected) == 9


def test_faults_in_the_yaml_itself_are_found_together_with_those_behind_them() -> None:
    lines = to_yaml(blueprint_content()).split("\n")
    title = lines.index("title:")
    lines[title + 1] = "  nb: Ledelse: hva nå"
    lines[title + 2] = "\tnn: Leiing"
    lines[lines.index("  theory_share_max: 25")] = "  theory_share_max: mye"
    assert in_file("\n".join(lines)) == [
        (
            title + 2,
            "",
            "A colon followed by a space inside a text: put the whole text in quotation marks.",
        ),
        (title + 3, "", "There is a tab here. Indent with spaces."),
        (lines.index("  theory_share_max: mye") + 1, "form.theory_share_max", "This must be a whole number."),
    ]


def test_a_field_that_stands_twice_is_said_with_both_lines() -> None:
    doubled = to_yaml(blueprint_content()) + "measure: other\n"
    last = doubled.count("\n")
    assert in_file(doubled) == [
        (last, "measure", "The field “measure” is here twice; the first is in line 4.")
    ]


def test_a_file_that_breaks_off_has_its_last_line_told_and_nothing_called_missing() -> None:
    whole = to_yaml(blueprint_content())
    torn = whole[: whole.index("effects:")] + "effects: [\n"
    sentences = [sentence for _line, _where, sentence in in_file(torn)]
    assert sentences == [
        "From here on the file is no proper YAML. Look for a missing colon, dash or quotation mark."
    ]


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "The file is empty."),
        (b"# only a comment\n", "Nothing is written here. It must be a group of fields."),
        (b"%PDF-1.7", "This is a PDF file, whatever its name says. A blueprint is plain text in YAML."),
        (
            b"PK\x03\x04",
            "This is a Word, Excel or ZIP file, whatever its name says. A blueprint is plain text in YAML.",
        ),
        (b"hello", "This must be a group of fields."),
        (
            b"title: \xff\xfe",
            "The file is not in UTF-8. Save it again and choose UTF-8 as the encoding.",
        ),
        (
            b"a: \x00",
            "The file holds characters that are not text. Save it again as plain text in UTF-8.",
        ),
        (
            b"[" * 50_000,
            "The file is nested deeper than any blueprint. Check the indentation.",
        ),
        (
            b"#" * 1_100_000,
            "The file is larger than 1 MB. A blueprint is text only; this is something else.",
        ),
    ],
)
def test_what_is_no_blueprint_at_all_is_one_sentence(raw: bytes, sentence: str) -> None:
    assert [fault.sentence for fault in check_file(raw).faults] == [sentence]


def test_a_small_file_cannot_grow_large_or_make_things() -> None:
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\nd: !!python/object/apply:os.getcwd []\n"
    sentences = {sentence for _line, _where, sentence in in_file(bomb)}
    assert "Write the content out here: references with “*” are not read." in sentences
    assert "Take away the tag “tag:yaml.org,2002:python/object/apply:os.getcwd”." in sentences
    assert check_file(bomb.encode()).content is None


def test_a_byte_order_mark_and_windows_line_ends_are_no_faults() -> None:
    raw = to_yaml(blueprint_content()).replace("\n", "\r\n").encode("utf-8-sig")
    assert check_file(raw).content == blueprint_content()


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_no_file_makes_the_check_fall_over(raw: bytes) -> None:
    with translation.override("en"):
        checked = check_file(raw)
    assert checked.content is None
    assert checked.faults


WORDS = st.text(min_size=1, max_size=300).filter(lambda words: words.strip() and words.isprintable())
LINES = st.lists(WORDS, min_size=1, max_size=4).map("\n".join)


@settings(deadline=None)
@given(st.one_of(WORDS, LINES))
def test_every_text_survives_the_way_out_and_in(words: str) -> None:
    content = blueprint_content()
    content["purpose"]["nb"] = content["gatherings"][0]["items"][0]["script"]["en"] = words
    assert check_file(to_yaml(content).encode()).content == content


def test_the_export_is_in_the_schemas_order_whatever_order_the_database_gives() -> None:
    content = blueprint_content()
    turned = dict(reversed(content.items()))
    assert to_yaml(turned) == to_yaml(content)


def test_another_yaml_reader_reads_the_same() -> None:
    assert YAML(typ="safe").load(io.StringIO(to_yaml(blueprint_content()))) == blueprint_content()


def test_a_tailored_item_needs_one_language_only() -> None:
    assert (
        item_faults(
            {
                "key": "own",
                "title": {"nb": "Innlegg"},
                "minutes": 15,
                "mode": "theory",
                "optional": False,
                "script": {},
                "responsible": "12",
            }
        )
        == ()
    )
