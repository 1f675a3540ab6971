import json
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samspill.cohorts.access import Right
from samspill.cohorts.actions import add_item, edit_item
from samspill.errors import Refused
from samspill.people.requests import SignedIn
from samspill.planning.access import gathering_for
from samspill.planning.forms import ItemForm


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedIn, pk: int) -> HttpResponse:
    found = gathering_for(request.user, pk, Right.EDIT_AGENDA)
    cohort = found.cohort
    form = ItemForm(request.POST or None, item=None, plan=found.plan, language=cohort.language)
    if request.method == "POST" and form.is_valid():
        try:
            add_item(
                cohort=cohort,
                gathering=found.key,
                item=form.cleaned_data["content"],
                by=request.user,
                revision=_revision(request),
            )
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
        else:
            messages.success(request, _("The item stands last in the agenda. Move it to where it belongs."))
            return redirect("planning:agenda", pk)
    context = {"cohort": cohort, "chain_at": f"gathering-{found.number}", "gathering": found, "form": form}
    return render(request, "planning/item.html", context | {"revision": _seen(request, cohort.revision)})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedIn, pk: int, key: str) -> HttpResponse:
    found = gathering_for(request.user, pk, Right.EDIT_AGENDA)
    cohort = found.cohort
    item = next((each for each in found.document["items"] if each["key"] == key), None)
    if item is None:
        raise Http404
    form = ItemForm(request.POST or None, item=item, plan=found.plan, language=cohort.language)
    if request.method == "POST" and form.is_valid():
        try:
            edit_item(
                cohort=cohort,
                gathering=found.key,
                item=key,
                changes=form.changes(),
                by=request.user,
                revision=_revision(request) if _seen_item(request, item) != _mark(item) else cohort.revision,
            )
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
        else:
            messages.success(request, _("The item is changed."))
            return redirect("planning:agenda", pk)
    context = {
        "cohort": cohort,
        "chain_at": f"gathering-{found.number}",
        "gathering": found,
        "form": form,
        "item": found.plan.item(key),
        "revision": _seen(request, cohort.revision),
        "mark": _seen_item(request, item),
    }
    return render(request, "planning/item.html", context)


def _revision(request: SignedIn) -> int:
    given = request.POST.get("revision", "")
    return int(given) if given.isdecimal() else -1


def _seen(request: SignedIn, revision: int) -> int:
    """The revision the form was filled in from: sending it again must not hide what others changed."""
    return _revision(request) if request.method == "POST" else revision


def _mark(item: dict[str, Any]) -> str:
    """Tells one state of the item from another: what others change elsewhere is no reason to refuse this form."""
    return sha256(json.dumps(item, sort_keys=True).encode()).hexdigest()


def _seen_item(request: SignedIn, item: dict[str, Any]) -> str:
    return request.POST.get("mark", "") if request.method == "POST" else _mark(item)
