"""Every page of the practice site on a phone: WCAG 2.2 AA by axe, no sideways scroll at 320 px and at 200 % zoom, nothing
in the console, one h1, the right language, targets of 48 px. Charts have their numbers as tables."""

import shutil
import sqlite3
from collections import defaultdict
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.journeys import pages
from tests.journeys.looking import Looker, looker
from tests.journeys.pages import FIRST, HELD, LOOKED_AT_WHILE_RUNNING, MEASURE, NOT_PAGES, ROLES, Made, make
from tests.journeys.site import Site, free_port
from tests.rules.test_url_walk import RIGHTS


@pytest.fixture(scope="module")
def site(practice_site, tmp_path_factory):
    """A copy of the practice site, since much is done to it here that others should not see."""
    folder = tmp_path_factory.mktemp("looked-at")
    shutil.copytree(practice_site.folder, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.sqlite3*"))
    with (
        closing(sqlite3.connect(practice_site.folder / "site.sqlite3")) as theirs,
        closing(sqlite3.connect(folder / "site.sqlite3")) as ours,
    ):
        theirs.backup(ours)
    copy = Site(folder, free_port(), {})
    copy.start()
    yield copy
    copy.stop()


@pytest.fixture(scope="module")
def made(browser, site) -> Made:
    owner, facilitator = looker(browser, site, "eier"), looker(browser, site, "fasilitator")
    result = make(owner, facilitator)
    owner.page.context.close()
    facilitator.page.context.close()
    return result


def visit(seer: Looker, places: list[pages.Place]) -> None:
    for place in places:
        seer.go(place.path, place.status)
        seer.look(str(place), place.language, place.dark)
        if place.errors:
            seer.look_at_errors(str(place), place.language)


def same_title(titles: dict[str, str]) -> list[list[str]]:
    """Pages of different kinds that a list of windows could not tell from each other."""
    by_title = defaultdict(list)
    for name, title in titles.items():
        by_title[title].append(name)
    return [names for names in by_title.values() if len({name.split()[0] for name in names}) > 1]


def test_every_page_is_looked_at():
    anybody = Made(draft=0, organisations="key", leaders="key", wave=0, invitations=0, mails=0)
    places = [*pages.signed_out(), *(place for of in ROLES.values() for place in of(anybody))]
    addresses = {name for name, row in RIGHTS.items() if row.method == "get"}
    assert {place.name for place in places} | LOOKED_AT_WHILE_RUNNING == addresses - set(NOT_PAGES)


@pytest.mark.parametrize("role", ROLES)
def test_pages_of_each_role(role, browser, site, made):
    seer = looker(browser, site, role)
    visit(seer, ROLES[role](made))
    seer.page.context.close()
    assert seer.faults == []
    assert same_title(seer.titles) == []


def test_pages_that_are_open_to_everybody(browser, site):
    seer = looker(browser, site)
    visit(seer, pages.signed_out())
    seer.go("/nb/finnes-ikke/", status=404)
    seer.look("not found", dark=True)
    seer.go("/account/sign-in/")
    seer.look_at_errors("sign-in")
    seer.page.locator("input[type=email]").fill("leder1@ovingsdepartementet.example")
    with seer.page.expect_navigation():
        seer.page.locator("input[type=email]").press("Enter")
    assert seer.page.url.endswith("/account/sign-in/code/")
    seer.look("account_confirm_login_code")
    seer.look_at_errors("account_confirm_login_code")
    assert seer.faults == []


def test_a_refusal_is_a_page_as_well(browser, site):
    seer = looker(browser, site, "fasilitator")
    seer.go(f"/planning/{HELD}/agenda/")
    seer.page.evaluate("""(path) => {
        const form = Object.assign(document.createElement("form"), {method: "post", action: path});
        const token = document.querySelector("[name=csrfmiddlewaretoken]").cloneNode();
        form.append(token);
        document.body.append(form);
        form.submit();
    }""", f"/planning/{HELD}/agenda/undo/")
    expect(seer.page).to_have_url(f"{site.address}/planning/{HELD}/agenda/undo/")
    seer.look("refused", dark=True)
    assert seer.faults == []


@pytest.mark.parametrize(
    "path",
    [
        "/measurement/cohort/2/effect/",
        "/reports/cohort/2/",
        "/nb/results/2/",
        f"/nb/measures/{MEASURE}/",
        f"/programmes/{FIRST}/",
    ],
)
def test_every_chart_has_its_numbers_as_a_table(path, browser, site):
    seer = looker(browser, site, "fasilitator")
    seer.go(path)
    charts = seer.page.locator("svg[role=img]")
    tables = seer.page.locator("figure:has(svg[role=img]) table:has(caption):has(tbody td)")
    assert tables.count() == charts.count()
