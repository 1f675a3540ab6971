"""Charts say what they show, how many answered, and the same in numbers, with and without colour."""

import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from samspill.ui import charts
from samspill.ui.charts import Change, Chart, ModeShare, Option, Scale, Statement, Wave

AGREE = Scale("Svært uenig", "Svært enig")
SVG = "{http://www.w3.org/2000/svg}"


def options() -> Chart:
    hindrances = [Option("Uklart ansvar", 9), Option("Penger & tid", 3), Option("Kompetanse", None)]
    return charts.option_bars("Hva hindrer mest?", hindrances, 18)


def scale() -> Chart:
    return charts.scale_columns("Felles bilde", (1, 2, 3, 5, 4, 2, 0), AGREE)


def statements() -> Chart:
    unclear = Statement("Ansvaret er klart", (3, 5, 4, 2, 1, 1, 0), 2.8)
    fixed = Statement("Digitalisering er fast tema i ledermøtene", (0, 1, 2, 4, 6, 3, 1), 4.6)
    hidden = Statement("Gevinstene er kjent", None, None)
    return charts.statement_rows("Slik ser gruppen det", [hidden, unclear, fixed], AGREE)


def waves() -> Chart:
    before = Wave("before", "Før", (3, 5, 4, 2, 1, 1, 0), 2.8)
    after = Wave("after", "Etter", (0, 1, 3, 4, 5, 2, 0), 4.3)
    later = Wave("later", "Seks måneder etter", (0, 0, 3, 5, 4, 2, 0), 4.4)
    return charts.wave_columns("Ansvaret er tydelig", [before, after, later], AGREE)


def changes() -> Chart:
    clear = Change("Tydelig ansvar", 1.4, 0.8, 2.0, clear=True)
    unclear = Change("Felles bilde", 0.3, -0.4, 1.0, clear=False)
    return charts.change_intervals("Endring", [clear, unclear], 15)


def modes() -> Chart:
    return charts.mode_stack(
        "Tiden", [ModeShare("theory", "Teori", 45), ModeShare("dialogue", "Dialog", 135)]
    )


EVERY = pytest.mark.parametrize("draw", [options, scale, statements, waves, changes, modes])
Draw = Callable[[], Chart]


def words(chart: Chart) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(chart.svg).iter(f"{SVG}text")]


@pytest.fixture(autouse=True)
def _in_bokmal() -> object:
    with override("nb"):
        yield


@EVERY
def test_a_chart_is_a_picture_with_a_name_and_a_description(draw: Draw) -> None:
    chart = draw()
    picture = ElementTree.fromstring(chart.svg)
    title, description = picture.find(f"{SVG}title"), picture.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert picture.get("role") == "img"
    assert picture.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert title.text == chart.title
    assert all(row[0] in str(description.text) for row in chart.rows)


@EVERY
def test_a_chart_passes_the_strict_content_policy(draw: Draw) -> None:
    svg = draw().svg
    assert re.findall(r"\sstyle=|<style|<script|\son\w+=|href=|https?://(?!www\.w3\.org/2000/svg)", svg) == []


@EVERY
def test_a_chart_is_the_same_every_time(draw: Draw) -> None:
    assert draw() == draw()


@EVERY
def test_every_shape_has_a_grey_of_its_own_for_paper(draw: Draw) -> None:
    shapes = [
        element
        for element in ElementTree.fromstring(draw().svg).iter()
        if element.tag in {f"{SVG}rect", f"{SVG}circle", f"{SVG}line", f"{SVG}text"}
    ]
    assert [shape for shape in shapes if not (shape.get("fill") or shape.get("stroke"))] == []


@EVERY
def test_every_pattern_that_is_used_is_there(draw: Draw) -> None:
    svg = draw().svg
    used = set(re.findall(r"url\(#([\w-]+)\)", svg))
    assert used - set(re.findall(r'id="([\w-]+)"', svg)) == set()


@EVERY
def test_the_table_says_the_same_in_numbers(draw: Draw) -> None:
    chart = draw()
    assert {len(row) for row in chart.rows} == {len(chart.heads)}
    page = render_to_string("ui/chart.html", {"chart": chart})
    assert page.count("<tr>") == 1 + len(chart.rows)
    assert "Vis tallene" in page


def test_options_stand_in_the_order_given_with_their_numbers() -> None:
    said = ["Uklart ansvar", "9", "Penger & tid", "3", "Kompetanse", "for få til å vises", "18 svar"]
    assert words(options()) == said


def test_a_number_that_is_kept_back_is_nowhere_in_the_chart() -> None:
    assert options().rows[2] == ("Kompetanse", "for få til å vises", "")


def test_bars_are_as_long_as_their_numbers() -> None:
    bars = [
        bar for bar in ElementTree.fromstring(options().svg).iter(f"{SVG}rect") if bar.get("class") == "c-bar"
    ]
    widths = [float(str(bar.get("width")).removesuffix("%")) for bar in bars]
    assert widths[0] / widths[1] == pytest.approx(9 / 3, abs=0.01)


def test_a_scale_shows_its_points_its_ends_and_how_many_answered() -> None:
    assert words(scale()) == [*"123542", *"1234567", "Svært uenig", "Svært enig", "17 svar"]


def test_statements_are_sorted_by_mean_and_the_hidden_come_last() -> None:
    chart = statements()
    assert [row[0] for row in chart.rows] == [
        "Digitalisering er fast tema i ledermøtene",
        "Ansvaret er klart",
        "Gevinstene er kjent",
    ]
    assert [row[-2:] for row in chart.rows] == [("17", "4,6"), ("16", "2,8"), ("for få til å vises", "")]


def test_waves_say_when_how_many_and_the_mean() -> None:
    said = [line for line in words(waves()) if "·" in line]
    assert said == [
        "Før · 16 svar · snitt 2,8",
        "Etter · 15 svar · snitt 4,3",
        "Seks måneder etter · 14 svar · snitt 4,4",
    ]


def test_waves_differ_by_mark_and_not_by_colour_only() -> None:
    marks = [
        (element.tag.removeprefix(SVG), element.get("fill"))
        for element in ElementTree.fromstring(waves().svg).iter()
        if "c-mark" in str(element.get("class"))
    ]
    assert marks == [("circle", "white"), ("circle", "black"), ("rect", "black")]


def test_a_change_we_cannot_be_sure_of_says_so() -> None:
    assert [row[-1] for row in changes().rows] == ["+1,4, fra +0,8 til +2,0", "kan ikke si noe sikkert"]
    dots = [dot for dot in ElementTree.fromstring(changes().svg).iter(f"{SVG}circle") if dot.get("cx")]
    looks = [dot.get("class") for dot in dots if "c-dot " in str(dot.get("class"))]
    assert looks == ["c-dot c-clear", "c-dot c-unclear"]


def test_the_agenda_says_the_minutes_and_the_share_of_each_mode() -> None:
    assert words(modes()) == [
        "Teori: 45 min (25\N{NO-BREAK SPACE}%)",
        "Dialog: 2 t 15 min (75\N{NO-BREAK SPACE}%)",
    ]


def test_nobody_has_answered_yet() -> None:
    assert charts.option_bars("Tomt", [Option("Ja", 0)], 0).rows == (("Ja", "0", ""),)
    assert charts.scale_columns("Tomt", (0, 0, 0), AGREE).rows[0] == ("1 (Svært uenig)", "0", "")
    assert charts.mode_stack("Tomt", []).rows == ()
    assert charts.change_intervals("Tomt", [], 0).rows == ()
