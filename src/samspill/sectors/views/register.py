from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.errors import Refused
from samspill.people.access import require_owner
from samspill.people.requests import SignedIn
from samspill.sectors import actions
from samspill.sectors.choices import OrganisationKind
from samspill.sectors.forms import OrganisationForm, PositionForm
from samspill.sectors.queries import (
    ministries,
    organisation_for,
    organisations,
    position_for,
    positions_in,
)
from samspill.ui.text import whole_number

PAGE = 50


@require_safe
def register(request: SignedIn) -> HttpResponse:
    words, kind, ministry = (request.GET.get(name, "") for name in ("q", "kind", "ministry"))
    parent = whole_number(ministry)
    found = organisations(reader=request.user, words=words, kind=kind, ministry=parent)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "words": words,
        "kind": kind,
        "ministry": parent,
        "kinds": OrganisationKind.choices,
        "ministries": ministries(),
        "filtered": bool(words or kind or ministry),
    }
    return render(request, "sectors/list.html", context)


@require_safe
def organisation(request: SignedIn, pk: int) -> HttpResponse:
    shown = organisation_for(request.user, pk)
    context = {
        "organisation": shown,
        "children": shown.children.all(),
        "sectors": shown.sectors.all(),
        "positions": positions_in(shown),
    }
    return render(request, "sectors/organisation.html", context)


def create_organisation(request: SignedIn) -> HttpResponse:
    require_owner(request.user)
    return _organisation_form(request, OrganisationForm(request.POST or None))


def change_organisation(request: SignedIn, pk: int) -> HttpResponse:
    require_owner(request.user)
    shown = organisation_for(request.user, pk)
    return _organisation_form(request, OrganisationForm(request.POST or None, instance=shown))


def _organisation_form(request: SignedIn, form: OrganisationForm) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.keep_organisation(organisation=form.save(commit=False), by=request.user)
        except Refused as refused:
            form.add_error("parent", str(refused.sentence))
        else:
            messages.success(request, _("%(name)s is up to date in the register.") % {"name": kept.name_nb})
            return redirect("sectors:organisation", kept.pk)
    return render(request, "sectors/organisation_form.html", {"form": form, "organisation": form.instance})


def remove_organisation(request: SignedIn, pk: int) -> HttpResponse:
    require_owner(request.user)
    shown = organisation_for(request.user, pk)
    if request.method == "POST":
        actions.remove_organisation(organisation=shown, by=request.user)
        messages.success(request, _("%(name)s is removed from the register.") % {"name": shown.name_nb})
        return redirect("sectors:list")
    return render(request, "sectors/organisation_remove.html", {"organisation": shown})


def add_position(request: SignedIn, pk: int) -> HttpResponse:
    require_owner(request.user)
    shown = organisation_for(request.user, pk)
    form = PositionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.person is not None:
        office = actions.Office(form.person, shown, form.cleaned_data["title"])
        actions.keep_positions(offices=[office], by=request.user)
        messages.success(request, _("The position is added."))
        return redirect("sectors:organisation", shown.pk)
    return render(request, "sectors/position_form.html", {"form": form, "organisation": shown})


@require_POST
def remove_position(request: SignedIn, pk: int) -> HttpResponse:
    position = position_for(request.user, pk)
    actions.remove_position(position=position, by=request.user)
    messages.success(request, _("The position is removed."))
    return redirect("sectors:organisation", position.organisation_id)


@require_POST
def load_reference(request: SignedIn) -> HttpResponse:
    """Put the ministries and agencies that ship with Samspill into the register; what is there stays."""
    imported = actions.load_reference_register(by=request.user)
    if imported.new:
        messages.success(request, _("%(count)d organisations were added.") % {"count": imported.new})
    else:
        messages.info(request, _("All of them are in the register already."))
    return redirect("sectors:list")
