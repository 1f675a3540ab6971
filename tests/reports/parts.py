"""What tests of reports are made of: a cohort that has been through everything once."""

from datetime import timedelta

from django.utils import timezone

from samspill.evaluation.choices import WaveKind
from samspill.followup.models import Commitment
from samspill.inputs.choices import Attribution, Kind
from samspill.planning.models import AgendaRelease, Gathering
from samspill.reports.choices import MakingState
from samspill.reports.models import Document, Report
from samspill.room.choices import RunState
from samspill.room.models import Activity, Attendance, Contribution, ItemRun, Run
from tests.cast import Cast, text
from tests.evaluation.parts import closed, everybody, in_days
from tests.followup.parts import make_commitment

LESSONS = "Lederne tok selv ordet.\n\nDet tok tid å bli enige."
SUMMARY = "Sektoren har fått et felles mål."
RELEASED = "Vi mangler et felles bilde"
KEPT_BACK = "Dette er bare for rommet"


def written(cast: Cast) -> Report:
    texts = {"lessons": LESSONS, "recommendations": "Sett av tid.", "public_summary": SUMMARY}
    report, _new = Report.objects.get_or_create(cohort=cast.cohort, defaults={**texts, "revision": 1})
    return report


def published(cast: Cast) -> Report:
    report = written(cast)
    report.published_summary, report.published_on = report.public_summary, in_days(0)
    report.save()
    return report


def made(cast: Cast, state: MakingState = MakingState.READY) -> Document:
    return Document.objects.create(
        report=written(cast), language="nb", state=state, file=b"%PDF-", made_at=timezone.now()
    )


def held_gathering(cast: Cast) -> Gathering:
    """Two items that took 12 and 18 minutes, three people present, one text released and one not."""
    start = timezone.now() - timedelta(days=40)
    gathering = Gathering.objects.create(cohort=cast.cohort, number=1, key="g1", starts_at=start)
    items = cast.cohort.blueprint.content["gatherings"][0]["items"]
    release = AgendaRelease.objects.create(gathering=gathering, number=1, items=items)
    run = Run.objects.create(gathering=gathering, release=release, code="ABCD", state=RunState.ENDED)
    for item, minutes in (("g1-i1", 12), ("g1-i2", 18)):
        ended = start + timedelta(minutes=minutes)
        ItemRun.objects.create(run=run, item=item, started_at=start, ended_at=ended)
    for membership in cast.cohort.memberships.filter(person__in=cast.leaders[:3]):
        Attendance.objects.create(run=run, membership=membership, came_on=in_days(-40))
    activity = Activity.objects.create(
        run=run,
        item="g1-i3",
        kind=Kind.REFLECTION,
        attribution=Attribution.CHATHAM,
        definition={"prompt": text("Prompt Reflect")},
        state="closed",
    )
    for words, released in ((RELEASED, RELEASED), (KEPT_BACK, "")):
        Contribution.objects.create(
            activity=activity, attribution=Attribution.CHATHAM, value={"text": words}, released_text=released
        )
    return gathering


def whole_cohort(cast: Cast) -> None:
    held_gathering(cast)
    make_commitment(cast)
    make_commitment(cast, cast.host, status="done", arena="instruction")
    assert Commitment.objects.count() == 2
    closed(cast, WaveKind.BEFORE, [(who, 2) for who in everybody(cast)])
    closed(cast, WaveKind.AFTER, [(who, 4 + n % 2) for n, who in enumerate(everybody(cast))])
    written(cast)
