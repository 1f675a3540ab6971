from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samspill.cohorts.access import Right
from samspill.people.requests import SignedIn
from samspill.planning import queries
from samspill.planning.access import gathering_for


@require_safe
def run_sheet(request: SignedIn, pk: int) -> HttpResponse:
    """For those who run the gathering. Before the first release it is printed from the draft, and says so."""
    gathering = gathering_for(request.user, pk, Right.SEE_SCRIPT)
    release = queries.current_release(gathering)
    agenda = queries.released_agenda(gathering, release) if release else queries.draft_agenda(gathering)
    context = {
        "cohort": gathering.cohort,
        "gathering": gathering,
        "plan": release.plan if release else gathering.plan,
        "release": release,
        "agenda": agenda,
        "leads": list(gathering.facilitators.select_related("person")),
    }
    return render(request, "planning/run_sheet.html", context)


@require_safe
def programme(request: SignedIn, pk: int) -> HttpResponse:
    """For those who take part: no scripts, no material, and nothing before the agenda is released."""
    gathering = gathering_for(request.user, pk, Right.SEE_AGENDA)
    release = queries.current_release(gathering)
    context = {
        "cohort": gathering.cohort,
        "gathering": gathering,
        "release": release,
        "plan": release.plan if release else None,
        "agenda": queries.released_agenda(gathering, release) if release else None,
        "leads": list(gathering.facilitators.select_related("person")),
    }
    return render(request, "planning/programme.html", context)
