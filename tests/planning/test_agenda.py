"""The arithmetic of an agenda, as properties that hold for every agenda."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.planning.agenda import agenda_of
from samspill.programmes.choices import Mode
from samspill.programmes.document import Form, Item

OSLO = ZoneInfo("Europe/Oslo")
FORM = Form(
    gatherings=3,
    minutes=180,
    span_months=(3, 6),
    work_between_minutes=60,
    theory_share_max=25,
    text={"nb": ""},
)


def item(minutes: int, mode: Mode = Mode.DIALOGUE, key: str = "i") -> Item:
    return Item(key=key, title={"nb": "Post"}, minutes=minutes, mode=mode, script={})


items = st.lists(st.builds(item, st.integers(1, 240), st.sampled_from(list(Mode))), max_size=20)
starts = st.none() | st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)).map(
    lambda naive: naive.replace(tzinfo=OSLO)
)


@given(items, starts)
def test_each_item_starts_when_the_one_before_it_ends(items, starts_at):
    agenda = agenda_of(items, starts_at, FORM)
    offset = 0
    for row, each in zip(agenda.rows, items, strict=True):
        assert row.offset == offset
        offset += each.minutes
    assert agenda.minutes == offset
    for before, after in zip(agenda.rows, agenda.rows[1:], strict=False):
        assert before.ends_at == after.starts_at


@given(items, starts)
def test_times_are_true_minutes_also_on_the_night_the_clock_changes(items, starts_at):
    agenda = agenda_of(items, starts_at, FORM)
    for row in agenda.rows:
        if starts_at is None:
            assert row.starts_at is None
            assert row.ends_at is None
        else:
            assert row.starts_at == starts_at.astimezone(UTC) + timedelta(minutes=row.offset)
            assert row.ends_at - row.starts_at == timedelta(minutes=row.item.minutes)


@given(items)
def test_the_modes_share_out_all_the_minutes(items):
    agenda = agenda_of(items, None, FORM)
    assert sum(one.minutes for one in agenda.modes) == agenda.minutes
    shares = [one.share for one in agenda.modes if one.share is not None]
    worked = agenda.minutes - next(one.minutes for one in agenda.modes if one.mode == Mode.BREAK)
    assert sum(shares) == pytest.approx(100 if worked else 0)


@given(items)
def test_the_two_halves_are_the_whole_and_the_break_ends_the_first(items):
    agenda = agenda_of(items, None, FORM)
    first, second = agenda.halves
    assert (*first, *second) == agenda.rows
    if any(each.mode == Mode.BREAK for each in items):
        assert first[-1].item.mode == Mode.BREAK


@given(items, st.integers(0, 19), st.integers(1, 60))
def test_more_minutes_move_only_what_comes_after(items, place, more):
    if place >= len(items):
        return
    longer = [item(each.minutes + more, each.mode) if at == place else each for at, each in enumerate(items)]
    before, after = agenda_of(items, None, FORM), agenda_of(longer, None, FORM)
    moved = [new.offset - old.offset for old, new in zip(before.rows, after.rows, strict=True)]
    assert moved == [0 if at <= place else more for at in range(len(items))]
    assert after.over == before.over + more


def test_a_half_is_cut_at_the_break_nearest_to_the_middle():
    agenda = agenda_of(
        [item(20), item(5, Mode.BREAK), item(65), item(10, Mode.BREAK), item(80)],
        datetime(2026, 9, 1, 9, tzinfo=OSLO),
        FORM,
    )
    assert [len(half) for half in agenda.halves] == [4, 1]


def test_without_a_break_the_cut_is_the_change_of_items_nearest_to_the_middle():
    agenda = agenda_of([item(30), item(50), item(40), item(60)], None, FORM)
    assert [len(half) for half in agenda.halves] == [2, 2]


def test_an_empty_agenda_has_nothing_to_share_out():
    agenda = agenda_of([], datetime(2026, 9, 1, 9, tzinfo=OSLO), FORM)
    assert (agenda.minutes, agenda.over, agenda.theory, agenda.halves, agenda.ends_at) == (
        0,
        -180,
        0.0,
        ((), ()),
        None,
    )


@pytest.mark.parametrize(("theory", "too_much"), [(45, False), (46, True)])
def test_theory_is_counted_in_the_time_without_breaks(theory, too_much):
    agenda = agenda_of([item(theory, Mode.THEORY), item(180 - theory), item(20, Mode.BREAK)], None, FORM)
    assert agenda.too_much_theory is too_much


def test_wall_clock_times_over_the_change_in_october():
    agenda = agenda_of([item(60), item(60), item(60)], datetime(2026, 10, 25, 1, tzinfo=OSLO), FORM)
    walls = [row.starts_at.astimezone(OSLO).strftime("%H:%M %z") for row in agenda.rows]
    assert walls == ["01:00 +0200", "02:00 +0200", "02:00 +0100"]
