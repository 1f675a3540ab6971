"""CSV and Excel files that open well in Norwegian Excel and never run what a stranger has typed."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

Cell = str | int | float | Decimal | date | datetime | None

_DANGEROUS = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NARROW, _WIDE = 10, 60
_MIME = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a mark, semicolons, decimal commas. What Excel would run gets an apostrophe in front."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_harmless(head) for head in header])
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]], *, title: str = "") -> bytes:
    """One sheet with a bold frozen header and columns as wide as their contents. Texts are never formulas."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_title(title))
    lines = [[_plain(cell) for cell in row] for row in rows]
    for index, head in enumerate(header):
        longest = max([len(head), *(len(str(line[index])) for line in lines if line[index] is not None)])
        sheet.column_dimensions[get_column_letter(index + 1)].width = min(max(longest + 2, _NARROW), _WIDE)
    sheet.freeze_panes = "A2"
    sheet.append([_xlsx_cell(sheet, head, bold=True) for head in header])
    for line in lines:
        sheet.append([_xlsx_cell(sheet, cell) for cell in line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def download(
    *, name: str, kind: str, header: Sequence[str], rows: Iterable[Sequence[Cell]], title: str = ""
) -> HttpResponse:
    """The rows as a file to save; `kind` is "csv" or "xlsx", `name` has no ending."""
    body = csv_bytes(header, rows) if kind == "csv" else xlsx_bytes(header, rows, title=title)
    kind = "csv" if kind == "csv" else "xlsx"
    response = HttpResponse(body, content_type=_MIME[kind])
    response.headers["Content-Disposition"] = (
        content_disposition_header(True, f"{name}.{kind}") or "attachment"
    )
    return response


def _harmless(text: str) -> str:
    text = _ILLEGAL.sub("", text)
    return f"'{text}" if _DANGEROUS.match(text) else text


def _csv_cell(cell: Cell) -> str:
    cell = _plain(cell)
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _harmless(cell)
    if isinstance(cell, float | Decimal):
        return str(cell).replace(".", ",")
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _plain(cell: Cell) -> Cell:
    """Times in Norwegian clock time, as a sheet knows no zones."""
    if isinstance(cell, datetime) and timezone.is_aware(cell):
        return timezone.localtime(cell).replace(tzinfo=None)
    return cell


def _xlsx_cell(sheet: Any, value: Cell, *, bold: bool = False) -> Any:
    text: Any = _ILLEGAL.sub("", value) if isinstance(value, str) else value
    cell = WriteOnlyCell(sheet, text)
    if isinstance(text, str):
        cell.data_type = "s"
        if _DANGEROUS.match(text):
            cell.quotePrefix = True
    if bold:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _sheet_title(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", title).strip(" '")[:31] or "Samspill"
