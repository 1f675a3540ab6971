"""What a facilitator can do next, in the order it is done: open → close → reveal → next. One step is the
sensible one.
"""

from dataclasses import dataclass

from django.utils.translation import gettext

from samspill.inputs.choices import Part
from samspill.inputs.solve import may_reopen, smallest
from samspill.room.choices import ActivityState, RunState
from samspill.room.queries import Room, Shown


@dataclass(frozen=True)
class Step:
    """A button. `item` is what it is about; `confirm` is asked first, when the step cannot be taken back."""

    do: str
    label: str
    item: str = ""
    legal: bool = True
    primary: bool = False
    confirm: str = ""
    page: int = 0


def main_steps(room: Room) -> tuple[Step, ...]:
    if room.run.state == RunState.WAITING:
        return (Step("start", gettext("Start the gathering"), primary=True),)
    if room.run.state == RunState.ENDED or room.current is None:
        return ()
    if room.shown is None:
        return (_onwards(room, primary=True),)
    steps = _activity_steps(room, room.shown)
    return (*steps, _onwards(room, primary=not any(step.primary for step in steps)))


def other_steps(room: Room) -> tuple[Step, ...]:
    """What is done seldom: going back, taking back, turning pages."""
    steps = []
    if room.run.state == RunState.ENDED:
        return (Step("resume", gettext("Continue the gathering")),)
    if room.run.state == RunState.WAITING or room.current is None:
        return ()
    if room.shown is not None:
        steps += _seldom(room.shown)
    if room.preceding is not None:
        steps.append(Step("go", gettext("Back to the item before"), room.preceding.key))
    if room.following is not None:
        steps.append(_end(room, primary=False))
    return tuple(steps)


def _activity_steps(room: Room, shown: Shown) -> tuple[Step, ...]:
    activity = shown.activity
    item = activity.item
    is_open, is_closed = activity.is_open, activity.state == ActivityState.CLOSED
    enough = _enough(shown)
    voting_is_next = Part.BALLOT in shown.kind.parts and activity.part == Part.ANSWER
    ready = activity.state == ActivityState.READY
    steps = [Step("open", gettext("Open for answers"), item, legal=ready, primary=ready)]
    if Part.BALLOT in shown.kind.parts:
        may_vote = voting_is_next and not ready and enough and not activity.revealed
        waits = is_open and shown.answered < room.here
        confirm = _still_writing(room, shown) if waits else ""
        steps.append(Step("vote", gettext("Start the voting"), item, may_vote, may_vote, confirm))
    closes = is_open and not any(step.primary for step in steps)
    steps.append(Step("close", gettext("Close for answers"), item, is_open, closes))
    if activity.revealed:
        steps.append(Step("hide", gettext("Hide the result"), item))
    else:
        shows = is_closed and enough and not any(step.primary for step in steps)
        steps.append(Step("reveal", gettext("Show the result"), item, is_closed and enough, shows))
    return tuple(steps)


def _seldom(shown: Shown) -> list[Step]:
    activity = shown.activity
    steps = []
    closed = activity.state == ActivityState.CLOSED
    if closed and activity.is_protected and not activity.looked and _enough(shown):
        warning = gettext("When you have looked, no more answers can be taken: a late one would stand out.")
        steps.append(Step("look", gettext("Look before the others"), activity.item, confirm=warning))
    if closed and may_reopen(shown.situation):
        steps.append(Step("open", gettext("Open again"), activity.item))
    if activity.revealed and shown.pages > 1:
        here = {"page": activity.page % shown.pages + 1, "of": shown.pages}
        steps.append(
            Step(
                "page",
                gettext("Turn the page (%(page)d of %(of)d)") % here,
                activity.item,
                page=activity.page + 1,
            )
        )
    return steps


def _enough(shown: Shown) -> bool:
    return shown.situation.n >= smallest(shown.attribution)


def _still_writing(room: Room, shown: Shown) -> str:
    return gettext(
        "%(answered)d of %(here)d have answered. No more ideas are taken when the voting starts."
    ) % {
        "answered": shown.answered,
        "here": room.here,
    }


def _onwards(room: Room, primary: bool) -> Step:
    if room.following is None:
        return _end(room, primary)
    return Step("go", gettext("Next item"), room.following.key, primary=primary)


def _end(room: Room, primary: bool) -> Step:
    return Step(
        "end", gettext("End the gathering"), confirm=gettext("End the gathering now?"), primary=primary
    )
