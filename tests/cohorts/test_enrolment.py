"""Who is in a cohort, as what, and how they leave it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from samspill.cohorts import actions
from samspill.cohorts.access import Right, cohort_for
from samspill.cohorts.actions import Place
from samspill.cohorts.choices import Role, State
from samspill.cohorts.models import Cohort, Membership
from samspill.cohorts.queries import cohorts_seen_by, members, participants, personal_data
from samspill.errors import Refused
from samspill.sectors.choices import SectorKind
from samspill.sectors.models import Sector
from tests.cast import Cast, make_sector, person


def place(cast: Cast, role: Role = Role.LEADER, **more: object) -> Place:
    return Place(role, cast.agencies[0], "Direktør", **more)  # type: ignore[arg-type]


def test_a_leader_is_enrolled_on_the_side_of_their_organisation(cast: Cast) -> None:
    head, director = person("head", "Leder"), person("director", "Leder")
    one = actions.enrol(cohort=cast.cohort, person=head, place=place(cast), by=cast.resource)
    seat = Place(Role.LEADER, cast.ministry, "Ekspedisjonssjef")
    other = actions.enrol(cohort=cast.cohort, person=director, place=seat, by=cast.resource)
    assert (one.side, other.side) == ("agency", "ministry")


def test_bodies_that_are_equal_have_one_side(cast: Cast) -> None:
    Sector.objects.filter(pk=cast.cohort.sector_id).update(kind=SectorKind.EQUAL_BODIES)
    cohort = Cohort.objects.get(pk=cast.cohort.pk)
    one = actions.enrol(cohort=cohort, person=person("head", "Leder"), place=place(cast), by=cast.owner)
    assert one.side == "equal"


def test_enrolling_again_gives_another_place_and_no_second_seat(cast: Cast) -> None:
    before = members(cast.cohort).count()
    again = Place(Role.GUEST, cast.ministry, "Innleder")
    actions.enrol(cohort=cast.cohort, person=cast.leader, place=again, by=cast.owner)
    found = members(cast.cohort)
    assert found.count() == before
    assert found.get(person=cast.leader).role == Role.GUEST


def test_places_that_cannot_be(cast: Cast) -> None:
    _sector, ministry, _agencies = make_sector("Fremmed")
    stray = Membership.objects.get(person=cast.stranger)
    own = Membership.objects.get(person=cast.leader)
    for wrong in (
        Place(Role.OWNER, cast.ministry),
        Place(Role.LEADER, ministry),
        Place(Role.HOST, ministry),
        Place(Role.DELEGATE, cast.ministry),
        Place(Role.DELEGATE, cast.ministry, acts_for=stray),
        Place(Role.LEADER, cast.ministry, acts_for=own),
    ):
        with pytest.raises(Refused):
            actions.enrol(
                cohort=cast.cohort, person=person(str(id(wrong)), "Noen"), place=wrong, by=cast.owner
            )


def test_whoever_is_taken_out_sees_nothing_more_and_keeps_their_row(cast: Cast) -> None:
    seat = Membership.objects.get(person=cast.leader)
    actions.withdraw(membership=seat, by=cast.resource)
    with pytest.raises(Http404):
        cohort_for(cast.leader, cast.cohort.pk, Right.SEE_COHORT)
    assert list(cohorts_seen_by(cast.leader)) == []
    assert cast.leader not in [each.person for each in participants(cast.cohort)]
    assert Membership.ever.get(pk=seat.pk).withdrawn_on is not None
    assert Membership.objects.get(person=cast.delegate).acts_for is None
    with pytest.raises(Refused):
        actions.withdraw(membership=seat, by=cast.resource)


def test_whoever_was_taken_out_can_come_back(cast: Cast) -> None:
    seat = Membership.objects.get(person=cast.leader)
    actions.withdraw(membership=seat, by=cast.owner)
    actions.enrol(cohort=cast.cohort, person=cast.leader, place=place(cast), by=cast.owner)
    assert Membership.objects.get(person=cast.leader).pk == seat.pk


@pytest.mark.parametrize("state", [State.CLOSED, State.DECLINED])
def test_nobody_comes_or_goes_when_it_is_over(cast: Cast, state: State) -> None:
    cast.cohort.state = state
    with pytest.raises(Refused):
        actions.enrol(cohort=cast.cohort, person=person("late", "Sen"), place=place(cast), by=cast.owner)
    assert not Membership.objects.filter(person__email="late@example.org").exists()


def test_who_may_not_enrol(cast: Cast) -> None:
    for who in (cast.host, cast.leader, cast.delegate, cast.guest):
        with pytest.raises(PermissionDenied):
            actions.enrol(cohort=cast.cohort, person=cast.stranger, place=place(cast), by=who)
    with pytest.raises(Http404):
        actions.enrol(cohort=cast.cohort, person=cast.stranger, place=place(cast), by=cast.other_facilitator)


def test_participants_are_the_host_and_the_leaders(cast: Cast) -> None:
    assert {each.person for each in participants(cast.cohort)} == {cast.host, *cast.leaders}


def test_whoever_is_erased_leaves_a_place_without_a_title(cast: Cast) -> None:
    assert personal_data(cast.leader)["cohorts"] == [
        {
            "sector": "Øvingssektoren",
            "half_year": "2026-2",
            "role": "leader",
            "organisation": "Øvingsdepartementet",
            "title": "Leder 1",
            "withdrawn_on": None,
        }
    ]
    actions.forget_person(cast.leader)
    seat = Membership.ever.get(person=cast.leader)
    assert (seat.title, seat.withdrawn_on is None) == ("", False)
    assert Membership.objects.get(person=cast.delegate).acts_for is None


def test_everybody_sees_their_own_cohorts_and_an_owner_all(cast: Cast) -> None:
    assert list(cohorts_seen_by(cast.leader)) == [cast.cohort]
    assert list(cohorts_seen_by(cast.stranger)) == [cast.other_cohort]
    assert set(cohorts_seen_by(cast.owner)) == {cast.cohort, cast.other_cohort}
