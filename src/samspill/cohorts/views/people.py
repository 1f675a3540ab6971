"""Who is in a cohort: by organisation and role, one by one or as a whole list."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from samspill.cohorts import actions
from samspill.cohorts.access import Right, cohort_for, may, membership_for
from samspill.cohorts.forms import EnrolForm, PlaceForm
from samspill.cohorts.imports import KNOWN, Plan, needed_columns, plan_of
from samspill.cohorts.models import Cohort
from samspill.cohorts.queries import members, participants, people_by_organisation
from samspill.errors import Refused
from samspill.people.actions import find_or_create
from samspill.people.models import Person
from samspill.people.requests import SignedIn
from samspill.spreadsheets.actions import keep, throw_away
from samspill.spreadsheets.forms import UploadForm
from samspill.spreadsheets.models import Pending
from samspill.spreadsheets.preview import chosen_from, refused_file
from samspill.spreadsheets.queries import pending, table_of


@require_safe
def people(request: SignedIn, pk: int) -> HttpResponse:
    cohort = cohort_for(request.user, pk, Right.SEE_PEOPLE)
    context = {
        "cohort": cohort,
        "groups": people_by_organisation(cohort),
        "total": members(cohort).count(),
        "leaders": participants(cohort).count(),
        "may_enrol": may(request.user, cohort, Right.ENROL),
    }
    return render(request, "cohorts/people.html", context)


def enrol(request: SignedIn, pk: int) -> HttpResponse:
    cohort = cohort_for(request.user, pk, Right.ENROL)
    form = EnrolForm(request.POST or None, cohort=cohort)
    if request.method == "POST" and form.is_valid():
        try:
            found = find_or_create(wanted=[form.details(cohort.language)], by=request.user)
            person = found[form.cleaned_data["email"].lower()]
            actions.enrol(cohort=cohort, person=person, place=form.place, by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
        else:
            messages.success(request, _("%(name)s is enrolled. No mail is sent.") % {"name": person.name})
            return redirect("cohorts:people", pk)
    return render(request, "cohorts/enrol.html", {"cohort": cohort, "form": form})


def place(request: SignedIn, pk: int, membership: int) -> HttpResponse:
    found = membership_for(request.user, pk, membership, Right.ENROL)
    initial = {
        "role": found.role,
        "organisation": found.organisation_id,
        "title": found.title,
        "acts_for": found.acts_for_id,
    }
    form = PlaceForm(request.POST or None, cohort=found.cohort, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.enrol(cohort=found.cohort, person=found.person, place=form.place, by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
        else:
            return redirect("cohorts:people", pk)
    context = {"cohort": found.cohort, "form": form, "membership": found}
    return render(request, "cohorts/place.html", context)


def withdraw(request: SignedIn, pk: int, membership: int) -> HttpResponse:
    found = membership_for(request.user, pk, membership, Right.ENROL)
    if request.method == "POST":
        actions.withdraw(membership=found, by=request.user)
        messages.info(request, _("%(name)s is taken out of the cohort.") % {"name": found.person.name})
        return redirect("cohorts:people", pk)
    return render(request, "cohorts/withdraw.html", {"cohort": found.cohort, "membership": found})


def import_file(request: SignedIn, pk: int) -> HttpResponse:
    cohort = cohort_for(request.user, pk, Right.ENROL)
    form = UploadForm(request.POST or None, request.FILES or None, known=KNOWN, needed=needed_columns())
    if request.method == "POST" and form.is_valid():
        table = form.cleaned_data["file"]
        kept = keep(table=table, kind=_kind(cohort), name=form.file_name, by=request.user.pk)
        return redirect("cohorts:import_preview", pk, kept.key)
    return render(request, "cohorts/import.html", {"cohort": cohort, "form": form})


def import_preview(request: SignedIn, pk: int, key: str) -> HttpResponse:
    cohort = cohort_for(request.user, pk, Right.ENROL)
    kept = _pending(request.user, cohort, key)
    plan = plan_of(table_of(kept), cohort)
    if request.method == "POST":
        if request.POST.get("action") == "throw_away":
            throw_away(pending=kept, by=request.user.pk)
            messages.info(request, _("The preview is thrown away. Nothing has been changed."))
            return redirect("cohorts:import", pk)
        return _confirm(request, cohort, kept, plan)
    context = {"cohort": cohort, "preview": plan.preview, "name": kept.name, "key": key}
    return render(request, "cohorts/import_preview.html", context)


@require_safe
def import_refused(request: SignedIn, pk: int, key: str) -> HttpResponse:
    cohort = cohort_for(request.user, pk, Right.ENROL)
    plan = plan_of(table_of(_pending(request.user, cohort, key)), cohort)
    return refused_file(plan.preview, name=_("leaders-not-imported"), request=request)


def _confirm(request: SignedIn, cohort: Cohort, kept: Pending, plan: Plan) -> HttpResponse:
    chosen = chosen_from(request.POST)
    done = actions.import_leaders(cohort=cohort, plan=plan, chosen=chosen, by=request.user)
    throw_away(pending=kept, by=request.user.pk)
    new = ngettext("%(count)d person is enrolled", "%(count)d people are enrolled", done.new)
    changed = ngettext("%(count)d was changed", "%(count)d were changed", done.changed)
    said = f"{new % {'count': done.new}}, {changed % {'count': done.changed}}."
    messages.success(request, said + " " + _("No mail is sent."))
    return redirect("cohorts:people", cohort.pk)


def _kind(cohort: Cohort) -> str:
    return f"cohorts.leaders:{cohort.pk}"


def _pending(person: Person, cohort: Cohort, key: str) -> Pending:
    return pending(key=key, kinds=(_kind(cohort),), person=person.pk)
