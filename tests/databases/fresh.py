"""A database of its own for a server process that a test starts, on whichever engine the tests run."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.conf import settings
from psycopg import sql


@contextmanager
def fresh_database(folder: Path) -> Iterator[str]:
    """The address of an empty database, as SAMSPILL_DATABASE takes it."""
    if settings.ON_SQLITE:
        yield f"sqlite:///{folder / 'site.sqlite3'}"
        return
    ours = settings.DATABASES["default"]
    name = f"samspill_{secrets.token_hex(6)}"
    login = {"host": ours["HOST"], "user": ours["USER"], "password": ours["PASSWORD"], "port": ours["PORT"]}
    with psycopg.connect(dbname="postgres", autocommit=True, **_given(login)) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield (
                f"postgresql://{quote(ours['USER'])}:{quote(ours['PASSWORD'])}@/{name}"
                f"?host={ours['HOST']}&port={ours['PORT'] or 5432}"
            )
        finally:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _given(login: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in login.items() if value}
