"""Every channel, walked by somebody who wants to know who wrote what.

The attackers: a facilitator with every page and stream, a leader with the network log of a phone, and somebody who has
the database. Texts of the form "Hemmelig tekst nummer n" must not be found where they may not be.
"""

import json
import logging
import re
from datetime import date

import pytest
from django.db import connection, models
from django.urls import reverse
from django.utils import translation
from django.utils.translation import override

from samspill.audit.models import Entry
from samspill.errors import Refused
from samspill.followup.actions import adopt
from samspill.inputs.choices import Attribution, Audience
from samspill.live.channels import Channel
from samspill.room import actions
from samspill.room.models import Activity, Contribution, Register
from samspill.room.queries import reviewed, show, situation_of, what_came_up
from samspill.room.streams import FACES, render_state
from tests.room.parts import (
    COMMIT,
    IDEAS,
    PROTECTED,
    REFLECT,
    agenda_with,
    answered_by,
    close,
    fresh,
    give,
    make_run,
    opened,
    participants,
    reveal,
)

SECRET = re.compile(rb"Hemmelig|hemmelig")


def channels(gathering) -> dict[str, bytes]:
    """What every stream of the gathering carries now, as it goes over the wire."""
    wire = {}
    for face in FACES:
        for language in ("nb", "nn", "en"):
            with translation.override(language):
                state = render_state(Channel(f"gathering:{gathering.pk}", face, language))
            wire[f"{face} {language}"] = json.dumps(state, ensure_ascii=False).encode()
    return wire


def pages(client, gathering, person) -> dict[str, bytes]:
    """Every page of the room that the person can open, with what else they see of the gathering."""
    client.force_login(person)
    names = ["room:console", "room:screen", "room:phone", "room:review"]
    addresses = [reverse(name, args=[gathering.pk]) for name in names]
    addresses += [reverse("room:renew", args=[gathering.pk, face]) for face in FACES]
    addresses += [
        reverse("followup:gathering", args=[gathering.pk]),
        reverse("followup:cohort", args=[gathering.cohort_id]),
    ]
    return {address: client.get(address).content for address in addresses}


def leaks(client, cast, gathering) -> list[str]:
    """Where anything of what was written can be found by anybody."""
    places = dict(channels(gathering))
    for who in ("owner", "facilitator", "resource", "host", "leader", "delegate", "guest"):
        seen = pages(client, gathering, getattr(cast, who))
        places |= {f"{who}: {address}": content for address, content in seen.items()}
    entries = json.dumps(list(Entry.objects.values("key", "subject", "data"))).encode()
    return sorted(place for place, content in {**places, "audit": entries}.items() if SECRET.search(content))


@pytest.mark.parametrize("attribution", PROTECTED)
@pytest.mark.parametrize("item", [REFLECT, IDEAS])
def test_nothing_of_protected_answers_is_anywhere_before_they_may_be_shown(cast, client, item, attribution):
    run = make_run(cast, agenda_with(item, attribution=attribution))
    activity = opened(run, item, cast.facilitator)
    answered_by(activity, participants(cast))
    assert leaks(client, cast, run.gathering) == []
    close(activity, cast.facilitator)
    assert leaks(client, cast, run.gathering) == []


@pytest.mark.parametrize("attribution", PROTECTED)
def test_fewer_than_k_are_never_shown_whatever_is_pressed(cast, client, attribution):
    run = make_run(cast, agenda_with(REFLECT, attribution=attribution))
    activity = opened(run, REFLECT, cast.facilitator)
    answered_by(activity, participants(cast)[:4])
    close(activity, cast.facilitator)
    for press in (actions.reveal, actions.look):
        with override("en"), pytest.raises(Refused) as refused:
            press(activity=fresh(activity), by=cast.facilitator)
        assert str(refused.value.sentence) == (
            "4 answers came in. So that nobody can be recognised, nothing is shown of fewer than 5."
        )
    actions.end_run(run=run, by=cast.facilitator, adopt=adopt)
    assert leaks(client, cast, run.gathering) == []


@pytest.mark.parametrize("attribution", PROTECTED)
def test_one_who_looks_first_sees_it_alone(cast, client, attribution):
    run = make_run(cast, agenda_with(REFLECT, attribution=attribution))
    activity = opened(run, REFLECT, cast.facilitator)
    answered_by(activity, participants(cast))
    close(activity, cast.facilitator)
    actions.look(activity=fresh(activity), by=cast.facilitator)
    found = leaks(client, cast, run.gathering)
    assert [place for place in found if "console" not in place and "review" not in place] == []
    assert [
        place for place in found if place.startswith(("host", "leader", "resource", "delegate", "guest"))
    ] == []
    assert "console nb" in found


@pytest.mark.parametrize("attribution", PROTECTED)
def test_a_text_that_is_shown_bears_neither_name_nor_organisation_nor_role(cast, attribution):
    run = make_run(cast, agenda_with(REFLECT, attribution=attribution))
    activity = opened(run, REFLECT, cast.facilitator)
    answered_by(activity, participants(cast))
    close(activity, cast.facilitator)
    reveal(activity, cast.facilitator)
    states = [render_state(Channel(f"gathering:{run.gathering_id}", face, "nb"))["parts"] for face in FACES]
    shown = "".join(parts.get("stage", "") + parts.get("item", "") for parts in states)
    assert shown.count("Hemmelig tekst nummer 3") == 3
    members = cast.cohort.memberships.select_related("person", "organisation")
    telling = {word for each in members for word in (each.person.name, each.organisation.name_nb, each.title)}
    assert {word for word in telling if word in shown} == set()


@pytest.mark.parametrize("attribution", PROTECTED)
@pytest.mark.parametrize("seen_by", [actions.look, actions.reveal])
def test_what_has_been_seen_cannot_be_opened_again_to_give_the_last_answer_away(cast, attribution, seen_by):
    run = make_run(cast, agenda_with(REFLECT, attribution=attribution))
    activity = opened(run, REFLECT, cast.facilitator)
    answered_by(activity, participants(cast)[:6])
    close(activity, cast.facilitator)
    seen_by(activity=fresh(activity), by=cast.facilitator)
    if seen_by is actions.reveal:
        actions.hide(activity=fresh(activity), by=cast.facilitator)
    with override("en"), pytest.raises(Refused) as refused:
        actions.open_activity(run=run, item=REFLECT, by=cast.facilitator)
    assert str(refused.value.sentence) == (
        "What came in has been seen, so no more answers can be taken: a late one would stand out from the others."
    )


def test_closing_by_mistake_can_be_taken_back_as_long_as_nobody_has_looked(cast):
    run = make_run(cast)
    activity = opened(run, REFLECT, cast.facilitator)
    people = participants(cast)
    answered_by(activity, people[:6])
    close(activity, cast.facilitator)
    actions.open_activity(run=run, item=REFLECT, by=cast.facilitator)
    give(activity, people[6], {"text": "Rakk det likevel"})
    with pytest.raises(actions.AnsweredElsewhere):
        give(activity, people[0], {"text": "En gang til"})
    assert activity.contributions.count() == 7


def test_named_answers_are_hidden_from_all_but_the_facilitator_until_revealed(cast, client):
    run = make_run(cast)
    activity = opened(run, COMMIT, cast.facilitator)
    answered_by(activity, participants(cast)[:2])
    assert sorted(place for place, content in channels(run.gathering).items() if SECRET.search(content)) == [
        "console en",
        "console nb",
        "console nn",
    ]
    phone = pages(client, run.gathering, cast.leaders[3])[reverse("room:phone", args=[run.gathering_id])]
    assert not SECRET.search(phone)


def test_a_phone_gets_its_owners_named_answers_and_nobody_elses(cast, client):
    run = make_run(cast)
    activity = opened(run, COMMIT, cast.facilitator)
    words = list(answered_by(activity, participants(cast)[:2]))
    client.force_login(participants(cast)[1])
    page = client.get(reverse("room:phone", args=[run.gathering_id])).content.decode()
    assert words[1] in page
    assert words[0] not in page


def test_the_phones_network_log_tells_nothing_but_that_it_is_stored(cast, client):
    activity = opened(make_run(cast), REFLECT, cast.facilitator)
    client.force_login(cast.leader)
    sent = {"entry": "e" * 32, "part": "answer", "value": json.dumps({"text": "Hemmelig"})}
    answer = client.post(reverse("room:answer", args=[activity.pk]), sent)
    assert (answer.status_code, answer.json()) == (200, {"stored": True})
    assert answer.cookies == {}


def test_rows_of_answers_have_no_room_for_a_time_or_a_role(cast):
    timed = (models.DateField, models.TimeField)  # a DateTimeField is a DateField
    assert [field.name for field in Contribution._meta.get_fields() if isinstance(field, timed)] == []
    assert [field.name for field in Register._meta.get_fields() if isinstance(field, timed)] == ["done_on"]
    assert not isinstance(Register._meta.get_field("done_on"), models.DateTimeField)


def test_the_database_itself_refuses_a_person_on_a_protected_answer(cast):
    activity = opened(make_run(cast), REFLECT, cast.facilitator)
    with pytest.raises(Exception, match="contribution_person_only_when_named"):
        Contribution.objects.create(
            activity=activity, attribution=Attribution.CHATHAM, person=cast.leader, value={"text": "Hemmelig"}
        )


@pytest.mark.parametrize("attribution", PROTECTED)
def test_whoever_has_the_database_finds_no_order_and_no_token_after_the_closing(cast, attribution):
    run = make_run(cast, agenda_with(IDEAS, attribution=attribution))
    activity = opened(run, IDEAS, cast.facilitator)
    words = [f"Hemmelig tekst nummer {number}" for number in range(21)]
    for number, each in enumerate(words):
        give(activity, participants(cast)[number % 7], {"text": each})
    keys = {each.pk for each in activity.contributions.all()}
    assert stored_order("room_contribution", "value") == words
    close(activity, cast.facilitator)
    after = list(activity.contributions.all())
    assert {each.person_id for each in after} == {None}
    assert {each.token for each in after} == {None}
    assert keys & {each.pk for each in after} == set()
    for order in (
        stored_order("room_contribution", "value"),
        [each.value["text"] for each in sorted_by_key(after)],
    ):
        assert sorted(order) == sorted(words)
        assert order != words  # by chance once in 5e19


def test_the_register_tells_the_day_and_not_who_came_first(cast):
    activity = opened(make_run(cast), REFLECT, cast.facilitator)
    before = list(Register.objects.filter(activity=activity).order_by("pk"))
    assert {row.membership.person for row in before} == set(participants(cast))
    assert {row.done_on for row in before} == {None}
    give(activity, cast.leaders[5], {"text": "Først"})
    give(activity, cast.leaders[0], {"text": "Sist"})
    close(activity, cast.facilitator)
    after = list(Register.objects.filter(activity=activity))
    assert {row.pk for row in before} & {row.pk for row in after} == set()
    done = {row.membership.person for row in after if row.done_on}
    assert done == {cast.leaders[0], cast.leaders[5]}
    assert {type(row.done_on) for row in after if row.done_on} == {date}


def test_cards_stand_in_an_order_that_is_everybodys_and_tells_nothing(cast):
    run = make_run(cast)
    activity = opened(run, IDEAS, cast.facilitator)
    words = [f"Hemmelig tekst nummer {number}" for number in range(21)]
    for number, each in enumerate(words):
        give(activity, participants(cast)[number % 7], {"text": each})
    close(activity, cast.facilitator)
    reveal(activity, cast.facilitator)
    shown = [[card.text for card in show(fresh(activity), audience).tally.cards] for audience in Audience]
    assert shown[0] == shown[1] != words


def test_no_id_is_shared_between_two_activities(cast):
    run = make_run(cast)
    for item in (REFLECT, IDEAS):
        activity = opened(run, item, cast.facilitator)
        given = "d" * 32  # a device that would use the same token again
        give(activity, cast.leader, {"text": "Hemmelig"}, given)
        close(activity, cast.facilitator)
    rows = Contribution.objects.filter(activity__in=Activity.objects.all())
    assert [row.token for row in rows] == [None, None]
    assert len({row.pk for row in rows}) == 2


def test_leaders_words_never_reach_a_log(cast, client, caplog):
    caplog.set_level(logging.DEBUG)
    activity = opened(make_run(cast), REFLECT, cast.facilitator)
    client.force_login(cast.leader)
    address = reverse("room:answer", args=[activity.pk])
    for value in ({"text": "Hemmelig"}, {"text": "Hemmelig" * 200}, "Hemmelig"):
        client.post(address, {"entry": "f" * 32, "part": "answer", "value": json.dumps(value)})
    client.post(address, {"entry": "f" * 32, "part": "answer", "value": "Hemmelig og ikke JSON"})
    # SQL is only logged with DEBUG on, which operation never has.
    records = [record for record in caplog.records if record.name != "django.db.backends"]
    assert [record.getMessage() for record in records if "emmelig" in record.getMessage()] == []


@pytest.mark.parametrize("attribution", PROTECTED)
def test_one_busy_person_among_many_who_withdrew_is_no_crowd(cast, client, attribution):
    run = make_run(cast, agenda_with(IDEAS, attribution=attribution))
    activity = opened(run, IDEAS, cast.facilitator)
    busy, *others = participants(cast)
    for number in range(6):
        give(activity, busy, {"text": f"Hemmelig tekst nummer {number}"})
    for person in others:
        regretted = give(activity, person, {"text": "Hemmelig, men angret"})
        give(activity, person, None, regretted)
        give(activity, person, None, "never given at all")
    close(activity, cast.facilitator)

    assert situation_of(fresh(activity)).n == 1
    for press in (actions.reveal, actions.look):
        with pytest.raises(Refused):
            press(activity=fresh(activity), by=cast.facilitator)
    with pytest.raises(Refused):
        actions.start_voting(activity=fresh(activity), by=cast.facilitator, adopt=adopt)
    assert leaks(client, cast, run.gathering) == []


def test_after_the_closing_nothing_tells_how_many_somebody_gave(cast):
    activity = opened(make_run(cast), IDEAS, cast.facilitator)
    for number in range(3):
        give(activity, cast.leader, {"text": f"Idé {number}"})
    give(activity, cast.leaders[1], {"text": "Min eneste"})
    close(activity, cast.facilitator)

    given = dict(activity.register.values_list("membership__person", "given"))
    assert (given[cast.leader.pk], given[cast.leaders[1].pk], given[cast.leaders[2].pk]) == (1, 1, 0)


def test_whoever_answered_before_a_reopening_still_has_after_regretting_a_second_idea(cast):
    run = make_run(cast)
    activity = opened(run, IDEAS, cast.facilitator)
    give(activity, cast.leader, {"text": "Den første"})
    close(activity, cast.facilitator)
    actions.open_activity(run=run, item=IDEAS, by=cast.facilitator)
    give(activity, cast.leader, None, give(activity, cast.leader, {"text": "Den andre"}))

    assert (situation_of(fresh(activity)).people, activity.contributions.count()) == (1, 1)


def test_whoever_takes_back_one_of_several_named_promises_after_a_reopening_still_counts(cast):
    run = make_run(cast)
    activity = opened(run, COMMIT, cast.facilitator)
    entries = list(answered_by(activity, [cast.leader, cast.leader, cast.leader]).values())
    close(activity, cast.facilitator)
    actions.open_activity(run=run, item=COMMIT, by=cast.facilitator)
    first = activity.contributions.order_by("pk").first()
    give(activity, cast.leader, None, first.pk.hex)

    assert (len(entries), situation_of(fresh(activity)).people, activity.contributions.count()) == (3, 1, 2)


def test_the_audit_knows_no_time_at_which_anybody_came_or_answered(cast):
    run = make_run(cast)
    activity = opened(run, REFLECT, cast.facilitator)
    answered_by(activity, participants(cast))
    close(activity, cast.facilitator)

    assert set(Entry.objects.values_list("actor", flat=True)) == {cast.facilitator.pk}


def test_an_answer_that_is_made_to_break_the_server_is_refused_with_a_sentence(cast, client):
    activity = opened(make_run(cast), REFLECT, cast.facilitator)
    client.force_login(cast.leader)
    for value in (
        "[" * 100_000,
        '{"text": NaN}',
        '{"text": ' + "9" * 10_000 + "}",
        '{"text": "\\ud800"}',
        "null",
    ):
        sent = {"entry": "f" * 32, "part": "answer", "value": value}
        refused = client.post(reverse("room:answer", args=[activity.pk]), sent)
        assert (refused.status_code, sorted(refused.json())) == (409, ["reason", "sentence"])


def test_unlinkable_texts_never_come_up_for_review_or_report(cast):
    run = make_run(cast, agenda_with(REFLECT, attribution=Attribution.UNLINKABLE))
    activity = opened(run, REFLECT, cast.facilitator)
    answered_by(activity, participants(cast))
    close(activity, cast.facilitator)
    reveal(activity, cast.facilitator)
    assert reviewed(run.gathering) == ()
    with pytest.raises(Refused):
        actions.release_text(
            contribution=activity.contributions.first(), text="Hemmelig", by=cast.facilitator
        )
    assert what_came_up(cast.cohort) == ()


def sorted_by_key(rows):
    return sorted(rows, key=lambda row: row.pk.hex)


def stored_order(table: str, column: str) -> list[str]:
    """The texts in the order in which the database keeps its rows."""
    with connection.cursor() as cursor:
        order = "rowid" if connection.vendor == "sqlite" else "ctid"
        cursor.execute(f"SELECT {column} FROM {table} ORDER BY {order}")
        rows = [row[0] for row in cursor.fetchall()]
    return [(json.loads(value) if isinstance(value, str) else value)["text"] for value in rows]
