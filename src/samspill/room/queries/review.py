from dataclasses import dataclass

from samspill.inputs.choices import Attribution, Part
from samspill.inputs.kinds import KINDS
from samspill.planning.models import Gathering
from samspill.room.models import Activity, Contribution
from samspill.room.queries.showing import texts_hidden


@dataclass(frozen=True)
class Reviewed:
    """An activity whose texts may stand in the report. `texts` is empty, and `hidden` says why, when none may
    be read.
    """

    activity: Activity
    texts: tuple[Contribution, ...]
    hidden: str


def reviewed(gathering: Gathering) -> tuple[Reviewed, ...]:
    """The closed activities with texts that were not given on the promise of never being used, in their
    order.
    """
    kinds = [kind for kind, each in KINDS.items() if each.for_report]
    activities = Activity.objects.filter(run__gathering=gathering, kind__in=kinds).exclude(
        attribution=Attribution.UNLINKABLE
    )
    return tuple(_reviewed(activity) for activity in activities if not activity.is_open)


def _reviewed(activity: Activity) -> Reviewed:
    hidden = texts_hidden(activity)
    if hidden:
        return Reviewed(activity, (), hidden)
    return Reviewed(activity, tuple(activity.contributions.filter(part=Part.ANSWER).order_by("pk")), "")
