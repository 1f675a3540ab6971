"""Rows from CSV and Excel files as people in Norwegian offices make them."""

import csv
import io
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, time
from typing import Any, Protocol

from django.conf import settings
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from samspill.errors import Refused
from samspill.spreadsheets.kinds import Kind, kind_of
from samspill.spreadsheets.table import Row, Table

MOST_ROWS = 20_000
MOST_COLUMNS = 60
LONGEST_CELL = 5_000
_DELIMITERS = (";", "\t", ",")
_HEADS_WITHIN = 15
_SAMPLE = 60
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200d\u2060\ufeff]")

Cells = tuple[str, ...]


class Upload(Protocol):
    @property
    def size(self) -> int | None: ...
    def read(self) -> bytes: ...


def read_rows(upload: Upload, *, known: Collection[str] = ()) -> Table:
    """The rows of an uploaded CSV or XLSX file, or `Refused` with what is wrong and how to mend it.

    `known` are the normalised heads the caller looks for; they help to find the header below a title and to
    tell which delimiter a CSV file uses. Of a workbook the first visible sheet with anything in it is read.
    """
    if upload.size is not None and upload.size > settings.MAX_UPLOAD:
        raise Refused(
            _("The file is larger than %(megabytes)d MB. Keep only the rows and columns that are needed.")
            % {"megabytes": settings.MAX_UPLOAD // (1024 * 1024)}
        )
    return read_bytes(upload.read(), known=known)


def read_bytes(data: bytes, *, known: Collection[str] = ()) -> Table:
    """As `read_rows`, for contents that are at hand already."""
    wanted = frozenset(known)
    if kind_of(data) is Kind.XLSX:
        return _table(_xlsx_rows(data), wanted)
    return _table(_csv_rows(_decoded(data), wanted), wanted)


def require_columns(table: Table, needed: Iterable[tuple[str, Collection[str]]]) -> None:
    """`Refused` when no row can be used: no column for something needed, or nothing below the headings.

    `needed` has what the person calls each column, and its normalised heads.
    """
    missing = [label for label, heads in needed if not set(heads) & set(table.header)]
    if missing:
        raise Refused(
            _("The file has no column for %(missing)s. Its headings are: %(heads)s.")
            % {"missing": ", ".join(missing), "heads": ", ".join(table.heads)}
        )
    if not table.rows:
        raise Refused(_("The file has headings, but no rows below them."))


def normalised(head: str) -> str:
    """A head as columns are told apart: "  E-post * " → "e-post"."""
    return " ".join(head.replace("_", " ").casefold().split()).strip(" *:.")


def _table(rows: Iterable[tuple[int, Cells]], known: frozenset[str]) -> Table:
    filled = [(number, cells) for number, cells in _within_limits(rows) if any(cells)]
    if not filled:
        raise Refused(_("The file has no rows."))
    at = _header_at([cells for _number, cells in filled[:_HEADS_WITHIN]], known)
    heads = _heads(filled[at][1])
    header = tuple(normalised(head) for head in heads)
    twice = next((head for head, norm in zip(heads, header, strict=True) if header.count(norm) > 1), None)
    if twice is not None:
        raise Refused(_("The column “%(head)s” is there twice. Keep one of them.") % {"head": twice})
    return Table(heads, header, tuple(_row(number, cells, header) for number, cells in filled[at + 1 :]))


def _header_at(rows: list[Cells], known: frozenset[str]) -> int:
    """The row with the most known heads; the first row when none has two."""
    hits = [sum(normalised(cell) in known for cell in cells) for cells in rows]
    return hits.index(max(hits)) if max(hits) > 1 else 0


def _heads(cells: Cells) -> Cells:
    """Without empty columns at the end; a column without a head is called by its number."""
    last = max(index for index, cell in enumerate(cells) if cell)
    return tuple(cell or f"#{index}" for index, cell in enumerate(cells[: last + 1], start=1))


def _row(number: int, cells: Cells, header: Cells) -> Row:
    padded = cells[: len(header)] + ("",) * (len(header) - len(cells))
    return Row(number, dict(zip(header, padded, strict=True)), too_wide=any(cells[len(header) :]))


def _within_limits(rows: Iterable[tuple[int, Cells]]) -> Iterator[tuple[int, Cells]]:
    count = 0
    for number, cells in rows:
        count += any(cells)
        if count > MOST_ROWS + 1:
            raise Refused(
                _("The file has more than %(most)d rows. Divide it and send the parts one by one.")
                % {"most": MOST_ROWS}
            )
        if any(cells[MOST_COLUMNS:]):
            raise Refused(
                _("Row %(row)d has more than %(most)d columns. Keep only the columns that are needed.")
                % {"row": number, "most": MOST_COLUMNS}
            )
        yield number, cells[:MOST_COLUMNS]


def _clean(value: str, number: int) -> str:
    if len(value) > LONGEST_CELL:
        raise Refused(
            _(
                "A cell in row %(row)d holds more than %(most)d characters. "
                "Perhaps a quotation mark is missing in the row."
            )
            % {"row": number, "most": LONGEST_CELL}
        )
    text = " ".join(_CONTROL.sub("", value).split())
    guarded = len(text) > 1 and text[0] == "'" and text[1] in "=+-@"
    return text[1:] if guarded else text


# CSV


def _decoded(data: bytes) -> str:
    """Excel writes UTF-8 with a mark, UTF-16 ("Unicode text") or Windows-1252; others plain UTF-8."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _as(data, encoding)
    if b"\x00" in data[:1000]:
        return _as(data, "utf-16-le" if data[1:2] == b"\x00" else "utf-16-be")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _as(data, "cp1252")


def _as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused(
            _("The letters in the file cannot be read. Save it in Excel as “CSV UTF-8” or as .xlsx.")
        ) from error


def _csv_rows(text: str, known: frozenset[str]) -> Iterator[tuple[int, Cells]]:
    delimiter, text = _said_delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or _delimiter(text, known))
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, tuple(_clean(cell, number) for cell in cells)
    except csv.Error as error:
        raise Refused(
            _("Row %(row)d cannot be read. Look for a quotation mark that is not closed.")
            % {"row": number + 1}
        ) from error


def _said_delimiter(text: str) -> tuple[str, str]:
    """Excel's own first line `sep=;`, which it does not count as a row."""
    first, _newline, rest = text.partition("\n")
    found = re.fullmatch(r'"?sep=(.)"?\r?', first, re.IGNORECASE)
    return (found.group(1), rest) if found else ("", text)


def _delimiter(text: str, known: frozenset[str]) -> str:
    """The one that finds known heads; else the one that cuts most rows into as many cells as the first."""

    def fit(delimiter: str) -> tuple[int, int, int]:
        rows: list[list[str]] = []
        try:
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
                if any(cell.strip() for cell in row):
                    rows.append(row)
                if len(rows) == _SAMPLE:
                    break
        except csv.Error:
            return (0, 0, 0)
        if not rows:
            return (0, 0, 2)  # nothing but delimiters is an empty sheet
        width = max(len(row) for row in rows[:_HEADS_WITHIN])
        heads = max(sum(normalised(c) in known for c in row) for row in rows[:_HEADS_WITHIN])
        return (heads, sum(len(row) == width for row in rows) if width > 1 else 0, width)

    return max(_DELIMITERS, key=fit)


# Excel


def _xlsx_rows(data: bytes) -> Iterator[tuple[int, Cells]]:
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            yield from _first_filled_sheet(book)
        finally:
            book.close()
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, SyntaxError) as error:
        raise Refused(_("The Excel file is damaged. Open it in Excel and save it again as .xlsx.")) from error


def _first_filled_sheet(book: Any) -> Iterator[tuple[int, Cells]]:
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        sheet.reset_dimensions()
        found = False
        rows = sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1)
        for number, values in enumerate(rows, start=1):
            cells = tuple(_clean(_written(value), number) for value in values)
            if any(cells):
                found = True
                yield number, cells
        if found:
            return


def _written(value: Any) -> str:
    """A cell as a person reads it: numbers without a needless decimal, dates in ISO form."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.10g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
