"""What is promised in the room lives on as a commitment of whoever shall keep it."""

from datetime import date

import pytest

from samspill.followup.actions import adopt, edit, set_status
from samspill.followup.models import Commitment
from samspill.inputs.choices import Attribution, Kind, Part
from samspill.room.models import Contribution
from tests.cast import Cast
from tests.followup.parts import in_days, make_activity, make_gathering, member, promise


@pytest.fixture
def activity(cast: Cast):
    return make_activity(make_gathering(cast.cohort))


def test_a_named_contribution_becomes_its_authors_commitment(cast: Cast, activity) -> None:
    contribution = promise(activity, cast.leader)

    assert adopt(activity=activity) == 1

    made = Commitment.objects.get()
    assert made.contribution == contribution.pk
    assert (made.cohort, made.gathering) == (cast.cohort, activity.run.gathering)
    assert made.owner == member(cast, cast.leader)
    assert (made.what, made.due, made.arena, made.status) == (
        contribution.value["what"],
        date.fromisoformat(contribution.value["due"]),
        "leader_meeting",
        "open",
    )


def test_somebody_else_can_be_the_one_who_shall_do_it(cast: Cast, activity) -> None:
    promise(activity, cast.host, who=member(cast, cast.leaders[3]).pk)

    adopt(activity=activity)

    assert Commitment.objects.get().owner == member(cast, cast.leaders[3])


def test_a_name_from_another_cohort_leaves_it_with_the_author(cast: Cast, activity) -> None:
    stranger = cast.stranger.memberships.get()
    promise(activity, cast.leader, who=stranger.pk)

    adopt(activity=activity)

    assert Commitment.objects.get().owner == member(cast, cast.leader)


def test_adopting_twice_changes_nothing(cast: Cast, activity) -> None:
    promise(activity, cast.leader)
    promise(activity, cast.host)

    assert [adopt(activity=activity), adopt(activity=activity)] == [2, 0]
    assert Commitment.objects.count() == 2


def test_a_change_in_the_room_follows(cast: Cast, activity) -> None:
    contribution = promise(activity, cast.leader)
    adopt(activity=activity)
    contribution.value = {**contribution.value, "what": "Noe annet", "due": in_days(60).isoformat()}
    contribution.save()

    assert adopt(activity=activity) == 0

    made = Commitment.objects.get()
    assert (made.what, made.due) == ("Noe annet", in_days(60))


def test_what_its_owner_has_edited_is_left_alone(cast: Cast, activity) -> None:
    promise(activity, cast.leader)
    adopt(activity=activity)
    made = Commitment.objects.get()
    edit(commitment=made, what="Mine ord", due=in_days(90), arena="agency_plan", by=cast.leader)

    adopt(activity=activity)

    made.refresh_from_db()
    assert (made.what, made.due, made.arena) == ("Mine ord", in_days(90), "agency_plan")


def test_what_was_taken_back_in_the_room_is_gone(cast: Cast, activity) -> None:
    contribution = promise(activity, cast.leader)
    kept = promise(activity, cast.host)
    adopt(activity=activity)
    contribution.delete()

    adopt(activity=activity)

    assert [each.contribution for each in Commitment.objects.all()] == [kept.pk]


def test_what_its_owner_has_reported_on_stays_though_it_was_taken_back_in_the_room(
    cast: Cast, activity
) -> None:
    contribution = promise(activity, cast.leader)
    adopt(activity=activity)
    set_status(commitment=Commitment.objects.get(), status="open", note="I gang", by=cast.leader)
    contribution.delete()

    adopt(activity=activity)

    assert Commitment.objects.count() == 1


@pytest.mark.parametrize("attribution", [Attribution.CHATHAM, Attribution.UNLINKABLE])
def test_what_bears_no_name_is_nobodys_commitment(cast: Cast, attribution: Attribution) -> None:
    activity = make_activity(make_gathering(cast.cohort), attribution=attribution)
    promise(activity, None)

    assert adopt(activity=activity) == 0
    assert not Commitment.objects.exists()


def test_other_activities_and_votes_make_no_commitments(cast: Cast, activity) -> None:
    contribution = promise(activity, cast.leader)
    Contribution.objects.filter(pk=contribution.pk).update(part=Part.BALLOT)
    reflection = make_activity(make_gathering(cast.cohort, 2), kind=Kind.REFLECTION)
    promise(reflection, cast.leader)

    assert [adopt(activity=activity), adopt(activity=reflection)] == [0, 0]
