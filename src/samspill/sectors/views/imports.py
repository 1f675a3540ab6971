from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from samspill.errors import Refused
from samspill.people.access import require_owner
from samspill.people.limits import limit
from samspill.people.requests import SignedIn
from samspill.sectors import register
from samspill.sectors.actions import import_organisations
from samspill.sectors.forms import RegisterFileForm, RegisterNumberForm
from samspill.sectors.imports import Plan, plan_of
from samspill.sectors.queries import register_as_it_is
from samspill.spreadsheets.actions import keep, throw_away
from samspill.spreadsheets.models import Pending
from samspill.spreadsheets.preview import chosen_from, refused_file
from samspill.spreadsheets.queries import pending, table_of
from samspill.spreadsheets.table import Table

FROM_FILE, FROM_REGISTER = "sectors.file", "sectors.register"


def import_file(request: SignedIn) -> HttpResponse:
    require_owner(request.user)
    form = RegisterFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return _kept(request, form.cleaned_data["file"], FROM_FILE, form.file_name)
    return render(request, "sectors/import.html", {"file_form": form, "number_form": RegisterNumberForm()})


def import_fetched(request: SignedIn) -> HttpResponse:
    """Fetch by organisation number. A register that does not answer is told beside the field."""
    require_owner(request.user)
    form = RegisterNumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        limit(request.user, "register", times=60, seconds=3600)
        number = form.cleaned_data["number"]
        try:
            table = register.fetch(number)
        except Refused as refused:
            form.add_error("number", str(refused.sentence))
        else:
            return _kept(request, table, FROM_REGISTER, number)
    return render(request, "sectors/import.html", {"file_form": RegisterFileForm(), "number_form": form})


def import_preview(request: SignedIn, key: str) -> HttpResponse:
    require_owner(request.user)
    kept = _pending(request, key)
    plan = _plan(kept)
    if request.method == "POST":
        if request.POST.get("action") == "throw_away":
            throw_away(pending=kept, by=request.user.pk)
            messages.info(request, _("The preview is thrown away. Nothing has been changed."))
            return redirect("sectors:import")
        return _confirm(request, kept, plan)
    context = {"preview": plan.preview, "name": kept.name, "key": key}
    return render(request, "sectors/import_preview.html", context)


@require_safe
def import_refused(request: SignedIn, key: str) -> HttpResponse:
    require_owner(request.user)
    plan = _plan(_pending(request, key))
    return refused_file(plan.preview, name=_("organisations-not-imported"), request=request)


def _confirm(request: SignedIn, kept: Pending, plan: Plan) -> HttpResponse:
    source = "register" if kept.kind == FROM_REGISTER else "file"
    done = import_organisations(plan=plan, chosen=chosen_from(request.POST), source=source, by=request.user)
    throw_away(pending=kept, by=request.user.pk)
    new = ngettext("%(count)d organisation is new", "%(count)d organisations are new", done.new)
    changed = ngettext("%(count)d was changed", "%(count)d were changed", done.changed)
    messages.success(request, f"{new % {'count': done.new}}, {changed % {'count': done.changed}}.")
    return redirect("sectors:list")


def _kept(request: SignedIn, table: Table, kind: str, name: str) -> HttpResponse:
    kept = keep(table=table, kind=kind, name=name, by=request.user.pk)
    return redirect("sectors:import_preview", kept.key)


def _pending(request: SignedIn, key: str) -> Pending:
    return pending(key=key, kinds=(FROM_FILE, FROM_REGISTER), person=request.user.pk)


def _plan(kept: Pending) -> Plan:
    return plan_of(table_of(kept), register_as_it_is())
