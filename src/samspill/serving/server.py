"""Web, streams and the job worker as one server."""

import socket
from functools import partial
from importlib import import_module

from django.conf import settings
from django.db import connections

from samspill.serving import jobs, web
from samspill.serving.children import Children


def serve(listening: socket.socket, workers: int) -> None:
    """Returns when the server has been stopped in good order."""
    import_module(settings.ROOT_URLCONF)  # every page, once, and not in each child at its first request
    connections.close_all()  # a connection must not be shared with forked children
    webs = {f"web {number}": partial(web.serve, listening) for number in range(1, workers + 1)}
    Children({**webs, "job": jobs.work}).keep()
