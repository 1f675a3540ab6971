"""Somebody with a browser: signs in with a code from the mail, presses what a sentence says, fills in what is asked."""

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.site import MailCatcher, Site, text_of

PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 800}
BIG_SCREEN = {"width": 1920, "height": 1080}

Words = str | re.Pattern[str]

PATIENCE = 15_000  # milliseconds, for a machine that does other things too
expect.set_options(timeout=PATIENCE)


@dataclass
class Visitor:
    """One window. `faults` holds whatever the browser complained of, in this window and those opened from it."""

    page: Page
    site: Site
    faults: list[str]

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.site.address)

    def go(self, path: str) -> None:
        """Type an address of the site."""
        response = self.page.goto(f"{self.site.address}{path}")
        assert response is not None
        assert response.ok, f"{path} answered {response.status}"

    def sign_in(self, address: str, mails: MailCatcher, link: str = "") -> None:
        """Open a link from a mail, or the sign-in page; ask for a code, read it in the mail, type it."""
        self.page.goto(link or f"{self.site.address}/account/sign-in/")
        before = len(mails.to(address, "Koden din"))
        self.fill("E-postadressen din", address)
        self.press("Send meg en kode")
        message = mails.wait_for(address, "Koden din", before + 1)[-1]
        code = re.search(r"Koden din er (\S+)", text_of(message))
        assert code is not None, text_of(message)
        self.fill("Kode fra e-posten", code.group(1))
        self.press("Logg inn med koden")
        self.page.wait_for_url(link or f"{self.site.address}/start/")

    def press(self, name: Words, within: Locator | None = None) -> None:
        """The one button that says so."""
        (within or self.page).get_by_role("button", name=name, exact=True).click()

    def follow(self, name: Words, within: Locator | None = None) -> None:
        """The first link that says so."""
        (within or self.page).get_by_role("link", name=name, exact=True).first.click()

    def opens(self, name: str, size: dict[str, int]) -> "Visitor":
        """The window that a link opens, moved to a screen of that size."""
        with self.page.expect_popup() as popup:
            self.follow(name)
        popup.value.set_viewport_size(size)
        self.page.bring_to_front()  # a window behind another is drawn once a second
        return Visitor(popup.value, self.site, self.faults)

    def downloads(self, name: Words, path: Path) -> str:
        """The name the file was given; the file itself is put at `path`."""
        with self.page.expect_download() as download:
            self.follow(name)
        download.value.save_as(path)
        return download.value.suggested_filename

    def fill(self, label: str, value: str) -> None:
        """The one field whose label begins so."""
        self.page.get_by_role("textbox", name=re.compile(f"^{re.escape(label)}")).fill(value)

    def choose(self, label: str, option: str) -> None:
        self.page.get_by_role("combobox", name=label).select_option(label=option)

    def attach(self, label: str, path: Path) -> None:
        self.page.get_by_label(label).set_input_files(path)

    def tick(self, name: str) -> None:
        """A radio button or a checkbox."""
        self.page.get_by_label(name, exact=True).check()

    def is_at(self, heading: str) -> None:
        """The page has come, and this is what it is called."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    def sees(self, words: Words) -> None:
        expect(self.page.get_by_text(words).first).to_be_visible()

    def row(self, words: str) -> Locator:
        """The list item under a heading that says exactly so."""
        heading = self.page.get_by_role("heading", name=words, exact=True)
        return self.page.get_by_role("listitem").filter(has=heading)


def visitor(browser: Browser, site: Site, size: dict[str, int]) -> Visitor:
    """A new browser of somebody's own."""
    context = browser.new_context(
        viewport=size, locale="nb-NO", timezone_id="Europe/Oslo", reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    faults: list[str] = []
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    return Visitor(context.new_page(), site, faults)
