"""Settings from the environment, or from files named by it. Wrong values stop the start with the cure in the text."""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = "yes", "no"


def flag(name: str, default: bool, environ: Mapping[str, str] = os.environ) -> bool:
    value = environ.get(name)
    if value is None:
        return default
    if value not in (TRUE, FALSE):
        raise ImproperlyConfigured(f"{name} must be '{TRUE}' or '{FALSE}', not '{value}'.")
    return value == TRUE


def number(name: str, default: int, lowest: int, environ: Mapping[str, str] = os.environ) -> int:
    value = environ.get(name)
    if value is None:
        return default
    if not value.isdecimal() or int(value) < lowest:
        raise ImproperlyConfigured(f"{name} must be a whole number of at least {lowest}, not '{value}'.")
    return int(value)


def words(name: str, default: str = "", environ: Mapping[str, str] = os.environ) -> list[str]:
    return [word.strip() for word in environ.get(name, default).split(",") if word.strip()]


def text(name: str, default: str, environ: Mapping[str, str] = os.environ) -> str:
    return environ.get(name, default)


def secret(name: str, default: str = "", environ: Mapping[str, str] = os.environ) -> str:
    """The value of NAME, or the contents of the file that NAME_FILE points to."""
    path = environ.get(f"{name}_FILE")
    if path is None:
        return environ.get(name, default)
    if name in environ:
        raise ImproperlyConfigured(f"Set either {name} or {name}_FILE, not both.")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name}_FILE names {path}, which cannot be read: {error.strerror}."
        ) from error


def database_from_url(url: str) -> dict[str, object]:
    """`sqlite:///path` or `postgresql://user:password@host:port/name` as a Django database setting."""
    if url.startswith("sqlite:///"):
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": url.removeprefix("sqlite:///"),
            "CONN_MAX_AGE": None,  # opening one costs as much as a small page; every thread keeps its own
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
                    "PRAGMA cache_size=-20000;"
                ),
            },
        }
    if url.startswith(("postgresql://", "postgres://")):
        return _postgresql(url)
    raise ImproperlyConfigured(
        "SAMSPILL_DATABASE must begin with sqlite:/// or postgresql://, for example "
        "postgresql://samspill:secret@localhost/samspill."
    )


def _postgresql(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", [parts.hostname or ""])[0],
        "PORT": str(parts.port or query.get("port", [""])[0]),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
