"""The sector's own programme: its questions, where it differs from the blueprint and why, the host's yes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.cohorts import actions
from samspill.cohorts.access import Right, cohort_for, may
from samspill.cohorts.choices import Handling
from samspill.cohorts.forms import QuestionForm, ReasonForm, RewordForm
from samspill.cohorts.models import Cohort, DifferenceReason
from samspill.cohorts.queries import Tailored, programme_differences, proposals
from samspill.errors import Refused
from samspill.people.access import require_owner
from samspill.people.requests import SignedIn
from samspill.programmes.document import GatheringPlan, KeyQuestion, gathering_from

CHAIN = "tailoring"


@dataclass(frozen=True)
class Shown:
    """A difference on the comparison page, with the form for its reason."""

    tailored: Tailored
    form: ReasonForm


def compare(request: SignedIn, pk: int) -> HttpResponse:
    """The tailored programme beside the blueprint, difference by difference."""
    cohort = cohort_for(request.user, pk, Right.SEE_TAILORING)
    typed = ReasonForm(request.POST) if request.method == "POST" else None
    if typed is not None and typed.is_valid():
        try:
            actions.give_reason(cohort=cohort, by=request.user, **typed.cleaned_data)
        except Refused as refused:
            typed.add_error("reason", str(refused.sentence))
        else:
            messages.success(request, _("The reason is kept."))
            return redirect("cohorts:compare", pk)
    differences = programme_differences(cohort)
    context = {
        "cohort": cohort,
        "shown": [Shown(each, _reason_form(each, typed)) for each in differences],
        "missing": [each for each in differences if not each.reason],
        "plans": cohort.plans,
        "titles": {plan.key: plan.title for plan in (*_blueprint_plans(cohort), *cohort.plans)},
        "may_tailor": may(request.user, cohort, Right.TAILOR),
        "may_accept": may(request.user, cohort, Right.ACCEPT_PROGRAMME),
        "chain_at": CHAIN,
    }
    return render(request, "cohorts/compare.html", context)


@require_POST
def begin(request: SignedIn, pk: int) -> HttpResponse:
    cohort = cohort_for(request.user, pk, Right.TAILOR)
    actions.begin_tailoring(cohort=cohort, by=request.user)
    return redirect("cohorts:compare", pk)


def tailor(request: SignedIn, pk: int, gathering: str) -> HttpResponse:
    """The key questions of one gathering; POST adds one of the sector's own."""
    cohort = cohort_for(request.user, pk, Right.TAILOR)
    plan, original = _plans(cohort, gathering)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_question(
                cohort=cohort,
                gathering=gathering,
                text=form.cleaned_data["text"],
                by=request.user,
                revision=cohort.revision,
            )
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
        else:
            return redirect("cohorts:tailor", pk, gathering)
    blueprint = {question.key: question for question in original.questions}
    here = {question.key for question in plan.questions}
    context = {
        "cohort": cohort,
        "plan": plan,
        "plans": cohort.plans,
        "form": form,
        "questions": [(question, _origin(question, blueprint)) for question in plan.questions],
        "chain_at": CHAIN,
        "left_out": [question for question in original.questions if question.key not in here],
    }
    return render(request, "cohorts/tailor.html", context)


@require_POST
def change_question(request: SignedIn, pk: int, gathering: str) -> HttpResponse:
    """One press on the gathering's page: up, down, take out, have back; or the whole new order by drag."""
    cohort = cohort_for(request.user, pk, Right.TAILOR)
    plan, _original = _plans(cohort, gathering)
    keys = [question.key for question in plan.questions]
    same: dict[str, Any] = {
        "cohort": cohort,
        "gathering": gathering,
        "by": request.user,
        "revision": cohort.revision,
    }
    order = request.POST.getlist("order")
    if order:
        if sorted(order) != sorted(keys):
            raise Refused(_("The questions have changed meanwhile. Load the page again to see them."))
        actions.choose_questions(keys=order, **same)
        return HttpResponse(status=204)  # asked for by script, which follows no redirect
    for name, act in _BUTTONS.items():
        question = request.POST.get(name)
        if question:
            act(keys, question, same)
    return redirect("cohorts:tailor", pk, gathering)


def reword(request: SignedIn, pk: int, gathering: str, question: str) -> HttpResponse:
    cohort = cohort_for(request.user, pk, Right.TAILOR)
    plan, original = _plans(cohort, gathering)
    now = next((each for each in plan.questions if each.key == question), None)
    if now is None:
        raise Http404
    form = RewordForm(request.POST or None, initial={"text": now.text, "revision": cohort.revision})
    if request.method == "POST" and form.is_valid():
        try:
            actions.reword_question(
                cohort=cohort,
                gathering=gathering,
                question=question,
                text=form.words(now.text, cohort.language),
                by=request.user,
                revision=form.cleaned_data["revision"],
            )
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
        else:
            return redirect("cohorts:tailor", pk, gathering)
    before = next((each for each in original.questions if each.key == question), None)
    context = {"cohort": cohort, "plan": plan, "form": form, "before": before, "chain_at": CHAIN}
    return render(request, "cohorts/reword.html", context)


def accept(request: SignedIn, pk: int) -> HttpResponse:
    """The host reads the programme and says yes."""
    cohort = cohort_for(request.user, pk, Right.ACCEPT_PROGRAMME)
    if request.method == "POST":
        seen = request.POST.get("revision", "")
        if not seen.isdecimal():
            raise Http404
        actions.accept_programme(cohort=cohort, revision=int(seen), by=request.user)
        messages.success(request, _("Thank you. The facilitators can see that you have said yes."))
        return redirect("cohorts:detail", pk)
    differences = programme_differences(cohort)
    context = {
        "cohort": cohort,
        "differences": differences,
        "missing": [each for each in differences if not each.reason],
        "plans": cohort.plans,
        "titles": {plan.key: plan.title for plan in (*_blueprint_plans(cohort), *cohort.plans)},
        "chain_at": CHAIN,
    }
    return render(request, "cohorts/accept.html", context)


@require_safe
def proposal_list(request: SignedIn) -> HttpResponse:
    """What cohorts want in the next version of their blueprint."""
    waiting = proposals(request.user)
    handled = [(handling, proposals(request.user, handling)) for handling in (Handling.TAKEN, Handling.LEFT)]
    context = {"waiting": waiting, "handled": [each for each in handled if each[1]]}
    return render(request, "cohorts/proposals.html", context)


@require_POST
def handle_proposal(request: SignedIn, reason: int) -> HttpResponse:
    require_owner(request.user)
    found = DifferenceReason.objects.select_related("cohort__blueprint__measure").filter(pk=reason).first()
    if found is None:
        raise Http404
    if request.POST.get("action") == "take":
        draft = actions.take_proposal(reason=found, by=request.user)
        messages.success(request, _("It is in the draft of version %(number)d.") % {"number": draft.number})
    else:
        actions.leave_proposal(reason=found, by=request.user)
        messages.info(request, _("The blueprint stays as it is there."))
    return redirect("cohorts:proposals")


def _reason_form(tailored: Tailored, typed: ReasonForm | None) -> ReasonForm:
    """The form as it was typed, if this is the one that was sent; else as it is kept."""
    key = tailored.difference.key
    if typed is not None and typed.data.get("difference") == key:
        typed.auto_id = f"id_{key}_%s"
        return typed
    initial = {
        "difference": key,
        "reason": tailored.reason,
        "for_next_version": tailored.for_next_version,
    }
    return ReasonForm(initial=initial, auto_id=f"id_{key}_%s")


def _blueprint_plans(cohort: Cohort) -> tuple[GatheringPlan, ...]:
    return tuple(gathering_from(each) for each in cohort.blueprint.content["gatherings"])


def _plans(cohort: Cohort, gathering: str) -> tuple[GatheringPlan, GatheringPlan]:
    """The gathering as it is tailored and as the blueprint has it."""
    plan = cohort.plan(gathering)
    original = next((each for each in _blueprint_plans(cohort) if each.key == gathering), None)
    if plan is None or original is None:
        raise Http404
    return plan, original


def _origin(question: KeyQuestion, blueprint: dict[str, KeyQuestion]) -> str:
    """Where a question comes from: the blueprint as it is, the blueprint reworded, or the sector itself."""
    before = blueprint.get(question.key)
    if before is None:
        return "own"
    return "blueprint" if dict(before.text) == dict(question.text) else "reworded"


def _step(by: int) -> Callable[[list[str], str, dict[str, Any]], None]:
    def act(keys: list[str], question: str, same: dict[str, Any]) -> None:
        if question in keys:
            actions.move_question(question=question, to=keys.index(question) + by, **same)

    return act


def _take_out(_keys: list[str], question: str, same: dict[str, Any]) -> None:
    actions.remove_question(question=question, **same)


def _have_back(_keys: list[str], question: str, same: dict[str, Any]) -> None:
    actions.restore_question(question=question, **same)


_BUTTONS = {"up": _step(-1), "down": _step(1), "remove": _take_out, "restore": _have_back}
