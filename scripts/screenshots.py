"""Takes a picture of every main page of the practice site, per role, in three sizes, light and dark.

The pictures come to var/screenshots/. Words as arguments choose the pages whose name contains one of them. A page that
does not answer with 200 is named at the end, and so is one that is wider than the window.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "var" / "screenshots"
SIZES = [(390, 844), (1280, 800), (1920, 1080)]
SCHEMES = ["light", "dark"]
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@dataclass(frozen=True)
class Shot:
    """A page: the name of its address, what the address needs, and (`role`) who looks at it; "" is nobody."""

    role: str
    name: str
    needs: dict[str, str] = field(
        default_factory=dict
    )  # argument → word in `things()`, or ":text" for itself

    @property
    def file(self) -> str:
        told = "-".join(value.lstrip(":") for value in self.needs.values())
        return "_".join(filter(None, (self.role or "public", self.name.replace(":", "."), told)))


RUNNING = {"pk": "running"}
SHOTS = [
    Shot("", "public:front"),
    Shot("", "public:measure", {"key": "measure"}),
    Shot("", "public:results"),
    Shot("", "public:contact"),
    Shot("", "public:privacy"),
    Shot("", "public:accessibility"),
    Shot("", "account_login"),
    Shot("eier", "home:start"),
    Shot("eier", "home:portfolio"),
    Shot("eier", "inbox"),
    Shot("eier", "people:list"),
    Shot("eier", "people:me"),
    Shot("eier", "sectors:list"),
    Shot("eier", "sectors:organisation", {"pk": "ministry"}),
    Shot("eier", "sectors:import"),
    Shot("eier", "sectors:sectors"),
    Shot("eier", "sectors:sector", {"pk": "sector"}),
    Shot("eier", "programmes:list"),
    Shot("eier", "programmes:measure", {"key": "measure"}),
    Shot("eier", "programmes:version", {"pk": "version"}),
    Shot("eier", "programmes:import"),
    Shot("eier", "cohorts:list"),
    Shot("eier", "cohorts:invite"),
    Shot("eier", "cohorts:proposals"),
    Shot("eier", "cohorts:detail", RUNNING),
    Shot("eier", "cohorts:detail", {"pk": "tailoring"}),
    Shot("eier", "evaluation:effect", {"pk": "closed"}),
    Shot("eier", "reports:report", {"pk": "closed"}),
    Shot("eier", "mail:practice"),
    Shot("fasilitator", "home:start"),
    Shot("fasilitator", "cohorts:people", RUNNING),
    Shot("fasilitator", "cohorts:import", RUNNING),
    Shot("fasilitator", "cohorts:compare", {"pk": "tailoring"}),
    Shot("fasilitator", "cohorts:tailor", {"pk": "tailoring", "gathering": ":g1"}),
    Shot("fasilitator", "planning:gatherings", {"cohort": "running"}),
    Shot("fasilitator", "planning:gathering", {"pk": "gathering"}),
    Shot("fasilitator", "planning:agenda", {"pk": "gathering"}),
    Shot("fasilitator", "planning:answers", {"pk": "gathering"}),
    Shot("fasilitator", "planning:run_sheet", {"pk": "gathering"}),
    Shot("fasilitator", "planning:programme", {"pk": "gathering"}),
    Shot("fasilitator", "planning:outbox", {"cohort": "running"}),
    Shot("fasilitator", "room:review", {"pk": "held"}),
    Shot("fasilitator", "followup:cohort", RUNNING),
    Shot("fasilitator", "followup:gathering", {"pk": "gathering"}),
    Shot("fasilitator", "evaluation:waves", RUNNING),
    Shot("fasilitator", "evaluation:effect", {"pk": "closed"}),
    Shot("fasilitator", "reports:report", {"pk": "closed"}),
    Shot("ressursperson", "home:start"),
    Shot("departementsrad", "home:start"),
    Shot("departementsrad", "cohorts:detail", RUNNING),
    Shot("departementsrad", "cohorts:compare", RUNNING),
    Shot("leder2", "home:start"),
    Shot("leder2", "planning:gathering", {"pk": "gathering"}),
    Shot("leder2", "followup:mine"),
    Shot("sekretar", "home:start"),
    Shot("innleder", "home:start"),
]

FACES = [
    Shot("fasilitator", "room:console", {"pk": "gathering"}),
    Shot("fasilitator", "room:screen", {"pk": "gathering"}),
    Shot("leder2", "room:phone", {"pk": "gathering"}),
]


def moments() -> Iterator[str]:
    """Runs the gathering of the running cohort; gives a name at every moment worth a picture of the three faces."""
    from samspill.cohorts.models import Membership  # noqa: PLC0415 - Django is set up late
    from samspill.followup.actions import adopt  # noqa: PLC0415
    from samspill.people.models import Person  # noqa: PLC0415
    from samspill.planning.models import Gathering  # noqa: PLC0415
    from samspill.practice.gatherings import Rehearsal  # noqa: PLC0415
    from samspill.room import actions  # noqa: PLC0415

    gathering = Gathering.objects.get(pk=things()["gathering"])
    facilitator = Person.objects.get(email__startswith="fasilitator@")
    rehearsal = Rehearsal(gathering, facilitator, 2, "pictures")
    yield "closed"
    run = actions.open_room(gathering=gathering, by=facilitator)
    here = Membership.objects.filter(cohort=gathering.cohort, person__in=rehearsal.people)
    for membership in here.select_related("person"):
        actions.join(run=run, by=membership.person)
    yield "lobby"
    actions.start(run=run, by=facilitator, adopt=adopt)
    for item in run.release.agenda:
        run.refresh_from_db()
        if run.current_item != item.key:
            actions.go_to(run=run, item=item.key, seen=run.current_item, by=facilitator, adopt=adopt)
            run.refresh_from_db()
        if item.activity is None:
            yield item.key
            continue
        rehearsal._do(run, item)
        yield f"{item.key}-{item.activity.kind}"


def things() -> dict[str, Any]:
    """What the practice data hold for the arguments of the addresses, by the words used above."""
    from samspill.cohorts.models import Cohort  # noqa: PLC0415 - Django is set up late, when the data are there
    from samspill.planning.models import Gathering  # noqa: PLC0415

    def cohort(state: str) -> Cohort | None:
        return Cohort.objects.filter(state=state).order_by("pk").first()

    running = cohort("running")
    assert running is not None
    gatherings = Gathering.objects.filter(cohort=running).order_by("number")
    found = {state: cohort(state) for state in ("running", "tailoring", "closed")}
    found |= {"gathering": gatherings[1], "held": gatherings[0], "sector": running.sector}
    found |= {"ministry": running.sector.coordinator, "version": running.blueprint}
    keys = {name: thing.pk for name, thing in found.items() if thing is not None}
    return {**keys, "measure": running.blueprint.measure.key}


@contextmanager
def practice_site(folder: Path) -> Iterator[str]:
    """The address of a running site with the practice data, in the folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    os.environ |= {"SAMSPILL_PRACTICE": "yes", "SAMSPILL_DATA": str(folder), "SAMSPILL_ADDRESS": address}
    command = [ROOT / ".venv" / "bin" / "samspill", "serve", "--prepare", "--port", str(port)]
    process = subprocess.Popen(command)
    try:
        while not answers(address):
            if process.poll() is not None:
                sys.exit("The practice site did not start.")
            time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait()


def answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address)  # noqa: S310 - our own server
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def sign_in(browser: Browser, address: str, role: str) -> dict[str, Any]:
    """The cookies of somebody who has pressed the role's button."""
    context = browser.new_context()
    page = context.new_page()
    if role:
        page.goto(f"{address}/account/sign-in/")
        button = page.locator(f'button[name=role][value="{role}"]')
        with page.expect_navigation():
            button.evaluate("button => button.form.requestSubmit(button)")
    state = dict(context.storage_state())
    context.close()
    return state


def take(page: Page, shot: Shot, url: str, marks: str) -> list[str]:
    """Take the picture; what is wrong with the page."""
    answer = page.goto(url)
    page.wait_for_timeout(150)
    page.screenshot(path=PICTURES / f"{shot.file}_{marks}.png", full_page=True)
    found = []
    if answer is None or answer.status != 200:
        found.append(f"{shot.file}: answered {answer.status if answer else 'nothing'}")
    if page.url != url:
        found.append(f"{shot.file}: led to {page.url}")
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append(f"{shot.file}: wider than the window at {marks}")
    return found


def pictures(browser: Browser, address: str, wanted: list[Shot], moment: str = "") -> list[str]:
    from django.urls import NoReverseMatch, reverse  # noqa: PLC0415 - as above

    known, complaints = things(), []
    states = {role: sign_in(browser, address, role) for role in {shot.role for shot in wanted}}
    for (width, height), scheme in ((size, scheme) for size in SIZES for scheme in SCHEMES):
        for role, state in states.items():
            context = browser.new_context(
                storage_state=state, viewport={"width": width, "height": height}, color_scheme=scheme
            )
            page = context.new_page()
            for shot in (shot for shot in wanted if shot.role == role):
                try:
                    arguments = {
                        name: word[1:] if word.startswith(":") else known[word]
                        for name, word in shot.needs.items()
                    }
                    url = address + reverse(shot.name, kwargs=arguments)
                except (NoReverseMatch, KeyError):
                    complaints.append(f"{shot.file}: there is no such page")
                    continue
                complaints += take(page, shot, url, "_".join(filter(None, (moment, str(width), scheme))))
            context.close()
    return list(dict.fromkeys(complaints))


def main(words: list[str]) -> int:
    wanted = [
        shot for shot in SHOTS if not words or any(word.replace(":", ".") in shot.file for word in words)
    ]
    path = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    PICTURES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="samspill-pictures-") as folder,
        practice_site(Path(folder)) as address,
    ):
        import django  # noqa: PLC0415 - only now do the settings know where the data are

        os.environ["DJANGO_SETTINGS_MODULE"] = "samspill.settings"
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in this thread
        django.setup()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            complaints = pictures(browser, address, wanted)
            faces = [
                shot
                for shot in FACES
                if not words or any(word.replace(":", ".") in shot.file for word in words)
            ]
            for moment in moments() if faces else ():
                complaints += pictures(browser, address, faces, moment)
            browser.close()
    print("\n".join([*complaints, f"The pictures are in {PICTURES}."]))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
