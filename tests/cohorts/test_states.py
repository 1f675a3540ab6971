"""A cohort from the invitation to its end: each change checked, dated, reasoned."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from samspill.cohorts import actions
from samspill.cohorts.choices import State
from samspill.cohorts.models import Cohort, StateChange
from samspill.errors import Refused
from samspill.people.models import Person
from tests.cast import Cast, make_sector

CLOSED: list[tuple[int, int]] = []


def remember(*, cohort: Cohort, by: Person) -> None:
    """A closer as another app would name it in the settings."""
    CLOSED.append((cohort.pk, by.pk))


def object_to(*, cohort: Cohort, by: Person) -> None:
    raise Refused("Not yet.")


def in_state(cast: Cast, state: State) -> Cohort:
    Cohort.objects.filter(pk=cast.cohort.pk).update(state=state)
    cast.cohort.refresh_from_db()
    return cast.cohort


def test_a_sector_is_invited_to_a_released_version(cast: Cast) -> None:
    sector, _ministry, _agencies = make_sector("Nye ")
    cohort = actions.invite_sector(
        sector=sector, blueprint=cast.cohort.blueprint, half_year="2027-1", language="nn", by=cast.owner
    )
    assert (cohort.state, cohort.half_year, cohort.language) == (State.INVITED, "2027-1", "nn")


@pytest.mark.parametrize(("half_year", "language"), [("2027-3", "nb"), ("våren", "nb"), ("2027-1", "de")])
def test_an_invitation_that_does_not_hold_is_refused(cast: Cast, half_year: str, language: str) -> None:
    sector, _ministry, _agencies = make_sector("Nye ")
    with pytest.raises(Refused):
        actions.invite_sector(
            sector=sector,
            blueprint=cast.cohort.blueprint,
            half_year=half_year,
            language=language,
            by=cast.owner,
        )


def test_a_sector_under_way_is_not_invited_again_to_the_same(cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.invite_sector(
            sector=cast.cohort.sector,
            blueprint=cast.cohort.blueprint,
            half_year="2027-1",
            language="nb",
            by=cast.owner,
        )


def test_only_an_owner_invites(cast: Cast) -> None:
    sector, _ministry, _agencies = make_sector("Nye ")
    with pytest.raises(PermissionDenied):
        actions.invite_sector(
            sector=sector,
            blueprint=cast.cohort.blueprint,
            half_year="2027-1",
            language="nb",
            by=cast.facilitator,
        )


def test_the_host_answers_for_the_sector(cast: Cast) -> None:
    cohort = in_state(cast, State.INVITED)
    actions.change_state(cohort=cohort, to=State.DECLINED, reason=" For travelt i vår. ", by=cast.host)
    assert list(StateChange.objects.values_list("before", "after", "reason", "by")) == [
        ("invited", "declined", "For travelt i vår.", cast.host.pk)
    ]


def test_every_step_that_is_not_a_next_one_is_refused(cast: Cast) -> None:
    Cohort.objects.filter(pk=cast.cohort.pk).update(programme_accepted_on="2026-09-01")
    for state in State:
        cohort = in_state(cast, state)
        for to in State:
            if to not in state.next_states:
                with pytest.raises(Refused):
                    actions.change_state(cohort=cohort, to=to, reason="Prøver", by=cast.owner)
    assert StateChange.objects.count() == 0


def test_a_change_needs_a_reason(cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.change_state(
            cohort=in_state(cast, State.INVITED), to=State.ACCEPTED, reason=" ", by=cast.owner
        )
    assert StateChange.objects.count() == 0


def test_nothing_runs_before_the_host_has_said_yes_to_the_programme(cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.change_state(cohort=cast.cohort, to=State.RUNNING, reason="I gang", by=cast.facilitator)
    actions.accept_programme(cohort=cast.cohort, revision=0, by=cast.host)
    actions.change_state(cohort=cast.cohort, to=State.RUNNING, reason="I gang", by=cast.facilitator)
    assert Cohort.objects.get(pk=cast.cohort.pk).state == State.RUNNING


def test_of_two_who_change_the_state_at_once_the_second_is_refused(cast: Cast) -> None:
    cohort = in_state(cast, State.INVITED)
    seen_by_another = Cohort.objects.get(pk=cohort.pk)
    actions.change_state(cohort=cohort, to=State.ACCEPTED, reason="Ja", by=cast.host)
    with pytest.raises(Refused):
        actions.change_state(cohort=seen_by_another, to=State.DECLINED, reason="Nei", by=cast.owner)
    assert Cohort.objects.get(pk=cohort.pk).state == State.ACCEPTED


def test_closing_calls_what_the_settings_name(cast: Cast, settings: object) -> None:
    CLOSED.clear()
    settings.COHORT_CLOSERS = ["tests.cohorts.test_states.remember"]  # type: ignore[attr-defined]
    cohort = in_state(cast, State.FOLLOW_UP)
    actions.change_state(cohort=cohort, to=State.CLOSED, reason="Ferdig", by=cast.owner)
    assert [*CLOSED] == [(cohort.pk, cast.owner.pk)]


def test_a_closer_that_objects_leaves_the_cohort_open(cast: Cast, settings: object) -> None:
    settings.COHORT_CLOSERS = ["tests.cohorts.test_states.object_to"]  # type: ignore[attr-defined]
    cohort = in_state(cast, State.FOLLOW_UP)
    with pytest.raises(Refused):
        actions.change_state(cohort=cohort, to=State.CLOSED, reason="Ferdig", by=cast.owner)
    assert Cohort.objects.get(pk=cohort.pk).state == State.FOLLOW_UP
    assert StateChange.objects.count() == 0


def test_who_may_not_change_the_state(cast: Cast) -> None:
    for who in (cast.resource, cast.host, cast.leader, cast.delegate, cast.guest):
        with pytest.raises(PermissionDenied):
            actions.change_state(cohort=cast.cohort, to=State.RUNNING, reason="Jeg", by=who)
    with pytest.raises(Http404):
        actions.change_state(cohort=cast.cohort, to=State.RUNNING, reason="Jeg", by=cast.stranger)
