"""What is left of a gathering for the report: times, numbers and released texts. No names anywhere."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from samspill.cohorts.access import Right
from samspill.cohorts.models import Cohort
from samspill.inputs.choices import Part
from samspill.planning.models import Gathering
from samspill.programmes.choices import Mode
from samspill.programmes.document import Text
from samspill.room.models import Attendance, Contribution, ItemRun, Run
from samspill.sectors.models import Organisation


@dataclass(frozen=True)
class ItemTimes:
    """Minutes an item was given and minutes it took; None when it was never on."""

    key: str
    title: Text
    mode: Mode
    planned: int
    actual: int | None


@dataclass(frozen=True)
class CameUp:
    """What was released of one activity, in an order that tells nothing."""

    gathering: Gathering
    item: str
    prompt: Text
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Presence:
    """How many were at a gathering, of how many who take part, and from which organisations."""

    gathering: Gathering
    present: int
    enrolled: int
    organisations: tuple[tuple[Organisation, int], ...]


def planned_and_actual(gathering: Gathering) -> tuple[ItemTimes, ...]:
    """Item by item in the agenda's order; nothing for a gathering that has not been run."""
    run = Run.objects.select_related("release").filter(gathering=gathering).first()
    if run is None:
        return ()
    took = _seconds(run.items.all())
    return tuple(
        ItemTimes(
            item.key,
            item.title,
            item.mode,
            item.minutes,
            round(took[item.key] / 60) if item.key in took else None,
        )
        for item in run.release.agenda
    )


def what_came_up(cohort: Cohort) -> tuple[CameUp, ...]:
    """Only what a facilitator has read and released, activity by activity."""
    released = (
        Contribution.objects.filter(activity__run__gathering__cohort=cohort, part=Part.ANSWER)
        .exclude(released_text="")
        .select_related("activity__run__gathering")
        .order_by("activity__run__gathering__number", "activity_id", "pk")
    )
    found: dict[int, CameUp] = {}
    for each in released:
        activity = each.activity
        before = found.get(activity.pk)
        texts = before.texts if before else ()
        found[activity.pk] = CameUp(
            activity.run.gathering, activity.item, activity.definition["prompt"], (*texts, each.released_text)
        )
    return tuple(found.values())


def attendance(cohort: Cohort) -> tuple[Presence, ...]:
    """Gathering by gathering, for those whose room has been opened."""
    gatherings = [
        run.gathering for run in Run.objects.filter(gathering__cohort=cohort).select_related("gathering")
    ]
    enrolled = cohort.memberships.filter(role__in=Right.TAKE_PART.roles).count()
    came: dict[int, Counter[Organisation]] = {gathering.pk: Counter() for gathering in gatherings}
    rows = Attendance.objects.filter(run__gathering__cohort=cohort)
    for row in rows.select_related("run", "membership__organisation"):
        came[row.run.gathering_id][row.membership.organisation] += 1
    return tuple(
        Presence(gathering, came[gathering.pk].total(), enrolled, _by_name(came[gathering.pk]))
        for gathering in sorted(gatherings, key=lambda each: each.number)
    )


def _by_name(counted: Counter[Organisation]) -> tuple[tuple[Organisation, int], ...]:
    return tuple(sorted(counted.items(), key=lambda pair: pair[0].name_nb))


def _seconds(turns: Iterable[ItemRun]) -> Counter[str]:
    took: Counter[str] = Counter()
    for turn in turns:
        if turn.ended_at is not None:
            took[turn.item] += round((turn.ended_at - turn.started_at).total_seconds())
    return took
