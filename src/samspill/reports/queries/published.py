from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from samspill.cohorts.choices import Role
from samspill.cohorts.models import Cohort
from samspill.reports.models import Report


@dataclass(frozen=True)
class PublicResult:
    """What the public may see of a cohort: only what was written for the public, and how many took part."""

    cohort: int
    sector: dict[str, str]
    half_year: str
    summary: str
    leaders: int
    organisations: int
    published_on: date


def published() -> list[PublicResult]:
    """Every published result, newest first."""
    return [_public(report) for report in _published_reports().order_by("-published_on", "id")]


def published_result(cohort: int) -> PublicResult | None:
    """One cohort's published result; None when nothing is published."""
    report = _published_reports().filter(cohort__in=Cohort.objects.filter(pk=cohort)).first()
    return _public(report) if report else None


def preview(cohort: int) -> PublicResult | None:
    """What the public would see if the report were published today; None before there is anything written."""
    report = _counted(Report.objects.filter(cohort=cohort)).first()
    if report is None or not report.public_summary.strip():
        return None
    report.published_summary, report.published_on = report.public_summary, timezone.localdate()
    return _public(report)


def _published_reports() -> QuerySet[Report]:
    return _counted(Report.objects.filter(published_on__isnull=False))


def _counted(reports: QuerySet[Report]) -> QuerySet[Report]:
    """With how many take part, and from how many organisations; whoever has left the cohort is not counted."""
    takes_part = Q(
        cohort__memberships__role__in=[role for role in Role if role.takes_part],
        cohort__memberships__withdrawn_on=None,
    )
    return reports.select_related("cohort__sector").annotate(
        leaders=Count("cohort__memberships", filter=takes_part, distinct=True),
        bodies=Count("cohort__memberships__organisation", filter=takes_part, distinct=True),
    )


def _public(report: Any) -> PublicResult:
    """Of a report that `_counted` has annotated."""
    return PublicResult(
        cohort=report.cohort_id,
        sector=report.cohort.sector.names,
        half_year=report.cohort.half_year,
        summary=report.published_summary,
        leaders=report.leaders,
        organisations=report.bodies,
        published_on=report.published_on,
    )
