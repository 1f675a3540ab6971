"""Every write in the room. Each is one transaction, so that a server that dies leaves the room as it was or
as it is.
"""

from samspill.room.actions.activities import (
    close_activity,
    hide,
    look,
    open_activity,
    reveal,
    start_voting,
    turn_page,
)
from samspill.room.actions.answers import AnsweredElsewhere, Handed, give_answer, join, token_of
from samspill.room.actions.noting import topic_of
from samspill.room.actions.review import release_text
from samspill.room.actions.running import (
    end_run,
    go_to,
    open_room,
    resume_run,
    set_joining,
    start,
    use_newest_agenda,
)

__all__ = [
    "AnsweredElsewhere",
    "Handed",
    "close_activity",
    "end_run",
    "give_answer",
    "go_to",
    "hide",
    "join",
    "look",
    "open_activity",
    "open_room",
    "release_text",
    "resume_run",
    "reveal",
    "set_joining",
    "start",
    "start_voting",
    "token_of",
    "topic_of",
    "turn_page",
    "use_newest_agenda",
]
