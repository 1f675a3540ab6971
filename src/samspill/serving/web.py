"""One web process: pages and streams on the socket it was given."""

import resource
import socket

import uvicorn

from samspill.asgi import application, hub


class _Server(uvicorn.Server):
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Streams never end by themselves, and the server would wait for them."""
        hub.end_streams()
        await super().shutdown(sockets)


def serve(listening: socket.socket) -> None:
    """Answer until SIGTERM. No access log: addresses and clock times would tell who answered when."""
    _allow_many_connections()
    config = uvicorn.Config(
        application,
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=8,
        ws="none",
        lifespan="on",
    )
    _Server(config).run(sockets=[listening])


def _allow_many_connections() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
