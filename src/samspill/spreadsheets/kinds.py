"""What sort of file somebody has handed us, told from its first bytes and not from its name."""

import io
import zipfile
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspill.errors import Refused

LARGEST_UNPACKED = 150 * 1024 * 1024
MOST_PARTS = 2000


class Kind(Enum):
    XLSX = "xlsx"
    CSV = "csv"


_STARTS: tuple[tuple[bytes, str | Promise], ...] = (
    (b"%PDF", _("This is a PDF file. Send the Excel or CSV file it was made from.")),
    (b"\x89PNG", _("This is a picture. Send an Excel or CSV file.")),
    (b"\xff\xd8\xff", _("This is a picture. Send an Excel or CSV file.")),
    (b"GIF8", _("This is a picture. Send an Excel or CSV file.")),
    (b"\x1f\x8b", _("This is a packed file. Unpack it, and send the Excel or CSV file in it.")),
    (b"Rar!", _("This is a packed file. Unpack it, and send the Excel or CSV file in it.")),
    (b"7z\xbc\xaf", _("This is a packed file. Unpack it, and send the Excel or CSV file in it.")),
    (b"{\\rtf", _("This is a text document (.rtf). Send an Excel or CSV file.")),
)
_PARTS: tuple[tuple[str, str | Promise], ...] = (
    ("word/", _("This is a Word file. Copy the table into Excel and save it as .xlsx.")),
    ("ppt/", _("This is a PowerPoint file. Copy the table into Excel and save it as .xlsx.")),
    ("content.xml", _("This is an OpenDocument file. Save it as an Excel workbook (.xlsx).")),
    ("Index/", _("This is a Numbers file. Export it as an Excel workbook (.xlsx).")),
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def kind_of(data: bytes) -> Kind:
    """XLSX or CSV; anything else is refused with a sentence that says what the file is and what to do."""
    if not data.strip():
        raise Refused(_("The file is empty."))
    if data.startswith(_OLD_OFFICE):
        raise Refused(
            _(
                "This is an old Excel or Word file (.xls, .doc), or a file with a password. "
                "Open it in Excel and save it as .xlsx without a password."
            )
        )
    for start, sentence in _STARTS:
        if data.startswith(start):
            raise Refused(sentence)
    if data.startswith(b"PK"):
        _check_workbook(data)
        return Kind.XLSX
    beginning = data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if beginning.startswith((b"<!doctype", b"<html", b"<?xml")):
        raise Refused(
            _(
                "This is a web page or an XML file, even if its name says otherwise. "
                "Open it in Excel and save it as an Excel workbook (.xlsx) or as CSV."
            )
        )
    if beginning.startswith((b'{"', b"{\n", b"{\r", b"[{")):
        raise Refused(_("This is a JSON file. Send an Excel or CSV file."))
    return Kind.CSV


def _check_workbook(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_size(parts)
            names = [part.filename for part in parts]
            if "xl/workbook.xml" not in names:
                raise Refused(_what_else(names))
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.open(part).read(
                    1000
                ):
                    raise Refused(_("The Excel file has been tampered with and is not opened."))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise Refused(
            _(
                "The Excel file is damaged or locked with a password. "
                "Open it in Excel and save it as an Excel workbook (.xlsx) or as CSV."
            )
        ) from error


def _check_size(parts: list[zipfile.ZipInfo]) -> None:
    """`zipfile` never reads more of a part than the size it states, so the stated sizes can be relied on."""
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Refused(
            _("The Excel file is far too large when unpacked. Copy the rows you need into a new workbook.")
        )


def _what_else(names: list[str]) -> str | Promise:
    for beginning, sentence in _PARTS:
        if any(name.startswith(beginning) for name in names):
            return sentence
    if "xl/workbook.bin" in names:
        return _("This is a binary Excel workbook (.xlsb). Save it as .xlsx.")
    return _("This is a packed file. Unpack it, and send the Excel or CSV file in it.")
