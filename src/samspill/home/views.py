from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samspill.home.forms import PortfolioFilter
from samspill.home.queries import portfolio as portfolios
from samspill.home.queries import start as starts
from samspill.home.queries.tasks import tasks_of
from samspill.people.access import require_owner
from samspill.people.requests import SignedIn
from samspill.spreadsheets.writing import csv_bytes, xlsx_bytes
from samspill.ui.text import pick


@require_GET
def start(request: SignedIn) -> HttpResponse:
    """What to do now, what comes, what was."""
    now = timezone.now()
    tasks = tasks_of(request.user, timezone.localdate(now))
    mine = starts.my_cohorts(request.user)
    context = {
        "first": tasks[0] if tasks else None,
        "others": tasks[1:],
        "coming": starts.coming_gatherings(request.user, now),
        "past": starts.past_gatherings(request.user, now),
        "mine": mine,
        "takes_part": any(each.role.takes_part for each in mine),
    }
    return render(request, "home/start.html", context)


def _filtered(request: SignedIn) -> tuple[PortfolioFilter, list[portfolios.Row]]:
    form = PortfolioFilter(request.GET or None, half_years=portfolios.half_years())
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = portfolios.portfolio(
        state=wanted.get("state", ""), half_year=wanted.get("half_year", ""), words=wanted.get("words", "")
    )
    return form, portfolios.sorted_by(rows, request.GET.get("sort", "sector"))


@require_GET
def portfolio(request: SignedIn) -> HttpResponse:
    require_owner(request.user)
    form, rows = _filtered(request)
    columns = [
        ("sector", _("Sector")),
        ("state", _("State")),
        ("half_year", _("Half-year")),
        ("held", _("Gatherings held")),
        ("reached", _("Leaders reached")),
        ("before", _("Answered before")),
        ("after", _("Answered after")),
    ]
    order = request.GET.get("sort", "sector")
    context = {
        "form": form,
        "rows": rows,
        "totals": portfolios.totals(rows),
        "columns": [_column(key, label, order) for key, label in columns],
    }
    return render(request, "home/portfolio.html", context)


def _column(key: str, label: str, order: str) -> dict[str, str | bool]:
    """What a sortable heading needs: pressing the sorted one turns the order round."""
    current = order.removeprefix("-") == key
    downward = order.startswith("-")
    direction = ("descending" if downward else "ascending") if current else "none"
    return {
        "label": label,
        "sort": f"-{key}" if current and not downward else key,
        "direction": direction,
        "number": key in {"held", "reached", "before", "after"},
    }


@require_GET
def portfolio_export(request: SignedIn, kind: str) -> HttpResponse:
    require_owner(request.user)
    writers = {
        "csv": (csv_bytes, "text/csv; charset=utf-8"),
        "xlsx": (xlsx_bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    }
    if kind not in writers:
        raise Http404
    write, content_type = writers[kind]
    _form, rows = _filtered(request)
    response = HttpResponse(write(_header(), [_cells(row) for row in rows]), content_type=content_type)
    response["Content-Disposition"] = (
        f'attachment; filename="samspill-{timezone.localdate():%Y-%m-%d}.{kind}"'
    )
    return response


def _header() -> list[str]:
    return [
        _("Sector"),
        _("State"),
        _("Half-year"),
        _("Gatherings held"),
        _("Gatherings planned"),
        _("Leaders reached"),
        _("Leaders enrolled"),
        _("Asked before"),
        _("Answered before"),
        _("Asked after"),
        _("Answered after"),
        _("Asked six months later"),
        _("Answered six months later"),
    ]


def _cells(row: portfolios.Row) -> list[str | int]:
    rates = [
        (rate.asked, rate.answered) if rate else ("", "") for rate in (row.before, row.after, row.six_months)
    ]
    return [
        pick(row.sector, get_language() or "nb"),
        str(row.state.label),
        row.half_year,
        row.held,
        row.planned,
        row.reached,
        row.enrolled,
        *(value for pair in rates for value in pair),
    ]
