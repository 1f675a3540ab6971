"""What facilitators do with measurements: plan, open, invite, remind, close. They see numbers, not names."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samspill.cohorts.access import Right, cohort_for, may
from samspill.errors import Refused
from samspill.evaluation import actions, queries
from samspill.evaluation.access import wave_for
from samspill.evaluation.actions.mailing import facts
from samspill.evaluation.choices import WaveKind
from samspill.evaluation.forms import OpenForm, PlanForm, in_two_weeks
from samspill.evaluation.models import Wave
from samspill.evaluation.queries.waves import INVITATION, REMINDER
from samspill.mail.actions import send_again
from samspill.mail.models import Batch
from samspill.mail.queries import batch_of
from samspill.mail.rendering import render as render_mail
from samspill.people.requests import SignedIn


@require_GET
def waves(request: SignedIn, pk: int) -> HttpResponse:
    """The three measurements of a cohort and what can be done with each."""
    cohort = cohort_for(request.user, pk, Right.SEE_EFFECT)
    steps = queries.steps_of(cohort)
    context = {
        "cohort": cohort,
        "chain_at": "effect",
        "steps": steps,
        "any_closed": any(step.wave is not None and step.wave.is_closed for step in steps),
        "may_measure": may(request.user, cohort, Right.MEASURE),
    }
    return render(request, "evaluation/waves.html", context)


@require_http_methods(["GET", "POST"])
def open_wave(request: SignedIn, pk: int, kind: str) -> HttpResponse:
    cohort = cohort_for(request.user, pk, Right.MEASURE)
    form = OpenForm(request.POST or None, initial=in_two_weeks(timezone.localdate()))
    if request.method == "POST" and form.is_valid():
        try:
            wave = actions.open_wave(cohort=cohort, kind=WaveKind(kind), by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
        else:
            messages.success(request, _("The measurement is open. Look through the mails before they go."))
            return redirect("evaluation:wave", pk=wave.pk)
    step = next(each for each in queries.steps_of(cohort) if each.kind == kind)
    context = {
        "cohort": cohort,
        "chain_at": "effect",
        "form": form,
        "step": step,
        "instrument": cohort.blueprint.blueprint.instrument,
    }
    return render(request, "evaluation/open.html", context)


@require_http_methods(["GET", "POST"])
def plan(request: SignedIn, pk: int, kind: str) -> HttpResponse:
    cohort = cohort_for(request.user, pk, Right.MEASURE)
    step = next(each for each in queries.steps_of(cohort) if each.kind == kind)
    form = PlanForm(request.POST or None, initial={"opens_on": step.wave.opens_on if step.wave else None})
    if request.method == "POST" and form.is_valid():
        try:
            actions.plan_wave(cohort=cohort, kind=WaveKind(kind), by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
        else:
            messages.success(request, _("The day is set. The measurement opens by itself then."))
            return redirect("evaluation:waves", pk=cohort.pk)
    return render(
        request, "evaluation/plan.html", {"cohort": cohort, "chain_at": "effect", "form": form, "step": step}
    )


@require_GET
def wave(request: SignedIn, pk: int) -> HttpResponse:
    """One measurement: how many have answered, its mails, and closing it."""
    found = wave_for(request.user, pk, Right.MEASURE)
    batches = list(queries.invitations_of(found))
    context = {
        "cohort": found.cohort,
        "chain_at": "effect",
        "wave": found,
        "response": queries.response_of(found),
        "batches": batches,
        "draft": next((batch for batch in batches if batch.is_draft), None),
        "newcomers": len(queries.newcomers(found)) if found.is_open else 0,
        "reminded_on": found.asked.order_by("-reminded_on").filter(reminded_on__isnull=False).first(),
        "stuck": queries.stuck_reminders(found).first() if found.is_open else None,
        "may_show_alone": _may_show_alone(found),
    }
    return render(request, "evaluation/wave.html", context)


@require_POST
def prepare(request: SignedIn, pk: int) -> HttpResponse:
    found = wave_for(request.user, pk, Right.MEASURE)
    batch = actions.prepare_invitations(wave=found, by=request.user)
    return redirect("evaluation:mails", pk=found.pk, batch=batch.pk)


@require_http_methods(["GET", "POST"])
def mails(request: SignedIn, pk: int, batch: int) -> HttpResponse:
    """Invitations as they will go, to everybody who is asked; POST sends them, or throws them away."""
    found = wave_for(request.user, pk, Right.MEASURE)
    held = _invitations(found, batch)
    if request.method == "POST":
        if "discard" in request.POST:
            actions.discard_invitations(wave=found, batch=held, by=request.user)
            messages.info(request, _("The mails are thrown away. You can write them anew."))
        else:
            actions.confirm_invitations(wave=found, batch=held, by=request.user)
            messages.success(request, _("The invitations are on their way."))
        return redirect("evaluation:wave", pk=found.pk)
    return render(
        request,
        "evaluation/mails.html",
        {"cohort": found.cohort, "chain_at": "effect", "wave": found, "batch": held},
    )


@require_POST
def again(request: SignedIn, pk: int, batch: int) -> HttpResponse:
    """Try the failed mails of a batch once more."""
    found = wave_for(request.user, pk, Right.MEASURE)
    held = batch_of(found.subject, batch)
    tried = send_again(batch=held, by=request.user.pk)
    if held.key == REMINDER:
        messages.info(request, _("The reminders are tried again."))
    else:
        told = ngettext("%(n)d mail is tried again.", "%(n)d mails are tried again.", tried)
        messages.info(request, told % {"n": tried})
    return redirect("evaluation:wave", pk=found.pk)


@require_http_methods(["GET", "POST"])
def remind(request: SignedIn, pk: int) -> HttpResponse:
    found = wave_for(request.user, pk, Right.MEASURE)
    if request.method == "POST":
        actions.remind(wave=found, by=request.user)
        messages.success(request, _("The reminders are on their way."))
        return redirect("evaluation:wave", pk=found.pk)
    example = render_mail(
        template=REMINDER, data=facts(found), to_name=_("(name)"), language=found.cohort.language
    )
    context = {
        "cohort": found.cohort,
        "chain_at": "effect",
        "wave": found,
        "example": example,
        "response": queries.response_of(found),
    }
    return render(request, "evaluation/remind.html", context)


@require_http_methods(["GET", "POST"])
def close(request: SignedIn, pk: int) -> HttpResponse:
    found = wave_for(request.user, pk, Right.MEASURE)
    response = queries.response_of(found)
    if request.method == "POST":
        actions.close_wave(wave=found, by=request.user)
        messages.success(request, _("The measurement is closed."))
        return redirect("evaluation:effect", pk=found.cohort_id)
    told = ngettext(
        "%(answered)d of %(asked)d has answered.", "%(answered)d of %(asked)d have answered.", response.asked
    )
    context = {
        "cohort": found.cohort,
        "question": _("Close the measurement?"),
        "text": told % {"answered": response.answered, "asked": response.asked},
        "consequences": [
            _("Nobody can answer or change an answer any more."),
            _("What has been answered so far counts, also from those who did not finish."),
            _("It cannot be opened again."),
        ],
        "action": _("Close the measurement"),
        "back_url": reverse("evaluation:wave", args=[found.pk]),
    }
    return render(request, "ui/confirm.html", context)


@require_http_methods(["GET", "POST"])
def show_alone(request: SignedIn, pk: int) -> HttpResponse:
    found = wave_for(request.user, pk, Right.MEASURE)
    if request.method == "POST":
        actions.show_alone(wave=found, by=request.user)
        return redirect("evaluation:effect", pk=found.cohort_id)
    context = {
        "cohort": found.cohort,
        "question": _("Show this measurement by itself now?"),
        "text": _("What has been shown cannot be made unknown, so this has a price later:"),
        "consequences": [
            _("The distribution of everybody's answers is shown now."),
            _(
                "If a few people answer only this time, the distribution of the next measurement may "
                "have to be hidden, since the difference would give their answers away. "
                "The change can still be shown."
            ),
            _("If you wait, both are shown together, for those who have answered both times."),
        ],
        "action": _("Show it now"),
        "back_url": reverse("evaluation:effect", args=[found.cohort_id]),
    }
    return render(request, "ui/confirm.html", context)


def _invitations(found: Wave, pk: int) -> Batch:
    """404 for reminders too: whom they go to is nobody's business."""
    batch = batch_of(found.subject, pk)
    if batch.key != INVITATION:
        raise Http404
    return batch


def _may_show_alone(found: Wave) -> bool:
    closed = [each for each in found.cohort.waves.all() if each.is_closed]
    return [each.pk for each in closed] == [found.pk] and found.shown_alone_on is None
