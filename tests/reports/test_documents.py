"""The PDF: tagged, in its language, with the numbers of the page; made by a job, or by the command line."""

import io
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from samspill.errors import Refused
from samspill.people.models import Person
from samspill.reports import printing
from samspill.reports.actions import make_document, order_document
from samspill.reports.choices import MakingState
from samspill.reports.commands import report
from samspill.reports.models import Document
from tests.cast import Cast
from tests.reports.parts import LESSONS, made, whole_cohort


@pytest.fixture
def _jobs_at_once(settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def tags(node: object) -> list[DictionaryObject]:
    """Every element of the structure tree."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [tag for each in node for tag in tags(each)]
    if not isinstance(node, DictionaryObject):
        return []
    return [node, *tags(node.get("/K", []))]


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def test_the_pdf_is_tagged_and_says_its_language_and_title(cast: Cast, tmp_path: Path) -> None:
    whole_cohort(cast)
    report(cast.cohort.pk, "nn", "pdf", str(tmp_path / "report.pdf"))

    pdf = PdfReader(tmp_path / "report.pdf")
    root = pdf.trailer["/Root"]
    elements = tags(root["/StructTreeRoot"])
    kinds = {element.get("/S") for element in elements}

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nn"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata is not None
    assert str(pdf.metadata.title).endswith(": Øvingssektoren")
    assert "pdfuaid" in str(root["/Metadata"].get_object().get_data())
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/L", "/Figure", "/P"} <= kinds
    figures = [element for element in elements if element.get("/S") == "/Figure"]
    assert len(figures) == 8  # one change and one distribution for each of four statements
    assert all(str(figure.get("/Alt", "")).strip() for figure in figures)


def test_every_font_is_embedded(cast: Cast, tmp_path: Path) -> None:
    whole_cohort(cast)
    report(cast.cohort.pk, "nb", "pdf", str(tmp_path / "report.pdf"))

    fonts = {}
    for page in PdfReader(tmp_path / "report.pdf").pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font["/DescendantFonts"][0].get_object()
            fonts[str(font["/BaseFont"]).split("+")[-1]] = "/FontFile2" in inner["/FontDescriptor"]

    assert {"Inter", "Inter-Semi-Bold"} <= set(fonts)
    assert set(fonts.values()) == {True}


def test_the_pdf_holds_the_numbers_of_the_page(cast: Cast, tmp_path: Path) -> None:
    whole_cohort(cast)
    report(cast.cohort.pk, "en", "pdf", str(tmp_path / "report.pdf"))

    words = " ".join(
        " ".join(page.extract_text() for page in PdfReader(tmp_path / "report.pdf").pages).split()
    )

    for said in (
        "Experience report: Øvingssektoren",
        "1 of 1 gathering has been held.",
        "3 of 7",
        "7 leaders took part, from 5 organisations:",
        "2 commitments were made. 1 open, 1 done, 0 dropped.",
        "Change from before to after, 4 statements: 4 rise.",
        "+2.4 +1.9 +2.9 7 Rise",
        LESSONS.splitlines()[0],
    ):
        assert said in words


@pytest.mark.usefixtures("_jobs_at_once")
def test_a_document_is_ordered_made_and_fetched(cast: Cast) -> None:
    whole_cohort(cast)
    Person.objects.update(language="en")
    client = Client()
    client.force_login(Person.objects.get(pk=cast.resource.pk))

    client.post(reverse("reports:order", args=[cast.cohort.pk]), {"language": "nn"})

    document = Document.objects.get()
    assert (document.state, document.progress, document.language) == (MakingState.READY, 100, "nn")
    page = client.get(reverse("reports:report", args=[cast.cohort.pk])).content.decode()
    assert "Download the PDF" in page
    fetched = client.get(reverse("reports:download", args=[cast.cohort.pk, document.pk]))
    assert fetched["Content-Type"] == "application/pdf"
    assert read(fetched.content).trailer["/Root"]["/Lang"] == "nn"


def test_a_document_under_way_asks_for_itself_again_and_a_ready_one_does_not(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.facilitator)

    def line(state: MakingState) -> str:
        address = reverse("reports:progress", args=[cast.cohort.pk, made(cast, state).pk])
        return client.get(address).content.decode()

    asks = {state: 'hx-trigger="every 1s"' in line(state) for state in MakingState}
    assert asks == {
        MakingState.QUEUED: True,
        MakingState.RUNNING: True,
        MakingState.READY: False,
        MakingState.FAILED: False,
    }


def test_ordering_twice_makes_one(cast: Cast) -> None:
    first = order_document(cohort=cast.cohort, language="nb", by=cast.facilitator)
    second = order_document(cohort=cast.cohort, language="nb", by=cast.resource)
    other = order_document(cohort=cast.cohort, language="en", by=cast.resource)

    assert first == second
    assert {each.pk for each in Document.objects.all()} == {first.pk, other.pk}


def test_when_it_fails_it_says_so_can_be_tried_again_and_logs_no_text(
    cast: Cast, monkeypatch, caplog
) -> None:
    whole_cohort(cast)

    def broken(html: str) -> bytes:
        raise ValueError(html)

    monkeypatch.setattr(printing, "pdf_bytes", broken)
    document = order_document(cohort=cast.cohort, language="nb", by=cast.facilitator)
    make_document.call(document.pk)

    document.refresh_from_db()
    assert document.state == MakingState.FAILED
    assert "ValueError" in caplog.text
    assert "Lederne tok selv ordet" not in caplog.text
    Person.objects.update(language="en")
    client = Client()
    client.force_login(Person.objects.get(pk=cast.facilitator.pk))
    page = client.get(reverse("reports:report", args=[cast.cohort.pk])).content.decode()
    assert "It could not be made. Nothing is lost; try once more." in page
    monkeypatch.undo()
    again = order_document(cohort=cast.cohort, language="nb", by=cast.facilitator)
    make_document.call(again.pk)
    again.refresh_from_db()
    assert again.state == MakingState.READY


def test_a_job_that_was_cut_off_is_taken_up_again_and_a_ready_one_left_alone(cast: Cast) -> None:
    whole_cohort(cast)
    cut_off = made(cast, MakingState.RUNNING)
    ready = made(cast, MakingState.READY)

    make_document.call(cut_off.pk)
    make_document.call(ready.pk)

    cut_off.refresh_from_db()
    ready.refresh_from_db()
    assert cut_off.state == MakingState.READY
    assert bytes(ready.file or b"") == b"%PDF-"


def test_the_report_reaches_neither_network_nor_disk() -> None:
    fetcher = printing.OwnFiles()

    for address in ("https://example.org/x.png", "file:///etc/passwd", printing.BASE + "../../etc/passwd"):
        with pytest.raises(Exception, match=r"is not a file of Samspill|outside|not allowed"):
            fetcher.fetch(address)


def test_the_command_writes_the_same_page_as_html(cast: Cast, tmp_path: Path) -> None:
    whole_cohort(cast)

    said = report(cast.cohort.pk, "nb", "html", str(tmp_path / "report.html"))

    written = (tmp_path / "report.html").read_text()
    assert written.startswith("<!doctype html>")
    assert said == f"{tmp_path / 'report.html'}: {len(written.encode()):,} bytes"


@pytest.mark.parametrize(
    ("cohort", "language", "form", "sentence"),
    [
        (999_999, "nb", "pdf", "There is no cohort with the number 999999."),
        (None, "se", "pdf", "There is no report in 'se'. Choose one of nb, nn, en."),
        (None, "nb", "docx", "There is no report as 'docx'. Choose one of pdf, html."),
    ],
)
def test_the_command_says_what_is_wrong(cast: Cast, tmp_path: Path, cohort, language, form, sentence) -> None:
    with pytest.raises(Refused) as refused:
        report(cohort or cast.cohort.pk, language, form, str(tmp_path / "report"))

    assert str(refused.value.sentence).startswith(sentence)
    assert list(tmp_path.iterdir()) == []
