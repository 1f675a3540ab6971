"""The lists: each person's own, the cohort's, and what the next gathering takes up."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from samspill.followup.choices import Arena, Status
from samspill.followup.models import Commitment
from samspill.followup.queries import Filter, commitments_of, my_commitments, open_commitments, tally_of
from tests.cast import Cast
from tests.followup.parts import WHAT, in_days, make_commitment, make_gathering, reported


@pytest.fixture(autouse=True)
def _english(cast: Cast) -> None:
    type(cast.leader).objects.update(language="en")


def as_person(person) -> Client:
    client = Client()
    client.force_login(type(person).objects.get(pk=person.pk))
    return client


def test_a_leader_sees_only_what_they_have_promised_themselves(cast: Cast) -> None:
    mine = make_commitment(cast, due=in_days(9))
    earlier = make_commitment(cast, what="Først", due=in_days(2))
    make_commitment(cast, cast.leaders[1], what="En annens ord")

    assert list(my_commitments(cast.leader)) == [earlier, mine]
    page = as_person(cast.leader).get(reverse("followup:mine")).content.decode()
    assert page.index("Først") < page.index(WHAT)
    assert "En annens ord" not in page


def test_the_lists_ask_the_database_as_often_for_one_row_as_for_three(cast: Cast) -> None:
    def queries_for(person, address: str) -> int:
        client = as_person(person)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    def counts() -> tuple[int, int]:
        return (
            queries_for(cast.leader, reverse("followup:mine")),
            queries_for(cast.facilitator, reverse("followup:cohort", args=[cast.cohort.pk])),
        )

    reported(cast)
    for_one = counts()
    reported(cast)
    reported(cast)

    assert counts() == for_one


def test_one_tap_marks_it_done_and_undo_takes_it_back(cast: Cast) -> None:
    commitment = make_commitment(cast)
    client = as_person(cast.leader)

    done = client.post(reverse("followup:status", args=[commitment.pk]), {"status": "done"}, follow=True)
    assert "Undo what you said today" in done.content.decode()
    assert Commitment.objects.get().status == "done"

    client.post(reverse("followup:undo", args=[commitment.pk]))
    assert Commitment.objects.get().status == "open"


def test_a_note_that_cannot_be_stored_is_not_lost(cast: Cast) -> None:
    commitment = make_commitment(cast)

    page = as_person(cast.leader).post(
        reverse("followup:status", args=[commitment.pk]), {"status": "wrong", "note": "Mine egne ord"}
    )

    assert page.status_code == 409
    assert "Mine egne ord" in page.content.decode()


def test_the_form_keeps_what_was_typed_and_says_what_is_wrong(cast: Cast) -> None:
    address = reverse("followup:add", args=[cast.cohort.pk])

    page = as_person(cast.leader).post(
        address, {"what": WHAT, "due": in_days(-1).isoformat(), "arena": "agency_plan"}
    )

    assert "The date has passed. Choose today or a later date." in page.content.decode()
    assert WHAT in page.content.decode()


def test_the_cohorts_list_can_be_narrowed(cast: Cast) -> None:
    late = make_commitment(cast, due=in_days(-1), arena="instruction")
    done = make_commitment(cast, cast.leaders[2], status="done")
    dropped = make_commitment(cast, cast.leaders[3], status="dropped", due=in_days(40))

    def found(**wanted: object) -> list[Commitment]:
        return list(commitments_of(cast.cohort, Filter(**wanted)))  # type: ignore[arg-type]

    assert found() == [late, done, dropped]
    assert found(status="done") == [done]
    assert found(arena="instruction") == [late]
    assert found(organisation=cast.agencies[0].pk) == [done]
    assert found(overdue_on=in_days(0)) == [late]
    page = as_person(cast.facilitator).get(
        reverse("followup:cohort", args=[cast.cohort.pk]), {"status": "overdue"}
    )
    assert list(page.context["commitments"]) == [late]
    silly = as_person(cast.facilitator).get(
        reverse("followup:cohort", args=[cast.cohort.pk]), {"status": "¤%&"}
    )
    assert list(silly.context["commitments"]) == [late, done, dropped]


def test_open_commitments_are_carried_over_to_later_gatherings_until_they_are_done(cast: Cast) -> None:
    first, second, third = (make_gathering(cast.cohort, number) for number in (1, 2, 3))
    between = make_commitment(cast, due=in_days(1))
    early = make_commitment(cast, gathering=first, due=in_days(2))
    later = make_commitment(cast, gathering=second, due=in_days(3))
    make_commitment(cast, gathering=first, status="done")

    assert list(open_commitments(cast.cohort, before=first)) == [between]
    assert list(open_commitments(cast.cohort, before=second)) == [between, early]
    assert list(open_commitments(cast.cohort, before=third)) == [between, early, later]


def test_the_numbers_count_everything_once(cast: Cast) -> None:
    make_commitment(cast, due=in_days(-1))
    make_commitment(cast, status="done", arena="instruction")
    make_commitment(cast, status="dropped")

    tally = tally_of(cast.cohort, today=in_days(0))

    assert (tally.total, tally.open, tally.done, tally.dropped, tally.overdue) == (3, 1, 1, 1, 1)
    assert tally.by_arena[Arena.LEADER_MEETING] == {Status.OPEN: 1, Status.DONE: 0, Status.DROPPED: 1}
    assert tally_of(cast.other_cohort, today=in_days(0)).total == 0


def test_the_sheet_holds_what_the_page_shows(cast: Cast) -> None:
    make_commitment(cast, what="=1+1", due=in_days(5))
    make_commitment(cast, status="done")

    sheet = as_person(cast.facilitator).get(
        reverse("followup:csv", args=[cast.cohort.pk]), {"status": "open"}
    )
    lines = sheet.content.decode("utf-8-sig").splitlines()

    assert lines == [
        "What;By when;Status;Followed up in;Who;Title;Organisation;Last note",
        f"'=1+1;{in_days(5)};Open;The leader meeting's agenda;Leder 1;Leder 1;Øvingsdepartementet;",
    ]


def test_a_page_with_nothing_on_it_says_so_kindly(cast: Cast) -> None:
    with translation.override("en"):
        texts = {
            "leader": "You have no open commitments",
            "guest": "Nothing is followed up here",
        }
    for who, text in texts.items():
        assert text in as_person(getattr(cast, who)).get(reverse("followup:mine")).content.decode()
