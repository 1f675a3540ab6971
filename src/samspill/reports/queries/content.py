"""What stands in an experience report. Every number comes from the same query as the page that shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from samspill.cohorts.models import Cohort
from samspill.cohorts.queries import Tailored, participants, programme_differences
from samspill.evaluation.queries import Effect, effect_of
from samspill.followup.queries import Tally, tally_of
from samspill.planning.models import Gathering
from samspill.planning.queries import gatherings_of
from samspill.programmes.document import Text
from samspill.reports.models import Report
from samspill.room.choices import RunState
from samspill.room.models import Run
from samspill.room.queries import CameUp, ItemTimes, Presence, attendance, planned_and_actual, what_came_up
from samspill.sectors.models import Organisation


@dataclass(frozen=True)
class GatheringStory:
    """A gathering as it was planned and held. `actual` is None for one that was not held in the room."""

    gathering: Gathering
    title: Text
    planned: int
    actual: int | None
    items: tuple[ItemTimes, ...]
    presence: Presence | None
    held: bool


@dataclass(frozen=True)
class Content:
    """A cohort's whole report as of a moment; texts are as they are edited now."""

    cohort: Cohort
    measure: Text
    as_of: datetime
    gatherings: tuple[GatheringStory, ...]
    leaders: int
    organisations: tuple[Organisation, ...]
    differences: tuple[Tailored, ...]
    titles: Mapping[str, Text]  # the gatherings' titles by key
    came_up: tuple[CameUp, ...]
    commitments: Tally
    effect: Effect
    lessons: str
    recommendations: str

    @property
    def held(self) -> int:
        return sum(1 for story in self.gatherings if story.held)


def content_of(cohort: Cohort) -> Content:
    now = timezone.now()
    report = Report.objects.filter(cohort=cohort).first() or Report(cohort=cohort)
    members = list(participants(cohort))
    bodies = {member.organisation_id: member.organisation for member in members}
    return Content(
        cohort=cohort,
        measure=cohort.blueprint.content["title"],
        as_of=now,
        gatherings=_stories(cohort),
        leaders=len(members),
        organisations=tuple(sorted(bodies.values(), key=lambda body: body.name_nb)),
        differences=programme_differences(cohort),
        titles={plan.key: plan.title for plan in cohort.plans},
        came_up=what_came_up(cohort),
        commitments=tally_of(cohort, today=timezone.localdate(now)),
        effect=effect_of(cohort),
        lessons=report.lessons,
        recommendations=report.recommendations,
    )


def _stories(cohort: Cohort) -> tuple[GatheringStory, ...]:
    present = {each.gathering.pk: each for each in attendance(cohort)}
    ended = set(
        Run.objects.filter(gathering__cohort=cohort, state=RunState.ENDED).values_list("gathering", flat=True)
    )
    return tuple(_story(one, present.get(one.pk), one.pk in ended) for one in gatherings_of(cohort))


def _story(gathering: Gathering, presence: Presence | None, held: bool) -> GatheringStory:
    items = planned_and_actual(gathering)
    took = [item.actual for item in items if item.actual is not None]
    return GatheringStory(
        gathering=gathering,
        title=gathering.plan.title,
        planned=sum(item.planned for item in items) if items else gathering.plan.minutes,
        actual=sum(took) if took else None,
        items=items,
        presence=presence,
        held=held,
    )
