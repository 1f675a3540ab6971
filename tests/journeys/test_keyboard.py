"""The main tasks with the keyboard alone: no pointer is used, and wherever the focus is, it can be seen."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.journeys.site import MailCatcher, Site, copy_of, mail_server, text_of
from tests.journeys.visitor import LAPTOP, Visitor, visitor

FACILITATOR = "fasilitator@ovingsdirektoratet.example"
LEADER = "leder1@ovingsdepartementet.example"
RUNNING = 1  # the practice sector in the middle of its programme
TODAY = 2  # its gathering that can be run now
MANY = 150  # stops of the Tab key; no page here has so many

# What the browser shows of the element in focus: an outline or a shadow, on itself or on the label around it.
SHOWS_FOCUS = """each => [each, each.closest("label"), each.nextElementSibling].some(one => {
  if (!one) return false;
  const style = getComputedStyle(one);
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return outlined || style.boxShadow !== "none";
})"""
IN_SIGHT = """each => {
  const box = (each.closest("label") ?? each).getBoundingClientRect();
  return box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
}"""


class Typist:
    """A visitor whose mouse is broken."""

    def __init__(self, who: Visitor) -> None:
        self.who, self.page, self.keys = who, who.page, who.page.keyboard

    def tab_to(self, target: Locator) -> None:
        """Press Tab until the target has the focus. Every stop on the way must be seen."""
        expect(target).to_be_attached()
        for _stop in range(MANY):
            if target.evaluate("each => each === document.activeElement"):
                return
            self.keys.press("Tab")
            self._sees_where_it_is()
        pytest.fail(f"Tab does not come to {target}")

    def _sees_where_it_is(self) -> None:
        here = self.page.locator(":focus")
        if here.count() == 0:  # at the end of the page the focus is in the browser's own bar
            return
        what = here.evaluate("each => each.outerHTML.slice(0, 120)")
        assert here.evaluate(SHOWS_FOCUS), f"no focus to be seen on {what}"
        assert here.evaluate(IN_SIGHT), f"the focus is out of sight on {what}"

    def press(self, name: str, key: str = "Enter") -> None:
        self.tab_to(self.page.get_by_role("button", name=name, exact=True))
        self.keys.press(key)

    def follow(self, name: str) -> None:
        """The first link whose name begins so; some go on for those who cannot see what they stand beside."""
        self.tab_to(self.page.get_by_role("link", name=re.compile(f"^{name}")).first)
        self.keys.press("Enter")

    def write(self, label: str, words: str) -> None:
        self.tab_to(self.page.get_by_role("textbox", name=label))
        self.keys.type(words)

    def place(self, statement: Locator, point: int) -> None:
        """Tab to a scale, take its first point with Space and walk up with the arrow."""
        points = statement.get_by_role("radio")
        self.tab_to(points.first)
        self.keys.press("Space")
        for _step in range(point - 1):
            self.keys.press("ArrowRight")
            self._sees_where_it_is()
        expect(points.nth(point - 1)).to_be_checked()


@pytest.fixture(scope="module")
def mails() -> Iterator[tuple[MailCatcher, int]]:
    with mail_server() as (catcher, port):
        yield catcher, port


@pytest.fixture(scope="module")
def site(practice_site: Site, mails, tmp_path_factory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("keyboard")
    post = {"SAMSPILL_SMTP_HOST": "127.0.0.1", "SAMSPILL_SMTP_PORT": str(mails[1])}
    with copy_of(practice_site, folder, post) as site:
        yield site


def signed_in(browser: Browser, site: Site, mails: MailCatcher, address: str) -> Typist:
    """By an address, and the code from the mail."""
    typist = Typist(visitor(browser, site, LAPTOP))
    typist.who.go("/account/sign-in/")
    typist.write("E-postadressen din", address)
    typist.keys.press("Enter")
    message = mails.wait_for(address, "Koden din")[-1]
    typist.write("Kode fra e-posten", text_of(message).split("Koden din er ")[1].split()[0])
    typist.keys.press("Enter")
    typist.who.is_at("Hva nå?")
    return typist


@pytest.fixture(scope="module")
def facilitator(browser, site, mails) -> Typist:
    return signed_in(browser, site, mails[0], FACILITATOR)


@pytest.fixture(scope="module")
def leader(browser, site, mails) -> Typist:
    return signed_in(browser, site, mails[0], LEADER)


def test_the_skip_link_leads_past_the_menu(facilitator):
    facilitator.who.go("/start/")
    facilitator.keys.press("Tab")
    facilitator.keys.press("Enter")
    assert facilitator.page.evaluate("document.activeElement.id") == "main"


def test_a_questionnaire_is_opened_and_answered(facilitator, leader):
    facilitator.who.go(f"/measurement/cohort/{RUNNING}/")
    after = facilitator.who.row("Etter").get_by_role("link", name="Åpne målingen")
    facilitator.tab_to(after)
    facilitator.keys.press("Enter")
    facilitator.press("Åpne målingen")
    facilitator.who.is_at("Måling: Etter")

    leader.who.go("/start/")
    leader.follow("Svar på skjemaet")
    statements = leader.page.locator("[data-statement]")
    expect(statements).to_have_count(13)
    for number in range(13):
        leader.place(statements.nth(number), number % 7 + 1)
    leader.who.sees("13 av 13 besvart")
    leader.press("Jeg er ferdig")
    leader.who.is_at("Takk. Svarene dine er lagret.")


def test_a_gathering_is_run_and_answered_in(facilitator, leader):
    console, phone = facilitator, leader
    console.who.go(f"/room/{TODAY}/console/")
    console.press("Åpne rommet")
    expect(console.page.locator(".console__code")).to_be_visible()
    phone.who.go(f"/room/{TODAY}/")
    phone.press("Jeg er her")
    phone.who.is_at("Du er inne")

    console.press("Start samlingen", key="Space")
    _is_on(console, "Forpliktelsene fra sist")
    console.press("Det vi fant mellom samlingene")
    _is_on(console, "Det vi fant mellom samlingene")
    _press_primary(console, "Åpne for svar")
    phone.write("Teksten din", "At de spurte oss.")
    phone.press("Send svaret")
    phone.who.sees("Svaret er lagret.")
    _press_primary(console, "Lukk")
    phone.who.sees("Svarene er samlet inn.")

    console.press("Samspillet slik vi opplever det")
    _is_on(console, "Samspillet slik vi opplever det")
    _press_primary(console, "Åpne for svar")
    statements = phone.page.get_by_role("group").filter(has=phone.page.get_by_role("radio"))
    expect(statements).to_have_count(4)
    for number in range(4):
        phone.place(statements.nth(number), number + 2)
    phone.press("Send svaret")
    phone.who.sees("Svaret er lagret.")
    _press_primary(console, "Lukk")

    console.press("Hindre vi selv kan rydde")
    _is_on(console, "Hindre vi selv kan rydde")
    _press_primary(console, "Åpne for svar")
    for number in (0, 3):
        phone.tab_to(phone.page.get_by_role("checkbox").nth(number))
        phone.keys.press("Space")
    phone.press("Send svaret", key="Space")
    phone.who.sees("Svaret er lagret.")
    expect(console.page.locator(".stat__value")).to_have_text("1 av 1")
    _press_primary(console, "Lukk")


def test_a_dialog_keeps_the_focus_and_gives_it_back(facilitator):
    console = facilitator
    end = console.page.get_by_role("button", name="Avslutt samlingen", exact=True)
    console.press("Avslutt samlingen")
    dialog = console.page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    for _stop in range(6):
        console.keys.press("Tab")
        outside = "document.activeElement !== document.body && !document.activeElement.closest('dialog')"
        assert console.page.evaluate(outside) is False
    console.keys.press("Escape")
    expect(dialog).to_have_count(0)
    expect(end).to_be_focused()
    console.keys.press("Enter")
    console.tab_to(dialog.get_by_role("button", name="Avslutt samlingen"))
    console.keys.press("Enter")
    _is_on(console, "Samlingen er slutt")


def test_nobody_s_browser_complained(facilitator, leader):
    assert [facilitator.who.faults, leader.who.faults] == [[], []]


def _is_on(console: Typist, item: str) -> None:
    expect(console.page.locator(".console__question")).to_have_text(item)


def _press_primary(console: Typist, label: str) -> None:
    """The next step, as a presenter's clicker takes it, wherever the focus is."""
    expect(console.page.locator("[data-primary]")).to_contain_text(label)
    console.keys.press("ArrowRight")
