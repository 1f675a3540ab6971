"""Enhetsregisteret: units by organisation number, and files in the form it answers with."""

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
from django.conf import settings
from django.utils.translation import gettext as _

from samspill.errors import Refused
from samspill.sectors.numbers import valid_number
from samspill.spreadsheets.reading import MOST_ROWS
from samspill.spreadsheets.table import Row, Table

PAGE_SIZE = 100
MOST_PAGES = 60

_HEADS = ("orgnr", "navn", "organisasjonsform", "overordnetEnhet", "maalform", "slettedato")
_HEADER = tuple(head.casefold() for head in _HEADS)


@dataclass(frozen=True)
class Patience:
    """How long to wait for an answer, how often to ask, and the first pause (doubled each time); seconds."""

    timeout: float = 10.0
    attempts: int = 3
    pause: float = 0.5


def fetch(number: str, *, patience: Patience = Patience()) -> Table:
    """The unit with the number and the units directly below it, as rows of an import.

    `Refused` with a sentence when the number is wrong, nobody has it, or the register cannot be reached.
    """
    number = valid_number(number)
    timeout = httpx.Timeout(patience.timeout, connect=min(5.0, patience.timeout))
    headers = {"Accept": "application/json"}
    with httpx.Client(base_url=settings.REGISTER_ADDRESS, timeout=timeout, headers=headers) as client:
        unit = _get(client, f"/enheter/{number}", {}, patience)
        below = list(_pages(client, number, patience))
    return table_of([unit, *below])


def read_file(data: bytes) -> Table:
    """Units from a saved answer: a page with `_embedded.enheter`, a list of units, or one unit."""
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise Refused(
            _("The file is not complete JSON. Save the answer of the register once more.")
        ) from error
    if isinstance(content, dict) and "organisasjonsnummer" in content:
        return table_of([content])
    units = content if isinstance(content, list) else _units(content)
    if units is None:
        raise Refused(_("The file has no units: Samspill looks for “_embedded.enheter” or one unit."))
    return table_of(units)


def table_of(units: Iterable[Any]) -> Table:
    """Units as Enhetsregisteret writes them, one row each; what is no unit becomes a row without a number."""
    rows = tuple(
        Row(number, dict(zip(_HEADER, _cells(unit), strict=True)))
        for number, unit in enumerate(units, start=1)
    )
    if not rows:
        raise Refused(_("There are no units in the answer."))
    if len(rows) > MOST_ROWS:
        raise Refused(_("There are more than %(most)d units. Divide the file.") % {"most": MOST_ROWS})
    return Table(_HEADS, _HEADER, rows)


def _cells(unit: Any) -> tuple[str, ...]:
    if not isinstance(unit, dict):
        return ("", *[""] * (len(_HEADS) - 1))
    form = unit.get("organisasjonsform")
    return (
        _word(unit.get("organisasjonsnummer")),
        _word(unit.get("navn")),
        _word(form.get("kode") if isinstance(form, dict) else form),
        _word(unit.get("overordnetEnhet")),
        _word(unit.get("maalform")),
        _word(unit.get("slettedato")),
    )


def _word(value: Any) -> str:
    return " ".join(str(value).split())[:1000] if isinstance(value, str | int) else ""


def _units(content: Any) -> list[Any] | None:
    embedded = content.get("_embedded") if isinstance(content, dict) else None
    units = embedded.get("enheter") if isinstance(embedded, dict) else None
    return units if isinstance(units, list) else None


def _pages(client: httpx.Client, number: str, patience: Patience) -> Iterator[Any]:
    for page in range(MOST_PAGES):
        asked = {"overordnetEnhet": number, "page": str(page), "size": str(PAGE_SIZE)}
        content = _get(client, "/enheter", asked, patience)
        yield from _units(content) or []
        about = content.get("page")
        total = about.get("totalPages") if isinstance(about, dict) else None
        if not isinstance(total, int) or page + 1 >= total:
            return


def _get(client: httpx.Client, path: str, params: dict[str, str], patience: Patience) -> dict[str, Any]:
    """One answer as a JSON object. Busy or silent servers are asked again, other errors are not."""
    problem = ""
    for attempt in range(patience.attempts):
        if attempt:
            time.sleep(patience.pause * 2 ** (attempt - 1))
        try:
            answer = client.get(path, params=params)
        except httpx.TimeoutException:
            problem = _("it did not answer in time")
            continue
        except httpx.TransportError:
            problem = _("there is no connection")
            continue
        if answer.status_code in (404, 410):
            raise Refused(_("Enhetsregisteret has no unit with this number. Check the number."))
        if answer.status_code < 400:
            return _content(answer)
        problem = _("it answered with error %(code)d") % {"code": answer.status_code}
        if answer.status_code < 500 and answer.status_code != 429:
            break
    raise Refused(
        _(
            "Enhetsregisteret could not be read: %(problem)s. Nothing has been changed. "
            "Try again in a while, or upload a file."
        )
        % {"problem": problem}
    )


def _content(answer: httpx.Response) -> dict[str, Any]:
    try:
        content = answer.json()
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise Refused(
            _("Enhetsregisteret answered with something that is not JSON. Nothing has been changed.")
        ) from error
    if not isinstance(content, dict):
        raise Refused(
            _("Enhetsregisteret answered with something that is not a unit. Nothing has been changed.")
        )
    return content
