"""What is printed and carried into the room."""

import re

import pytest
from django.urls import reverse

from samspill.cohorts.actions import edit_item
from samspill.planning.models import Gathering
from tests.planning.parts import planned, released


def _page(client, person, name, gathering):
    client.force_login(person)
    return client.get(reverse(f"planning:{name}", args=[gathering.pk])).content.decode()


def _sheets(page):
    return re.findall(r'<article class="run-sheet".*?</article>', page, re.DOTALL)


def test_a_run_sheet_has_one_sheet_before_the_break_and_one_after_it(cast, client):
    gathering = planned(cast)[0]
    released(cast, gathering)
    first, second = _sheets(_page(client, cast.facilitator, "run_sheet", gathering))
    starts = [re.findall(r'run-sheet__time">\s*(\d\d:\d\d)', sheet) for sheet in (first, second)]
    assert starts == [
        ["09:00", "09:10", "09:30", "10:10", "10:30", "10:40"],
        ["10:40", "11:00", "11:30", "12:00"],
    ]
    assert re.findall(r'class="num">(\d+)', first) == ["10", "20", "40", "20", "10"]
    assert [f"Script g1 {number} nb" in first for number in range(1, 9)] == [True] * 5 + [False] * 3
    assert [f"Script g1 {number} nb" in second for number in range(1, 9)] == [False] * 5 + [True] * 3


def test_material_and_responsible_stand_beside_the_item(cast, client):
    gathering = planned(cast)[0]
    edit_item(
        cohort=cast.cohort,
        gathering="g1",
        item="g1-i2",
        changes={"material": {"nb": "Lysark 3"}, "responsible": "Ressurspersonen"},
        by=cast.facilitator,
        revision=0,
    )
    fresh = Gathering.objects.get(pk=gathering.pk)
    page = _page(client, cast.facilitator, "run_sheet", fresh)
    assert "Lysark 3" in page
    assert "Ressurspersonen" in page
    assert "Utkast" in page


def test_a_participants_programme_has_times_and_titles_and_no_scripts(cast, client):
    gathering = planned(cast)[0]
    edit_item(
        cohort=cast.cohort,
        gathering="g1",
        item="g1-i2",
        changes={"material": {"nb": "Lysark 3"}, "responsible": "Ressurspersonen"},
        by=cast.facilitator,
        revision=0,
    )
    released(cast, Gathering.objects.get(pk=gathering.pk))
    page = _page(client, cast.leader, "programme", gathering)
    times = re.findall(r'<th scope="row">\s*(\d\d:\d\d)', page)
    assert times == ["09:00", "09:10", "09:30", "10:10", "10:30", "10:40", "11:00", "11:30", "12:00"]
    for hidden in ("Script g1", "Lysark 3", "Ressurspersonen", "Prompt"):
        assert hidden not in page


def test_no_programme_is_printed_before_the_release(cast, client):
    gathering = planned(cast)[0]
    page = _page(client, cast.leader, "programme", gathering)
    assert "Programmet er under arbeid" in page
    assert "Welcome nb" not in page


def test_without_a_date_the_sheet_counts_from_nought(cast, client):
    gathering = planned(cast)[0]
    Gathering.objects.filter(pk=gathering.pk).update(starts_at=None)
    first, _second = _sheets(_page(client, cast.facilitator, "run_sheet", gathering))
    assert re.findall(r'run-sheet__time">\s*(\d:\d\d)', first)[:3] == ["0:00", "0:10", "0:30"]


@pytest.mark.parametrize(("lines", "look"), [(30, ""), (45, "dense"), (60, "denser")])
def test_a_half_with_much_to_say_is_set_more_closely(cast, client, lines, look):
    gathering = planned(cast)[0]
    edit_item(
        cohort=cast.cohort,
        gathering="g1",
        item="g1-i2",
        changes={"script": {"nb": "\n".join(["En linje i manuset"] * lines)}},
        by=cast.facilitator,
        revision=0,
    )
    first, second = _sheets(
        _page(client, cast.facilitator, "run_sheet", Gathering.objects.get(pk=gathering.pk))
    )
    assert re.findall(r'data-density="(\w*)"', first + second) == [look, ""]
