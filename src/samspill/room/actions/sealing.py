"""What makes a protected answer unlinkable for good when its activity is closed."""

import secrets
from typing import TypeVar
from uuid import uuid4

from samspill.inputs.traces import forget_old_rows
from samspill.room.models import Activity, Contribution, Register

Row = TypeVar("Row", Contribution, Register)


def shuffled(rows: list[Row]) -> list[Row]:
    secrets.SystemRandom().shuffle(rows)
    return rows


def seal(activity: Activity) -> None:
    """Destroy the tokens of the part that was open, and what the order and the age of rows could tell.

    Protected answers and the whole register are written anew in random order, the answers under new keys.
    The activity must be `sealed_off` in the caller's transaction.
    """
    mine = Contribution.objects.filter(activity=activity, part=activity.part)
    if activity.is_protected:
        answers = list(mine)
        mine.delete()
        for answer in answers:
            answer.pk, answer.token = uuid4(), None
        Contribution.objects.bulk_create(shuffled(answers))
    else:
        mine.update(token=None)
    register = activity.register.filter(part=activity.part)
    rows = list(register)
    register.delete()
    for row in rows:
        row.pk, row.given = None, int(row.done_on is not None)
    Register.objects.bulk_create(shuffled(rows))
    forget_old_rows(Contribution, Register)
