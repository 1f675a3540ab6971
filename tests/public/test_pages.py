"""The public pages: open to everybody, in three languages, and without a single cookie."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from samspill.programmes.choices import VersionState
from samspill.programmes.models import BlueprintVersion
from samspill.reports.models import Report
from tests.cast import blueprint_content, text

PAGES = ["front", "results", "contact", "privacy", "accessibility"]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_page_is_in_its_language_and_sets_no_cookie(client, cast, page, language):
    with override(language):
        address = reverse(f"public:{page}")
    response = client.get(address)
    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.content.decode()
    assert response.cookies.output() == ""
    assert client.cookies.output() == ""


def test_who_only_asks_for_the_head_of_a_page_is_answered(client, cast):
    assert client.head("/").status_code == 302
    assert client.head(reverse("public:front")).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_every_page_ends_with_the_feedback_form_and_a_share_link(client, cast, page):
    html = client.get(reverse(f"public:{page}")).content.decode()
    assert "Fant du det du lette etter?" in html
    assert f'value="http://127.0.0.1:8000{reverse(f"public:{page}")}"' in html


def test_measure_page_shows_the_newest_released_version_and_not_the_draft(client, cast):
    secret = {**blueprint_content(), "title": text("Draft title")}
    BlueprintVersion.objects.create(measure=cast.cohort.blueprint.measure, number=2, content=secret)
    html = client.get(reverse("public:measure", args=["measure"])).content.decode()
    assert "Title nb" in html
    assert "Draft title" not in html


def test_measure_without_released_blueprint_is_not_there(client, cast):
    BlueprintVersion.objects.update(state=VersionState.DRAFT)
    assert client.get(reverse("public:measure", args=["measure"])).status_code == 404


def test_result_is_seen_only_when_published(client, cast):
    report = Report.objects.create(cohort=cast.cohort, public_summary="Lederne ble enige.", lessons="Internt")
    address = reverse("public:result", args=[cast.cohort.pk])
    assert client.get(address).status_code == 404
    assert "Øvingssektoren" not in client.get(reverse("public:results")).content.decode()
    Report.objects.filter(pk=report.pk).update(
        published_on="2026-06-01", published_summary="Lederne ble enige."
    )
    html = client.get(address).content.decode()
    assert "Lederne ble enige." in html
    assert "7 toppledere" in html
    assert "Internt" not in html


def test_an_address_with_an_absurd_number_is_an_address_that_is_not_there(client, cast):
    assert client.get(reverse("public:result", args=[10**26])).status_code == 404


def test_the_bare_address_leads_on(client, cast):
    assert client.get("/").url == "/nb/"
    client.force_login(cast.leader)
    assert client.get("/").url == reverse("home:start")


def test_an_address_that_is_not_there_sets_no_cookie_either(client, cast):
    for path in ("/nb/nothing/", "/nn/measures/nothing/", "/en/results/987654/"):
        response = client.get(path)
        assert response.status_code == 404
        assert f'<html lang="{path[1:3]}"' in response.content.decode()
    assert client.cookies.output() == ""
