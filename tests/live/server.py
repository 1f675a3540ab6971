"""`python -m tests.live.server PORT`: the real server, hub and endpoints, with topics and pages of its own.

/announce announces from inside the web process, /page loads the client's modules, /answer stores what comes.
"""

import socket
import sys
from collections import Counter
from pathlib import Path
from threading import Lock
from typing import Any

import django

django.setup()

from django.contrib.staticfiles import finders  # noqa: E402
from django.core.handlers.wsgi import WSGIRequest  # noqa: E402
from django.http import HttpRequest, HttpResponse, JsonResponse  # noqa: E402

from samspill import asgi  # noqa: E402
from samspill.live import hub as hubs  # noqa: E402
from samspill.live.actions import announce  # noqa: E402
from samspill.live.channels import Channel  # noqa: E402
from samspill.live.queries import version  # noqa: E402
from samspill.live.tokens import addresses  # noqa: E402
from samspill.serving import web  # noqa: E402

PADDING = {"small": 0, "medium": 3000, "huge": 2_000_000}  # letters, by audience

# On PostgreSQL other processes must be heard by NOTIFY, not found by looking.
hubs.LOOK_ON_POSTGRESQL = 3600.0
_renderings: Counter[Channel] = Counter()
_lock = Lock()
_answers: dict[str, list[str]] = {}


def render(channel: Channel) -> dict[str, Any]:
    with _lock:
        _renderings[channel] += 1
    return {
        "announced": version(channel.topic),
        "audience": channel.audience,
        "language": channel.language,
        "rendering": _renderings[channel],
        "padding": "x" * PADDING.get(channel.audience, 0),
    }


def _announce(request: HttpRequest) -> HttpResponse:
    for _ in range(int(request.GET.get("times", "1"))):
        announce(request.GET["topic"])
    return HttpResponse("announced")


def _renew(request: HttpRequest) -> HttpResponse:
    return JsonResponse(addresses(Channel(request.GET["topic"], "small", "nb")))


def _answer(request: HttpRequest) -> HttpResponse:
    """Stores each entry once, as the room does; the same entry again changes it."""
    assert request.headers["Idempotency-Key"] == request.POST["entry"]
    _answers[request.POST["entry"]] = request.POST.getlist("text")
    return JsonResponse({"number": len(_answers)})


def _stored(request: HttpRequest) -> HttpResponse:
    return JsonResponse(_answers)


def _page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!doctype html><title>Test</title><script type=module src=/static/page.js></script>")


def _script(request: HttpRequest) -> HttpResponse:
    name = request.path.removeprefix("/static/")
    return HttpResponse(OWN_SCRIPT if name == "page.js" else _source(name), content_type="text/javascript")


def _source(name: str) -> str:
    found = finders.find(name)
    assert isinstance(found, str)
    return Path(found).read_text()


OWN_SCRIPT = """
import { listen } from "/static/live/stream.js";
import { makeEntry, post, resend, unsent } from "/static/live/outbox.js";
window.live = { listen, makeEntry, post, resend, unsent };
"""
PAGES = {"announce": _announce, "renew": _renew, "answer": _answer, "stored": _stored, "page": _page}


def pages(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    request = WSGIRequest(environ)
    first = request.path.split("/")[1]
    response = _script(request) if first == "static" else PAGES[first](request)
    start_response(f"{response.status_code} OK", list(response.items()))
    return [response.content]


if __name__ == "__main__":
    asgi.hub._renderers = {"test": render}
    asgi.pages._wsgi = pages
    web.serve(socket.create_server(("127.0.0.1", int(sys.argv[1]))))
