"""The chapters of the story around the room: measurements, commitments, the report and the public pages."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.journeys.files import BLUEPRINT_TITLE, HOST, LEADERS
from tests.journeys.gathering import PROMISES
from tests.journeys.site import MailCatcher, link_in
from tests.journeys.visitor import Visitor

BEFORE = [[2, 3, 2, 3, 2], [3, 3, 3, 2, 2], [2, 2, 3, 3, 3], [4, 3, 2, 2, 3], [3, 2, 2, 3, 2]]
AFTER = [[5, 5, 5, 4, 5], [6, 5, 4, 4, 5], [5, 4, 5, 5, 5], [6, 6, 4, 4, 5], [6, 4, 5, 5, 4]]
SUMMARY = "Lederne begynner nå med brukerne."
LESSON = "Tre timer holder når lederne er enige om spørsmålene på forhånd."
ADVICE = "Begynn med brukerne."
MISSING = "Kjøreplanene, slik at vi kan bruke dem selv."


def the_owner_measures(
    owner: Visitor, phones: list[Visitor], mails: MailCatcher, wave: str, answers: list[list[int]]
) -> None:
    """Opens a measurement, sends five mails, and closes it when all have answered."""
    owner.follow("Gjennomføringer")
    owner.follow("Øvingssektoren")
    owner.follow(re.compile("^Effekt"))
    owner.follow("Åpne målingen", within=owner.row(wave))
    owner.press("Åpne målingen")
    owner.is_at(f"Måling: {wave}")
    owner.follow("Se gjennom og send")
    owner.press("Send 5 e-poster")
    owner.is_at(f"Måling: {wave}")
    number = 1 if wave == "Før" else 2
    for phone, address, points in zip(phones, (HOST, *LEADERS), answers, strict=True):
        message = mails.wait_for(address, BLUEPRINT_TITLE, number)[-1]
        _answer(phone, link_in(message), points)
    owner.page.reload()
    expect(owner.page.locator(".wave-list__rate")).to_have_text("5 av 5 har svart")
    owner.follow("Avslutt målingen")
    owner.press("Avslutt målingen")
    owner.is_at("Effekt")


def _answer(phone: Visitor, link: str, points: list[int]) -> None:
    phone.page.goto(link)
    statements = phone.page.get_by_role("group").filter(has=phone.page.get_by_role("radio"))
    expect(statements).to_have_count(len(points))
    for place, point in enumerate(points):
        statements.nth(place).get_by_role("radio").nth(point - 1).check()
    phone.sees("5 av 5 besvart")
    phone.press("Jeg er ferdig")
    phone.is_at("Takk. Svarene dine er lagret.")
    phone.sees("5 av 5 påstander er besvart.")


def nothing_is_shown_of_one_measurement_alone(owner: Visitor) -> None:
    owner.sees("Svarene holdes tilbake til neste måling er avsluttet, og vises da sammen med den.")
    assert owner.page.locator("figure, table, meter").count() == 0


def the_commitments_live_on(owner: Visitor, phones: list[Visitor]) -> None:
    """Each who promised has the promise on a page of their own; nobody else has it there."""
    for place, phone in enumerate(phones):
        phone.follow("Gå til startsiden min")
        phone.is_at("Hva nå?")
        phone.go("/follow-up/")
        expect(phone.page.get_by_role("article")).to_have_count(1 if place in PROMISES else 0)
        if place in PROMISES:
            phone.sees(PROMISES[place][0])
    owner.follow(re.compile("^Oppfølging"))
    owner.is_at("Forpliktelser")
    rows = owner.page.get_by_role("table").get_by_role("rowheader")
    assert sorted(rows.all_inner_texts()) == sorted(what for what, _arena in PROMISES.values())


def the_change_is_shown(owner: Visitor) -> None:
    """Five of five, the mean change of each statement worked out here anew."""
    owner.sees("Endring fra før til etter, 5 påstander: 5 sannsynlig økning.")
    figure = owner.page.get_by_role("figure").first
    figure.get_by_text("Vis tallene").click()
    shown = figure.get_by_role("row").all_inner_texts()[1:]
    means = [row.split("\t")[1].strip() for row in shown]
    assert means == [f"+{mean}" for mean in _mean_changes()]
    assert [row.count("(5 par)") for row in shown] == [1] * 5


def _mean_changes() -> list[str]:
    """Of each statement, the largest first, as a Norwegian reads a number."""
    before, after = zip(*BEFORE, strict=True), zip(*AFTER, strict=True)
    changes = [(sum(late) - sum(early)) / 5 for early, late in zip(before, after, strict=True)]
    return [f"{change:.1f}".replace(".", ",") for change in sorted(changes, reverse=True)]


def the_report_is_written(owner: Visitor) -> None:
    owner.follow(re.compile("^Rapport"))
    owner.is_at("Erfaringsrapport: Øvingssektoren")
    owner.follow("Skriv erfaringer og anbefalinger")
    owner.fill("Erfaringer", LESSON)
    owner.fill("Anbefalinger", ADVICE)
    owner.fill("Sammendrag for offentligheten", SUMMARY)
    owner.press("Lagre tekstene")
    owner.is_at("Erfaringsrapport: Øvingssektoren")
    owner.sees(LESSON)


def the_report_is_a_tagged_pdf(owner: Visitor, path: Path) -> None:
    """It says what was planned, who came, what was promised and what changed, and names nobody."""
    owner.press("Lag PDF-en")
    expect(owner.page.get_by_role("link", name="Last ned PDF-en")).to_be_visible(timeout=60_000)
    assert owner.downloads("Last ned PDF-en", path) == "erfaringsrapport Øvingssektoren (nb).pdf"
    document = PdfReader(path)
    text = " ".join(" ".join(page.extract_text() for page in document.pages).split())
    told = [
        "Erfaringsrapport: Øvingssektoren",
        "1 av 3 samlinger er holdt.",
        "5 ledere deltok, fra 2 virksomheter:",
        "Hva vil brukerne våre merke først? Grunn: Verten vil begynne hos brukerne.",
        "Hva må to av oss slutte å gjøre hver for seg? Grunn: Etatene ba om det.",
        "uten navn. Samling 1:",
        "Søknadene kommer om natten. Forpliktelser 2 forpliktelser ble inngått. 2 åpne, 0 gjort, 0 lagt bort.",
        "Før: 5 av 5 svarte Etter: 5 av 5 svarte",
        "Endring fra før til etter, 5 påstander: 5 sannsynlig økning.",
        f"Erfaringer {LESSON}",
        f"Anbefalinger {ADVICE}",
    ]
    assert [each for each in told if each not in text] == []
    assert re.findall(r"\+(\d,\d) \+\d,\d \+\d,\d 5 Sannsynlig", text) == _mean_changes()
    kept = ["Leder nummer", "Vert ", "vanskelige", *(what for what, _arena in PROMISES.values()), "@"]
    assert [each for each in kept if each in text] == []
    root: Any = document.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("nb", True)
    assert document.metadata is not None
    assert document.metadata.title == "Erfaringsrapport: Øvingssektoren"
    tags = list(_tags(root["/StructTreeRoot"]))
    assert tags.count("/H1") == 1
    assert {"/H2", "/H3", "/P", "/L", "/LI", "/Table", "/TH", "/TD", "/Figure"} - set(tags) == set()


def _tags(node: Any) -> list[str]:
    """The tags of a PDF's structure tree, in reading order."""
    found = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(found, list):
        return [tag for each in found for tag in _tags(each)]
    if not isinstance(found, dict):
        return []
    return [*([found["/S"]] if "/S" in found else []), *_tags(found.get("/K", []))]


def the_result_is_published(owner: Visitor) -> None:
    owner.follow("Publiser resultatet")
    owner.is_at("Publisere resultatet?")
    expect(owner.page.get_by_role("region", name="Forhåndsvisning")).to_contain_text(SUMMARY)
    owner.press("Publiser det")
    owner.is_at("Erfaringsrapport: Øvingssektoren")


def a_reader_says_what_was_missing(reader: Visitor) -> None:
    """Somebody who is nobody here: no sign-in, no cookies."""
    reader.go("/nb/")
    reader.follow("Resultater")
    reader.follow("Øvingssektoren")
    reader.is_at("Øvingssektoren")
    reader.sees(re.compile("^5 toppledere deltok, fra 2 virksomheter."))
    reader.sees(SUMMARY)
    assert [each for each in (LESSON, ADVICE, "Søknadene") if each in reader.page.content()] == []
    reader.tick("Nei")
    asked = reader.page.get_by_role("textbox", name=re.compile("^Hva lette du etter"))
    asked.press_sequentially(MISSING, delay=80)  # as people type; what comes at once is taken for a machine
    reader.press("Send meldingen")
    reader.sees("Vi leser alle meldinger og bruker dem til å gjøre sidene bedre.")
    assert reader.page.context.cookies() == []


def the_owner_reads_it(owner: Visitor) -> None:
    owner.follow("Meldinger")
    owner.is_at("Meldinger fra lesere")
    counts = owner.page.get_by_role("table").get_by_role("row").nth(1).get_by_role("cell")
    assert counts.all_inner_texts() == ["0", "1", "1"]
    expect(owner.page.get_by_role("listitem").filter(has_text=MISSING)).to_have_count(1)
