"""What must hold of every page: nothing axe objects to, no sideways scroll, nothing in the console, one h1, a title,
the right language, and buttons a thumb can hit."""

from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize

from tests.journeys.site import Site

PHONE: ViewportSize = {"width": 390, "height": 844}
NARROW: ViewportSize = {"width": 320, "height": 640}  # also 1,280 px at 400 %
ZOOMED: ViewportSize = {"width": 640, "height": 400}  # 1,280 × 800 px at 200 %
BIG_SCREEN: ViewportSize = {"width": 1920, "height": 1080}
ALL_RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
ONLY_CONTRAST = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["color-contrast"]}}

FACTS = """() => ({
  h1: document.querySelectorAll("h1").length,
  lang: document.documentElement.lang,
  title: document.title.trim(),
  low: [...document.querySelectorAll("button, a.ds-button, summary, select, textarea, input.ds-input")]
    .filter((each) => each.checkVisibility() && !each.disabled && !each.matches("[type=checkbox], [type=radio]"))
    .filter((each) => !each.closest("td, th, .ds-sr-only"))
    .filter((each) => each.getBoundingClientRect().height < 47.5)
    .map((each) => (each.textContent.trim() || each.name || each.outerHTML).slice(0, 40)),
})"""

TOO_WIDE = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return null;
  const scrolls = (each) => each && (["auto", "scroll", "hidden"].includes(getComputedStyle(each).overflowX)
    || scrolls(each.parentElement === root ? null : each.parentElement));
  const out = [...document.querySelectorAll("body *")]
    .filter((each) => each.getBoundingClientRect().right > root.clientWidth + 1 && !scrolls(each.parentElement))
    .map((each) => `${each.tagName.toLowerCase()}.${each.getAttribute("class") ?? ""}`);
  return `${root.scrollWidth} px wide: ${[...new Set(out)].slice(0, 4).join(", ")}`;
}"""

EMPTY_AND_SEND = """() => {
  const form = document.querySelector("main form[method=post]:not([action*='language'])");
  for (const each of form.elements) {
    if (each.type === "checkbox" || each.type === "radio") each.checked = false;
    else if (each.type !== "hidden" && each.tagName !== "BUTTON") each.value = "";
  }
  form.noValidate = true;
  form.requestSubmit(form.querySelector("button:not([type=button])"));
}"""


@dataclass
class Looker:
    """Somebody's browser, who notes what is wrong with each page in `faults`; on a phone it is made narrower too."""

    page: Page
    site: Site
    size: ViewportSize
    faults: list[str] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def go(self, path: str, status: int = 200) -> None:
        answer = self.page.goto(f"{self.site.address}{path}")
        if answer is None or answer.status != status:
            self.faults.append(f"{path}: answered {answer.status if answer else 'nothing'}, not {status}")

    def look(self, name: str, lang: str = "nb", dark: bool = False) -> None:
        """Note every fault of the page that is open now."""
        page = self.page
        found = _violations(page, ALL_RULES)
        facts = page.evaluate(FACTS)
        found += [f"{facts['h1']} h1"] if facts["h1"] != 1 else []
        found += [f"lang {facts['lang']}, not {lang}"] if facts["lang"] != lang else []
        found += [] if facts["title"] else ["no title"]
        on_phone = self.size == PHONE
        found += [f"lower than 48 px: {', '.join(facts['low'])}"] if facts["low"] and on_phone else []
        if dark:
            page.emulate_media(color_scheme="dark")
            page.reload()
            found += [f"in the dark: {each}" for each in _violations(page, ONLY_CONTRAST)]
            page.emulate_media(color_scheme="light")
        for size in (NARROW, ZOOMED) if on_phone else (self.size,):
            page.set_viewport_size(size)
            wide = page.evaluate(TOO_WIDE)
            found += [f"at {size['width']} px {wide}"] if wide else []
        page.set_viewport_size(self.size)
        found += self.said
        self.said.clear()
        self.titles[name] = facts["title"]
        self.faults += [f"{name}: {each}" for each in found]

    def look_at_errors(self, name: str, lang: str = "nb") -> None:
        """Send the page's form with nothing in it, and look at what comes back."""
        with self.page.expect_navigation():
            self.page.evaluate(EMPTY_AND_SEND)
        if not self.page.locator("[aria-invalid=true], .ds-error-summary").count():
            self.faults.append(f"{name}: shows no errors for an empty form")
        self.look(f"{name} with errors", lang)

    def send(self, path: str, status: int = 200, **data: Any) -> str:
        """Post a form as this person, follow where it leads; gives the path that answered at last."""
        cookies = {each["name"]: each["value"] for each in self.page.context.cookies()}
        files = {key: value for key, value in data.items() if isinstance(value, dict)}
        fields = {"csrfmiddlewaretoken": cookies["csrftoken"], **data}
        sent = {"multipart": fields} if files else {"form": fields}
        headers = {"Referer": f"{self.site.address}{path}"}
        answer = self.page.request.post(f"{self.site.address}{path}", headers=headers, **sent)
        assert answer.status == status, f"{path} answered {answer.status}: {answer.text()[:2000]}"
        return answer.url.removeprefix(self.site.address)


def looker(browser: Browser, site: Site, role: str = "", size: ViewportSize = PHONE) -> Looker:
    """A new browser window; whoever presses the button of `role` on a practice site ("" is nobody)."""
    context: BrowserContext = browser.new_context(
        viewport=size,
        locale="nb-NO",
        timezone_id="Europe/Oslo",
        reduced_motion="reduce",
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    found = Looker(page, site, size)
    page.on("pageerror", lambda error: found.said.append(f"script: {error}"))
    page.on("console", lambda line: found.said.extend(_complaint(line)))
    if role:
        found.go("/account/sign-in/")
        with page.expect_navigation():
            page.locator(f'button[name=role][value="{role}"]').evaluate(
                "each => each.form.requestSubmit(each)"
            )
    return found


def _complaint(line: ConsoleMessage) -> list[str]:
    """What the console says in red; not that a page answered 4xx, which the table of pages tells of."""
    if line.type != "error" or "the server responded with a status of 4" in line.text:
        return []
    return [f"console: {line.text}"]


def _violations(page: Page, options: dict[str, Any]) -> list[str]:
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{each['id']} ({len(each['nodes'])}×): {each['nodes'][0]['target']} "
        f"{each['nodes'][0]['failureSummary'].splitlines()[-1].strip()}"
        for each in found
    ]
