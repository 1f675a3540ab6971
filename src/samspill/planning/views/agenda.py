from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samspill.cohorts.access import Right
from samspill.cohorts.actions import restore_item
from samspill.cohorts.queries import missing_reasons
from samspill.errors import Refused
from samspill.people.requests import SignedIn
from samspill.planning import actions, queries
from samspill.planning.access import gathering_for
from samspill.planning.agenda import Agenda
from samspill.planning.models import Gathering
from samspill.programmes.sentences import describe
from samspill.ui.charts import Chart, ModeShare, mode_stack
from samspill.ui.shapes import Mode as ChartMode

_REMOVED = "planning_removed"


@require_http_methods(["GET", "HEAD", "POST"])
def agenda(request: SignedIn, pk: int) -> HttpResponse:
    """The editor. With htmx the answer is the times and sums only, so that nothing typed is lost."""
    found = gathering_for(request.user, pk, Right.EDIT_AGENDA)
    if request.method != "POST":
        return render(request, "planning/agenda.html", _editor(request, found))
    refused = ""
    try:
        _apply(request, found)
    except Refused as refusal:
        refused = str(refusal.sentence)
        found = gathering_for(request.user, pk, Right.EDIT_AGENDA)
    if request.headers.get("HX-Request"):
        return render(request, "planning/_agenda_sums.html", _editor(request, found) | {"refused": refused})
    if refused:
        messages.error(request, refused)
    return redirect("planning:agenda", pk)


@require_POST
def undo(request: SignedIn, pk: int) -> HttpResponse:
    """Put back the item that was taken out last."""
    found = gathering_for(request.user, pk, Right.EDIT_AGENDA)
    kept = request.session.get(_REMOVED)
    if not kept or kept["gathering"] != found.pk:
        raise Refused(_("There is nothing to put back."))
    actions.put_back(gathering=found, removed=actions.Removed(kept["item"], kept["place"]), by=request.user)
    del request.session[_REMOVED]
    messages.success(request, _("The item is back in its place."))
    return redirect("planning:agenda", pk)


@require_POST
def restore(request: SignedIn, pk: int) -> HttpResponse:
    """Put an item of the blueprint back as the blueprint has it."""
    found = gathering_for(request.user, pk, Right.EDIT_AGENDA)
    restore_item(
        cohort=found.cohort,
        gathering=found.key,
        item=request.POST.get("item", ""),
        by=request.user,
        revision=_revision(request),
    )
    messages.success(request, _("The item is as in the blueprint again."))
    return redirect("planning:agenda", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def release(request: SignedIn, pk: int) -> HttpResponse:
    found = gathering_for(request.user, pk, Right.EDIT_AGENDA)
    if request.method == "POST":
        made = actions.release_agenda(gathering=found, by=request.user)
        messages.success(request, _("The agenda is released as number %(number)d.") % {"number": made.number})
        if queries.agenda_letters(made):
            messages.info(request, _("Mails about the changes lie in the outbox. Read them and send them."))
            return redirect("planning:outbox", found.cohort_id)
        return redirect("planning:gathering", pk)
    last = queries.current_release(found)
    changes = queries.changes_since(found, last)
    context = {
        "cohort": found.cohort,
        "chain_at": f"gathering-{found.number}",
        "gathering": found,
        "agenda": queries.draft_agenda(found),
        "last": last,
        "changes": [describe(change, request.user.language) for change in changes],
        "told": queries.told(changes),
        "holders": queries.roll_of(found).holders if last else [],
        "missing": missing_reasons(found.cohort),
    }
    return render(request, "planning/release.html", context)


def _apply(request: SignedIn, gathering: Gathering) -> None:
    """Minutes and order of the whole editor, then the one button that was pressed."""
    order = request.POST.getlist("order")
    for button, step in (("up", -1), ("down", 1)):
        key = request.POST.get(button)
        if key in order:
            place = order.index(key) + step
            order.remove(key)
            order.insert(max(0, place), key)
    minutes = {}
    for key in order:
        typed = request.POST.get(f"minutes-{key}", "").strip()
        if not typed.isdecimal():
            raise Refused(_("Write the minutes of every item as a whole number."))
        minutes[key] = int(typed)
    actions.revise_agenda(
        gathering=gathering, minutes=minutes, order=order, by=request.user, revision=_revision(request)
    )
    item = request.POST.get("remove", "")
    if item:
        removed = actions.take_out(
            gathering=gathering, item=item, by=request.user, revision=gathering.cohort.revision
        )
        request.session[_REMOVED] = {
            "gathering": gathering.pk,
            "item": dict(removed.item),
            "place": removed.place,
        }


def _editor(request: SignedIn, gathering: Gathering) -> dict[str, Any]:
    plan = gathering.plan
    blueprint = gathering.cohort.blueprint.blueprint
    original = blueprint.gathering(gathering.key)
    here = {item.key for item in plan.items}
    kept = request.session.get(_REMOVED)
    removed = kept["item"] if kept and kept["gathering"] == gathering.pk else None
    last = queries.current_release(gathering)
    agenda = queries.draft_agenda(gathering)
    return {
        "cohort": gathering.cohort,
        "chain_at": f"gathering-{gathering.number}",
        "gathering": gathering,
        "plan": plan,
        "agenda": agenda,
        "chart": _chart(agenda),
        "form": blueprint.form,
        "removed": removed if removed and removed["key"] not in here else None,
        "left_out": [item for item in original.items if item.key not in here] if original else [],
        "release": last,
        "changed": last is not None and last.document != gathering.document,
        "missing": missing_reasons(gathering.cohort),
    }


def _chart(agenda: Agenda) -> Chart:
    shares = [
        ModeShare(cast(ChartMode, one.mode.value), str(one.mode.label), one.minutes) for one in agenda.modes
    ]
    return mode_stack(_("How the minutes are used"), shares)


def _revision(request: SignedIn) -> int:
    given = request.POST.get("revision", "")
    return int(given) if given.isdecimal() else -1
