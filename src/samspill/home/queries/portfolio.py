"""All sectors × state × gatherings held × leaders reached × response rates, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from samspill.cohorts.choices import Role, State
from samspill.cohorts.models import Cohort, Membership
from samspill.evaluation.choices import WaveKind
from samspill.evaluation.models import Asked
from samspill.planning.models import Gathering
from samspill.room.choices import RunState
from samspill.room.models import Attendance

TAKES_PART = [role for role in Role if role.takes_part]


@dataclass(frozen=True)
class Rate:
    answered: int
    asked: int

    @property
    def per_cent(self) -> int:
        return round(100 * self.answered / self.asked) if self.asked else 0


@dataclass(frozen=True)
class Row:
    """One cohort in the portfolio. `rates` has a wave only when somebody has been asked in it."""

    pk: int
    sector: dict[str, str]
    state: State
    half_year: str
    held: int
    planned: int
    reached: int  # who has been to at least one gathering
    enrolled: int  # who takes part
    rates: dict[WaveKind, Rate]

    @property
    def before(self) -> Rate | None:
        return self.rates.get(WaveKind.BEFORE)

    @property
    def after(self) -> Rate | None:
        return self.rates.get(WaveKind.AFTER)

    @property
    def six_months(self) -> Rate | None:
        return self.rates.get(WaveKind.SIX_MONTHS)


@dataclass(frozen=True)
class Totals:
    cohorts: int
    held: int
    reached: int
    enrolled: int


def portfolio(*, state: str = "", half_year: str = "", words: str = "") -> list[Row]:
    """Every cohort that fits the filters; `words` is looked for in the sector's names."""
    cohorts = Cohort.objects.select_related("sector").order_by("sector__name_nb", "pk")
    if state in State.values:
        cohorts = cohorts.filter(state=state)
    if half_year:
        cohorts = cohorts.filter(half_year=half_year)
    # In Python, because SQLite does not know that Ø and ø are one letter.
    sought = words.casefold()
    fitting = [
        each for each in cohorts if any(sought in name.casefold() for name in each.sector.names.values())
    ]
    return _rows(fitting)


def _rows(cohorts: list[Cohort]) -> list[Row]:
    keys = [cohort.pk for cohort in cohorts]
    planned = _counts(Gathering.objects.filter(cohort__in=keys, cancelled=False).values_list("cohort"))
    held = _counts(Gathering.objects.filter(cohort__in=keys, run__state=RunState.ENDED).values_list("cohort"))
    enrolled = _counts(Membership.objects.filter(cohort__in=keys, role__in=TAKES_PART).values_list("cohort"))
    came = Attendance.objects.filter(membership__cohort__in=keys, membership__role__in=TAKES_PART)
    reached = dict(
        came.values_list("membership__cohort").annotate(n=Count("membership", distinct=True)).order_by()
    )
    rates = _rates(keys)
    return [
        Row(
            pk=cohort.pk,
            sector=cohort.sector.names,
            state=State(cohort.state),
            half_year=cohort.half_year,
            held=held.get(cohort.pk, 0),
            planned=planned.get(cohort.pk, 0),
            reached=reached.get(cohort.pk, 0),
            enrolled=enrolled.get(cohort.pk, 0),
            rates=rates[cohort.pk],
        )
        for cohort in cohorts
    ]


def _counts(cohort_keys: Iterable[tuple[int]]) -> dict[int, int]:
    counts: dict[int, int] = defaultdict(int)
    for (key,) in cohort_keys:
        counts[key] += 1
    return counts


def _rates(keys: list[int]) -> dict[int, dict[WaveKind, Rate]]:
    rows = (
        Asked.objects.filter(wave__cohort__in=keys)
        .values_list("wave__cohort", "wave__kind")
        .annotate(asked=Count("pk"), answered=Count("pk", filter=Q(answered_on__isnull=False)))
        .order_by()
    )
    rates: dict[int, dict[WaveKind, Rate]] = defaultdict(dict)
    for cohort, kind, asked, answered in rows:
        rates[cohort][WaveKind(kind)] = Rate(answered, asked)
    return rates


SORTS: dict[str, Callable[[Row], tuple[object, ...]]] = {
    "sector": lambda row: (row.sector["nb"].casefold(),),
    "state": lambda row: (list(State).index(row.state), row.sector["nb"].casefold()),
    "half_year": lambda row: (row.half_year, row.sector["nb"].casefold()),
    "held": lambda row: (row.held, row.sector["nb"].casefold()),
    "reached": lambda row: (row.reached, row.sector["nb"].casefold()),
    "before": lambda row: (row.before.per_cent if row.before else -1, row.sector["nb"].casefold()),
    "after": lambda row: (row.after.per_cent if row.after else -1, row.sector["nb"].casefold()),
}


def sorted_by(rows: list[Row], order: str) -> list[Row]:
    """Rows by a column of SORTS; a leading "-" turns it round; anything else sorts by sector."""
    key = SORTS.get(order.removeprefix("-"), SORTS["sector"])
    return sorted(rows, key=key, reverse=order.startswith("-"))


def totals(rows: list[Row]) -> Totals:
    return Totals(
        cohorts=len(rows),
        held=sum(row.held for row in rows),
        reached=sum(row.reached for row in rows),
        enrolled=sum(row.enrolled for row in rows),
    )


def half_years() -> list[str]:
    return sorted(set(Cohort.objects.values_list("half_year", flat=True)), reverse=True)
