"""What must be in order before a server starts. Everything that is not becomes a sentence."""

import errno
import hashlib
import socket

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from samspill.errors import Refused

# django_htmx brings its own copy of htmx with extensions, which no page loads and which import each other by names
# that only its bundler knows.
NOT_SERVED = ["django_htmx"]


def require_database_for(workers: int) -> None:
    if workers > 1 and settings.ON_SQLITE:
        raise Refused(
            f"{workers} web processes need PostgreSQL: SQLite lets one process write at a time, and the "
            "others would keep people waiting. Set SAMSPILL_DATABASE to a postgresql:// address, or leave "
            "out --workers."
        )


def listen(host: str, port: int) -> socket.socket:
    """A socket on which connections already queue up. Raises Refused when the port cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Refused(
                f"Port {port} is taken by another program. Stop that program, or choose another port, for "
                f"example PORT={port + 1}."
            ) from error
        raise Refused(f"Port {port} on {host} cannot be used: {error.strerror}.") from error
    except OverflowError as error:
        raise Refused(f"{port} is no port; choose a number from 1 to 65535.") from error


def migrate() -> None:
    """Bring the database up to this version; an empty place becomes an empty site."""
    settings.DATA.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def is_migrated() -> bool:
    executor = MigrationExecutor(connections["default"])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def require_migrated() -> None:
    if not is_migrated():
        raise Refused("The database is older than this version of Samspill; run 'samspill migrate' first.")


def collect_static_files() -> None:
    """Put the static files where the server finds them under names that may be kept for ever."""
    stamp, manifest = settings.DATA / "static-made-from", settings.STATIC_ROOT / "staticfiles.json"
    wanted = _fingerprint_of_static_files()
    if manifest.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=NOT_SERVED)
    stamp.write_text(wanted, encoding="ascii")


def _fingerprint_of_static_files() -> str:
    """Changes when any of them does, as far as its size and time tell."""
    found = [
        (path, storage.size(path), str(storage.get_modified_time(path)))
        for finder in get_finders()
        for path, storage in finder.list(NOT_SERVED)
    ]
    return hashlib.sha256(repr(sorted(found)).encode()).hexdigest()
