"""The owner's portfolio: every sector, in the same number of queries however many there are."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from samspill.cohorts.choices import Role, State
from samspill.cohorts.models import Cohort, Membership
from samspill.evaluation.choices import WaveKind
from samspill.evaluation.models import Asked, Wave
from samspill.home.queries.portfolio import Rate, portfolio, sorted_by, totals
from samspill.planning.models import AgendaRelease, Gathering
from samspill.room.choices import RunState
from samspill.room.models import Attendance, Run
from tests.cast import make_sector


def _hold(cohort, number, people):
    gathering = Gathering.objects.create(cohort=cohort, number=number, key=f"g{number}")
    release = AgendaRelease.objects.create(gathering=gathering, number=1, items=[])
    run = Run.objects.create(
        gathering=gathering, release=release, code=f"{cohort.pk}X{number}", state=RunState.ENDED
    )
    for person in people:
        membership = Membership.objects.get(cohort=cohort, person=person)
        Attendance.objects.create(run=run, membership=membership, came_on=timezone.localdate())


def _ask(cohort, kind, answered):
    wave = Wave.objects.create(cohort=cohort, kind=kind, instrument={})
    for number, membership in enumerate(cohort.memberships.filter(role=Role.LEADER)):
        on = timezone.localdate() if number < answered else None
        Asked.objects.create(wave=wave, membership=membership, answered_on=on)


def test_a_cohort_is_counted_once_in_every_column(cast):
    _hold(cast.cohort, 1, [cast.host, cast.leader])
    _hold(cast.cohort, 2, [cast.host, cast.leaders[1], cast.facilitator])
    Gathering.objects.create(cohort=cast.cohort, number=3, key="g3")
    _ask(cast.cohort, WaveKind.BEFORE, answered=4)
    row = next(row for row in portfolio() if row.pk == cast.cohort.pk)
    assert (row.held, row.planned, row.reached, row.enrolled) == (2, 3, 3, 7)
    assert row.rates == {WaveKind.BEFORE: Rate(answered=4, asked=6)}
    assert row.before is not None
    assert row.before.per_cent == 67
    assert row.after is None


def test_filters_and_sums(cast):
    Cohort.objects.filter(pk=cast.other_cohort.pk).update(state=State.DECLINED, half_year="2025-1")
    assert [row.pk for row in portfolio(state=State.DECLINED)] == [cast.other_cohort.pk]
    assert [row.pk for row in portfolio(half_year="2026-2")] == [cast.cohort.pk]
    assert [row.pk for row in portfolio(words="øvings")] == [cast.cohort.pk]
    assert totals(portfolio()).enrolled == 8


@pytest.mark.parametrize(("order", "first"), [("sector", "Prøvesektoren"), ("-sector", "Øvingssektoren")])
def test_sorting(cast, order, first):
    assert sorted_by(portfolio(), order)[0].sector["nb"] == first


def test_the_page_asks_as_few_questions_for_many_sectors_as_for_one(cast, client, django_assert_num_queries):
    client.force_login(cast.owner)
    Cohort.objects.filter(pk=cast.other_cohort.pk).delete()
    with CaptureQueriesContext(connection) as for_one:
        client.get(reverse("home:portfolio"))
    for name in ("En", "To"):
        sector, _ministry, _agencies = make_sector(name)
        Cohort.objects.create(sector=sector, blueprint=cast.cohort.blueprint, half_year="2027-1")
    with django_assert_num_queries(len(for_one)):
        client.get(reverse("home:portfolio"))


def test_csv_and_xlsx_hold_what_is_shown(cast, client):
    client.force_login(cast.owner)
    address = reverse("home:portfolio_export", args=["csv"])
    text = client.get(address, {"words": "øvings"}).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [row[0] for row in rows] == ["Departementsområde", "Øvingssektoren"]
    assert rows[1][1:7] == ["Tilrettelegging", "2026-2", "0", "0", "0", "7"]
    book = load_workbook(io.BytesIO(client.get(reverse("home:portfolio_export", args=["xlsx"])).content))
    assert [row[0].value for row in book.active.iter_rows(min_row=2)] == ["Prøvesektoren", "Øvingssektoren"]


def test_another_kind_of_file_is_not_there(cast, client):
    client.force_login(cast.owner)
    assert client.get(reverse("home:portfolio_export", args=["pdf"])).status_code == 404
