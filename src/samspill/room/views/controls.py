"""What the console and the phones send."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from samspill.cohorts.access import Right
from samspill.errors import Refused
from samspill.inputs.choices import Part
from samspill.people.models import Person
from samspill.people.requests import SignedIn
from samspill.room import actions
from samspill.room.access import activity_for, run_for
from samspill.room.adopting import Adopt
from samspill.room.models import Activity, Run
from samspill.ui.text import whole_number


@dataclass(frozen=True)
class Press:
    """A button that was pressed on the console. `seen` is the item that was current there at that moment."""

    run: Run
    by: Person
    adopt: Adopt
    item: str
    seen: str
    page: int

    @property
    def activity(self) -> Activity:
        activity = Activity.objects.filter(run=self.run, item=self.item).first()
        if activity is None:
            raise Refused(gettext("Nobody has been asked yet."))
        activity.run = self.run
        return activity


DO: Mapping[str, Callable[[Press], object]] = {
    "start": lambda press: actions.start(run=press.run, by=press.by, adopt=press.adopt),
    "go": lambda press: actions.go_to(
        run=press.run, item=press.item, seen=press.seen, by=press.by, adopt=press.adopt
    ),
    "end": lambda press: actions.end_run(run=press.run, by=press.by, adopt=press.adopt),
    "resume": lambda press: actions.resume_run(run=press.run, by=press.by),
    "agenda": lambda press: actions.use_newest_agenda(run=press.run, by=press.by),
    "admit": lambda press: actions.set_joining(run=press.run, is_open=True, by=press.by),
    "shut": lambda press: actions.set_joining(run=press.run, is_open=False, by=press.by),
    "open": lambda press: actions.open_activity(run=press.run, item=press.item, by=press.by),
    "vote": lambda press: actions.start_voting(activity=press.activity, by=press.by, adopt=press.adopt),
    "close": lambda press: actions.close_activity(activity=press.activity, by=press.by, adopt=press.adopt),
    "look": lambda press: actions.look(activity=press.activity, by=press.by),
    "reveal": lambda press: actions.reveal(activity=press.activity, by=press.by),
    "hide": lambda press: actions.hide(activity=press.activity, by=press.by),
    "page": lambda press: actions.turn_page(activity=press.activity, page=press.page, by=press.by),
}


@require_POST
def control(request: SignedIn, pk: int, do: str, adopt: Adopt) -> HttpResponse:
    """A step of the facilitator; answers a script in JSON and a plain form with the console."""
    run = run_for(request.user, pk, Right.RUN_ROOM)
    if do not in DO:
        raise Http404
    sent = request.POST
    page = sent.get("page", "")
    press = Press(
        run,
        request.user,
        adopt,
        sent.get("item", ""),
        sent.get("seen", ""),
        whole_number(page) or 0,
    )
    if not request.accepts("text/html"):
        return _answered(lambda: DO[do](press))
    DO[do](press)
    return redirect("room:console", pk)


@require_POST
def answer(request: SignedIn, pk: int, adopt: Adopt) -> JsonResponse:
    """An answer from a phone. It is stored for good when, and only when, this says so."""
    activity = activity_for(request.user, pk, Right.TAKE_PART)
    part = request.POST.get("part", "")
    try:
        value = json.loads(request.POST.get("value", ""))
    except (ValueError, RecursionError):
        return _refused(Refused(gettext("The answer could not be read. Load the page again.")))
    if part not in Part.values:
        return _refused(Refused(gettext("The answer could not be read. Load the page again.")))
    handed = actions.Handed(request.POST.get("entry", ""), Part(part), value)
    return _answered(
        lambda: actions.give_answer(activity=activity, handed=handed, by=request.user, adopt=adopt)
    )


def _answered(work: Callable[[], object]) -> JsonResponse:
    try:
        work()
    except Refused as refusal:
        return _refused(refusal)
    return JsonResponse({"stored": True})


def _refused(refusal: Refused) -> JsonResponse:
    reason = "elsewhere" if isinstance(refusal, actions.AnsweredElsewhere) else "refused"
    return JsonResponse({"sentence": str(refusal.sentence), "reason": reason}, status=409)
