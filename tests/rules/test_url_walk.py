"""Every address is listed, asks for sign-in unless it is listed as public, and answers each role as its row says."""

import importlib
import pkgutil

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import tests
from samspill.cohorts.choices import Role
from tests.rights import FORBIDDEN, MOVED, NOT_FOUND, Row


def _addresses() -> list[str]:
    found: list[str] = []

    def walk(resolver: URLResolver, prefix: str) -> None:
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
            elif isinstance(pattern, URLPattern):
                found.append(f"{prefix}{pattern.name}" if pattern.name else str(pattern.pattern))

    walk(get_resolver(), "")
    return sorted(set(found))


def _rights() -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for module in pkgutil.iter_modules(tests.__path__, "tests."):
        if importlib.util.find_spec(f"{module.name}.url_rights") if module.ispkg else None:
            rows.update(importlib.import_module(f"{module.name}.url_rights").RIGHTS)
    return rows


RIGHTS = _rights()


def test_every_address_is_listed_and_every_row_is_an_address():
    assert sorted(RIGHTS) == _addresses()


@pytest.mark.parametrize("name", sorted(RIGHTS))
def test_nobody_gets_in_without_signing_in(name, cast, client):
    row = RIGHTS[name]
    status = _ask(client, name, row, cast)
    if row.public:
        assert status in row.answers
    else:
        assert status == MOVED
        assert "/account/" in client.get(reverse(name, kwargs=dict(row.kwargs(cast)))).url


@pytest.mark.parametrize("name", sorted(name for name, row in RIGHTS.items() if not row.public))
@pytest.mark.parametrize("role", list(Role))
def test_each_role_gets_its_right_answer(name, role, cast, client):
    row = RIGHTS[name]
    client.force_login(cast.in_role(role))
    status = _ask(client, name, row, cast)
    if role in row.allowed:
        assert status in row.answers
    else:
        assert status == row.refused


@pytest.mark.parametrize("name", sorted(name for name, row in RIGHTS.items() if not row.public))
@pytest.mark.parametrize("who", ["stranger", "other_facilitator"])
def test_another_cohorts_people_get_the_answer_for_what_is_not_there(name, who, cast, client):
    row = RIGHTS[name]
    kwargs = row.kwargs(cast)
    client.force_login(getattr(cast, who))
    if not kwargs:
        return
    there = _ask(client, name, row, cast)
    assert there in {row.stranger, NOT_FOUND, FORBIDDEN}
    if row.stranger == NOT_FOUND:
        missing = {key: _nowhere(value) for key, value in kwargs.items()}
        assert _status(client, row, reverse(name, kwargs=missing)) == there


def _nowhere(value):
    return 987654 if isinstance(value, int) else value


def _ask(client, name, row, cast):
    return _status(client, row, reverse(name, kwargs=dict(row.kwargs(cast))))


def _status(client, row, address):
    return getattr(client, row.method)(address, dict(row.data)).status_code
