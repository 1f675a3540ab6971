"""An agenda is released: what it was, stays; what changes, is told."""

import pytest
from django.core.exceptions import PermissionDenied
from django.template import Context, Template
from django.utils import translation

from samspill.cohorts.actions import add_item, edit_item, move_item, remove_item, set_minutes
from samspill.errors import Refused
from samspill.mail.models import Batch, Message
from samspill.mail.queries import rendered
from samspill.planning import actions, queries
from samspill.planning.models import AgendaRelease, Gathering
from tests.planning.parts import planned, released, sent


def _minutes(cast, minutes, item="g1-i3"):
    cohort = cast.cohort
    set_minutes(
        cohort=cohort,
        gathering="g1",
        item=item,
        minutes=minutes,
        by=cast.facilitator,
        revision=cohort.revision,
    )


def _first(cast):
    return Gathering.objects.select_related("cohort__blueprint__measure", "cohort__sector").get(
        cohort=cast.cohort, number=1
    )


def test_a_release_never_changes_whatever_happens_to_the_draft(cast):
    gathering = planned(cast)[0]
    release = released(cast, gathering)
    before = (release.items, release.frame, release.agenda, release.released_at)
    _minutes(cast, 55)
    remove_item(
        cohort=cast.cohort, gathering="g1", item="g1-i2", by=cast.facilitator, revision=cast.cohort.revision
    )
    actions.release_agenda(gathering=_first(cast), by=cast.facilitator)
    kept = AgendaRelease.objects.get(pk=release.pk)
    assert (kept.items, kept.frame, kept.agenda, kept.released_at) == before


def test_the_newest_release_is_the_current_one(cast):
    gathering = planned(cast)[0]
    assert queries.current_release(gathering) is None
    released(cast, gathering)
    _minutes(cast, 45)
    second = actions.release_agenda(gathering=_first(cast), by=cast.facilitator)
    assert (second.number, queries.current_release(gathering)) == (2, second)
    assert [item.minutes for item in second.agenda] == [10, 20, 45, 20, 10, 20, 30, 30]
    assert second.plan.title["nb"] == "Gathering 1 nb"


def test_a_release_knows_what_has_changed_since_the_one_before(cast):
    gathering = planned(cast)[0]
    assert released(cast, gathering).changes == []
    _minutes(cast, 45)
    second = actions.release_agenda(gathering=_first(cast), by=cast.facilitator)
    assert [(one["key"], one["before"], one["after"]) for one in second.changes] == [
        ("g1/item/g1-i3/minutes", 40, 45)
    ]


def test_nothing_is_released_twice(cast):
    gathering = planned(cast)[0]
    released(cast, gathering)
    with pytest.raises(Refused):
        actions.release_agenda(gathering=gathering, by=cast.facilitator)


def test_only_those_who_run_it_release(cast):
    gathering = planned(cast)[0]
    for person in (cast.resource, cast.host, cast.leader):
        with pytest.raises(PermissionDenied):
            actions.release_agenda(gathering=gathering, by=person)


def test_nobody_is_mailed_about_the_first_release_or_before_invitations_have_gone(cast):
    gathering = planned(cast)[0]
    released(cast, gathering)
    _minutes(cast, 45)
    actions.release_agenda(gathering=_first(cast), by=cast.facilitator)
    assert Batch.objects.count() == 0


def test_those_who_have_been_invited_are_told_what_concerns_them(cast):
    gathering = planned(cast)[0]
    released(cast, gathering)
    sent(cast, gathering)
    edit_item(
        cohort=cast.cohort,
        gathering="g1",
        item="g1-i2",
        changes={
            "script": {"nb": "HEMMELIG MANUS"},
            "responsible": "HEMMELIG ANSVAR",
            "title": {"nb": "Innsikt"},
        },
        by=cast.facilitator,
        revision=cast.cohort.revision,
    )
    actions.release_agenda(gathering=_first(cast), by=cast.facilitator)
    batch = Batch.objects.first()
    assert (batch.key, batch.is_draft) == (f"planning/agenda/{gathering.pk}", True)
    messages = list(batch.messages.all())
    assert sorted(message.person for message in messages) == sorted(
        person.pk for person in (cast.host, *cast.leaders)
    )
    for message in messages:
        text = rendered(message)
        assert "«Theory nb» heter nå «Innsikt»" in text.body
        assert "HEMMELIG" not in f"{text.subject} {text.body} {message.data}"
        assert message.calendar == ""


def test_a_script_alone_concerns_nobody_else(cast):
    gathering = planned(cast)[0]
    released(cast, gathering)
    sent(cast, gathering)
    before = Batch.objects.count()
    edit_item(
        cohort=cast.cohort,
        gathering="g1",
        item="g1-i2",
        changes={"script": {"nb": "Nytt manus"}},
        by=cast.facilitator,
        revision=cast.cohort.revision,
    )
    actions.release_agenda(gathering=_first(cast), by=cast.facilitator)
    assert Batch.objects.count() == before


def test_an_added_item_does_not_carry_its_script_to_the_participants(cast):
    gathering = planned(cast)[0]
    released(cast, gathering)
    sent(cast, gathering)
    add_item(
        cohort=cast.cohort,
        gathering="g1",
        item={"title": {"nb": "Ny post"}, "minutes": 10, "mode": "dialogue", "script": {"nb": "HEMMELIG"}},
        by=cast.facilitator,
        revision=cast.cohort.revision,
    )
    actions.release_agenda(gathering=_first(cast), by=cast.facilitator)
    message = Batch.objects.first().messages.first()
    assert "HEMMELIG" not in str(message.data)
    assert "– Nytt: Ny post" in rendered(message).body


def test_a_new_length_changes_the_meeting_in_the_calendars(cast):
    gathering = planned(cast)[0]
    released(cast, gathering)
    sent(cast, gathering)
    _minutes(cast, 70)
    actions.release_agenda(gathering=_first(cast), by=cast.facilitator)
    fresh = Gathering.objects.get(pk=gathering.pk)
    assert (fresh.minutes, fresh.sequence) == (210, 1)
    message = Batch.objects.first().messages.first()
    assert (message.calendar_method, "SEQUENCE:1" in message.calendar) == ("REQUEST", True)
    actions.confirm_outbox(cohort=cast.cohort, batch=Batch.objects.first(), by=cast.facilitator)
    assert queries.invitation_letters(cast.cohort, only=[gathering.pk]) == ()


def test_the_same_length_leaves_the_calendars_alone(cast):
    gathering = planned(cast)[0]
    released(cast, gathering)
    sent(cast, gathering)
    move_item(
        cohort=cast.cohort,
        gathering="g1",
        item="g1-i1",
        to=1,
        by=cast.facilitator,
        revision=cast.cohort.revision,
    )
    actions.release_agenda(gathering=_first(cast), by=cast.facilitator)
    assert Gathering.objects.get(pk=gathering.pk).sequence == 0


def test_a_notice_that_is_not_sent_gives_way_to_the_next_one(cast):
    gathering = planned(cast)[0]
    released(cast, gathering)
    sent(cast, gathering)
    for minutes in (45, 50):
        _minutes(cast, minutes)
        actions.release_agenda(gathering=_first(cast), by=cast.facilitator)
    drafts = Batch.objects.filter(state="draft")
    assert [message.data["release"] for message in drafts.get().messages.all()] == [3] * 7


def test_every_change_a_participant_can_be_told_of_has_a_sentence_in_every_language():
    part = {"nb": "Navn", "nn": "Namn", "en": "Name"}
    kinds = [
        (subject, kind)
        for subject, names in {
            "item": ("added", "removed", "moved", "reworded", "minutes", "mode"),
            "question": ("added", "removed", "moved", "reworded"),
            "gathering": ("reworded", "theme", "aim"),
            "work": ("added", "removed", "reworded", "text", "minutes"),
        }.items()
        for kind in names
    ]
    for subject, kind in kinds:
        value = {"minutes": (10, 20), "mode": ("theory", "dialogue")}.get(kind, (part, part))
        change = {"subject": subject, "kind": kind, "name": part, "before": value[0], "after": value[1]}
        said = set()
        for language in ("nb", "nn", "en"):
            with translation.override(language):
                said.add(Template("{% load planning %}{{ change|told }}").render(Context({"change": change})))
        assert len(said) >= 2, (subject, kind)


def test_no_message_keeps_a_script(cast):
    gathering = planned(cast)[0]
    released(cast, gathering)
    sent(cast, gathering)
    _minutes(cast, 45)
    actions.release_agenda(gathering=_first(cast), by=cast.facilitator)
    assert not [message for message in Message.objects.all() if "Script" in str(message.data)]
