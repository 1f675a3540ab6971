"""The whole life of a programme, once, as its people live it: in browsers, with a mail server and nothing else."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
from openpyxl import Workbook
from playwright.sync_api import expect
from ruamel.yaml import YAML

from tests.cast import blueprint_content
from tests.journeys.site import Site, calendar_of, free_port, text_of
from tests.journeys.visitor import BIG_SCREEN, LAPTOP, PHONE, Visitor, visitor

OWNER = "eier@ovingsdirektoratet.example"
HOST = "departementsrad@ovingsdepartementet.example"
LEADERS = [f"leder{number}@ovingsdepartementet.example" for number in (1, 2, 3, 4)]
OSLO = ZoneInfo("Europe/Oslo")
START = (datetime.now(OSLO) + timedelta(days=21)).replace(hour=9, minute=0, second=0, microsecond=0)


@pytest.fixture
def site(tmp_path, mails):
    _catcher, port = mails
    settings = {
        "SAMSPILL_PRACTICE": "no",
        "SAMSPILL_SECRET_KEY": "a-key-of-the-journey-that-is-long-enough-to-be-taken-seriously",
        "SAMSPILL_SMTP_HOST": "127.0.0.1",
        "SAMSPILL_SMTP_PORT": str(port),
    }
    site = Site(tmp_path, free_port(), settings)
    site.run("migrate")
    site.run("begin", OWNER, "--name", "Programeier")
    site.start()
    yield site
    site.stop()


def _blueprint_file(folder: Path) -> Path:
    content = {**blueprint_content(), "measure": "strategisk-ikt-kompetanse"}
    content["title"] = {"nb": "Øvingsprogrammet", "nn": "Øvingsprogrammet", "en": "The practice programme"}
    path = folder / "opplegg.yaml"
    YAML().dump(content, path)
    return path


def _leaders_file(folder: Path) -> Path:
    sheet = Workbook()
    sheet.active.append(["Navn", "E-post", "Tittel", "Virksomhet", "Rolle", "Mobil"])
    sheet.active.append(["Vert", HOST, "Departementsråd", "Øvingsdepartementet", "vert", ""])
    for number, address in enumerate(LEADERS, start=1):
        body = "Øvingsdepartementet" if number < 3 else "Øvingstilsynet"
        sheet.active.append([f"Leder nummer {number}", address, f"Leder {number}", body, "leder", ""])
    path = folder / "ledere.xlsx"
    sheet.save(path)
    return path


def test_a_sector_goes_through_a_programme(browser, site, mails, tmp_path):
    catcher, _port = mails
    owner = visitor(browser, site, LAPTOP)
    owner.sign_in(OWNER, catcher)
    _import_and_release_the_blueprint(owner, _blueprint_file(tmp_path))
    _set_up_the_sector(owner)
    cohort = _invite_and_enrol(owner, _leaders_file(tmp_path))
    host = visitor(browser, site, LAPTOP)
    host.sign_in(HOST, catcher)
    _accept_the_offer(host, cohort)
    _tailor_two_things(owner, cohort)
    _accept_the_programme(host, cohort)
    _plan_and_release(owner, cohort)
    _invite_everybody(owner, cohort, catcher)


def _import_and_release_the_blueprint(owner: Visitor, path: Path) -> None:
    owner.go("/programmes/import/")
    owner.page.get_by_label("Fil med programopplegg").set_input_files(path)
    owner.press("Kontroller filen")
    owner.press(re.compile("utkast", re.I))
    owner.follow("Frigi versjonen")
    owner.press(re.compile("^Frigi"))
    owner.sees("Øvingsprogrammet")


def _set_up_the_sector(owner: Visitor) -> None:
    for name, kind in (("Øvingsdepartementet", "Departement"), ("Øvingstilsynet", "Underliggende virksomhet")):
        owner.go("/register/new/")
        owner.fill("Navn på bokmål", name)
        owner.choose("Type", kind)
        if kind != "Departement":
            owner.choose("Hører til", "Øvingsdepartementet")
        owner.press("Legg til virksomheten")
    owner.go("/register/sectors/new/")
    owner.fill("Navn på bokmål", "Øvingssektoren")
    owner.choose("Samordnende organ", "Øvingsdepartementet")
    owner.tick("Øvingstilsynet")
    owner.press(re.compile("^Sett opp"))
    owner.sees("Øvingssektoren")


def _invite_and_enrol(owner: Visitor, path: Path) -> str:
    """Gives the cohort's number."""
    owner.go("/cohorts/invite/")
    owner.choose("Departementsområde", "Øvingssektoren")
    owner.press("Inviter departementsområdet")
    cohort = re.search(r"/cohorts/(\d+)/", owner.path)
    assert cohort is not None, owner.path
    owner.go(f"/cohorts/{cohort.group(1)}/people/import/")
    owner.page.get_by_label("Excel- eller CSV-fil").set_input_files(path)
    owner.press("Vis hva som vil skje")
    owner.press(re.compile("5"))
    owner.sees("Leder nummer 4")
    return cohort.group(1)


def _accept_the_offer(host: Visitor, cohort: str) -> None:
    host.follow("Svar på tilbudet")
    host.fill("Grunn", "Vi vil bruke tre formiddager på dette sammen med etatene.")
    host.press("Endre statusen")
    host.sees("Takket ja")


def _tailor_two_things(owner: Visitor, cohort: str) -> None:
    owner.go(f"/cohorts/{cohort}/")
    owner.press("Begynn tilretteleggingen")
    owner.go(f"/cohorts/{cohort}/tailoring/g1/g1-q1/")
    owner.fill("Bokmål", "Hva vil brukerne våre merke først?")
    owner.press(re.compile("Bruk|Omformuler"))
    owner.go(f"/cohorts/{cohort}/tailoring/g2/")
    owner.fill("Bokmål", "Hva må to av oss slutte å gjøre hver for seg?")
    owner.press("Legg til problemstillingen")
    owner.go(f"/cohorts/{cohort}/tailoring/")
    for _number in range(2):
        owner.page.get_by_label("Hvorfor").last.fill("Verten ba om det.")
        owner.page.get_by_role("button", name=re.compile("grunn", re.I)).last.click()


def _accept_the_programme(host: Visitor, cohort: str) -> None:
    host.go(f"/cohorts/{cohort}/tailoring/accept/")
    host.press(re.compile("Godkjenn|Ja"))
    host.sees("godkjent")


def _plan_and_release(owner: Visitor, cohort: str) -> None:
    owner.go(f"/cohorts/{cohort}/state/")
    owner.fill("Grunn", "Verten har godkjent programmet.")
    owner.press("Endre statusen")
    owner.go(f"/planning/cohort/{cohort}/")
    owner.press("Sett opp de 3 samlingene")
    owner.page.get_by_role("link", name=re.compile("tid og sted", re.I)).first.click()
    owner.fill("Dato", START.strftime("%Y-%m-%d"))
    owner.fill("Begynner kl.", "09:00")
    owner.fill("Sted", "Øvingsgata 1")
    owner.press("Sett tid og sted")
    owner.go("/planning/1/release/")
    owner.press("Frigi kjøreplanen")


def _invite_everybody(owner: Visitor, cohort: str, catcher) -> None:
    owner.go(f"/planning/cohort/{cohort}/outbox/")
    owner.press(re.compile("^Klargjør"))
    owner.page.get_by_role("link", name=re.compile("5 e-post")).click()
    owner.press(re.compile("^Send"))
    message = catcher.wait_for(LEADERS[3], 1)[-1]
    event = icalendar.Calendar.from_ical(calendar_of(message)).walk("VEVENT")[0]
    assert event.decoded("DTSTART") == START
    assert all(address not in text_of(message) for address in LEADERS[:3])
