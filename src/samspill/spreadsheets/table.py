"""What an uploaded sheet is once it has been read."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Row:
    """One row with something in it. `number` is the row number the person sees in Excel."""

    number: int
    cells: dict[str, str]
    """By normalised head; every head is there, "" for an empty cell. White space is single spaces."""
    too_wide: bool = False
    """The row has more filled cells than the sheet has heads, so its cells cannot be trusted."""

    def get(self, head: str) -> str:
        return self.cells.get(head, "")

    def first(self, heads: Iterable[str]) -> str:
        """The first filled cell among several names of one column."""
        return next((self.cells[head] for head in heads if self.cells.get(head)), "")


@dataclass(frozen=True)
class Table:
    heads: tuple[str, ...]
    """As the person wrote them."""
    header: tuple[str, ...]
    """Normalised: lower case, single spaces, without marks of required columns."""
    rows: tuple[Row, ...]

    def as_json(self) -> dict[str, Any]:
        rows = [[row.number, [row.cells[head] for head in self.header], row.too_wide] for row in self.rows]
        return {"heads": list(self.heads), "header": list(self.header), "rows": rows}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Table":
        header = tuple(data["header"])
        rows = tuple(
            Row(number, dict(zip(header, cells, strict=True)), too_wide)
            for number, cells, too_wide in data["rows"]
        )
        return cls(tuple(data["heads"]), header, rows)
