"""Every read of the room. Access comes first: see room.access."""

from samspill.room.queries.history import (
    CameUp,
    ItemTimes,
    Presence,
    attendance,
    planned_and_actual,
    what_came_up,
)
from samspill.room.queries.review import Reviewed, reviewed
from samspill.room.queries.rooms import Clock, Room, current_clock, present_names, room_of, run_with_code
from samspill.room.queries.showing import (
    Shown,
    asked_in,
    own_answers,
    pages_of,
    planned_activity,
    show,
    situation_of,
    texts_hidden,
)

__all__ = [
    "CameUp",
    "Clock",
    "ItemTimes",
    "Presence",
    "Reviewed",
    "Room",
    "Shown",
    "asked_in",
    "attendance",
    "current_clock",
    "own_answers",
    "pages_of",
    "planned_activity",
    "planned_and_actual",
    "present_names",
    "reviewed",
    "room_of",
    "run_with_code",
    "show",
    "situation_of",
    "texts_hidden",
    "what_came_up",
]
