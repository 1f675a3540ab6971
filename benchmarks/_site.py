"""The page that servers are measured with: a session, a signed-in person, one row written, and the answer.

`python -m benchmarks._site prepare` makes the database and prints a session key;
`python -m benchmarks._site serve VARIANT PORT THREADS` serves the page in one of the ways that are compared.
"""

import importlib
import secrets
import sys
from typing import Any

import django

django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.asgi import get_asgi_application
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from samspill.audit.actions import record
from samspill.bridge import Bridge
from samspill.people.models import Person


@csrf_exempt
def write(request: HttpRequest) -> HttpResponse:
    record(key="bench.wrote", subject="bench:1", actor=request.user.pk)
    return HttpResponse("stored")


urlpatterns = [path("write", write)]


def prepare() -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    person = Person.objects.create(email=f"{secrets.token_hex(4)}@example.org", name="Bench")
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    print(session.session_key)


def serve(variant: str, port: int, threads: int) -> None:
    settings.ROOT_URLCONF = __name__
    if variant == "granian":
        granian = importlib.import_module("granian")
        interface = importlib.import_module("granian.constants").Interfaces.WSGI
        server = granian.Granian(
            "benchmarks._site:wsgi",
            port=port,
            interface=interface,
            blocking_threads=threads,
            log_enabled=False,
        )
        server.serve()
        return
    uvicorn = importlib.import_module("uvicorn")
    uvicorn.run(
        APPLICATIONS[variant](threads), port=port, access_log=False, log_level="error", lifespan="off"
    )


def _a2wsgi(threads: int) -> Any:
    return importlib.import_module("a2wsgi").WSGIMiddleware(get_wsgi_application(), workers=threads)


APPLICATIONS = {
    "bridge": lambda threads: Bridge(get_wsgi_application(), threads, 1024 * 1024),
    "a2wsgi": _a2wsgi,
    "asgi": lambda threads: get_asgi_application(),
}

if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare()
    else:
        serve(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
else:
    settings.ROOT_URLCONF = __name__
    wsgi = get_wsgi_application()
