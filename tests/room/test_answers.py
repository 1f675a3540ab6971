"""Giving an answer, changing it, sending it again, and being told why not."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import override

from samspill.errors import Refused
from samspill.followup.actions import adopt
from samspill.followup.models import Commitment
from samspill.inputs.choices import Attribution, Audience, Part
from samspill.room import actions
from samspill.room.actions.answers import MOST_OF_ONE
from samspill.room.models import Attendance
from samspill.room.queries import own_answers, show
from tests.room.parts import (
    COMMIT,
    IDEAS,
    POLL,
    PROTECTED,
    REFLECT,
    SCALE,
    agenda_with,
    answered_by,
    close,
    entry,
    fresh,
    give,
    make_run,
    opened,
    participants,
    reveal,
    value_for,
)

TOO_LATE = "The answers have been collected, so this one came too late and is not stored."


def refusal(work) -> str:
    with override("en"), pytest.raises(Refused) as refused:
        work()
    return str(refused.value.sentence)


def values(activity) -> list:
    return [each.value for each in activity.contributions.all()]


@pytest.mark.parametrize("item", [REFLECT, SCALE, POLL, IDEAS, COMMIT])
def test_the_same_entry_twice_is_one_answer(cast, item):
    activity = opened(make_run(cast), item, cast.facilitator)
    given = give(activity, cast.leader, value_for(activity))
    give(activity, cast.leader, value_for(activity), given)
    assert values(activity) == [value_for(activity)]
    assert show(fresh(activity), Audience.FACILITATOR).answered == 1


@pytest.mark.parametrize("item", [REFLECT, IDEAS, COMMIT])
def test_an_answer_can_be_changed_while_it_is_open(cast, item):
    activity = opened(make_run(cast), item, cast.facilitator)
    given = give(activity, cast.leader, value_for(activity, "Først"))
    give(activity, cast.leader, value_for(activity, "Så"), given)
    assert values(activity) == [value_for(activity, "Så")]


@pytest.mark.parametrize("attribution", PROTECTED)
def test_a_protected_answer_cannot_be_given_from_two_devices(cast, attribution):
    run = make_run(cast, agenda_with(REFLECT, attribution=attribution))
    activity = opened(run, REFLECT, cast.facilitator)
    give(activity, cast.leader, {"text": "Fra telefonen"})
    with pytest.raises(actions.AnsweredElsewhere):
        give(activity, cast.leader, {"text": "Fra nettbrettet"})
    assert values(activity) == [{"text": "Fra telefonen"}]


def test_a_named_answer_is_one_per_person_from_whatever_device(cast):
    run = make_run(cast, agenda_with(REFLECT, attribution=Attribution.NAMED))
    activity = opened(run, REFLECT, cast.facilitator)
    give(activity, cast.leader, {"text": "Fra telefonen"})
    give(activity, cast.leader, {"text": "Fra nettbrettet"})
    assert [(each.person, each.value) for each in activity.contributions.all()] == [
        (cast.leader, {"text": "Fra nettbrettet"})
    ]


def test_a_commitment_can_be_changed_and_removed_from_another_device(cast):
    activity = opened(make_run(cast), COMMIT, cast.facilitator)
    give(activity, cast.leader, value_for(activity, "Første løfte"))
    [(own, _)] = own_answers(activity, cast.leader)
    give(activity, cast.leader, value_for(activity, "Bedre løfte"), own)
    assert [each.what for each in Commitment.objects.all()] == ["Bedre løfte"]
    give(activity, cast.leader, None, own)
    assert values(activity) == []
    assert not Commitment.objects.exists()
    assert show(fresh(activity), Audience.FACILITATOR).answered == 0


def test_nobody_can_change_what_another_has_promised(cast):
    activity = opened(make_run(cast), COMMIT, cast.facilitator)
    given = give(activity, cast.leaders[0], value_for(activity, "Mitt løfte"))
    [(own, _)] = own_answers(activity, cast.leaders[0])
    give(activity, cast.leaders[1], value_for(activity, "Ditt løfte"), own)
    give(activity, cast.leaders[1], None, own)
    assert [
        (each.person, each.value["what"]) for each in activity.contributions.filter(person=cast.leaders[0])
    ] == [(cast.leaders[0], "Mitt løfte")]
    assert given != own


def test_ideas_may_be_many_but_not_without_end(cast):
    run = make_run(cast, agenda_with(IDEAS, attribution=Attribution.NAMED))
    activity = opened(run, IDEAS, cast.facilitator)
    for number in range(MOST_OF_ONE):
        give(activity, cast.leader, {"text": f"Idé {number}"})
    sentence = refusal(lambda: give(activity, cast.leader, {"text": "En for mye"}))
    assert sentence == "There is room for no more here. Change or remove one of those you have given."
    assert activity.contributions.count() == MOST_OF_ONE


def test_commitments_reach_the_follow_up_at_once(cast):
    activity = opened(make_run(cast), COMMIT, cast.facilitator)
    other = participants(cast)[2].memberships.get(cohort=cast.cohort)
    give(activity, cast.leader, value_for(activity, "Selv"))
    give(activity, cast.leader, {**value_for(activity, "En annen"), "who": other.pk})
    assert {(each.what, each.owner.person) for each in Commitment.objects.all()} == {
        ("Selv", cast.leader),
        ("En annen", other.person),
    }


@pytest.mark.parametrize("item", [REFLECT, SCALE, POLL, IDEAS, COMMIT])
def test_before_opening_and_after_closing_nothing_is_stored(cast, item):
    run = make_run(cast)
    activity = opened(run, item, cast.facilitator)
    given = give(activity, cast.leader, value_for(activity))
    close(activity, cast.facilitator)
    assert refusal(lambda: give(activity, cast.leaders[1], value_for(activity))) == TOO_LATE
    assert refusal(lambda: give(activity, cast.leader, value_for(activity, "Endret"), given)) == TOO_LATE
    assert values(activity) == [value_for(activity)]


def test_one_must_have_come_in_to_answer(cast):
    activity = opened(make_run(cast, everybody=False), REFLECT, cast.facilitator)
    sentence = refusal(lambda: give(activity, cast.leader, {"text": "Uten å være her"}))
    assert sentence == "Say that you are here first; then you can answer."
    assert values(activity) == []


@pytest.mark.parametrize("who", ["owner", "facilitator", "resource", "delegate", "guest"])
def test_who_does_not_take_part_cannot_answer(cast, who):
    activity = opened(make_run(cast), REFLECT, cast.facilitator)
    with pytest.raises(PermissionDenied):
        give(activity, getattr(cast, who), {"text": "Ikke min"})
    assert values(activity) == []


@pytest.mark.parametrize("who", ["stranger", "other_facilitator"])
def test_another_cohorts_people_find_no_activity(cast, who):
    activity = opened(make_run(cast), REFLECT, cast.facilitator)
    with pytest.raises(Http404):
        give(activity, getattr(cast, who), {"text": "Ikke min"})
    assert values(activity) == []


@pytest.mark.parametrize("value", ["tekst", ["text"], 7, True])
def test_what_is_no_answer_at_all_is_refused_in_a_sentence(cast, value):
    activity = opened(make_run(cast), REFLECT, cast.facilitator)
    assert refusal(lambda: give(activity, cast.leader, value)) == (
        "The answer could not be read. Load the page again."
    )


def test_somebody_enrolled_after_the_opening_can_answer(cast):
    run = make_run(cast)
    activity = opened(run, REFLECT, cast.facilitator)
    membership = cast.stranger.memberships.get()
    membership.cohort = cast.cohort
    membership.save()
    actions.join(run=run, by=cast.stranger)
    given = give(activity, cast.stranger, {"text": "Kom sent"})
    give(activity, cast.stranger, {"text": "Kom sent, men godt"}, given)
    assert values(activity) == [{"text": "Kom sent, men godt"}]


def test_voting_follows_on_the_ideas_and_orders_them(cast):
    activity = opened(make_run(cast), IDEAS, cast.facilitator)
    answered_by(activity, participants(cast))
    actions.start_voting(activity=fresh(activity), by=cast.facilitator, adopt=adopt)
    ideas = {words: key for key, words in show(fresh(activity), Audience.EVERYBODY).asked.ideas.items()}
    favourite, second = ideas["Hemmelig tekst nummer 3"], ideas["Hemmelig tekst nummer 5"]
    for number, person in enumerate(participants(cast)):
        ballot = [favourite, second] if number < 5 else [favourite]
        give(activity, person, {"ideas": ballot}, part=Part.BALLOT)
    close(activity, cast.facilitator)
    reveal(activity, cast.facilitator)
    ranked = show(fresh(activity), Audience.EVERYBODY).tally.ideas
    assert [(idea.card.text, idea.votes) for idea in ranked[:2]] == [
        ("Hemmelig tekst nummer 3", 7),
        ("Hemmelig tekst nummer 5", 5),
    ]
    assert sum(idea.votes for idea in ranked) == 12


def test_an_idea_that_comes_when_the_voting_has_started_is_too_late(cast):
    activity = opened(make_run(cast), IDEAS, cast.facilitator)
    answered_by(activity, participants(cast))
    actions.start_voting(activity=fresh(activity), by=cast.facilitator, adopt=adopt)
    assert refusal(lambda: give(activity, cast.leader, {"text": "Etternøler"}, entry())) == TOO_LATE


def test_voting_is_not_started_on_ideas_of_so_few_that_they_can_be_recognised(cast):
    activity = opened(make_run(cast), IDEAS, cast.facilitator)
    for number in range(9):
        give(activity, cast.leader, {"text": f"Enda en idé fra samme person {number}"})
    sentence = refusal(
        lambda: actions.start_voting(activity=fresh(activity), by=cast.facilitator, adopt=adopt)
    )
    assert sentence == (
        "1 answer came in. So that nobody can be recognised, nothing is shown of fewer than 5."
    )
    assert (fresh(activity).part, fresh(activity).is_open) == (Part.ANSWER, True)


def test_attendance_bears_a_date_and_no_time(cast):
    run = make_run(cast)
    assert {field.name for field in Attendance._meta.get_fields()} == {"id", "run", "membership", "came_on"}
    assert run.attendances.count() == len(participants(cast))
