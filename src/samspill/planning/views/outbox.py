from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspill.cohorts.access import Right, cohort_for, may
from samspill.errors import Refused
from samspill.people.requests import SignedIn
from samspill.planning import actions, queries
from samspill.planning.access import gathering_for
from samspill.ui.text import whole_number


@require_safe
def outbox(request: SignedIn, cohort: int) -> HttpResponse:
    found = cohort_for(request.user, cohort, Right.INVITE)
    parcels = queries.parcels_of(found)
    context = {
        "cohort": found,
        "chain_at": "dates",
        "drafts": [parcel for parcel in parcels if parcel.batch.is_draft],
        "gone": [parcel for parcel in parcels if not parcel.batch.is_draft],
        "due": queries.due_in(found),
        "gatherings": queries.gatherings_of(found),
    }
    return render(request, "planning/outbox.html", context)


@require_POST
def prepare(request: SignedIn, cohort: int) -> HttpResponse:
    """For the ticked gatherings."""
    found = cohort_for(request.user, cohort, Right.INVITE)
    only = {pk for pk in map(whole_number, request.POST.getlist("gathering")) if pk is not None}
    if not only:
        raise Refused(_("Tick at least one gathering, and prepare the mails again."))
    batch = actions.prepare_invitations(cohort=found, by=request.user, only=only)
    return redirect("planning:batch", found.pk, batch.pk)


@require_safe
def batch(request: SignedIn, cohort: int, pk: int) -> HttpResponse:
    found = cohort_for(request.user, cohort, Right.INVITE)
    context = {"cohort": found, "chain_at": "dates", "parcel": queries.parcel_of(found, pk)}
    return render(request, "planning/batch.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: SignedIn, cohort: int, pk: int) -> HttpResponse:
    found = cohort_for(request.user, cohort, Right.INVITE)
    parcel = queries.parcel_of(found, pk)
    if not parcel.batch.is_draft:
        return redirect("planning:batch", found.pk, pk)
    if request.method == "POST":
        actions.confirm_outbox(cohort=found, batch=parcel.batch, by=request.user)
        sent = ngettext("%(n)d mail is on its way.", "%(n)d mails are on their way.", parcel.total)
        messages.success(request, sent % {"n": parcel.total})
        return redirect("planning:batch", found.pk, pk)
    context = {"cohort": found, "chain_at": "dates", "parcel": parcel}
    return render(request, "planning/confirm.html", context)


@require_POST
def discard(request: SignedIn, cohort: int, pk: int) -> HttpResponse:
    found = cohort_for(request.user, cohort, Right.INVITE)
    actions.discard_outbox(cohort=found, batch=queries.parcel_of(found, pk).batch, by=request.user)
    messages.success(request, _("The mails have been thrown away. Nothing was sent."))
    return redirect("planning:outbox", found.pk)


@require_POST
def prepare_again(request: SignedIn, cohort: int, pk: int) -> HttpResponse:
    """Make a draft anew when what it says is no longer so. Nothing may be left to say."""
    found = cohort_for(request.user, cohort, Right.INVITE)
    old = queries.parcel_of(found, pk).batch
    new = actions.prepare_again(cohort=found, batch=old, by=request.user)
    if new is None:
        messages.success(request, _("There is nothing left to send, so the mails have been thrown away."))
        return redirect("planning:outbox", found.pk)
    return redirect("planning:batch", found.pk, new.pk)


@require_POST
def retry(request: SignedIn, cohort: int, pk: int) -> HttpResponse:
    """One failed mail (`message`), or all that failed."""
    found = cohort_for(request.user, cohort, Right.INVITE)
    message = request.POST.get("message", "")
    count = actions.send_failed_again(
        cohort=found,
        batch=queries.parcel_of(found, pk).batch,
        by=request.user,
        message=whole_number(message),
    )
    tried = ngettext("%(n)d mail is tried once more.", "%(n)d mails are tried once more.", count)
    messages.success(request, tried % {"n": count})
    return redirect("planning:batch", found.pk, pk)


@require_safe
def answers(request: SignedIn, pk: int) -> HttpResponse:
    gathering = gathering_for(request.user, pk, Right.SEE_PEOPLE)
    context = {
        "cohort": gathering.cohort,
        "chain_at": f"gathering-{gathering.number}",
        "gathering": gathering,
        "overview": queries.answers_of(gathering),
        "reminders": queries.reminder_letters(gathering),
        "may_invite": may(request.user, gathering.cohort, Right.INVITE),
    }
    return render(request, "planning/answers.html", context)


@require_POST
def remind(request: SignedIn, pk: int) -> HttpResponse:
    gathering = gathering_for(request.user, pk, Right.INVITE)
    batch = actions.prepare_reminder(gathering=gathering, by=request.user)
    return redirect("planning:batch", gathering.cohort_id, batch.pk)
