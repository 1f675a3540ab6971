from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from samspill.inputs.choices import Audience
from samspill.planning.models import AgendaRelease, Gathering
from samspill.planning.queries import current_release
from samspill.programmes.document import Item
from samspill.room.choices import RunState
from samspill.room.models import ItemRun, Run
from samspill.room.queries.showing import Shown, planned_activity, show

FAR = timedelta(hours=3)


@dataclass(frozen=True)
class Slot:
    """An agenda item in time. `planned` is when it should start; `actual` how many minutes it has had (None:
    none).
    """

    item: Item
    planned: datetime | None
    actual: float | None
    is_current: bool
    is_past: bool


@dataclass(frozen=True)
class Clock:
    """What the clocks count from. `rest` is the minutes of the items after the current one."""

    item_started_at: datetime | None
    item_minutes: int
    item_used: float  # minutes the current item had in earlier turns
    rest: int
    ends_at: datetime | None  # as planned


@dataclass(frozen=True)
class Room:
    """A gathering while it runs, as one audience may see it."""

    gathering: Gathering
    run: Run
    slots: tuple[Slot, ...]
    current: Item | None
    shown: Shown | None
    clock: Clock
    here: int
    newest: AgendaRelease | None

    @property
    def following(self) -> Item | None:
        return self._beside(1)

    @property
    def preceding(self) -> Item | None:
        return self._beside(-1)

    @property
    def agenda_has_changed(self) -> bool:
        return self.newest is not None and self.newest.pk != self.run.release_id

    def _beside(self, step: int) -> Item | None:
        keys = [slot.item.key for slot in self.slots]
        if self.current is None or self.current.key not in keys:
            return None
        place = keys.index(self.current.key) + step
        return self.slots[place].item if 0 <= place < len(keys) else None


def room_of(gathering: Gathering, audience: Audience) -> Room | None:
    """The gathering's room; None before it is opened."""
    run = Run.objects.select_related("release").filter(gathering=gathering).first()
    if run is None:
        return None
    run.gathering = gathering
    items = run.release.agenda
    current = next((item for item in items if item.key == run.current_item), None)
    activity = planned_activity(run, current.key) if current else None
    turns = list(run.items.all())
    return Room(
        gathering=gathering,
        run=run,
        slots=_slots(run, items, turns),
        current=current,
        shown=show(activity, audience) if activity else None,
        clock=current_clock(run, items, turns),
        here=run.attendances.count(),
        newest=current_release(gathering),
    )


def current_clock(run: Run, items: Sequence[Item], turns: Sequence[ItemRun]) -> Clock:
    keys = [item.key for item in items]
    place = keys.index(run.current_item) if run.current_item in keys else -1
    running = next((turn for turn in turns if turn.item == run.current_item and turn.ended_at is None), None)
    start = _planned_start(run)
    total = sum(item.minutes for item in items)
    return Clock(
        item_started_at=running.started_at if running else None,
        item_minutes=items[place].minutes if place >= 0 else 0,
        item_used=_minutes(turns, run.current_item) or 0.0,
        rest=sum(item.minutes for item in items[place + 1 :]),
        ends_at=start + timedelta(minutes=total) if start else None,
    )


def present_names(run: Run) -> list[str]:
    """Those who have said that they are here, in the order of their names."""
    name = "membership__person__name"
    return list(run.attendances.order_by(name).values_list(name, flat=True))


def run_with_code(code: str) -> Run | None:
    """The run that shows the code on its screen, however it was typed."""
    typed = "".join(character for character in code.upper() if character.isalnum())
    return Run.objects.select_related("gathering").filter(code=typed).exclude(state=RunState.ENDED).first()


def _slots(run: Run, items: Sequence[Item], turns: Sequence[ItemRun]) -> tuple[Slot, ...]:
    keys = [item.key for item in items]
    place = keys.index(run.current_item) if run.current_item in keys else -1
    begins = _planned_start(run) or run.gathering.starts_at
    slots = []
    for number, item in enumerate(items):
        slots.append(Slot(item, begins, _minutes(turns, item.key), number == place, number < place))
        begins = begins + timedelta(minutes=item.minutes) if begins else None
    return tuple(slots)


def _planned_start(run: Run) -> datetime | None:
    """What lateness is counted from: the time on the invitation, unless it was held another time."""
    planned = run.gathering.starts_at
    if run.started_at is None:
        return planned
    return planned if planned and abs(run.started_at - planned) < FAR else run.started_at


def _minutes(turns: Sequence[ItemRun], item: str) -> float | None:
    """Minutes of an item's finished turns; None when it has had none."""
    spans = [turn.ended_at - turn.started_at for turn in turns if turn.item == item and turn.ended_at]
    return sum((span.total_seconds() / 60 for span in spans), 0.0) if spans else None
