from typing import Protocol

from samspill.room.models import Activity


class Adopt(Protocol):
    """What follow-up does with commitments; the room gets it from the roof, for it knows nothing of what is
    above.

    Called in the transaction of the change whenever an activity for commitments has received, changed or lost
    an answer, or is closed. Calling it again changes nothing.
    """

    def __call__(self, *, activity: Activity) -> int: ...
