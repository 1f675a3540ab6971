"""An upload waits on the server until its owner confirms it, a day at most."""

from datetime import timedelta

import pytest
from django.http import Http404, QueryDict
from django.utils import timezone

from samspill.errors import Refused
from samspill.spreadsheets.actions import forget_uploads, keep, throw_away
from samspill.spreadsheets.choices import Verdict
from samspill.spreadsheets.models import Pending
from samspill.spreadsheets.preview import Line, chosen_from
from samspill.spreadsheets.queries import pending, table_of
from samspill.spreadsheets.reading import read_bytes
from samspill.spreadsheets.table import Row

TABLE = read_bytes("Navn;E-post\nÅse;a@example.org\nb;c;d\n".encode())


@pytest.fixture
def kept(db) -> Pending:
    return keep(table=TABLE, kind="leaders:1", name="ledere.csv", by=5)


def test_what_was_uploaded_comes_back_as_it_was(kept):
    assert table_of(pending(key=kept.key, kinds=["leaders:1"], person=5)) == TABLE


@pytest.mark.parametrize(("kinds", "person"), [(["leaders:1"], 6), (["leaders:2"], 5)])
def test_nobody_else_sees_it_and_it_is_for_one_thing_only(kept, kinds, person):
    with pytest.raises(Http404):
        pending(key=kept.key, kinds=kinds, person=person)


def test_when_it_is_thrown_away_the_page_says_so(kept):
    throw_away(pending=kept, by=6)
    assert pending(key=kept.key, kinds=["leaders:1"], person=5) == kept
    throw_away(pending=kept, by=5)
    with pytest.raises(Refused):
        pending(key=kept.key, kinds=["leaders:1"], person=5)


def test_after_a_day_it_is_gone(kept):
    Pending.objects.update(created_at=timezone.now() - timedelta(days=1, minutes=1))
    with pytest.raises(Refused):
        pending(key=kept.key, kinds=["leaders:1"], person=5)
    newer = keep(table=TABLE, kind="leaders:1", name="", by=5)
    assert list(Pending.objects.all()) == [newer]


def test_an_erased_persons_uploads_go(kept):
    other = keep(table=TABLE, kind="leaders:1", name="", by=6)
    forget_uploads(person=5)
    assert list(Pending.objects.all()) == [other]


def line(number: int, verdict: Verdict) -> Line:
    return Line(Row(number, {}), "x", verdict)


@pytest.mark.parametrize(
    ("posted", "taken"),
    [
        ("", [2]),
        ("accept=3", [2, 3]),
        ("accept_all=yes", [2, 3, 4]),
        ("accept_all=yes&leave_out=3", [2, 4]),
        ("leave_out=2", []),
        ("accept=x&accept=5&accept=6", [2]),
    ],
)
def test_only_new_rows_and_accepted_changes_are_taken(posted, taken):
    lines = [
        line(2, Verdict.NEW),
        line(3, Verdict.CHANGE),
        line(4, Verdict.CHANGE),
        line(5, Verdict.UNCHANGED),
        line(6, Verdict.REFUSED),
    ]
    chosen = chosen_from(QueryDict(posted))
    assert [one.row.number for one in lines if chosen.takes(one)] == taken
