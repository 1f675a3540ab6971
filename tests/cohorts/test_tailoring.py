"""A cohort makes the blueprint its own: every change through the actions, every difference with a reason."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from samspill.audit.models import Entry
from samspill.cohorts import actions
from samspill.cohorts.choices import State
from samspill.cohorts.models import Cohort
from samspill.cohorts.queries import missing_reasons, programme_differences
from samspill.errors import Refused
from samspill.mail.models import Message
from samspill.programmes.differences import differences_between
from tests.cast import Cast, text

ITEM: dict[str, Any] = {"title": {"nb": "Innlegg"}, "minutes": 15, "mode": "theory"}


def questions(cohort: Cohort, gathering: str = "g1") -> list[str]:
    plan = Cohort.objects.get(pk=cohort.pk).plan(gathering)
    assert plan is not None
    return [question.key for question in plan.questions]


def items(cohort: Cohort, gathering: str = "g1") -> list[str]:
    plan = Cohort.objects.get(pk=cohort.pk).plan(gathering)
    assert plan is not None
    return [item.key for item in plan.items]


def difference_keys(cohort: Cohort) -> list[str]:
    return [each.difference.key for each in programme_differences(Cohort.objects.get(pk=cohort.pk))]


def test_an_added_question_comes_last_and_is_one_difference(cast: Cast) -> None:
    key = actions.add_question(
        cohort=cast.cohort, gathering="g1", text={"nb": " Vårt eget? "}, by=cast.facilitator, revision=0
    )
    assert questions(cast.cohort) == ["g1-q1", "g1-q2", "g1-q3", "g1-own-q1"]
    assert difference_keys(cast.cohort) == [f"g1/question/{key}/added"]
    assert cast.cohort.plans[0].questions[-1].text == {"nb": "Vårt eget?"}
    assert cast.cohort.revision == 1


def test_a_removed_question_can_be_had_back_in_its_place(cast: Cast) -> None:
    actions.remove_question(
        cohort=cast.cohort, gathering="g1", question="g1-q2", by=cast.facilitator, revision=0
    )
    assert questions(cast.cohort) == ["g1-q1", "g1-q3"]
    actions.restore_question(
        cohort=cast.cohort, gathering="g1", question="g1-q2", by=cast.facilitator, revision=1
    )
    assert questions(cast.cohort) == ["g1-q1", "g1-q2", "g1-q3"]
    assert difference_keys(cast.cohort) == []


def test_rewording_drops_the_languages_whose_words_would_be_stale(cast: Cast) -> None:
    actions.reword_question(
        cohort=cast.cohort,
        gathering="g2",
        question="g2-q1",
        text={"nb": "Nye ord", "en": ""},
        by=cast.facilitator,
        revision=0,
    )
    assert cast.cohort.plans[1].questions[0].text == {"nb": "Nye ord"}
    actions.restore_question(
        cohort=cast.cohort, gathering="g2", question="g2-q1", by=cast.facilitator, revision=1
    )
    assert cast.cohort.plans[1].questions[0].text == text("Question 2.1")


def test_questions_are_moved_and_chosen(cast: Cast) -> None:
    actions.move_question(
        cohort=cast.cohort, gathering="g1", question="g1-q3", to=0, by=cast.facilitator, revision=0
    )
    assert questions(cast.cohort) == ["g1-q3", "g1-q1", "g1-q2"]
    actions.choose_questions(
        cohort=cast.cohort, gathering="g1", keys=["g1-q2", "g1-q3"], by=cast.facilitator, revision=1
    )
    assert questions(cast.cohort) == ["g1-q2", "g1-q3"]
    with pytest.raises(Refused):
        actions.choose_questions(cohort=cast.cohort, gathering="g1", keys=[], by=cast.facilitator, revision=2)
    with pytest.raises(Refused):
        actions.choose_questions(
            cohort=cast.cohort, gathering="g1", keys=["g2-q1"], by=cast.facilitator, revision=2
        )
    assert questions(cast.cohort) == ["g1-q2", "g1-q3"]


def test_agenda_items_are_added_edited_moved_removed_and_restored(cast: Cast) -> None:
    who, cohort = cast.facilitator, cast.cohort
    key = actions.add_item(cohort=cohort, gathering="g1", item=ITEM, by=who, revision=0, to=1)
    assert items(cohort)[:3] == ["g1-i1", key, "g1-i2"]
    actions.set_minutes(cohort=cohort, gathering="g1", item=key, minutes=25, by=who, revision=1)
    changes = {"responsible": "12", "material": {"nb": "Ark"}}
    actions.edit_item(cohort=cohort, gathering="g1", item=key, changes=changes, by=who, revision=2)
    item = cohort.plans[0].item(key)
    assert item is not None
    assert (item.minutes, item.responsible, item.material) == (25, "12", {"nb": "Ark"})
    actions.edit_item(cohort=cohort, gathering="g1", item=key, changes={"material": None}, by=who, revision=3)
    actions.move_item(cohort=cohort, gathering="g1", item=key, to=99, by=who, revision=4)
    assert items(cohort)[-1] == key
    actions.remove_item(cohort=cohort, gathering="g1", item="g1-i3", by=who, revision=5)
    actions.restore_item(cohort=cohort, gathering="g1", item="g1-i3", by=who, revision=6)
    assert difference_keys(cohort) == [f"g1/item/{key}/added"]


@pytest.mark.parametrize(
    "changes",
    [{"minutes": 0}, {"mode": "course"}, {"title": {}}, {"activity": {"kind": "poll"}}, {"unknown": 1}],
)
def test_an_item_that_could_not_be_run_is_refused(cast: Cast, changes: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        actions.edit_item(
            cohort=cast.cohort, gathering="g1", item="g1-i3", changes=changes, by=cast.facilitator, revision=0
        )
    assert difference_keys(cast.cohort) == []


def test_who_is_responsible_is_no_difference_and_takes_back_no_yes(cast: Cast) -> None:
    Cohort.objects.filter(pk=cast.cohort.pk).update(programme_accepted_on="2026-09-01")
    changes = {"responsible": "12"}
    actions.edit_item(
        cohort=cast.cohort, gathering="g1", item="g1-i3", changes=changes, by=cast.facilitator, revision=0
    )
    cast.cohort.refresh_from_db()
    assert difference_keys(cast.cohort) == []
    assert cast.cohort.programme_accepted_on is not None


def test_the_second_of_two_editors_is_refused_and_loses_nothing_of_the_first(cast: Cast) -> None:
    actions.remove_question(
        cohort=cast.cohort, gathering="g1", question="g1-q1", by=cast.facilitator, revision=0
    )
    with pytest.raises(Refused):
        actions.remove_question(
            cohort=cast.cohort, gathering="g1", question="g1-q2", by=cast.owner, revision=0
        )
    assert questions(cast.cohort) == ["g1-q2", "g1-q3"]


def test_a_gathering_keeps_at_least_one_question(cast: Cast) -> None:
    for revision, question in enumerate(("g1-q1", "g1-q2")):
        actions.remove_question(
            cohort=cast.cohort, gathering="g1", question=question, by=cast.facilitator, revision=revision
        )
    with pytest.raises(Refused):
        actions.remove_question(
            cohort=cast.cohort, gathering="g1", question="g1-q3", by=cast.facilitator, revision=2
        )
    assert questions(cast.cohort) == ["g1-q3"]


def test_tailoring_begins_when_the_sector_has_accepted(cast: Cast) -> None:
    Cohort.objects.filter(pk=cast.cohort.pk).update(state=State.ACCEPTED)
    cast.cohort.refresh_from_db()
    actions.begin_tailoring(cohort=cast.cohort, by=cast.facilitator)
    cast.cohort.refresh_from_db()
    assert cast.cohort.state == State.TAILORING
    before = cast.cohort.blueprint.content["gatherings"]
    assert differences_between(before, cast.cohort.tailored["gatherings"]) == ()


@pytest.mark.parametrize("state", [State.INVITED, State.DECLINED, State.FOLLOW_UP, State.CLOSED])
def test_nothing_is_tailored_before_the_yes_or_after_the_last_gathering(cast: Cast, state: State) -> None:
    cast.cohort.state = state
    with pytest.raises(Refused):
        actions.remove_question(
            cohort=cast.cohort, gathering="g1", question="g1-q1", by=cast.facilitator, revision=0
        )


def test_only_those_who_run_the_cohort_tailor_it(cast: Cast) -> None:
    for who in (cast.resource, cast.host, cast.leader, cast.delegate, cast.guest):
        with pytest.raises(PermissionDenied):
            actions.add_question(cohort=cast.cohort, gathering="g1", text={"nb": "Nei"}, by=who, revision=0)
    with pytest.raises(Http404):
        actions.add_question(
            cohort=cast.cohort, gathering="g1", text={"nb": "Nei"}, by=cast.other_facilitator, revision=0
        )
    assert difference_keys(cast.cohort) == []


def tailor(cast: Cast) -> str:
    """One question out; the key of the difference."""
    revision = cast.cohort.revision
    actions.remove_question(
        cohort=cast.cohort, gathering="g1", question="g1-q2", by=cast.facilitator, revision=revision
    )
    return "g1/question/g1-q2/removed"


def test_the_host_accepts_when_every_difference_has_its_reason(cast: Cast) -> None:
    key = tailor(cast)
    with pytest.raises(Refused):
        actions.accept_programme(cohort=cast.cohort, revision=1, by=cast.host)
    actions.give_reason(
        cohort=cast.cohort, difference=key, reason="Avklart.", for_next_version=False, by=cast.facilitator
    )
    assert missing_reasons(cast.cohort) == ()
    actions.accept_programme(cohort=cast.cohort, revision=1, by=cast.host)
    cast.cohort.refresh_from_db()
    assert cast.cohort.programme_accepted_by == cast.host


def test_the_host_accepts_only_what_they_have_read(cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.accept_programme(cohort=cast.cohort, revision=7, by=cast.host)
    cast.cohort.refresh_from_db()
    assert cast.cohort.programme_accepted_on is None


def test_nobody_accepts_for_the_host(cast: Cast) -> None:
    for who in (cast.owner, cast.facilitator, cast.resource, cast.leader):
        with pytest.raises(PermissionDenied):
            actions.accept_programme(cohort=cast.cohort, revision=0, by=who)


def test_a_change_after_the_yes_takes_it_back_and_tells_the_host_once(cast: Cast) -> None:
    actions.accept_programme(cohort=cast.cohort, revision=0, by=cast.host)
    tailor(cast)
    actions.move_question(
        cohort=cast.cohort, gathering="g2", question="g2-q1", to=1, by=cast.facilitator, revision=1
    )
    cast.cohort.refresh_from_db()
    assert cast.cohort.programme_accepted_on is None
    assert list(Message.objects.values_list("to_address", "template")) == [
        ("host@example.org", "cohorts/mail/programme_changed")
    ]
    assert Entry.objects.filter(key="cohorts.acceptance_taken_back").count() == 1


def test_a_reason_must_be_given_for_something_that_differs(cast: Cast) -> None:
    key = tailor(cast)
    for difference, reason in ((key, "  "), ("g1/question/g1-q1/removed", "Grunn"), (key, "x" * 2001)):
        with pytest.raises(Refused):
            actions.give_reason(
                cohort=cast.cohort,
                difference=difference,
                reason=reason,
                for_next_version=False,
                by=cast.facilitator,
            )
    assert len(missing_reasons(cast.cohort)) == 1


def test_reasons_and_words_are_not_in_the_audit(cast: Cast) -> None:
    actions.add_question(
        cohort=cast.cohort, gathering="g1", text={"nb": "Hemmelig spørsmål"}, by=cast.facilitator, revision=0
    )
    actions.give_reason(
        cohort=cast.cohort,
        difference="g1/question/g1-own-q1/added",
        reason="Hemmelig grunn",
        for_next_version=True,
        by=cast.facilitator,
    )
    assert "Hemmelig" not in str(list(Entry.objects.values_list("data", flat=True)))
