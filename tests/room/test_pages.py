"""The three faces as pages, the way in, and what they say when there is nothing to do."""

import json

import pytest
from django.core.cache import cache
from django.urls import reverse

from samspill.cohorts.choices import Role
from samspill.followup.actions import adopt
from samspill.room import actions
from samspill.room.models import Attendance, Run
from samspill.room.views.faces import CODE_ATTEMPTS
from tests.room.parts import (
    COMMIT,
    IDEAS,
    POLL,
    REFLECT,
    SCALE,
    answered_by,
    close,
    fresh,
    in_bokmaal,
    make_gathering,
    make_run,
    opened,
    participants,
    reveal,
)

CANNOT = "Det finnes ingen samling med denne koden"


@pytest.fixture(autouse=True)
def _fresh_counters(db):
    cache.clear()


def page(client, name, pk, **more) -> str:
    answer = client.get(reverse(name, args=[pk]), **more)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_console_offers_to_open_the_room(cast, client):
    gathering = make_gathering(cast.cohort)
    client.force_login(cast.facilitator)
    assert "Åpne rommet" in page(client, "room:console", gathering.pk)
    answer = client.post(reverse("room:open", args=[gathering.pk]))
    assert answer.url == reverse("room:console", args=[gathering.pk])
    assert Run.objects.get().code[:3] in page(client, "room:console", gathering.pk)


def test_the_code_leads_to_the_room_however_it_is_typed(cast, client):
    run = make_run(cast, everybody=False)
    client.force_login(cast.leader)
    answer = client.post(reverse("room:join"), {"code": f"{run.code[:3].lower()} {run.code[3:]}"})
    assert answer.url == reverse("room:phone", args=[run.gathering_id])


def test_the_qr_code_carries_the_code_and_changes_nothing_by_being_opened(cast, client):
    run = make_run(cast, everybody=False)
    client.force_login(cast.leader)
    answer = client.get(reverse("room:join"), {"code": run.code}, follow=True)
    assert "Jeg er her" in answer.content.decode()
    assert not Attendance.objects.exists()


def test_a_wrong_code_and_a_code_one_is_not_enrolled_for_are_told_in_the_same_words(cast, client):
    run = make_run(cast, everybody=False)
    client.force_login(cast.stranger)
    wrong = client.post(reverse("room:join"), {"code": "XXXXXX"}).content.decode()
    foreign = client.post(reverse("room:join"), {"code": run.code}).content.decode()
    assert CANNOT in wrong
    assert CANNOT in foreign


def test_codes_cannot_be_guessed_and_the_limit_is_each_persons_own(cast, client):
    make_run(cast, everybody=False)
    client.force_login(cast.stranger)
    statuses = [
        client.post(reverse("room:join"), {"code": "XXXXXX"}).status_code for _ in range(CODE_ATTEMPTS + 1)
    ]
    assert statuses == [200] * CODE_ATTEMPTS + [429]
    client.force_login(cast.leader)
    assert client.post(reverse("room:join"), {"code": "XXXXXX"}).status_code == 200


def test_saying_that_one_is_here_leads_into_the_room(cast, client):
    run = make_run(cast, everybody=False)
    client.force_login(cast.leader)
    assert "Jeg er her" in page(client, "room:phone", run.gathering_id)
    client.post(reverse("room:arrive", args=[run.gathering_id]))
    assert 'data-face="phone"' in page(client, "room:phone", run.gathering_id)
    assert [each.membership.person for each in run.attendances.all()] == [cast.leader]


@pytest.mark.parametrize("role", [Role.RESOURCE, Role.DELEGATE, Role.GUEST])
def test_who_only_looks_on_is_told_so_kindly(cast, client, role):
    run = make_run(cast)
    client.force_login(cast.in_role(role))
    assert in_bokmaal("Only the host and the leaders answer in the room.") in page(
        client, "room:phone", run.gathering_id
    )


def test_whoever_runs_it_is_led_to_the_console(cast, client):
    run = make_run(cast)
    client.force_login(cast.facilitator)
    assert reverse("room:console", args=[run.gathering_id]) in page(client, "room:phone", run.gathering_id)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_each_phone_speaks_its_owners_language(cast, client, language):
    run = make_run(cast)
    opened(run, REFLECT, cast.facilitator)
    cast.leader.language = language
    cast.leader.save()
    client.force_login(cast.leader)
    assert f"Prompt Reflect {language}" in page(client, "room:phone", run.gathering_id)


def test_the_script_is_on_the_console_alone(cast, client):
    run = make_run(cast)
    opened(run, REFLECT, cast.facilitator)
    client.force_login(cast.facilitator)
    assert "Script g1 3" in page(client, "room:console", run.gathering_id)
    assert "Script g1" not in page(client, "room:screen", run.gathering_id)
    client.force_login(cast.leader)
    assert "Script g1" not in page(client, "room:phone", run.gathering_id)


@pytest.mark.parametrize("item", [REFLECT, SCALE, POLL, IDEAS, COMMIT])
def test_every_kind_is_asked_on_the_phone_and_shown_on_every_face(cast, client, item):
    run = make_run(cast)
    activity = opened(run, item, cast.facilitator)
    client.force_login(cast.leader)
    assert f'data-activity="{activity.pk}"' in page(client, "room:phone", run.gathering_id)
    answered_by(activity, participants(cast)[:5])  # as many as the big screen shows on one page of any kind
    close(activity, cast.facilitator)
    reveal(activity, cast.facilitator)
    phone = page(client, "room:phone", run.gathering_id)
    client.force_login(cast.facilitator)
    faces = {phone, *(page(client, name, run.gathering_id) for name in ("room:console", "room:screen"))}
    words = {SCALE: "Statement 1 nb", POLL: "Option 1 nb"}.get(item, "Hemmelig tekst nummer 3")
    assert [words in face for face in faces] == [True, True, True]


def test_the_picture_has_its_numbers_as_a_table_and_its_words_on_the_phone(cast, client):
    run = make_run(cast)
    activity = opened(run, POLL, cast.facilitator)
    answered_by(activity, participants(cast))
    close(activity, cast.facilitator)
    reveal(activity, cast.facilitator)
    client.force_login(cast.leader)
    phone = page(client, "room:phone", run.gathering_id)
    assert "«Option 1 nb»: valgt av 7 av 7." in phone
    assert phone.count("<table") == 1


def test_the_big_screen_shows_the_way_in_only_while_the_doors_are_open(cast, client):
    run = make_run(cast)
    client.force_login(cast.facilitator)
    code = f"{run.code[:3]} {run.code[3:]}"
    assert code in page(client, "room:screen", run.gathering_id)
    actions.set_joining(run=run, is_open=False, by=cast.facilitator)
    assert code not in page(client, "room:screen", run.gathering_id)


def test_a_step_answers_a_script_in_json_and_a_form_with_the_console(cast, client):
    run = make_run(cast)
    client.force_login(cast.facilitator)
    address = reverse("room:control", args=[run.gathering_id, "go"])
    sent = {"item": "g1-i2", "seen": "g1-i1"}
    assert client.post(address, sent, headers={"accept": "application/json"}).json() == {"stored": True}
    assert client.post(address, sent, headers={"accept": "application/json"}).json() == {"stored": True}
    other = {"item": "g1-i4", "seen": "g1-i1"}
    late = client.post(address, other, headers={"accept": "application/json"})
    assert (late.status_code, late.json()["sentence"]) == (
        409,
        in_bokmaal("Somebody else has moved the agenda already. The console now shows where you are."),
    )
    plain = client.post(address, {"item": "g1-i3", "seen": "g1-i2"})
    assert plain.url == reverse("room:console", args=[run.gathering_id])


@pytest.mark.parametrize(
    "sent", [{}, {"value": "{}"}, {"value": "[", "part": "answer"}, {"value": "{}", "part": "x"}]
)
def test_an_answer_that_cannot_be_read_is_refused_in_a_sentence(cast, client, sent):
    activity = opened(make_run(cast), REFLECT, cast.facilitator)
    client.force_login(cast.leader)
    answer = client.post(reverse("room:answer", args=[activity.pk]), sent)
    assert (answer.status_code, answer.json()["sentence"]) == (
        409,
        in_bokmaal("The answer could not be read. Load the page again."),
    )


def test_an_answer_from_a_second_device_is_refused_by_a_reason_the_phone_knows(cast, client):
    activity = opened(make_run(cast), REFLECT, cast.facilitator)
    client.force_login(cast.leader)
    sent = {"part": "answer", "value": json.dumps({"text": "Et svar"})}
    address = reverse("room:answer", args=[activity.pk])
    assert client.post(address, {**sent, "entry": "a" * 32}).status_code == 200
    assert client.post(address, {**sent, "entry": "b" * 32}).json()["reason"] == "elsewhere"


def test_the_right_to_listen_is_renewed_only_for_those_who_still_have_it(cast, client):
    run = make_run(cast)
    client.force_login(cast.leader)
    assert set(client.get(reverse("room:renew", args=[run.gathering_id, "phone"])).json()) == {"url", "poll"}
    assert client.get(reverse("room:renew", args=[run.gathering_id, "console"])).status_code == 403
    assert client.get(reverse("room:renew", args=[run.gathering_id, "gods-eye"])).status_code == 404
    cast.cohort.memberships.filter(person=cast.leader).delete()
    assert client.get(reverse("room:renew", args=[run.gathering_id, "phone"])).status_code == 404


@pytest.mark.parametrize("name", ["room:console", "room:screen", "room:phone", "room:review"])
def test_a_face_takes_as_many_queries_for_one_answer_as_for_seven(
    cast, client, name, django_assert_max_num_queries
):
    run = make_run(cast)
    activity = opened(run, COMMIT, cast.facilitator)
    client.force_login(cast.leader if name == "room:phone" else cast.facilitator)
    answered_by(activity, participants(cast)[:1])
    client.get(reverse(name, args=[run.gathering_id]))
    with django_assert_max_num_queries(40) as first:
        client.get(reverse(name, args=[run.gathering_id]))
    answered_by(activity, participants(cast)[1:])
    with django_assert_max_num_queries(len(first.captured_queries)):
        client.get(reverse(name, args=[run.gathering_id]))


def test_voting_shows_the_ideas_and_hides_the_votes_until_they_are_shown(cast, client):
    run = make_run(cast)
    activity = opened(run, IDEAS, cast.facilitator)
    answered_by(activity, participants(cast))
    actions.start_voting(activity=fresh(activity), by=cast.facilitator, adopt=adopt)
    client.force_login(cast.leader)
    phone = page(client, "room:phone", run.gathering_id)
    assert phone.count('name="ideas"') == 7
    client.force_login(cast.facilitator)
    assert "7 av 7" not in page(client, "room:screen", run.gathering_id)
