"""Sheets as Norwegian Excel, and people in a hurry, make them."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from samspill.errors import Refused
from samspill.spreadsheets import kinds, reading
from samspill.spreadsheets.reading import read_bytes, read_rows
from samspill.spreadsheets.table import Table
from samspill.spreadsheets.writing import csv_bytes, xlsx_bytes

SHEET = "Navn;E-post;Tittel\r\nÅse Ødegård;aase@example.org;Direktør, Øst\r\nPål;paal@example.org;\r\n"
ROWS = [(2, ["Åse Ødegård", "aase@example.org", "Direktør, Øst"]), (3, ["Pål", "paal@example.org", ""])]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def cells(table: Table) -> list[tuple[int, list[str]]]:
    return [(row.number, list(row.cells.values())) for row in table.rows]


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read_bytes(data)
    return str(refused.value.sentence)


def workbook(*rows: list[object], title: str = "Ark1") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_every_way_excel_saves_text_is_read(encoding, delimiter):
    table = read_bytes(SHEET.replace(";", delimiter).encode(encoding))
    assert table.header == ("navn", "e-post", "tittel")
    assert cells(table) == ROWS


def test_commas_are_read_when_they_are_the_delimiter():
    table = read_bytes('navn,e-post,tittel\nPål,p@example.org,"Direktør, Øst"\n'.encode())
    assert cells(table) == [(2, ["Pål", "p@example.org", "Direktør, Øst"])]


def test_commas_inside_a_sheet_of_semicolons_do_not_mislead():
    table = read_bytes(b"navn;etat\nA, B, C;D, E\nF, G, H;I, J\n")
    assert cells(table) == [(2, ["A, B, C", "D, E"]), (3, ["F, G, H", "I, J"])]


def test_the_line_by_which_excel_says_its_delimiter_is_not_a_row():
    assert cells(read_bytes(b"sep=,\r\na,b\r\n1,2;3\r\n")) == [(2, ["1", "2;3"])]


def test_a_sheet_with_one_column_is_a_sheet():
    assert cells(read_bytes("navn\nÅse\nPål\n".encode())) == [(2, ["Åse"]), (3, ["Pål"])]


def test_empty_rows_are_passed_over_and_row_numbers_are_those_of_excel():
    data = "Navn;E-post\r\n\r\n;\r\n  ; \r\nPål;p@example.org\r\n"
    assert cells(read_bytes(data.encode())) == [(5, ["Pål", "p@example.org"])]
    assert cells(read_bytes(workbook(["Navn", "E-post"], [], [None, " "], ["Pål", "p"]))) == [
        (4, ["Pål", "p"])
    ]


def test_heads_are_told_apart_without_stars_case_and_spaces():
    table = read_bytes(b" NAVN * ;E-post:;name_nb\nx;y;z\n")
    assert table.header == ("navn", "e-post", "name nb")
    assert table.heads == ("NAVN *", "E-post:", "name_nb")


def test_the_header_is_found_below_a_title_when_its_heads_are_known():
    data = workbook(["Ledere i sektoren"], [], ["Navn", "E-post"], ["Pål", "p@example.org"])
    table = read_bytes(data, known=("navn", "e-post"))
    assert (table.header, cells(table)) == (("navn", "e-post"), [(4, ["Pål", "p@example.org"])])


def test_a_column_that_is_there_twice_is_told():
    assert "“Navn”" in refusal(b"Navn;navn\na;b\n")


def test_a_row_that_is_too_wide_is_marked_and_the_others_are_read():
    table = read_bytes(b"navn;e-post\na;b;c\nd;e\n")
    assert [row.too_wide for row in table.rows] == [True, False]


def test_numbers_and_dates_in_excel_become_what_a_person_reads():
    values = [974760673, 3.0, 3.5, date(2026, 11, 2), datetime(2026, 11, 2, 9, 30), True, "  a\xa0b\n c "]
    table = read_bytes(workbook([f"k{n}" for n in range(len(values))], values))
    assert cells(table) == [(2, ["974760673", "3", "3.5", "2026-11-02", "2026-11-02 09:30", "1", "a b c"])]


def test_the_first_visible_sheet_with_something_in_it_is_read():
    book = openpyxl.Workbook()
    book.active.append(["skjult", "x"])
    book.active.sheet_state = "hidden"
    book.create_sheet("Tom")
    book.create_sheet("Data").append(["navn", "e-post"])
    assert read_bytes(saved(book)).header == ("navn", "e-post")


def test_what_we_write_is_what_we_read():
    rows = [["=1+1", "+47 900 00 000"], ["Åse", "@x"]]
    expected = [(2, rows[0]), (3, rows[1])]
    assert cells(read_bytes(csv_bytes(["a", "b"], rows))) == expected
    assert cells(read_bytes(xlsx_bytes(["a", "b"], rows))) == expected


def word_file() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n", "picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", ".xls"),
        (word_file(), "Word"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"<!DOCTYPE html><table>", "web page"),
        (b'{"a": 1}', "JSON"),
        (b"navn;\x81\x8d\n", "letters"),
        (b";;;\n;;\n", "no rows"),
    ],
)
def test_what_is_not_a_sheet_is_called_what_it_is(data, says):
    assert says in refusal(data)


def test_a_large_file_is_refused_before_it_is_opened(settings):
    settings.MAX_UPLOAD = 100
    with pytest.raises(Refused) as refused:
        read_rows(SimpleUploadedFile("a.csv", b"a;b\n" * 50))
    assert "MB" in str(refused.value.sentence)


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(monkeypatch):
    monkeypatch.setattr(kinds, "LARGEST_UNPACKED", 1_000_000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", " " * 2_000_000)
    assert len(out.getvalue()) < 5_000
    assert "far too large" in refusal(out.getvalue())


def test_a_workbook_that_declares_entities_is_not_opened():
    original = io.BytesIO(workbook(["navn"], ["x"]))
    out = io.BytesIO()
    with zipfile.ZipFile(original) as before, zipfile.ZipFile(out, "w") as after:
        for part in before.namelist():
            content = before.read(part)
            if part == "xl/worksheets/sheet1.xml":
                content = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaa">]>' + content
            after.writestr(part, content)
    assert "tampered" in refusal(out.getvalue())


def test_too_many_rows_and_columns_are_told(monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    assert "more than 3 rows" in refusal(b"a;b\n" + b"1;2\n" * 4)
    assert cells(read_bytes(b"a;b\n" + b"1;2\n" * 3))[-1][0] == 4
    wide = ";".join(str(n) for n in range(reading.MOST_COLUMNS + 1))
    assert "Row 2" in refusal(f"a;b\n{wide}\n".encode())


def test_a_quotation_mark_that_is_never_closed_is_pointed_at():
    rows = "".join(f"{n};b;c\n" for n in range(2000))
    assert "Row 1" in refusal(f'navn;"b;c\n{rows}'.encode()).replace("row 1", "Row 1")


WORDS = st.text(
    st.characters(codec="cp1252", exclude_categories=["Cc", "Zs"], exclude_characters="'"), min_size=1
)


@given(
    st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=1, max_size=8),
    st.sampled_from(["utf-8-sig", "utf-16", "cp1252"]),
)
def test_any_text_survives_a_sheet(rows, encoding):
    """Whatever people type comes back as they typed it, from every encoding Excel uses.

    The apostrophe is left out: at the start of a cell it means "this is text", to Excel and to us.
    """
    data = csv_bytes(["a", "b", "c"], rows).decode("utf-8-sig").encode(encoding)
    assert [list(row.cells.values()) for row in read_bytes(data).rows] == rows
