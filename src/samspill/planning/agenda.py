"""The arithmetic of an agenda: when each item starts, what the minutes are used for, where the paper is cut.

Minutes are whole; times are aware and counted in UTC, because adding minutes to a local time goes wrong on
the night the clock changes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from samspill.programmes.choices import Mode
from samspill.programmes.document import Form, Item, mode_shares


@dataclass(frozen=True)
class AgendaRow:
    """One item in time. `offset` is in minutes from the start; times are None before there is a date."""

    item: Item
    number: int
    offset: int
    starts_at: datetime | None
    ends_at: datetime | None

    @property
    def offset_clock(self) -> str:
        return _clock(self.offset)


@dataclass(frozen=True)
class ModeShare:
    """`share` is in per cent of the minutes without breaks; None for the breaks themselves."""

    mode: Mode
    minutes: int
    share: float | None


@dataclass(frozen=True)
class Agenda:
    """An agenda in time, and how it stands against the blueprint's form."""

    rows: tuple[AgendaRow, ...]
    minutes: int
    planned: int
    theory_max: int
    shares: Mapping[Mode, float]

    @property
    def ends_at(self) -> datetime | None:
        return self.rows[-1].ends_at if self.rows else None

    @property
    def end_clock(self) -> str:
        return _clock(self.minutes)

    @property
    def over(self) -> int:
        """Minutes beyond the blueprint's; negative when there is time left."""
        return self.minutes - self.planned

    @property
    def spare(self) -> int:
        return -self.over

    @property
    def theory(self) -> float:
        return self.shares[Mode.THEORY]

    @property
    def too_much_theory(self) -> bool:
        return self.theory > self.theory_max

    @property
    def modes(self) -> tuple[ModeShare, ...]:
        """Every mode in the enum's order."""
        used = {mode: sum(row.item.minutes for row in self.rows if row.item.mode == mode) for mode in Mode}
        return tuple(ModeShare(mode, used[mode], self.shares.get(mode)) for mode in Mode)

    @property
    def halves(self) -> tuple[tuple[AgendaRow, ...], tuple[AgendaRow, ...]]:
        """Before and after the break. The break nearest to the middle ends the first half.

        Without a break the cut is the change of items nearest to the middle.
        """
        breaks = [row for row in self.rows if row.item.mode == Mode.BREAK]
        candidates = (breaks or list(self.rows))[:]
        if not candidates:
            return (), ()
        last = min(candidates, key=lambda row: abs(2 * (row.offset + row.item.minutes) - self.minutes))
        return self.rows[: last.number], self.rows[last.number :]


def agenda_of(items: Sequence[Item], starts_at: datetime | None, form: Form) -> Agenda:
    """The items in time, from `starts_at` (aware) or from nought when the date is not set."""
    rows: list[AgendaRow] = []
    offset = 0
    for number, item in enumerate(items, start=1):
        rows.append(
            AgendaRow(
                item=item,
                number=number,
                offset=offset,
                starts_at=after(starts_at, offset),
                ends_at=after(starts_at, offset + item.minutes),
            )
        )
        offset += item.minutes
    return Agenda(tuple(rows), offset, form.minutes, form.theory_share_max, mode_shares(tuple(items)))


def after(start: datetime | None, minutes: int) -> datetime | None:
    """The moment in UTC that many minutes after the start."""
    return None if start is None else start.astimezone(UTC) + timedelta(minutes=minutes)


def _clock(minutes: int) -> str:
    """As on a stop-watch: "1:05"."""
    return f"{minutes // 60}:{minutes % 60:02}"
