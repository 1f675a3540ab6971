"""The whole life of a programme, once, as its people live it: in browsers, with a mail server and nothing else.

The owner has a laptop, the host and four leaders have phones, and the room has a big screen. Nobody touches the
database, and every page is reached by what stands on the one before it or in a mail.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
from playwright.sync_api import expect

from tests.journeys import after, gathering
from tests.journeys.files import BLUEPRINT_TITLE, HOST, LEADERS, edited_blueprint, leaders_file
from tests.journeys.site import MailCatcher, Site, calendar_of, free_port, link_in, text_of
from tests.journeys.visitor import LAPTOP, PHONE, Visitor, visitor

OWNER = "eier@ovingsdirektoratet.example"
MEASURE = "Strategisk IKT-kompetanse for toppledere"
SECTOR = "Øvingssektoren"
FIRST = "IKT som strategisk virkemiddel"
SECOND = "Mulighetsrom og samspill"
REWORDED = "Hva vil brukerne våre merke først?"
ADDED = "Hva må to av oss slutte å gjøre hver for seg?"
PLACE = "Øvingsgata 1"
NOW = datetime.now(ZoneInfo("Europe/Oslo")).replace(second=0, microsecond=0)
START = min(NOW + timedelta(hours=1), NOW.replace(hour=23, minute=55))  # today, since it is run now
LENGTH = timedelta(hours=3)


@pytest.fixture
def site(tmp_path: Path, mails: tuple[MailCatcher, int]) -> Iterator[Site]:
    """As it is run for real: no practice data, no buttons for roles, mails that go to a mail server."""
    settings = {
        "SAMSPILL_PRACTICE": "no",
        "SAMSPILL_SECRET_KEY": "a-key-of-the-journey-that-is-long-enough-to-be-taken-seriously",
        "SAMSPILL_SMTP_HOST": "127.0.0.1",
        "SAMSPILL_SMTP_PORT": str(mails[1]),
    }
    site = Site(tmp_path, free_port(), settings)
    site.run("migrate")
    site.run("begin", OWNER, "--name", "Programeier")
    site.start()
    yield site
    site.stop()


def test_a_sector_goes_through_a_programme(browser, site, mails, tmp_path):
    catcher, _port = mails
    owner = visitor(browser, site, LAPTOP)
    owner.sign_in(OWNER, catcher)

    the_owner_makes_a_new_version_of_the_blueprint(owner, tmp_path)
    the_owner_sets_up_the_sector(owner)
    the_owner_invites_it_and_enrols_its_leaders(owner, leaders_file(tmp_path))
    host = visitor(browser, site, PHONE)
    host.sign_in(HOST, catcher)
    the_host_takes_the_offer(host)
    the_owner_tailors_two_things(owner)
    the_host_accepts_the_programme(host)
    the_owner_dates_and_releases_the_first_gathering(owner)
    the_owner_sends_the_invitations(owner, catcher)
    phones = [host, *(visitor(browser, site, PHONE) for _address in LEADERS)]
    everybody_comes(phones, owner, catcher)

    after.the_owner_measures(owner, phones, catcher, "Før", after.BEFORE)
    after.nothing_is_shown_of_one_measurement_alone(owner)

    screen = gathering.the_room_is_opened(owner, phones, PLACE)
    gathering.they_reflect(owner, screen, phones)
    gathering.they_place_themselves_on_a_scale(owner, screen, phones)
    gathering.they_choose(owner, screen, phones)
    gathering.they_have_ideas_and_vote(owner, screen, phones)
    gathering.two_commit_themselves(owner, screen, phones)
    gathering.the_gathering_ends(owner, screen, phones)
    gathering.the_owner_releases_one_text_to_the_report(owner)

    after.the_commitments_live_on(owner, phones)
    after.the_owner_measures(owner, phones, catcher, "Etter", after.AFTER)
    after.the_change_is_shown(owner)
    after.the_report_is_written(owner)
    after.the_report_is_a_tagged_pdf(owner, tmp_path / "rapport.pdf")
    after.the_result_is_published(owner)
    reader = visitor(browser, site, PHONE)
    after.a_reader_says_what_was_missing(reader)
    after.the_owner_reads_it(owner)

    assert [each.faults for each in (owner, reader, *phones)] == [[] for _each in range(7)]
    assert [len(envelope) for envelope in catcher.envelopes] == [1] * len(catcher.messages)


def the_owner_makes_a_new_version_of_the_blueprint(owner: Visitor, folder: Path) -> None:
    """Takes the released version out as a file, edits it, and brings it back."""
    owner.follow("Programmer")
    owner.follow(MEASURE)
    owner.follow("Versjon 1")
    owner.is_at(MEASURE)
    file = folder / "opplegg.yaml"
    assert owner.downloads(re.compile("YAML"), file) == "strategisk-ikt-kompetanse-1.yaml"
    edited_blueprint(file)
    owner.follow("Programmer")
    owner.follow("Importer en fil med programopplegg")
    owner.attach("Fil med programopplegg", file)
    owner.press("Kontroller filen")
    owner.sees(f"Det er ingenting galt med opplegg.yaml. Det er et programopplegg for {MEASURE}.")
    expect(owner.page.get_by_text("Påstand tatt ut av spørreskjemaet")).to_have_count(8)
    expect(owner.page.get_by_text("Ny tittel på programmet")).to_have_count(1)
    owner.press("Gjør det til utkastet")
    owner.is_at("Utkast til versjon 2")
    owner.follow("Se på det før det frigis")
    owner.press("Frigi versjon 2")
    owner.is_at(BLUEPRINT_TITLE)


def the_owner_sets_up_the_sector(owner: Visitor) -> None:
    for name, kind in (
        ("Øvingsdepartementet", "Departement"),
        ("Øvingstilsynet", "Underliggende virksomhet"),
    ):
        owner.follow("Register")
        owner.follow("Legg til en virksomhet")
        owner.fill("Navn på bokmål", name)
        owner.choose("Type", kind)
        if kind != "Departement":
            owner.choose("Hører til", "Øvingsdepartementet")
        owner.press("Legg til virksomheten")
        owner.is_at(name)
    owner.follow("Register")
    owner.follow("Se departementsområdene")
    owner.follow("Opprett et departementsområde")
    owner.fill("Navn på bokmål", SECTOR)
    owner.choose("Samordnende organ", "Øvingsdepartementet")
    owner.tick("Øvingstilsynet")
    owner.press("Opprett departementsområdet")
    owner.is_at(SECTOR)


def the_owner_invites_it_and_enrols_its_leaders(owner: Visitor, path: Path) -> None:
    owner.follow("Gjennomføringer")
    owner.follow("Inviter et departementsområde")
    owner.choose("Departementsområde", SECTOR)
    owner.press("Inviter departementsområdet")
    owner.follow("Importer en liste")
    owner.attach("Excel- eller CSV-fil", path)
    owner.press("Vis hva som vil skje")
    owner.sees("5 nye rader")
    owner.press("Meld på disse personene")
    owner.sees("5 personer er påmeldt, 5 av dem deltar som vert eller ledere.")


def the_host_takes_the_offer(host: Visitor) -> None:
    host.go("/start/")
    host.sees("Området ditt er invitert til å delta i programmet.")
    host.follow("Svar på tilbudet")
    host.tick("Departementsområdet takker ja")
    host.fill("Grunn", "Vi vil bruke tre formiddager på dette sammen med etatene.")
    host.press("Endre statusen")
    host.is_at(SECTOR)
    expect(host.page.get_by_role("definition").first).to_have_text("Takket ja")


def the_owner_tailors_two_things(owner: Visitor) -> None:
    """One key question in other words, and one of their own; each with its reason."""
    owner.follow("Min startside")
    owner.sees("Departementsområdet har takket ja.")
    owner.follow("Begynn tilretteleggingen")
    owner.press("Begynn tilretteleggingen")
    owner.sees("Programmet er som i programopplegget.")
    owner.follow("Problemstillinger i samling 1")
    owner.follow(re.compile("^Omformuler Hvilke teknologiske endringer"))
    owner.fill("Bokmål", REWORDED)
    owner.press("Bruk disse ordene")
    owner.sees(REWORDED)
    owner.follow("Programmet ved siden av programopplegget")
    owner.follow("Problemstillinger i samling 2")
    owner.fill("Bokmål", ADDED)
    owner.press("Legg til problemstillingen")
    owner.sees(ADDED)
    owner.follow("Programmet ved siden av programopplegget")
    owner.sees("2 ting er annerledes enn i programopplegget. 2 mangler begrunnelse.")
    _give_a_reason(owner, "Problemstilling omformulert", "Verten vil begynne hos brukerne.")
    _give_a_reason(owner, "Ny problemstilling", "Etatene ba om det.")
    expect(owner.page.get_by_text(re.compile("^2 ting er annerledes"))).to_have_text(
        "2 ting er annerledes enn i programopplegget."
    )


def _give_a_reason(owner: Visitor, change: str, reason: str) -> None:
    asked = owner.page.get_by_role("listitem").filter(
        has=owner.page.get_by_role("button", name="Lagre begrunnelsen")
    )
    item = asked.filter(has_text=change)
    item.get_by_label("Hvorfor").fill(reason)
    owner.press("Lagre begrunnelsen", within=item)
    owner.sees(reason)
    expect(item).to_have_count(0)


def the_host_accepts_the_programme(host: Visitor) -> None:
    host.go("/start/")
    host.follow("Se programmet")
    host.follow("Les det og si ja")
    host.sees(REWORDED)
    host.sees("Verten vil begynne hos brukerne.")
    host.sees(ADDED)
    host.press("Ja, dette er programmet vårt")
    host.is_at(SECTOR)


def the_owner_dates_and_releases_the_first_gathering(owner: Visitor) -> None:
    owner.follow("Min startside")
    owner.sees("Verten har godkjent programmet.")
    owner.follow("Start gjennomføringen")
    owner.fill("Grunn", "Verten har godkjent programmet.")
    owner.press("Endre statusen")
    owner.follow("Se samlingene")
    owner.press("Sett opp de 3 samlingene")
    owner.follow("Sett tid og sted", within=owner.row(FIRST))
    owner.fill("Dato", START.strftime("%Y-%m-%d"))
    owner.fill("Begynner kl.", START.strftime("%H:%M"))
    owner.fill("Sted", PLACE)
    owner.press("Sett tid og sted")
    owner.is_at("Samlinger")
    owner.follow(FIRST)
    owner.follow("Frigi kjøreplanen")
    owner.press("Frigi kjøreplanen")
    owner.is_at(FIRST)
    expect(owner.page.locator(".agenda > li")).to_have_count(11)


def the_owner_sends_the_invitations(owner: Visitor, mails: MailCatcher) -> None:
    """Sees five mails, sends them, and each is for one person, with the gathering for that person's calendar."""
    owner.follow("Gå til utboksen")
    owner.press("Klargjør e-postene")
    owner.is_at("Invitasjoner, samling 1")
    assert [address for address in (HOST, *LEADERS) if mails.to(address, "Invitasjon")] == []
    owner.follow("Send 5 e-poster")
    owner.press("Send 5 e-poster")
    owner.is_at("Invitasjoner, samling 1")
    identities = set()
    for address in (HOST, *LEADERS):
        [message] = mails.wait_for(address, "Invitasjon til samling 1")
        assert message["To"] == address
        assert [each for each in (HOST, *LEADERS) if each in message.as_string()] == [address]
        assert f"Hvor: {PLACE}" in text_of(message)
        calendar = icalendar.Calendar.from_ical(calendar_of(message))
        [event] = calendar.walk("VEVENT")
        assert (calendar["METHOD"], event["SEQUENCE"], str(event["LOCATION"])) == ("REQUEST", 0, PLACE)
        assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (START, START + LENGTH)
        assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Oslo"]
        assert event["ATTENDEE"] == f"mailto:{address}"
        identities.add(event["UID"])
    assert len(identities) == 5


def everybody_comes(phones: list[Visitor], owner: Visitor, mails: MailCatcher) -> None:
    """Each opens the link of the mail, signs in with a code, and says yes."""
    for phone, address in zip(phones, (HOST, *LEADERS), strict=True):
        link = link_in(mails.to(address, "Invitasjon")[0])
        if address == HOST:
            phone.page.goto(link)
        else:
            phone.sign_in(address, mails, link)
        phone.press("Kommer")
        expect(phone.page.get_by_role("heading", level=2).first).to_have_text("Ditt svar: kommer")
    owner.follow(re.compile("^Samling 1"))
    owner.follow("Se hvem som kommer")
    counts = owner.page.locator(".stat")
    answers = ["5 kommer", "0 kommer ikke", "0 vet ikke ennå", "0 har ikke svart"]
    expect(counts).to_have_text(answers, use_inner_text=True)
