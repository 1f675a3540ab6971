"""What is left of a gathering for the report, and the review that decides which texts may stand in it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from samspill.audit.models import Entry
from samspill.errors import Refused
from samspill.followup.actions import adopt
from samspill.room import actions
from samspill.room.models import ItemRun
from samspill.room.queries import attendance, planned_and_actual, reviewed, what_came_up
from tests.room.parts import (
    REFLECT,
    agenda_with,
    answered_by,
    close,
    fresh,
    go,
    in_bokmaal,
    make_run,
    opened,
    participants,
    reveal,
)


def seen_texts(cast, attribution="chatham"):
    """A reflection that everybody has answered and seen."""
    run = make_run(cast, agenda_with(REFLECT, attribution=attribution))
    activity = opened(run, REFLECT, cast.facilitator)
    answered_by(activity, participants(cast))
    close(activity, cast.facilitator)
    reveal(activity, cast.facilitator)
    return run, fresh(activity)


def test_planned_and_actual_minutes_add_up_all_turns_of_an_item(cast):
    run = make_run(cast)
    for item in ("g1-i2", "g1-i1", "g1-i3"):
        go(run, item, cast.facilitator)
    for turn, minutes in zip(ItemRun.objects.filter(ended_at__isnull=False), (7, 25, 5), strict=True):
        turn.ended_at = turn.started_at + timedelta(minutes=minutes, seconds=10)
        turn.save()
    times = {each.key: (each.planned, each.actual) for each in planned_and_actual(run.gathering)}
    assert (times["g1-i1"], times["g1-i2"], times["g1-i3"]) == ((10, 12), (20, 25), (40, None))


def test_a_gathering_that_was_never_run_has_no_times(cast):
    gathering = cast.cohort.gatherings.create(number=1, key="g1")
    assert planned_and_actual(gathering) == ()


def test_attendance_is_numbers_and_organisations(cast):
    run = make_run(cast, everybody=False)
    for person in (cast.host, cast.leaders[0], cast.leaders[2]):
        actions.join(run=run, by=person)
    [presence] = attendance(cast.cohort)
    assert (presence.gathering, presence.present, presence.enrolled) == (run.gathering, 3, 7)
    assert presence.organisations == ((cast.ministry, 2), (cast.agencies[0], 1))


def test_nothing_comes_up_unless_somebody_has_released_it(cast):
    run, activity = seen_texts(cast)
    assert what_came_up(cast.cohort) == ()
    first, second = activity.contributions.order_by("pk")[:2]
    actions.release_text(contribution=first, text="  Redigert tekst ", by=cast.facilitator)
    actions.release_text(contribution=second, text=second.value["text"], by=cast.facilitator)
    [came_up] = what_came_up(cast.cohort)
    assert (came_up.gathering, came_up.item) == (run.gathering, REFLECT)
    assert came_up.texts == ("Redigert tekst", second.value["text"])
    first.refresh_from_db()
    assert first.value["text"].startswith("Hemmelig tekst nummer")


def test_a_released_text_can_be_taken_out_again_and_neither_text_is_audited(cast):
    _run, activity = seen_texts(cast)
    text = activity.contributions.first()
    actions.release_text(contribution=text, text="Redigert tekst", by=cast.facilitator)
    text.refresh_from_db()
    actions.release_text(contribution=text, text="", by=cast.facilitator)
    assert what_came_up(cast.cohort) == ()
    entries = Entry.objects.filter(key__startswith="room.text").values_list("key", "data")
    assert list(entries) == [
        ("room.text_withdrawn", {"item": REFLECT}),
        ("room.text_released", {"item": REFLECT}),
    ]


def test_texts_nobody_may_read_cannot_be_released(cast):
    run = make_run(cast)
    activity = opened(run, REFLECT, cast.facilitator)
    answered_by(activity, participants(cast))
    close(activity, cast.facilitator)
    text = activity.contributions.first()
    with pytest.raises(Refused):
        actions.release_text(contribution=text, text="Redigert", by=cast.facilitator)
    assert [(each.texts, bool(each.hidden)) for each in reviewed(run.gathering)] == [((), True)]


def test_when_the_gathering_is_over_what_was_never_shown_can_be_reviewed(cast):
    run = make_run(cast)
    activity = opened(run, REFLECT, cast.facilitator)
    answered_by(activity, participants(cast))
    actions.end_run(run=run, by=cast.facilitator, adopt=adopt)
    [sheet] = reviewed(run.gathering)
    assert (len(sheet.texts), sheet.hidden) == (7, "")


@pytest.mark.parametrize("who", ["resource", "host", "leader", "delegate", "guest"])
def test_only_those_who_run_it_release_texts(cast, who):
    _run, activity = seen_texts(cast)
    with pytest.raises(PermissionDenied):
        actions.release_text(contribution=activity.contributions.first(), text="x", by=getattr(cast, who))
    assert what_came_up(cast.cohort) == ()


def test_the_review_page_releases_what_is_ticked_as_it_was_edited(cast, client):
    run, activity = seen_texts(cast)
    client.force_login(cast.facilitator)
    address = reverse("room:review", args=[run.gathering_id])
    first, second, *_others = activity.contributions.order_by("pk")
    sent = {
        f"text-{first.pk.hex}-use": "on",
        f"text-{first.pk.hex}-text": "Slik kan det stå",
        f"text-{second.pk.hex}-text": "Redigert, men ikke valgt",
    }
    assert client.post(address, sent).url == address
    assert [each.texts for each in what_came_up(cast.cohort)] == [("Slik kan det stå",)]
    page = client.get(address).content.decode()
    assert "Slik kan det stå" in page
    assert page.count(" checked") == 1


def test_a_ticked_text_that_is_empty_is_asked_for_and_nothing_is_lost(cast, client):
    run, activity = seen_texts(cast)
    client.force_login(cast.facilitator)
    first, second, *_others = activity.contributions.order_by("pk")
    sent = {
        f"text-{first.pk.hex}-use": "on",
        f"text-{first.pk.hex}-text": " ",
        f"text-{second.pk.hex}-use": "on",
        f"text-{second.pk.hex}-text": "Denne er redigert",
    }
    page = client.post(reverse("room:review", args=[run.gathering_id]), sent).content.decode()
    assert in_bokmaal("Write what is to stand in the report, or take away the tick.") in page
    assert "Denne er redigert" in page
    assert what_came_up(cast.cohort) == ()


def test_named_texts_come_up_without_the_name(cast):
    _run, activity = seen_texts(cast, attribution="named")
    give_to = activity.contributions.first()
    actions.release_text(contribution=give_to, text="Et godt råd", by=cast.facilitator)
    [came_up] = what_came_up(cast.cohort)
    assert came_up.texts == ("Et godt råd",)
