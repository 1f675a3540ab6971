from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from samspill.cohorts.access import Right
from samspill.people.requests import SignedIn
from samspill.planning.access import gathering_for
from samspill.room import actions
from samspill.room.forms import TextForm, text_forms
from samspill.room.queries import Reviewed, reviewed
from samspill.room.queries.results import result_sheet
from samspill.spreadsheets.writing import download


@never_cache
@require_http_methods(["GET", "POST"])
def review(request: SignedIn, pk: int) -> HttpResponse:
    """Which of the texts may stand in the report, and how. What was written is kept as it is."""
    gathering = gathering_for(request.user, pk, Right.REVIEW_TEXT)
    data = request.POST if request.method == "POST" else None
    sheets = [(each, text_forms(each, data)) for each in reviewed(gathering)]
    if data is not None and _all_valid(sheets):
        count = 0
        for sheet, forms in sheets:
            for form in forms:
                form.contribution.activity = sheet.activity
                actions.release_text(contribution=form.contribution, text=form.chosen, by=request.user)
                count += bool(form.chosen)
        said = ngettext(
            "%(count)d text may stand in the report.", "%(count)d texts may stand in the report.", count
        )
        messages.success(request, said % {"count": count})
        return redirect("room:review", pk)
    context: dict[str, Any] = {"gathering": gathering, "cohort": gathering.cohort, "sheets": sheets}
    return render(request, "room/review.html", {**context, "chain_at": f"gathering-{gathering.number}"})


def _all_valid(sheets: list[tuple[Reviewed, list[TextForm]]]) -> bool:
    valid = [form.is_valid() for _sheet, forms in sheets for form in forms]  # all of them, for their errors
    return all(valid)


@never_cache
@require_GET
def results(request: SignedIn, pk: int, kind: str) -> HttpResponse:
    """What came in, as a sheet to take away: at any time, and never more than the facilitator may see."""
    gathering = gathering_for(request.user, pk, Right.REVIEW_TEXT)
    if kind not in ("csv", "xlsx"):
        raise Http404
    now = timezone.now()
    sheet = result_sheet(gathering, request.user.language, now)
    name = f"samspill-{gathering.cohort_id}-{gathering.number}-{timezone.localtime(now):%Y-%m-%d-%H%M}"
    return download(name=name, kind=kind, header=[str(cell) for cell in sheet.header], rows=sheet.lines)
