"""Every address is listed, asks for sign-in unless it is listed as public, and answers each role as its row says."""

import importlib
import pkgutil

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import tests
from samspill.cohorts.choices import Role
from tests.rights import MOVED, NOT_FOUND, Row


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
BEHIND_SIGN_IN = sorted(name for name, row in RIGHTS.items() if not row.public)


def test_every_address_is_listed_and_every_row_is_an_address():
    assert sorted(RIGHTS) == _addresses()


@pytest.mark.parametrize("name", sorted(RIGHTS))
def test_nobody_gets_in_without_signing_in(name, cast, client):
    row = RIGHTS[name]
    address = reverse(name, kwargs=dict(row.kwargs(cast)))
    status = _ask(client, row, address)
    if row.public:
        assert status in row.answers
    else:
        assert status == MOVED
        assert "/account/" in client.get(address).url


@pytest.mark.parametrize("name", BEHIND_SIGN_IN)
def test_each_role_gets_its_right_answer(name, cast, client):
    row = RIGHTS[name]
    address = reverse(name, kwargs=dict(row.kwargs(cast)))
    wrong = {}
    for role in Role:
        client.force_login(cast.in_role(role))
        status = _ask(client, row, address)
        legal = row.answers if role in row.allowed else (row.refused,)
        if status not in legal:
            wrong[role] = (status, legal)
    assert wrong == {}


@pytest.mark.parametrize("name", [name for name in BEHIND_SIGN_IN if RIGHTS[name].stranger == NOT_FOUND])
@pytest.mark.parametrize("who", ["stranger", "other_facilitator"])
def test_what_belongs_to_another_cohort_answers_as_what_is_not_there(name, who, cast, client):
    row = RIGHTS[name]
    kwargs = row.kwargs(cast)
    if not any(isinstance(value, int) for value in kwargs.values()):
        return
    client.force_login(getattr(cast, who))
    missing = {key: 987654 if isinstance(value, int) else value for key, value in kwargs.items()}
    there = _ask(client, row, reverse(name, kwargs=dict(kwargs)))
    nowhere = _ask(client, row, reverse(name, kwargs=missing))
    assert (there, nowhere) == (NOT_FOUND, NOT_FOUND)


def _ask(client, row, address):
    """The status of the answer; whatever a POST changed is taken back, so that every role meets the same site."""
    with transaction.atomic():
        status = getattr(client, row.method)(address, dict(row.data)).status_code
        transaction.set_rollback(True)
    return status
