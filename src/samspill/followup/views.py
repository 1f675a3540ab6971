from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samspill.cohorts.access import Right, cohort_for, may
from samspill.cohorts.models import Cohort
from samspill.errors import Refused
from samspill.followup import actions, queries
from samspill.followup.access import commitment_for, owns
from samspill.followup.choices import Arena, Status
from samspill.followup.forms import CommitmentForm, FilterForm, StatusForm
from samspill.followup.models import Commitment
from samspill.followup.queries import Filter
from samspill.people.requests import SignedIn
from samspill.planning.access import gathering_for
from samspill.planning.queries import next_gathering
from samspill.spreadsheets.writing import download
from samspill.ui.text import pick

_PAGES = {"list": "followup:mine", "page": "followup:commitment"}


@require_GET
def mine(request: SignedIn) -> HttpResponse:
    """What the reader has promised: what is open by date, then what is done or dropped."""
    every = list(queries.my_commitments(request.user))
    context = {
        "open": [each for each in every if each.is_open],
        "over": [each for each in reversed(every) if not each.is_open],
        "cohorts": _may_add_in(request),
        "today": timezone.localdate(),
    }
    return render(request, "followup/mine.html", context)


@require_GET
def cohort(request: SignedIn, pk: int) -> HttpResponse:
    found = cohort_for(request.user, pk, Right.SEE_COMMITMENTS)
    form, wanted = _filter(request, found)
    context = {
        "cohort": found,
        "chain_at": "follow-up",
        "form": form,
        "filtered": wanted != Filter(),
        "commitments": queries.commitments_of(found, wanted),
        "tally": queries.tally_of(found, today=timezone.localdate()),
        "next": next_gathering(found),
        "may_add": may(request.user, found, Right.TAKE_PART),
        "query": request.GET.urlencode(),
    }
    return render(request, "followup/cohort.html", context)


@require_GET
def gathering(request: SignedIn, pk: int) -> HttpResponse:
    """What is carried over to a gathering and is taken up there."""
    found = gathering_for(request.user, pk, Right.SEE_COMMITMENTS)
    context = {
        "cohort": found.cohort,
        "chain_at": f"gathering-{found.number}",
        "gathering": found,
        "commitments": queries.open_commitments(found.cohort, before=found),
    }
    return render(request, "followup/gathering.html", context)


@require_GET
def export(request: SignedIn, pk: int, kind: str) -> HttpResponse:
    found = cohort_for(request.user, pk, Right.SEE_COMMITMENTS)
    _form, wanted = _filter(request, found)
    language = get_language() or "nb"
    header = (
        _("What"),
        _("By when"),
        _("Status"),
        _("Followed up in"),
        _("Who"),
        _("Title"),
        _("Organisation"),
    )
    rows = [
        (
            each.what,
            each.due,
            str(Status(each.status).label),
            str(Arena(each.arena).label),
            each.owner.person.name,
            each.owner.title,
            pick(each.owner.organisation.names, language),
            each.last_note.note if each.last_note else "",
        )
        for each in queries.commitments_of(found, wanted)
    ]
    name = _("commitments %(sector)s") % {"sector": pick(found.sector.names, language)}
    return download(name=name, kind=kind, header=(*header, _("Last note")), rows=rows, title=_("Commitments"))


@require_http_methods(["GET", "POST"])
def add(request: SignedIn, pk: int) -> HttpResponse:
    found = cohort_for(request.user, pk, Right.TAKE_PART)
    form = CommitmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add(cohort=found, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("The commitment is saved. You will be reminded before the date."))
            return redirect("followup:mine")
    return render(request, "followup/edit.html", {"cohort": found, "chain_at": "follow-up", "form": form})


@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int) -> HttpResponse:
    found = commitment_for(request.user, pk, change=True)
    initial = {"what": found.what, "due": found.due, "arena": found.arena}
    form = CommitmentForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit(commitment=found, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("The commitment is changed."))
            return redirect("followup:commitment", pk=found.pk)
    context = {"cohort": found.cohort, "chain_at": "follow-up", "form": form, "commitment": found}
    return render(request, "followup/edit.html", context)


@require_GET
def commitment(request: SignedIn, pk: int) -> HttpResponse:
    return _page(request, commitment_for(request.user, pk), StatusForm())


@require_POST
def status(request: SignedIn, pk: int) -> HttpResponse:
    found = commitment_for(request.user, pk, change=True)
    form = StatusForm(request.POST)
    try:
        actions.set_status(
            commitment=found,
            status=request.POST.get("status", ""),
            note=request.POST.get("note", ""),
            by=request.user,
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.sentence))
        return _page(request, found, form, status=409)
    messages.success(request, _told(found))
    return _back(request, found)


@require_POST
def undo(request: SignedIn, pk: int) -> HttpResponse:
    found = commitment_for(request.user, pk, change=True)
    actions.undo_status(commitment=found, by=request.user)
    messages.success(request, _("Taken back. The commitment is as it was."))
    return _back(request, found)


def _page(request: SignedIn, found: Commitment, form: StatusForm, status: int = 200) -> HttpResponse:
    notes = list(found.notes.order_by("-id"))
    context = {
        "cohort": found.cohort,
        "chain_at": "follow-up",
        "commitment": found,
        "notes": notes,
        "form": form,
        "note": form.data.get("note", "") if form.is_bound else "",
        "mine": owns(request.user, found),
        "can_undo": bool(notes) and notes[0].on == timezone.localdate(),
    }
    return render(request, "followup/commitment.html", context, status=status)


def _back(request: SignedIn, found: Commitment) -> HttpResponse:
    if request.POST.get("back") == "page":
        return redirect("followup:commitment", pk=found.pk)
    return redirect("followup:mine")


def _told(found: Commitment) -> str:
    return {
        Status.OPEN: _("The commitment is open. Its date is %(date)s.")
        % {"date": date_format(found.due, "DATE_FORMAT")},
        Status.DONE: _("Well done. The commitment is marked as done."),
        Status.DROPPED: _("The commitment is dropped. Nobody will be reminded of it."),
    }[Status(found.status)]


def _filter(request: SignedIn, found: Cohort) -> tuple[FilterForm, Filter]:
    form = FilterForm(request.GET, cohort=found, language=get_language() or "nb")
    form.is_valid()
    chosen = form.cleaned_data
    overdue: date | None = timezone.localdate() if chosen.get("status") == "overdue" else None
    return form, Filter(
        status="" if overdue else chosen.get("status", ""),
        arena=chosen.get("arena", ""),
        organisation=int(chosen["organisation"]) if chosen.get("organisation") else None,
        overdue_on=overdue,
    )


def _may_add_in(request: SignedIn) -> list[Cohort]:
    memberships = request.user.memberships.filter(role__in=Right.TAKE_PART.roles).select_related(
        "cohort__sector"
    )
    return [membership.cohort for membership in memberships]
