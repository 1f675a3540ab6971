"""One port for everything: streams are answered in the event loop, pages by plain Django in threads."""

import os

import django
from a2wsgi import WSGIMiddleware

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspill.settings")
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402 - Django must be set up before apps are imported

from samspill.live.endpoints import Endpoints, Receive, Scope, Send  # noqa: E402
from samspill.live.hub import Hub  # noqa: E402

hub = Hub({})
streams = Endpoints(hub)
pages = WSGIMiddleware(get_wsgi_application(), workers=8)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["path"].startswith("/live/"):
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
            await send({"type": "lifespan.shutdown.complete"})
            return
