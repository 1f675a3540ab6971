"""Somebody with a browser: signs in with a code from the mail, presses what a sentence says, fills in what is asked."""

import re
from dataclasses import dataclass

from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.site import MailCatcher, Site, text_of

PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 800}
BIG_SCREEN = {"width": 1920, "height": 1080}


@dataclass
class Visitor:
    page: Page
    site: Site
    faults: list[str]

    def go(self, path: str) -> None:
        response = self.page.goto(f"{self.site.address}{path}")
        assert response is not None
        assert response.ok, f"{path} answered {response.status}"

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.site.address)

    def sign_in(self, address: str, mails: MailCatcher) -> None:
        """Ask for a code, read it in the mail, type it."""
        seen = len(mails.to(address))
        self.go("/account/sign-in/")
        self.page.get_by_label("E-postadressen din på jobb").fill(address)
        self.press("Send meg en kode")
        message = mails.wait_for(address, seen + 1)[-1]
        code = re.search(r"Koden din er (\S+)", text_of(message))
        assert code is not None, text_of(message)
        self.page.get_by_label("Kode fra e-posten").fill(code.group(1))
        self.press("Logg inn med koden")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Hva nå?")

    def press(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """The one button that says so."""
        (within or self.page).get_by_role("button", name=name, exact=isinstance(name, str)).click()

    def follow(self, name: str) -> None:
        """The first link that says so."""
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def fill(self, label: str, value: str) -> None:
        self.page.get_by_label(label, exact=False).first.fill(value)

    def choose(self, label: str, option: str) -> None:
        self.page.get_by_role("combobox", name=label).select_option(label=option)

    def tick(self, name: str) -> None:
        """A radio button or a checkbox."""
        self.page.get_by_label(name, exact=True).check()

    def sees(self, words: str) -> None:
        expect(self.page.get_by_text(words).first).to_be_visible()


def visitor(browser: Browser, site: Site, size: dict[str, int]) -> Visitor:
    """A new browser window of its own; whatever the browser complains of is kept in `faults`."""
    context = browser.new_context(viewport=size, locale="nb-NO", timezone_id="Europe/Oslo")
    context.set_default_timeout(15_000)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    return Visitor(page, site, faults)
