from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspill.errors import Refused
from samspill.people.access import require_owner
from samspill.people.requests import SignedIn
from samspill.sectors import actions
from samspill.sectors.forms import SectorForm, sector_choices
from samspill.sectors.models import Sector
from samspill.sectors.queries import register_as_it_is, sector_for, sectors


@require_safe
def sector_list(request: SignedIn) -> HttpResponse:
    return render(request, "sectors/sectors.html", {"sectors": sectors(reader=request.user)})


@require_safe
def sector(request: SignedIn, pk: int) -> HttpResponse:
    return render(request, "sectors/sector.html", {"sector": sector_for(request.user, pk)})


def create_sector(request: SignedIn) -> HttpResponse:
    require_owner(request.user)
    return _form(request, None)


def change_sector(request: SignedIn, pk: int) -> HttpResponse:
    require_owner(request.user)
    return _form(request, sector_for(request.user, pk))


def _form(request: SignedIn, shown: Sector | None) -> HttpResponse:
    form = sector_choices(SectorForm(request.POST or None, instance=shown), register_as_it_is())
    if request.method == "POST" and form.is_valid():
        members = list(form.cleaned_data["organisations"])
        try:
            kept = actions.keep_sector(sector=form.save(commit=False), organisations=members, by=request.user)
        except Refused as refused:
            form.add_error("organisations", str(refused.sentence))
        else:
            messages.success(request, _("The sector %(name)s is up to date.") % {"name": kept.name_nb})
            return redirect("sectors:sector", kept.pk)
    return render(request, "sectors/sector_form.html", {"form": form, "sector": shown})
