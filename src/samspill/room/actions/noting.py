"""What every change in the room does besides: it locks, it is audited, and it is announced."""

from typing import Any

from samspill.audit.actions import record
from samspill.errors import Refused
from samspill.live.actions import announce
from samspill.people.models import Person
from samspill.planning.models import Gathering
from samspill.room.models import Activity, Run


def topic_of(gathering: Gathering) -> str:
    return f"gathering:{gathering.pk}"


def locked_run(run: Run) -> Run:
    """The run as it is stored now, for this transaction alone."""
    found = Run.objects.select_for_update(of=("self",), no_key=True)
    return found.select_related("gathering__cohort", "release").get(pk=run.pk)


def locked_activity(activity: Activity) -> Activity:
    """The activity as it is stored now, for this transaction alone.

    The lock lets others refer to the activity from new rows meanwhile; with a stronger one, two answers that
    have been written and now look whether it is still open would wait for each other for ever.
    """
    found = Activity.objects.select_for_update(of=("self",), no_key=True)
    return found.select_related("run__gathering__cohort").get(pk=activity.pk)


def sealed_off(activity: Activity) -> Activity:
    """As `locked_activity`, with its register and answers: nobody's answer is on its way any more."""
    list(activity.register.select_for_update().order_by("pk").values_list("pk"))
    list(activity.contributions.select_for_update().order_by("pk").values_list("pk"))
    return locked_activity(activity)


def noted(key: str, run: Run, by: Person, **data: Any) -> None:
    """Audit and announce; call it last in the transaction. Never give it what anybody has answered."""
    gathering = run.gathering
    record(key=key, subject=topic_of(gathering), actor=by.pk, **data)
    announce(topic_of(gathering))


def refuse_unless(legal: bool, sentence: str) -> None:
    if not legal:
        raise Refused(sentence)
