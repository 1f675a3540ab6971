"""The report says what the pages say, names nobody, and holds only what was released for it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from samspill.cohorts.models import Cohort
from samspill.evaluation.queries import effect_of
from samspill.followup.queries import tally_of
from samspill.people.models import Person
from samspill.reports.presenting import document_html
from samspill.reports.queries import content_of
from tests.cast import Cast
from tests.evaluation.parts import in_days
from tests.followup.parts import WHAT
from tests.reports.parts import KEPT_BACK, RELEASED, whole_cohort


@pytest.fixture
def cohort(cast: Cast) -> Cohort:
    whole_cohort(cast)
    return cast.cohort


def test_every_number_is_the_one_of_its_own_page(cohort: Cohort) -> None:
    content = content_of(cohort)

    assert content.effect == effect_of(cohort)
    assert content.commitments == tally_of(cohort, today=in_days(0))
    assert (content.leaders, [body.name_nb for body in content.organisations]) == (
        7,
        [
            "Øvingsdepartementet",
            "Øvingstilsynet 1",
            "Øvingstilsynet 2",
            "Øvingstilsynet 3",
            "Øvingstilsynet 4",
        ],
    )


def test_a_gathering_tells_what_was_planned_and_what_it_took(cohort: Cohort) -> None:
    (story,) = content_of(cohort).gatherings

    assert (story.held, story.planned, story.actual) == (True, 180, 30)
    assert story.presence is not None
    assert (story.presence.present, story.presence.enrolled) == (3, 7)
    assert [(item.key, item.actual) for item in story.items][:3] == [
        ("g1-i1", 12),
        ("g1-i2", 18),
        ("g1-i3", None),
    ]


def test_only_what_was_released_came_up(cohort: Cohort) -> None:
    page = document_html(content_of(cohort), "nb")

    assert RELEASED in page
    assert KEPT_BACK not in page


def test_nobody_is_named_and_no_commitment_is_quoted(cast: Cast, cohort: Cohort) -> None:
    page = document_html(content_of(cohort), "nb")

    assert [one.name for one in Person.objects.all() if one.name in page] == []
    assert [one.email for one in Person.objects.all() if one.email and one.email in page] == []
    assert WHAT not in page


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_it_is_written_in_the_chosen_language(cohort: Cohort, language: str) -> None:
    page = document_html(content_of(cohort), language)

    assert f'<html lang="{language}">' in page
    assert f"Prompt Reflect {language}" in page
    assert f"Item 1 {language}" in page
    assert 'lang="nb"><p>Lederne tok selv ordet.</p>' in page  # edited words are in the cohort's language


def test_the_page_and_the_document_hold_the_same_figures(cast: Cast, cohort: Cohort) -> None:
    Person.objects.update(language="en")
    client = Client()
    client.force_login(Person.objects.get(pk=cast.facilitator.pk))

    page = client.get(reverse("reports:report", args=[cohort.pk])).content.decode()
    document = document_html(content_of(cohort), "en")

    def figures(html: str) -> list[str]:
        return re.findall(r'<td class="num">([^<]+)</td>', html)

    assert figures(page) == figures(document)
    assert "+2.4" in figures(document)
    assert "2 commitments were made. 1 open, 1 done, 0 dropped." in document


def test_a_cohort_with_nothing_yet_gives_a_report_that_says_so(cast: Cast) -> None:
    page = document_html(content_of(cast.cohort), "en")

    for sentence in (
        "0 of 0 gatherings have been held.",
        "The programme was run as the blueprint has it.",
        "Nothing has been released for this report.",
        "No commitments were made.",
        "No measurement has been closed, so there is nothing to show.",
        "Not written yet.",
    ):
        assert sentence in page


def test_hidden_figures_are_hidden_in_the_report_too(cast: Cast, settings) -> None:
    settings.MIN_ANSWERS = 8
    whole_cohort(cast)

    page = document_html(content_of(cast.cohort), "en")

    assert page.count("Hidden to protect the participants.") == 4
    assert "+2.4" not in page
    assert "<svg" not in page
