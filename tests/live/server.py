"""A server with the real hub and the real endpoints, and topics of its own instead of the room's.

`python -m tests.live.server PORT`. POST /announce?topic=… announces from inside the web process; the rest is
what `samspill serve` runs.
"""

import socket
import sys
from collections import Counter
from threading import Lock
from typing import Any

import django

django.setup()

from django.core.handlers.wsgi import WSGIRequest  # noqa: E402
from django.http import HttpResponse  # noqa: E402

from samspill import asgi  # noqa: E402
from samspill.live import hub as hubs  # noqa: E402
from samspill.live.actions import announce  # noqa: E402
from samspill.live.channels import Channel  # noqa: E402
from samspill.live.queries import version  # noqa: E402
from samspill.serving import web  # noqa: E402

PADDING = {"small": 0, "huge": 2_000_000}  # letters, by audience

# On PostgreSQL other processes must be heard by NOTIFY, not found by looking.
hubs.LOOK_ON_POSTGRESQL = 3600.0
_renderings: Counter[Channel] = Counter()
_lock = Lock()


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


def announcements(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    request = WSGIRequest(environ)
    for _ in range(int(request.GET.get("times", "1"))):
        announce(request.GET["topic"])
    response = HttpResponse("announced")
    start_response("200 OK", list(response.items()))
    return [response.content]


if __name__ == "__main__":
    asgi.hub._renderers = {"test": render}
    asgi.pages._wsgi = announcements
    web.serve(socket.create_server(("127.0.0.1", int(sys.argv[1]))))
