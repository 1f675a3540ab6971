from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from samspill.inputs.choices import Attribution, Audience
from samspill.planning.models import Gathering
from samspill.room.models import Activity
from samspill.room.queries.showing import show
from samspill.ui.text import pick

Line = tuple[str | int | float, ...]


@dataclass(frozen=True)
class ResultSheet:
    """What came in during a gathering, as lines for a spreadsheet; `as_of` is when it was read."""

    header: Line
    lines: tuple[Line, ...]
    as_of: datetime


def result_sheet(gathering: Gathering, language: str, as_of: datetime) -> ResultSheet:
    """Every activity that has been opened, with what a facilitator may see of it now; else why nothing is shown."""
    activities = Activity.objects.filter(run__gathering=gathering).select_related("run__gathering__cohort")
    header = (gettext("Question"), gettext("Whose the answers are"), gettext("Answered"), gettext("Result"))
    lines = [line for activity in activities for line in _lines_of(activity, language)]
    return ResultSheet(header, tuple(lines), as_of)


def _lines_of(activity: Activity, language: str) -> list[Line]:
    shown = show(activity, Audience.FACILITATOR)
    question = pick(activity.definition["prompt"], language)
    about: Line = (question, str(Attribution(activity.attribution).label), shown.answered)
    if shown.tally is None:
        return [(*about, gettext("Hidden to protect the participants"))]
    return [(*about, *row) for row in shown.kind.rows(shown.tally, shown.asked)]
