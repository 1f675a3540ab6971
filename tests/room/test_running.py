"""Opening a room, walking the agenda and ending it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import override

from samspill.audit.models import Entry
from samspill.errors import Refused
from samspill.followup.actions import adopt
from samspill.live.queries import version
from samspill.planning.models import AgendaRelease, Gathering
from samspill.room import actions
from samspill.room.actions.running import ALPHABET
from samspill.room.choices import ActivityState, RunState
from samspill.room.models import Run
from samspill.room.queries import run_with_code
from tests.room.parts import (
    REFLECT,
    agenda_with,
    fresh,
    give,
    go,
    make_gathering,
    make_run,
    opened,
    value_for,
)


def refusal(work) -> str:
    with override("en"), pytest.raises(Refused) as refused:
        work()
    return str(refused.value.sentence)


def test_a_room_needs_a_released_agenda(cast):
    bare = Gathering.objects.create(cohort=cast.cohort, number=1, key="g1")
    sentence = refusal(lambda: actions.open_room(gathering=bare, by=cast.facilitator))
    assert sentence == "The agenda has not been released yet. Release it, and the room can be opened."


def test_a_cancelled_gathering_has_no_room(cast):
    gathering = make_gathering(cast.cohort)
    gathering.cancelled = True
    assert refusal(lambda: actions.open_room(gathering=gathering, by=cast.facilitator)) == (
        "This gathering is cancelled."
    )


def test_opening_a_room_twice_gives_the_same_room(cast):
    gathering = make_gathering(cast.cohort)
    first = actions.open_room(gathering=gathering, by=cast.facilitator)
    assert actions.open_room(gathering=gathering, by=cast.owner) == first
    assert Run.objects.count() == 1


def test_the_code_has_nothing_that_looks_alike_and_is_found_however_it_is_typed(cast):
    run = make_run(cast)
    assert len(run.code) == 6
    assert set(run.code) <= set(ALPHABET)
    assert not set(ALPHABET) & set("0O1IL2Z5S8B")
    typed = f" {run.code[:3].lower()}-{run.code[3:].lower()} "
    assert run_with_code(typed) == run


@pytest.mark.parametrize("who", ["resource", "host", "leader", "delegate", "guest"])
def test_only_those_who_run_it_can_open_a_room(cast, who):
    gathering = make_gathering(cast.cohort)
    with pytest.raises(PermissionDenied):
        actions.open_room(gathering=gathering, by=getattr(cast, who))
    assert not Run.objects.exists()


@pytest.mark.parametrize("who", ["stranger", "other_facilitator"])
def test_to_other_cohorts_the_gathering_is_not_there(cast, who):
    gathering = make_gathering(cast.cohort)
    with pytest.raises(Http404):
        actions.open_room(gathering=gathering, by=getattr(cast, who))
    assert not Run.objects.exists()


def test_starting_puts_the_first_item_on_and_starts_its_clock(cast):
    run = make_run(cast)
    assert (run.state, run.current_item) == (RunState.RUNNING, "g1-i1")
    assert [(turn.item, turn.ended_at) for turn in run.items.all()] == [("g1-i1", None)]


def test_two_facilitators_who_both_press_next_move_one_item(cast):
    run = make_run(cast)
    go_on = {"run": run, "item": "g1-i2", "seen": "g1-i1", "adopt": adopt}
    actions.go_to(**go_on, by=cast.facilitator)
    actions.go_to(**go_on, by=cast.owner)
    run.refresh_from_db()
    assert run.current_item == "g1-i2"
    late = {**go_on, "item": "g1-i3"}
    assert refusal(lambda: actions.go_to(**late, by=cast.owner)) == (
        "Somebody else has moved the agenda already. The console now shows where you are."
    )
    run.refresh_from_db()
    assert run.current_item == "g1-i2"


def test_moving_on_stops_the_items_clock_and_closes_what_was_open(cast):
    run = make_run(cast)
    activity = opened(run, REFLECT, cast.facilitator)
    give(activity, cast.leader, value_for(activity))
    go(run, "g1-i4", cast.facilitator)
    assert fresh(activity).state == ActivityState.CLOSED
    assert [turn.item for turn in run.items.filter(ended_at=None)] == ["g1-i4"]
    assert activity.contributions.get().token is None


def test_going_back_gives_the_item_a_second_turn(cast):
    run = make_run(cast)
    for item in ("g1-i2", "g1-i1"):
        go(run, item, cast.facilitator)
    assert [turn.item for turn in run.items.all()] == ["g1-i1", "g1-i2", "g1-i1"]


def test_ending_closes_everything_and_can_be_taken_back(cast):
    run = make_run(cast)
    activity = opened(run, REFLECT, cast.facilitator)
    actions.end_run(run=run, by=cast.facilitator, adopt=adopt)
    run.refresh_from_db()
    assert (run.state, fresh(activity).state) == (RunState.ENDED, ActivityState.CLOSED)
    assert not run.items.filter(ended_at=None).exists()
    actions.resume_run(run=run, by=cast.facilitator)
    run.refresh_from_db()
    assert (run.state, run.ended_at, run.current_item) == (RunState.RUNNING, None, REFLECT)
    assert [turn.item for turn in run.items.filter(ended_at=None)] == [REFLECT]


def test_an_activity_is_opened_only_in_its_own_item(cast):
    run = make_run(cast)
    sentence = refusal(lambda: actions.open_activity(run=run, item=REFLECT, by=cast.facilitator))
    assert sentence == "Go to the item first, then open its activity."


def test_what_is_asked_is_frozen_when_it_is_first_opened(cast):
    run = make_run(cast)
    activity = opened(run, REFLECT, cast.facilitator)
    changed = agenda_with(REFLECT, attribution="named", prompt={"nb": "Noe helt annet"})
    AgendaRelease.objects.create(gathering=run.gathering, number=2, items=changed)
    actions.use_newest_agenda(run=run, by=cast.facilitator)
    again = actions.open_activity(run=run, item=REFLECT, by=cast.facilitator)
    assert (again.pk, again.attribution, again.definition) == (activity.pk, "chatham", activity.definition)


def test_a_new_agenda_counts_for_what_has_not_been_opened(cast):
    run = make_run(cast)
    items = agenda_with(REFLECT, attribution="named")
    AgendaRelease.objects.create(gathering=run.gathering, number=2, items=items)
    actions.use_newest_agenda(run=run, by=cast.facilitator)
    run.refresh_from_db()
    assert opened(run, REFLECT, cast.facilitator).attribution == "named"


def test_joining_is_closed_to_newcomers_only(cast):
    run = make_run(cast, everybody=False)
    actions.join(run=run, by=cast.leaders[0])
    actions.set_joining(run=run, is_open=False, by=cast.facilitator)
    run.refresh_from_db()
    actions.join(run=run, by=cast.leaders[0])
    sentence = refusal(lambda: actions.join(run=run, by=cast.leaders[1]))
    assert sentence == "The doors are closed. Ask the facilitator to open them for you."
    assert run.attendances.count() == 1


@pytest.mark.parametrize("who", ["owner", "facilitator", "resource", "delegate", "guest"])
def test_only_those_who_take_part_are_counted_as_here(cast, who):
    run = make_run(cast, everybody=False)
    with pytest.raises(PermissionDenied):
        actions.join(run=run, by=getattr(cast, who))
    assert run.attendances.count() == 0


def test_every_step_is_audited_and_announced(cast):
    run = make_run(cast, everybody=False)
    before = version(f"gathering:{run.gathering_id}")
    activity = opened(run, REFLECT, cast.facilitator)
    actions.close_activity(activity=activity, by=cast.facilitator, adopt=adopt)
    keys = list(Entry.objects.filter(subject=f"gathering:{run.gathering_id}").values_list("key", flat=True))
    assert keys == [
        "room.activity_closed",
        "room.activity_opened",
        "room.moved",
        "room.started",
        "room.opened",
    ]
    assert version(f"gathering:{run.gathering_id}") == before + 3
