"""What an import would do, row by row, before anything is saved.

The pattern, for every import: read the file to a `Table`, `actions.keep` it, and redirect to a page that
makes a `Preview` from the kept table each time it is asked. The page includes
`spreadsheets/preview.html`. Its form posts back; `chosen_from` tells which changes are accepted and
which rows are left out. The app's own action then saves everything at once, and `actions.throw_away`
deletes the kept rows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from samspill.spreadsheets.choices import Verdict
from samspill.spreadsheets.table import Row, Table
from samspill.spreadsheets.writing import Cell, download

MOST_SHOWN = 300


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """One row and what would become of it. `title` is what it is about, in a few words."""

    row: Row
    title: str
    verdict: Verdict
    reason: str = ""
    changes: tuple[Change, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Preview:
    table: Table
    lines: tuple[Line, ...]

    def _those(self, verdict: Verdict) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.verdict is verdict)

    @cached_property
    def new(self) -> tuple[Line, ...]:
        return self._those(Verdict.NEW)

    @cached_property
    def unchanged(self) -> tuple[Line, ...]:
        return self._those(Verdict.UNCHANGED)

    @cached_property
    def changed(self) -> tuple[Line, ...]:
        return self._those(Verdict.CHANGE)

    @cached_property
    def refused(self) -> tuple[Line, ...]:
        return self._those(Verdict.REFUSED)

    @cached_property
    def warned(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.warnings and line.verdict is not Verdict.REFUSED)

    @property
    def nothing_to_do(self) -> bool:
        return not self.new and not self.changed


@dataclass(frozen=True)
class Chosen:
    """What the person ticked: changes to accept (by row number; None for all), and rows to leave out."""

    accepted: frozenset[int] | None
    left_out: frozenset[int]

    def takes(self, line: Line) -> bool:
        """Whether the line is to be saved."""
        if line.row.number in self.left_out or line.verdict not in (Verdict.NEW, Verdict.CHANGE):
            return False
        return line.verdict is Verdict.NEW or self.accepted is None or line.row.number in self.accepted


EVERYTHING = Chosen(None, frozenset())


def chosen_from(posted: QueryDict) -> Chosen:
    """Fields: `accept` and `leave_out` (row numbers, repeated), `accept_all`."""
    every = posted.get("accept_all") == "yes"
    return Chosen(None if every else _numbers(posted, "accept"), _numbers(posted, "leave_out"))


def preview_of(table: Table, judge: Callable[[Row], Line]) -> Preview:
    return Preview(table, tuple(judge(row) for row in table.rows))


def refused_file(preview: Preview, *, name: str, request: HttpRequest) -> HttpResponse:
    """The refused rows as they came, with the row number and the reason, to be mended and uploaded again.

    An Excel workbook, or CSV with `?format=csv`.
    """
    header = [*preview.table.heads, _("Row"), _("Reason")]
    rows: list[list[Cell]] = [
        [*(line.row.cells[head] for head in preview.table.header), line.row.number, line.reason]
        for line in preview.refused
    ]
    kind = "csv" if request.GET.get("format") == "csv" else "xlsx"
    return download(name=name, kind=kind, header=header, rows=rows, title=_("Not imported"))


def _numbers(posted: QueryDict, field: str) -> frozenset[int]:
    return frozenset(int(value) for value in posted.getlist(field) if value.isdecimal())
