from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from samspill.cohorts.choices import Role
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
    report = _published_reports().filter(cohort=cohort).first()
    return _public(report) if report else None


def _published_reports() -> QuerySet[Report]:
    takes_part = Q(cohort__memberships__role__in=[role for role in Role if role.takes_part])
    return (
        Report.objects.filter(published_on__isnull=False)
        .select_related("cohort__sector")
        .annotate(
            leaders=Count("cohort__memberships", filter=takes_part, distinct=True),
            bodies=Count("cohort__memberships__organisation", filter=takes_part, distinct=True),
        )
    )


def _public(report: Report) -> PublicResult:
    assert report.published_on is not None
    return PublicResult(
        cohort=report.cohort_id,
        sector=report.cohort.sector.names,
        half_year=report.cohort.half_year,
        summary=report.public_summary,
        leaders=report.leaders,
        organisations=report.bodies,
        published_on=report.published_on,
    )
