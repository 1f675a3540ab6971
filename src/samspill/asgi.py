"""One port for everything: streams are answered in the event loop, pages by plain Django in threads."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspill.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django must be set up before any app is imported
from django.core.wsgi import get_wsgi_application  # noqa: E402

from samspill.bridge import Bridge, Receive, Scope, Send  # noqa: E402
from samspill.live.endpoints import Endpoints  # noqa: E402
from samspill.live.hub import Hub  # noqa: E402
from samspill.room.streams import render_state  # noqa: E402

# More gain nothing: SQLite has one writer, and pages are bound by the processor (docs/decisions/0001).
THREADS = 8
# A form that is a little too large deserves the page's own sentence; one far beyond never reaches it.
LONGEST_BODY = 2 * settings.MAX_UPLOAD

hub = Hub({"gathering": render_state})
streams = Endpoints(hub)
pages = Bridge(get_wsgi_application(), THREADS, LONGEST_BODY)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] == "http" and scope["path"].startswith("/live/"):
        await streams(scope, receive, send)
    else:
        await pages(scope, receive, send)


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await hub.start()
            await send({"type": "lifespan.startup.complete"})
        else:
            await hub.stop()
            pages.close()
            await send({"type": "lifespan.shutdown.complete"})
            return
