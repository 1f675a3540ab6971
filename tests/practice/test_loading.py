"""The practice data: what a newcomer meets after `make run`, the same every time."""

from collections import Counter

import pytest
from django.utils import timezone

from samspill.cohorts.choices import State
from samspill.cohorts.models import Cohort
from samspill.cohorts.queries import missing_reasons
from samspill.errors import Refused
from samspill.evaluation.models import Asked, PairingSecret
from samspill.followup.models import Commitment
from samspill.people.models import Person
from samspill.people.queries import practice_roles
from samspill.planning.models import Gathering
from samspill.practice.loading import load
from samspill.room.actions import open_room
from samspill.room.choices import RunState
from samspill.room.models import Contribution, Run
from samspill.sectors.models import Organisation, Sector


@pytest.fixture
def loaded(db):
    load()


def test_practice_data_tell_every_story(loaded, settings):
    assert Counter(Cohort.objects.values_list("state", flat=True)) == {
        State.INVITED: 5,
        State.DECLINED: 4,
        State.ACCEPTED: 2,
        State.TAILORING: 1,
        State.RUNNING: 2,
        State.FOLLOW_UP: 1,
        State.CLOSED: 1,
    }
    _the_sector_in_the_middle_has_21_leaders_and_a_gathering_that_can_be_run_now()
    _the_closed_one_has_answered_three_times_and_can_be_paired_no_more()
    _nobody_here_is_real()
    _the_numbers_are_the_same_every_time()
    assert len(missing_reasons(Cohort.objects.get(state=State.TAILORING))) == 1
    keys = [role.key for role in practice_roles()]
    assert {
        "eier",
        "fasilitator",
        "ressursperson",
        "departementsrad",
        "leder1",
        "sekretar",
        "innleder",
    } <= set(keys)
    with pytest.raises(Refused):
        load()
    settings.PRACTICE = False
    with pytest.raises(Refused):
        load()


def _the_sector_in_the_middle_has_21_leaders_and_a_gathering_that_can_be_run_now():
    sector = Sector.objects.get(name_nb="Øvingssektoren")
    cohort = sector.cohorts.get()
    assert sector.organisations.count() == 5
    assert cohort.memberships.filter(role__in=["host", "leader"]).count() == 21
    gathering = Gathering.objects.get(cohort=cohort, number=2)
    facilitator = Person.objects.get(email="fasilitator@ovingsdirektoratet.example")
    assert open_room(gathering=gathering, by=facilitator).state == RunState.WAITING
    Run.objects.filter(gathering=gathering).delete()


def _the_closed_one_has_answered_three_times_and_can_be_paired_no_more():
    closed = Cohort.objects.get(state=State.CLOSED)
    answered = Asked.objects.filter(wave__cohort=closed, answered_on__isnull=False).values_list(
        "wave__kind", flat=True
    )
    assert sorted(Counter(answered)) == ["after", "before", "six_months"]
    assert not PairingSecret.objects.filter(cohort=closed).exists()
    assert closed.report.published_on is not None
    assert closed.report.published_on < timezone.localdate()


def _nobody_here_is_real():
    addresses = Person.objects.values_list("email", flat=True)
    assert [address for address in addresses if not address.endswith(".example")] == []
    with_answers = Sector.objects.filter(cohorts__isnull=False).values_list("coordinator__source", flat=True)
    assert set(with_answers) == {"practice"}
    assert Organisation.objects.filter(source="reference").count() == 72


def _the_numbers_are_the_same_every_time():
    statuses = Counter(Commitment.objects.values_list("status", flat=True))
    parts = Counter(Contribution.objects.values_list("activity__kind", flat=True))
    assert (dict(statuses), dict(parts)) == (STATUSES, CONTRIBUTIONS)


STATUSES = {"done": 14, "dropped": 1, "open": 10}
CONTRIBUTIONS = {"commitment": 25, "ideas": 202, "poll": 116, "reflection": 318, "scale": 116}
