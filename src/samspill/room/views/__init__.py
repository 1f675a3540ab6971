from samspill.room.views.controls import answer, control
from samspill.room.views.faces import arrive, console, join, open_room, phone, renew, screen
from samspill.room.views.review import results, review

__all__ = [
    "answer",
    "arrive",
    "console",
    "control",
    "join",
    "open_room",
    "phone",
    "renew",
    "results",
    "review",
    "screen",
]
