from typing import Any

from samspill.audit.models import Entry


def record(*, key: str, subject: str, actor: int | None, **data: Any) -> Entry:
    """Store what was done to `subject` ("cohort:12") by the person `actor` (id; None for the system).

    Call it inside the transaction of the change. `data` must be JSON and must never hold answers.
    """
    return Entry.objects.create(key=key, subject=subject, actor=actor, data=data)
