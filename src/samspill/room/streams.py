"""What each face of the room shows: once per channel, the same bytes for everybody who listens to it.

Nothing here knows who looks. What is a person's own is on their device, or in the page they loaded
themselves.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import segno
from django.conf import settings
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from samspill.inputs.choices import Audience, Part
from samspill.inputs.solve import Hidden, why
from samspill.live.channels import Channel
from samspill.planning.models import Gathering
from samspill.room.choices import RunState
from samspill.room.queries import Room, Shown, present_names, room_of
from samspill.room.steps import main_steps, other_steps

Parts = dict[str, str]


def render_state(channel: Channel) -> dict[str, Any]:
    """The state of a channel of the topic "gathering:<id>", for the audience "console", "screen" or "phone".

    `{"parts": {name: HTML}}`; rendered in the active language, which must be the channel's.
    """
    gathering = (
        Gathering.objects.select_related("cohort__sector", "cohort__blueprint__measure")
        .filter(pk=int(channel.subject))
        .first()
    )
    if gathering is None:
        raise Http404
    return {"parts": parts_of(gathering, channel.audience)}


def parts_of(gathering: Gathering, face: str) -> Parts:
    """The parts of a face's page, by name, in the active language."""
    room = room_of(gathering, Audience.FACILITATOR if face == "console" else Audience.EVERYBODY)
    return FACES[face](gathering, room)


def _console(gathering: Gathering, room: Room | None) -> Parts:
    if room is None:
        return {}
    context = {
        **_common(gathering, room),
        "plan": gathering.cohort.plan(gathering.key),
        "steps": main_steps(room),
        "others": other_steps(room),
        "names": present_names(room.run),
    }
    return {
        name: _render(f"console/{name}", context) for name in ("bar", "agenda", "item", "controls", "room")
    }


def _screen(gathering: Gathering, room: Room | None) -> Parts:
    context = _common(gathering, room)
    if room is not None and room.shown is not None and room.shown.page is not None:
        context |= _result(room.shown, room.shown.page)
        context |= room.shown.kind.screen_context(room.shown.page, room.shown.asked)
    if room is not None and room.run.joining_open and room.run.state != RunState.ENDED:
        context["qr"] = qr_code(join_address(room.run.code))
        context["address"] = join_address("").removeprefix("https://").removeprefix("http://")
    return {name: _render(f"screen/{name}", context) for name in ("stage", "corner")}


def _phone(gathering: Gathering, room: Room | None) -> Parts:
    context = _common(gathering, room)
    return {name: _render(f"phone/{name}", context) for name in ("said", "stage", "count")}


FACES: Mapping[str, Callable[[Gathering, Room | None], Parts]] = {
    "console": _console,
    "screen": _screen,
    "phone": _phone,
}


def _common(gathering: Gathering, room: Room | None) -> dict[str, Any]:
    if room is None:
        return {"gathering": gathering, "room": None, "run": None, "shown": None, "tally": None}
    context = {"gathering": gathering, "room": room, "run": room.run, "shown": room.shown, "tally": None}
    context["code"] = f"{room.run.code[:3]} {room.run.code[3:]}"
    if room.shown is not None:
        context |= _asked(room.shown)
    return context


def _asked(shown: Shown) -> dict[str, Any]:
    part = Part(shown.activity.part)
    context = {
        "reason": _reason(shown),
        "several": shown.kind.takes_several(part),
        "answer_template": shown.kind.answer_template(part),
        "send_label": shown.kind.send_label(part),
        "page": shown.activity.page % shown.pages + 1,
    }
    return context if shown.tally is None else context | _result(shown, shown.tally)


def _reason(shown: Shown) -> str:
    """Why nothing is shown, when somebody might wonder."""
    if shown.hidden is None or shown.hidden == Hidden.NOT_OPENED:
        return ""
    return why(shown.hidden, shown.situation.n)


def _result(shown: Shown, tally: Any) -> dict[str, Any]:
    return {
        "tally": tally,
        "picture": shown.kind.picture(tally, shown.asked),
        "result_template": shown.kind.result_template(tally),
        "screen_template": shown.kind.screen_template(tally),
        "sentences": shown.kind.sentences(tally, shown.asked),
    }


def _render(name: str, context: Mapping[str, Any]) -> str:
    return render_to_string(f"room/{name}.html", dict(context)).strip()


def join_address(code: str) -> str:
    """What the QR code leads to; without a code, what one types."""
    address = settings.SITE_ADDRESS + reverse("room:join")
    return f"{address}?code={code}" if code else address


@lru_cache(maxsize=64)
def qr_code(address: str) -> SafeString:
    drawn = segno.make(address, error="m").svg_inline(omitsize=True, border=2, dark="black", light="white")
    return mark_safe(drawn)  # noqa: S308 -- drawn by segno from our own address
