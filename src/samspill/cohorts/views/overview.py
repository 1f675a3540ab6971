"""Cohorts as a list and one by one; inviting a sector; going from state to state."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspill.cohorts import actions
from samspill.cohorts.access import Right, cohort_for, may
from samspill.cohorts.choices import State
from samspill.cohorts.forms import STEPS, InviteForm, StateForm
from samspill.cohorts.models import Cohort
from samspill.cohorts.queries import cohorts_seen_by, history, members, participants
from samspill.cohorts.steps import next_step
from samspill.errors import Refused
from samspill.people.access import require_owner
from samspill.people.models import Person
from samspill.people.requests import SignedIn


@require_safe
def cohort_list(request: SignedIn) -> HttpResponse:
    seen = cohorts_seen_by(request.user)
    state = request.GET.get("state", "")
    shown = seen.filter(state=state) if state in State.values else seen
    context = {"cohorts": shown, "state": state, "states": State.choices, "any": bool(shown) or bool(state)}
    return render(request, "cohorts/list.html", context)


@require_safe
def detail(request: SignedIn, pk: int) -> HttpResponse:
    cohort = cohort_for(request.user, pk, Right.SEE_COHORT)
    context = {
        "cohort": cohort,
        "step": next_step(cohort, request.user),
        "history": history(cohort),
        "host": members(cohort).filter(role="host").first(),
        "count": participants(cohort).count(),
        "may_see_people": may(request.user, cohort, Right.SEE_PEOPLE),
        "may_change_state": bool(_open_to(request.user, cohort)),
    }
    return render(request, "cohorts/detail.html", context)


def invite(request: SignedIn) -> HttpResponse:
    require_owner(request.user)
    form = InviteForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            cohort = actions.invite_sector(
                sector=cleaned["sector"],
                blueprint=form.versions[cleaned["blueprint"]],
                half_year=cleaned["half_year"],
                language=cleaned["language"],
                by=request.user,
            )
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
        else:
            messages.success(request, _("The sector is invited. Enrol the host, so that they can answer."))
            return redirect("cohorts:people", cohort.pk)
    return render(request, "cohorts/invite.html", {"form": form})


def state(request: SignedIn, pk: int) -> HttpResponse:
    cohort = cohort_for(request.user, pk, Right.ANSWER_FOR_SECTOR)
    states = _open_to(request.user, cohort)
    form = StateForm(request.POST or None, states=states, initial={"to": states[0] if states else ""})
    if request.method == "POST" and form.is_valid():
        to = State(form.cleaned_data["to"])
        try:
            actions.change_state(cohort=cohort, to=to, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
        else:
            messages.success(request, str(STEPS[to]) + ".")
            return redirect("cohorts:detail", pk)
    context = {
        "cohort": cohort,
        "form": form,
        "states": states,
        "history": history(cohort),
        "closes": State.CLOSED in states,
    }
    return render(request, "cohorts/state.html", context)


def _open_to(person: Person, cohort: Cohort) -> tuple[State, ...]:
    """The states this person may take the cohort to now."""
    answers = (State.ACCEPTED, State.DECLINED)
    may_answer = may(person, cohort, Right.ANSWER_FOR_SECTOR)
    may_change = may(person, cohort, Right.CHANGE_STATE)
    return tuple(
        state for state in State(cohort.state).next_states if (may_answer if state in answers else may_change)
    )
