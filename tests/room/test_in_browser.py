"""A small gathering in Chromium: console, big screen and phones, of which one loses its network and one is reloaded."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.site import Site
from tests.room.inside import inside, migrated_site

PHONES = 5
PHONE = {"width": 390, "height": 844}
STORED = "Svaret er lagret."


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[Site]:
    with migrated_site(tmp_path_factory.mktemp("room")) as site:
        yield site


class Gathering:
    """Everybody's browser, each in a context of its own."""

    def __init__(self, browser: Browser, site: Site, made: dict) -> None:
        self.browser, self.address = browser, site.address
        self.base = f"{site.address}/room/{made['gathering']}/"
        self.faults: list[str] = []
        self.console = self.open(made["facilitator"], "console/", {"width": 1280, "height": 800})
        self.made = made

    def open(self, session: str, path: str, size: dict[str, int]) -> Page:
        context = self.browser.new_context(viewport=size)
        context.add_cookies([{"name": "sessionid", "value": session, "url": self.address}])
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on(
            "console", lambda said: self.faults.append(said.text) if "Content Security" in said.text else None
        )
        page.goto(self.base + path)
        return page

    def press(self, button: str, then_on: str = "") -> None:
        """The facilitator's next step, by the keyboard alone; a step on to an item waits until it is on."""
        expect(self.console.locator("[data-primary]")).to_contain_text(button)
        self.console.keyboard.press("ArrowRight")
        if then_on:
            expect(self.console.locator(".console__question")).to_have_text(then_on)


@pytest.fixture(scope="module")
def gathering(browser: Browser, site: Site) -> Gathering:
    made = inside(site, "plan")
    site.start()
    return Gathering(browser, site, made)


def write(phone: Page, words: str) -> None:
    phone.get_by_label("Teksten din").fill(words)
    phone.get_by_role("button", name="Send svaret").click()


def test_a_gathering_from_the_door_to_the_result(gathering, site):
    console = gathering.console
    console.get_by_role("button", name="Åpne rommet").click()
    screen = gathering.open(gathering.made["facilitator"], "screen/", {"width": 1920, "height": 1080})
    code = console.locator(".console__code").inner_text()
    expect(screen.locator(".screen__code")).to_have_text(code)

    phones = [gathering.open(session, "", PHONE) for session in gathering.made["sessions"][:PHONES]]
    for phone in phones:
        phone.get_by_role("button", name="Jeg er her").click()
        expect(phone.get_by_role("heading", name="Du er inne")).to_be_visible()
    expect(console.get_by_text(f"{PHONES} er her")).to_be_visible()

    gathering.press("Start samlingen", then_on="Welcome nb")
    gathering.press("Neste post", then_on="Theory nb")
    gathering.press("Neste post", then_on="Reflect nb")
    gathering.press("Åpne for svar")
    for phone in phones:
        expect(phone.get_by_role("heading", name="Prompt Reflect nb")).to_be_visible()

    write(phones[0], "Fra telefon 1, første utgave")
    expect(phones[0].get_by_text(STORED)).to_be_visible()
    phones[0].get_by_label("Teksten din").fill("Fra telefon 1")
    phones[0].get_by_role("button", name="Send endringen").click()
    expect(phones[0].get_by_text(STORED)).to_be_visible()

    phones[1].context.set_offline(True)
    write(phones[1], "Fra telefon 2")
    expect(phones[1].get_by_text("Tatt vare på her på telefonen.")).to_be_visible()
    expect(phones[1].get_by_text(STORED)).to_be_hidden()

    phones[2].get_by_label("Teksten din").fill("Fra telefon 3")
    phones[2].reload()
    expect(phones[2].get_by_label("Teksten din")).to_have_value("Fra telefon 3")
    phones[2].get_by_role("button", name="Send svaret").click()
    expect(phones[2].get_by_text(STORED)).to_be_visible()
    phones[2].reload()
    expect(phones[2].get_by_text(STORED)).to_be_visible()
    expect(phones[2].get_by_label("Teksten din")).to_have_value("Fra telefon 3")

    for number in (3, 4):
        write(phones[number], f"Fra telefon {number + 1}")
        expect(phones[number].get_by_text(STORED)).to_be_visible()
    expect(screen.get_by_text("4 av 5")).to_be_visible()
    phones[1].context.set_offline(False)
    expect(phones[1].get_by_text(STORED)).to_be_visible(timeout=20_000)
    expect(console.locator(".stat__value")).to_have_text("5 av 5")

    console.reload()
    assert "Fra telefon" not in console.content() + screen.content()
    gathering.press("Lukk")
    expect(phones[0].get_by_role("status").first).to_have_text("Svarene er samlet inn.")
    assert "Fra telefon" not in console.content() + screen.content()
    left = phones[0].evaluate("() => JSON.stringify(localStorage)")
    assert "Fra telefon" not in left

    gathering.press("Vis resultatet")
    words = [f"Fra telefon {number}" for number in range(1, PHONES + 1)]
    for page in (screen, console, *phones):
        expect(page.locator(".wall__card")).to_have_count(PHONES)
        assert sorted(page.locator(".wall__text").all_inner_texts()) == words
    assert sorted(inside(site, "read")) == words
    assert gathering.faults == []


def test_the_console_fits_a_small_laptop_and_the_phone_the_smallest_phone(gathering):
    def overflow(page: Page) -> tuple[bool, bool]:
        return tuple(
            page.evaluate(
                "() => { const e = document.documentElement;"
                " return [e.scrollHeight > e.clientHeight, e.scrollWidth > e.clientWidth]; }"
            )
        )

    assert overflow(gathering.console) == (False, False)
    phone = gathering.open(gathering.made["sessions"][0], "", {"width": 320, "height": 568})
    assert overflow(phone)[1] is False


def test_the_big_screen_has_no_text_that_cannot_be_read_from_ten_metres(gathering):
    screen = gathering.open(gathering.made["facilitator"], "screen/", {"width": 1920, "height": 1080})
    expect(screen.locator(".wall__card").first).to_be_visible()
    sizes = screen.evaluate(
        "() => [...document.querySelectorAll('main *')].filter(each => each.checkVisibility()"
        " && [...each.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()))"
        ".map(each => parseFloat(getComputedStyle(each).fontSize))"
    )
    assert min(sizes) >= 28


def test_what_is_pressed_on_a_phone_is_large_enough_for_a_thumb(gathering):
    phone = gathering.open(gathering.made["sessions"][5], "", PHONE)
    phone.get_by_role("button", name="Jeg er her").click()
    gathering.press("Neste post", then_on="Scale nb")
    gathering.press("Åpne for svar")
    expect(phone.locator(".choice").first).to_be_visible()
    boxes = [each.bounding_box() for each in phone.locator(".choice, .phone button:visible").all()]
    assert min(box["height"] for box in boxes) >= 48
    assert min(box["width"] for box in boxes) >= 44


def test_a_promise_made_on_one_device_can_be_changed_on_another(gathering, site):
    """And it is still there after the activity has been closed by mistake and opened again."""
    console = gathering.console
    gathering.press("Lukk")
    console.get_by_role("button", name="Commit nb").click()
    expect(console.locator(".console__question")).to_have_text("Commit nb")
    gathering.press("Åpne for svar")
    session = gathering.made["sessions"][0]
    phone = gathering.open(session, "", PHONE)
    phone.get_by_label("Hva skal gjøres?").fill("Kalle inn til felles møte")
    phone.get_by_label("Innen når?").fill("2030-01-15")
    phone.get_by_label("Hvor følges det opp?").select_option("agency_plan")
    phone.get_by_role("button", name="Send forpliktelsen").click()
    expect(phone.locator("[data-own] li")).to_have_count(1)

    laptop = gathering.open(session, "", {"width": 1280, "height": 800})
    laptop.get_by_role("button", name="Endre").click()
    laptop.get_by_label("Hva skal gjøres?").fill("Kalle inn til felles møte i januar")
    laptop.get_by_role("button", name="Send endringen").click()
    expect(laptop.get_by_text("Du kan sende flere.")).to_be_visible()
    expect(console.get_by_text("Kalle inn til felles møte i januar")).to_be_visible()

    gathering.press("Lukk")
    console.get_by_role("button", name="Åpne igjen").click()
    for device in (phone, laptop):
        expect(device.locator("[data-own] li p")).to_have_text(["Kalle inn til felles møte i januar"])
    assert gathering.faults == []
