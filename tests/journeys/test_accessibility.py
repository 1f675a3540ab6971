"""Every page of the practice site on a phone: WCAG 2.2 AA by axe, no sideways scroll at 320 px and at 200 % zoom,
nothing in the console, one h1, the right language, targets of 48 px. Charts have their numbers as tables."""

import shutil
import sqlite3
import uuid
from collections import defaultdict
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.journeys import pages
from tests.journeys.looking import BIG_SCREEN, Looker, looker
from tests.journeys.pages import FIRST, HELD, MEASURE, NOW, ROLES, Made, make
from tests.journeys.site import Site, free_port
from tests.rules.test_url_walk import RIGHTS


@pytest.fixture(scope="module")
def site(practice_site, tmp_path_factory):
    """A copy of the practice site, since much is done to it here that others should not see."""
    folder = tmp_path_factory.mktemp("looked-at")
    shutil.copytree(
        practice_site.folder, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.sqlite3*")
    )
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
    three = [looker(browser, site, role) for role in ("eier", "fasilitator", "leder1")]
    result = make(*three)
    for each in three:
        each.page.context.close()
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
        if not name.startswith("sectors:import_fetched"):  # sectors:import, after a look elsewhere
            by_title[title].append(name)
    return [names for names in by_title.values() if len({name.split()[0] for name in names}) > 1]


def test_every_page_is_looked_at():
    anybody = Made(draft=0, organisations="key", leaders="key", wave=0, invitations=0, mails=0, promise=0)
    places = [*pages.signed_out(), *(place for of in ROLES.values() for place in of(anybody))]
    addresses = {name for name, row in RIGHTS.items() if row.method == "get"}
    assert {place.name for place in places} | pages.LOOKED_AT_WHILE_RUNNING == addresses - set(
        pages.NOT_PAGES
    )


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
    seer.page.evaluate(
        """(path) => {
        const form = Object.assign(document.createElement("form"), {method: "post", action: path});
        const token = document.querySelector("[name=csrfmiddlewaretoken]").cloneNode();
        form.append(token);
        document.body.append(form);
        form.submit();
    }""",
        f"/planning/{HELD}/agenda/undo/",
    )
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
    charts = seer.page.locator(
        "svg[role=img]:not(td svg)"
    )  # one in a row of a table has its numbers beside it
    tables = seer.page.locator("figure:has(svg[role=img]) table:has(caption):has(tbody td)")
    assert tables.count() == charts.count()


ASKED = """(form) => {
    const data = new Map([...form.elements].filter((each) => each.name).map((each) => [each.name, each]));
    const many = form.querySelector("[data-many]")?.dataset.many;
    const value = {};
    for (const [name, control] of data) {
        if (name === many) value[name] = [control.value];
        else if (name === "who") value[name] = null;
        else if (control.type === "radio") value[name] = Number(control.value);
        else if (control.type === "date") value[name] = "2031-03-01";
        else if (control.tagName === "SELECT") value[name] = control.options[1].value;
        else value[name] = "Vi tar det opp i neste etatsstyringsmøte og skriver ned hvem som gjør det";
    }
    return { action: form.dataset.action, part: form.dataset.partName, value: JSON.stringify(value) };
}"""


SAME_FOR_EVERY_KIND = {"ikke åpnet ennå", "lukket, ikke vist ennå"}


class Room:
    """Gathering 2 as it runs: a console, a big screen, a phone that is looked at and four more that answer."""

    def __init__(self, browser, site):
        self.console = looker(browser, site, "fasilitator")
        self.screen = looker(browser, site, "fasilitator", BIG_SCREEN)
        self.phones = [looker(browser, site, f"leder{number}") for number in range(1, 6)]
        self.seen: set[str] = set()

    def faces(self) -> list[tuple[Looker, str]]:
        return [(self.console, "console/"), (self.screen, "screen/"), (self.phones[0], "")]

    def look(self, phase: str) -> None:
        kind, _whose, how_far = (*phase.split(" · "), "", "")[:3]
        mark = how_far if how_far in SAME_FOR_EVERY_KIND else f"{kind} {how_far}".strip()
        for seer, face in self.faces():
            seer.go(f"/room/{NOW}/{face}")
            if mark not in self.seen:
                seer.look(f"{phase} {face or 'phone/'}", dark=len(self.seen) % 5 == 0)
        self.seen.add(mark)

    def phase(self) -> str:
        """What is going on, in the console's own words: the kind, whose the answers are, and how far it has come."""
        self.console.go(f"/room/{NOW}/console/")
        asked = self.console.page.locator(".asked .quiet")
        return " ".join(asked.inner_text().split()) if asked.count() else "an item where nothing is asked"

    def answer(self) -> None:
        form = self.phones[0].page.locator("form[data-answer]")
        if form.count():
            asked = form.evaluate(ASKED)
            for phone in self.phones:
                phone.send(asked["action"], entry=uuid.uuid4().hex, part=asked["part"], value=asked["value"])

    def press_on(self) -> bool:
        """The step the console would take on the space bar; False when that is to end the gathering."""
        form = self.console.page.locator("form:has([data-primary])")
        step = form.evaluate(
            "(form) => [form.getAttribute('action'), Object.fromEntries(new FormData(form))]"
        )
        if step[0].endswith("/end/"):
            return False
        self.console.send(step[0], **step[1])
        return True


@pytest.fixture(scope="module")
def room(browser, site, made) -> Room:
    return Room(browser, site)


def test_the_room_before_while_and_after(room):
    room.console.go(f"/room/{NOW}/console/")
    room.console.look("console, not opened yet")
    room.phones[0].go(f"/room/{NOW}/")
    room.phones[0].look("phone, not opened yet")
    room.console.send(f"/room/{NOW}/open/")
    for phone in room.phones:
        phone.go(f"/room/{NOW}/")
    room.phones[0].look("at the door")
    for phone in room.phones:
        phone.send(f"/room/{NOW}/here/")
    room.look("waiting")
    going = room.press_on()
    while going:
        room.look(room.phase())
        room.answer()
        going = room.press_on()
    room.console.send(f"/room/{NOW}/do/end/")
    room.look("ended")
    assert [fault for seer, _face in room.faces() for fault in seer.faults] == []
    kinds = {"Refleksjon", "Skala", "Avstemning", "Ideer med stemmer", "Forpliktelse"}
    assert {f"{kind} {state}" for kind in kinds for state in ("åpen for svar", "vises for alle")} <= room.seen
