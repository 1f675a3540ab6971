"""Files that open well in Norwegian Excel and never run what a stranger has typed."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from samspill.spreadsheets.writing import csv_bytes, download, xlsx_bytes

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\x00=1"]


def test_csv_opens_in_norwegian_excel():
    rows = [["Åse", 3.5, Decimal("1.25"), 4, None, date(2026, 11, 2), datetime(2026, 11, 2, 8, tzinfo=UTC)]]
    written = csv_bytes(["Navn", "a", "b", "c", "d", "e", "f"], rows)
    assert written == (
        b"\xef\xbb\xbf" + "Navn;a;b;c;d;e;f\r\nÅse;3,5;1,25;4;;2026-11-02;2026-11-02 09:00\r\n".encode()
    )


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_is_run_from_csv(text):
    written = csv_bytes(["a"], [[text]]).decode("utf-8-sig").splitlines()[1:]
    assert written[0].lstrip('"').startswith("'")


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_is_a_formula_in_excel(text):
    cell = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(["a"], [[text]]))).active["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_negative_numbers_stay_numbers():
    assert csv_bytes(["a"], [[-3], [-3.5]]).decode("utf-8-sig") == "a\r\n-3\r\n-3,5\r\n"
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(["a"], [[-3]]))).active
    assert sheet["A2"].value == -3


def test_the_workbook_has_a_bold_frozen_header_and_fitting_columns():
    data = xlsx_bytes(["Navn", "Tall"], [["x" * 30, 1], ["y" * 500, 2]], title="Ikke/importert: rader?")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet.title == "Ikke importert  rader"
    assert (sheet["A1"].font.bold, sheet["A2"].font.bold) == (True, False)
    assert sheet.freeze_panes == "A2"
    assert [sheet.column_dimensions[letter].width for letter in "AB"] == [60, 10]


@pytest.mark.parametrize(("kind", "ending"), [("csv", "csv"), ("xlsx", "xlsx"), ("exe", "xlsx")])
def test_a_download_is_named_and_typed(kind, ending):
    response = download(name="ledere-øst", kind=kind, header=["a"], rows=[["b"]])
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''ledere-%C3%B8st.{ending}"
