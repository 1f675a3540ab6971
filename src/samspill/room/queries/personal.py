from typing import Any

from samspill.people.models import Person
from samspill.room.models import Attendance, Contribution


def personal_data(person: Person) -> dict[str, Any]:
    """What this room of the house knows of the person, as JSON: where they were, and what they gave under their name.

    What was given otherwise bears no person and cannot be found.
    """
    here = Attendance.objects.filter(membership__person=person).select_related("run").order_by("id")
    named = (
        Contribution.objects.filter(person=person)
        .select_related("activity__run")
        .order_by("activity_id", "id")
    )
    return {
        "attended": [{"gathering": each.run.gathering_id, "on": each.came_on.isoformat()} for each in here],
        "named_contributions": [
            {"gathering": each.activity.run.gathering_id, "item": each.activity.item, "value": each.value}
            for each in named
        ],
    }
