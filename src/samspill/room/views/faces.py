"""The three faces of a gathering while it runs, and the way in."""

from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samspill.cohorts.access import Right, may, role_in
from samspill.errors import TooOften
from samspill.inputs.choices import Attribution
from samspill.live import tokens
from samspill.live.channels import Channel
from samspill.people.models import Person
from samspill.people.requests import SignedIn
from samspill.planning.access import gathering_for
from samspill.planning.models import Gathering
from samspill.planning.queries import current_release
from samspill.room import actions
from samspill.room.access import run_for
from samspill.room.choices import ActivityState
from samspill.room.forms import CodeForm
from samspill.room.models import Attendance, Run
from samspill.room.queries import own_answers, run_with_code
from samspill.room.streams import parts_of

FACE_RIGHTS = {"console": Right.RUN_ROOM, "screen": Right.RUN_ROOM, "phone": Right.TAKE_PART}
CODE_ATTEMPTS = 10
CODE_PAUSE = 600  # seconds


@never_cache
@require_GET
def console(request: SignedIn, pk: int) -> HttpResponse:
    gathering = gathering_for(request.user, pk, Right.RUN_ROOM)
    run = Run.objects.filter(gathering=gathering).first()
    if run is None:
        context = {"gathering": gathering, "cohort": gathering.cohort, "release": current_release(gathering)}
        return render(request, "room/open.html", {**context, "chain_at": f"gathering-{gathering.number}"})
    return render(request, "room/console.html", {**_face(gathering, "console"), "run": run})


@never_cache
@require_GET
def screen(request: SignedIn, pk: int) -> HttpResponse:
    gathering = gathering_for(request.user, pk, Right.RUN_ROOM)
    return render(request, "room/screen.html", _face(gathering, "screen"))


@never_cache
@require_GET
def phone(request: SignedIn, pk: int) -> HttpResponse:
    gathering = gathering_for(request.user, pk, Right.SEE_COHORT)
    context = {"gathering": gathering, "cohort": gathering.cohort}
    if not may(request.user, gathering.cohort, Right.TAKE_PART):
        runs_it = may(request.user, gathering.cohort, Right.RUN_ROOM)
        return render(request, "room/onlooker.html", {**context, "runs_it": runs_it})
    run = Run.objects.filter(gathering=gathering).first()
    here = run and Attendance.objects.filter(run=run, membership__person=request.user).exists()
    if run is not None and not here:
        return render(request, "room/arrive.html", {**context, "run": run})
    own = _own(run, request.user) if run else {}
    return render(
        request, "room/phone.html", {**_face(gathering, "phone"), "own": own, "owner": _owner(request.user)}
    )


@require_POST
def arrive(request: SignedIn, pk: int) -> HttpResponse:
    actions.join(run=run_for(request.user, pk, Right.TAKE_PART), by=request.user)
    return redirect("room:phone", pk)


@require_POST
def open_room(request: SignedIn, pk: int) -> HttpResponse:
    actions.open_room(gathering=gathering_for(request.user, pk, Right.RUN_ROOM), by=request.user)
    return redirect("room:console", pk)


@never_cache
@require_GET
def renew(request: SignedIn, pk: int, face: str) -> JsonResponse:
    """New addresses of the stream, for somebody who may still listen."""
    if face not in FACE_RIGHTS:
        raise Http404
    return JsonResponse(_addresses(gathering_for(request.user, pk, FACE_RIGHTS[face]), face))


@require_http_methods(["GET", "POST"])
def join(request: SignedIn) -> HttpResponse:
    """The room code, typed or from the QR code. It only leads the way: who may come in is decided there."""
    form = CodeForm(request.POST or request.GET or None)
    if form.is_bound and form.is_valid():
        _count_attempt(request.user)
        run = run_with_code(form.cleaned_data["code"])
        if run is not None and role_in(request.user, run.gathering.cohort) is not None:
            return redirect("room:phone", run.gathering_id)
        form.add_error(
            "code",
            gettext(
                "There is no gathering with this code that you take part in. Check the code on the screen. "
                "If it is right, you are not on the list yet: ask the facilitator to enrol you."
            ),
        )
    return render(request, "room/join.html", {"form": form})


def _count_attempt(person: Person) -> None:
    """Per person, never per address: a whole ministry sits behind one."""
    key = f"room-code-{person.pk}"
    attempts = cache.get(key, 0) + 1
    cache.set(key, attempts, CODE_PAUSE)
    if attempts > CODE_ATTEMPTS:
        raise TooOften(
            gettext(
                "The code has been tried many times. Wait ten minutes, or open the link in your invitation."
            )
        )


def _face(gathering: Gathering, face: str) -> dict[str, Any]:
    """What the page of a face needs: its parts as they are now, and where to hear of new ones."""
    return {
        "gathering": gathering,
        "cohort": gathering.cohort,
        "face": face,
        "parts": parts_of(gathering, face),
        "addresses": _addresses(gathering, face),
        "now": round(timezone.now().timestamp() * 1000),
    }


def _addresses(gathering: Gathering, face: str) -> dict[str, str]:
    return tokens.addresses(Channel(actions.topic_of(gathering), face, get_language() or "nb"))


def _owner(person: Person) -> str:
    """Keeps apart on one device what two persons have written; says nothing about them elsewhere."""
    return salted_hmac("samspill.room.owner", str(person.pk)).hexdigest()[:20]


def _own(run: Run, person: Person) -> dict[str, list[dict[str, Any]]]:
    """The person's own named answers in what is open, so that they can be changed from another device."""
    named = run.activities.filter(state=ActivityState.OPEN, attribution=Attribution.NAMED)
    return {
        f"{activity.pk}-{activity.part}": [
            {"entry": entry, "value": value} for entry, value in own_answers(activity, person)
        ]
        for activity in named
    }
