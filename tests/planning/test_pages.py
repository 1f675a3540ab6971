"""The pages of planning as each reader meets them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samspill.cohorts.choices import Role
from samspill.cohorts.models import Membership
from samspill.mail.choices import Failure, MessageState
from samspill.mail.models import Batch, Message
from samspill.people.models import Person
from samspill.planning import actions
from samspill.planning.choices import Answer
from samspill.planning.models import Gathering
from tests.planning.parts import at, created, invitation, move, planned, prepared, released, sent


def _text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def _get(client, person, name, *args):
    client.force_login(person)
    return client.get(reverse(f"planning:{name}", args=args))


def _queries(client, person, name, *args):
    client.force_login(person)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(reverse(f"planning:{name}", args=args)).status_code == 200
    return len(found)


@pytest.mark.parametrize("who", ["facilitator", "leader", "resource"])
def test_the_list_takes_as_many_queries_for_three_gatherings_as_for_one(cast, client, who):
    gatherings = planned(cast)
    for gathering in gatherings:
        released(cast, gathering)
    sent(cast)
    person = getattr(cast, who)
    three = _queries(client, person, "gatherings", cast.cohort.pk)
    Gathering.objects.filter(pk__in=[one.pk for one in gatherings[1:]]).delete()
    assert _queries(client, person, "gatherings", cast.cohort.pk) == three


def test_the_outbox_takes_as_many_queries_for_three_gatherings_and_batches_as_for_one(cast, client):
    gatherings = planned(cast)
    sent(cast, gatherings[0])
    one = _queries(client, cast.facilitator, "outbox", cast.cohort.pk)
    for gathering in gatherings[:2]:
        move(cast, gathering, gathering.starts_at, "Auditoriet")
    sent(cast, gatherings[0])
    sent(cast, gatherings[1])
    assert _queries(client, cast.facilitator, "outbox", cast.cohort.pk) == one


def test_the_overview_takes_as_many_queries_for_seven_people_as_for_one(cast, client):
    gathering = planned(cast)[0]
    sent(cast, gathering)
    seven = _queries(client, cast.facilitator, "answers", gathering.pk)
    Membership.objects.filter(cohort=cast.cohort, role=Role.LEADER).exclude(person=cast.leader).delete()
    gathering.invitations.exclude(person=cast.leader).delete()
    assert _queries(client, cast.facilitator, "answers", gathering.pk) == seven


def test_an_empty_list_offers_to_set_the_gatherings_up(cast, client):
    assert "Sett opp de 3 samlingene" in _text(_get(client, cast.facilitator, "gatherings", cast.cohort.pk))
    leader = _text(_get(client, cast.leader, "gatherings", cast.cohort.pk))
    assert "Datoene er ikke bestemt ennå" in leader
    assert "Sett opp" not in leader
    client.force_login(cast.facilitator)
    client.post(reverse("planning:create", args=[cast.cohort.pk]))
    assert Gathering.objects.filter(cohort=cast.cohort).count() == 3


def test_only_the_readers_own_cohort_is_in_the_list(cast, client):
    planned(cast)
    other = created(cast, cast.other_cohort)
    text = _get(client, cast.facilitator, "gatherings", cast.cohort.pk).content.decode()
    ids = {int(pk) for pk in re.findall(r'href="/planning/(\d+)/"', text)}
    assert ids == set(Gathering.objects.filter(cohort=cast.cohort).values_list("pk", flat=True))
    assert ids.isdisjoint(one.pk for one in other)


def test_a_date_is_set_by_the_form_in_norwegian_time(cast, client):
    gathering = created(cast)[0]
    client.force_login(cast.resource)
    lead = Membership.objects.get(cohort=cast.cohort, role=Role.FACILITATOR)
    data = {"day": "2027-01-14", "time": "09:00", "place": "R6", "facilitators": [lead.pk]}
    response = client.post(reverse("planning:schedule", args=[gathering.pk]), data)
    assert response.status_code == 302
    fresh = Gathering.objects.get(pk=gathering.pk)
    assert (fresh.starts_at.isoformat(), fresh.place) == ("2027-01-14T08:00:00+00:00", "R6")
    assert list(fresh.facilitators.all()) == [lead]
    assert "torsdag 14. januar 2027 , 09:00–12:00" in _text(client.get(response.url))


def test_a_time_that_the_clock_jumps_over_is_refused_in_words(cast, client):
    gathering = created(cast)[0]
    client.force_login(cast.facilitator)
    data = {"day": "2027-03-28", "time": "02:30", "place": "R6"}
    response = client.post(reverse("planning:schedule", args=[gathering.pk]), data)
    assert response.context["form"].errors == {
        "time": ["Dette klokkeslettet finnes ikke: Klokken stilles fram den natten."]
    }


def test_a_date_out_of_order_is_said_beside_the_date_and_the_place_is_kept(cast, client):
    gathering = planned(cast)[1]
    client.force_login(cast.facilitator)
    data = {"day": at(10).date().isoformat(), "time": "09:00", "place": "Et sted jeg skrev"}
    response = client.post(reverse("planning:schedule", args=[gathering.pk]), data)
    assert list(response.context["form"].errors) == ["day"]
    assert "Et sted jeg skrev" in response.content.decode()


def test_leaders_see_no_draft_and_never_a_script(cast, client):
    gathering = planned(cast)[0]
    before = _text(_get(client, cast.leader, "gathering", gathering.pk))
    assert "Programmet er under arbeid" in before
    assert "Welcome nb" not in before
    released(cast, gathering)
    for page in ("gathering", "programme"):
        text = _text(_get(client, cast.leader, page, gathering.pk))
        assert "Welcome nb" in text
        assert "Script" not in text


def test_a_leader_answers_in_one_tap(cast, client):
    gathering = planned(cast)[0]
    sent(cast, gathering)
    client.force_login(cast.leader)
    page = client.get(reverse("planning:gathering", args=[gathering.pk])).content.decode()
    assert re.findall(r'name="answer" value="(\w+)"', page) == ["yes", "no", "maybe"]
    response = client.post(reverse("planning:answer", args=[gathering.pk]), {"answer": "yes"}, follow=True)
    assert "Vi har notert at du kommer." in _text(response)
    assert invitation(gathering, cast.leader).answer == Answer.YES


def test_a_delegate_is_asked_about_the_leader(cast, client):
    gathering = planned(cast)[0]
    sent(cast, gathering)
    assert "Kommer Leder 1?" in _text(_get(client, cast.delegate, "gathering", gathering.pk))
    response = client.post(reverse("planning:answer", args=[gathering.pk]), {"answer": "no"}, follow=True)
    assert "Vi har notert svaret for Leder 1: kommer ikke." in _text(response)


@pytest.mark.parametrize("answer", ["", "perhaps"])
def test_an_answer_that_is_none_is_refused_in_words(cast, client, answer):
    gathering = planned(cast)[0]
    client.force_login(cast.leader)
    response = client.post(reverse("planning:answer", args=[gathering.pk]), {"answer": answer})
    assert response.status_code == 409
    assert "Velg ett av svarene" in _text(response)


def test_the_link_in_the_mail_leads_through_sign_in_to_the_gathering(cast, client):
    gathering = planned(cast)[0]
    address = reverse("planning:gathering", args=[gathering.pk])
    response = client.get(address)
    assert response.url == f"{reverse('account_login')}?next={address}"


def test_the_outbox_shows_every_mail_in_full_and_sends_after_a_question(cast, client):
    gathering = planned(cast)[0]
    client.force_login(cast.facilitator)
    prepare = client.post(reverse("planning:prepare", args=[cast.cohort.pk]), {"gathering": [gathering.pk]})
    page = client.get(prepare.url)
    text = _text(page)
    for person in (cast.host, *cast.leaders):
        assert person.email in text
        assert f"Hei {person.name}" in text
    assert "Send 7 e-poster" in text
    batch = Batch.objects.get()
    confirm = reverse("planning:confirm", args=[cast.cohort.pk, batch.pk])
    assert "Sende 7 e-poster nå?" in _text(client.get(confirm))
    assert Batch.objects.get().is_draft
    assert "7 e-poster er på vei." in _text(client.post(confirm, follow=True))
    assert not Batch.objects.get().is_draft


def test_a_stale_draft_can_only_be_prepared_again(cast, client):
    gathering = planned(cast)[0]
    batch = prepared(cast, gathering)
    move(cast, gathering, at(31))
    text = _text(_get(client, cast.facilitator, "batch", cast.cohort.pk, batch.pk))
    assert "Klargjør dem på nytt" in text
    assert "Send 7 e-poster" not in text
    response = client.post(reverse("planning:prepare_again", args=[cast.cohort.pk, batch.pk]))
    assert "Send 7 e-poster" in _text(client.get(response.url))


def test_a_failed_mail_is_shown_and_tried_again(cast, client):
    batch = sent(cast, planned(cast)[0])
    failed = batch.messages.get(person=cast.leader.pk)
    batch.messages.update(state=MessageState.SENT)
    Message.objects.filter(pk=failed.pk).update(state=MessageState.FAILED, failure=Failure.ADDRESS)
    text = _text(_get(client, cast.facilitator, "batch", cast.cohort.pk, batch.pk))
    assert "1 kom ikke fram 6 av 7 sendt" in text
    address = reverse("planning:retry", args=[cast.cohort.pk, batch.pk])
    assert "1 e-post prøves på nytt." in _text(client.post(address, {"message": failed.pk}, follow=True))


def test_batches_of_other_apps_and_cohorts_are_not_in_the_outbox(cast, client):
    gatherings = planned(cast)
    mine = prepared(cast, gatherings[0])
    foreign = Batch.objects.create(key="evaluation/mail/wave", subject=f"cohort:{cast.cohort.pk}")
    elsewhere = Batch.objects.create(key="planning/invitations", subject=f"cohort:{cast.other_cohort.pk}")
    page = _get(client, cast.facilitator, "outbox", cast.cohort.pk).content.decode()
    assert re.findall(r"/outbox/(\d+)/\"", page) == [str(mine.pk)]
    for batch in (foreign, elsewhere):
        for name in ("batch", "confirm"):
            address = reverse(f"planning:{name}", args=[cast.cohort.pk, batch.pk])
            assert client.get(address).status_code == 404


def test_the_overview_says_who_has_not_answered_and_prepares_a_reminder_to_them_only(cast, client):
    gathering = planned(cast)[0]
    sent(cast, gathering)
    for person in (cast.host, *cast.leaders[:4]):
        actions.answer_invitation(gathering=gathering, by=person, answer=Answer.YES)
    client.force_login(cast.resource)
    assert "Klargjør påminnelser til 2 personer" in _text(
        client.get(reverse("planning:answers", args=[gathering.pk]))
    )
    response = client.post(reverse("planning:remind", args=[gathering.pk]))
    batch = Batch.objects.first()
    assert response.url == reverse("planning:batch", args=[cast.cohort.pk, batch.pk])
    assert {message.to_address for message in batch.messages.all()} == {
        person.email for person in cast.leaders[4:]
    }


def test_the_host_sees_who_comes_and_reminds_nobody(cast, client):
    gathering = planned(cast)[0]
    sent(cast, gathering)
    text = _text(_get(client, cast.host, "answers", gathering.pk))
    assert "Har ikke svart" in text
    assert "Klargjør påminnelse" not in text


def test_a_cancelled_gathering_says_so_and_why(cast, client):
    gathering = planned(cast)[0]
    sent(cast, gathering)
    client.force_login(cast.facilitator)
    page = client.get(reverse("planning:cancel", args=[gathering.pk]))
    assert "7 personer har den i kalenderen" in _text(page)
    client.post(reverse("planning:cancel", args=[gathering.pk]), {"reason": "Statsråden er syk"})
    leader = _text(_get(client, cast.leader, "gathering", gathering.pk))
    assert "Samlingen er avlyst. Statsråden er syk" in leader
    assert "Kommer du?" not in leader
    assert client.get(reverse("planning:calendar", args=[gathering.pk])).status_code == 404


@pytest.mark.parametrize(
    ("language", "words"),
    [("nb", "Kjøreark for utskrift"), ("nn", "Køyreark for utskrift"), ("en", "Run sheet for printing")],
)
def test_the_pages_speak_the_readers_language(cast, client, language, words):
    gathering = planned(cast)[0]
    Person.objects.filter(pk=cast.facilitator.pk).update(language=language)
    cast.facilitator.refresh_from_db()
    response = _get(client, cast.facilitator, "gathering", gathering.pk)
    assert words in _text(response)
    assert f"Gathering 1 {language}" in _text(response)


def test_what_to_do_next_follows_the_state_of_the_gathering(cast, client):
    gathering = created(cast)[0]

    def todo():
        step = _get(client, cast.facilitator, "gathering", gathering.pk).context["todo"]
        return step.url if step else ""

    assert todo() == reverse("planning:schedule", args=[gathering.pk])
    planned(cast)
    assert todo() == reverse("planning:agenda", args=[gathering.pk])
    released(cast, Gathering.objects.get(pk=gathering.pk))
    assert todo() == reverse("planning:outbox", args=[cast.cohort.pk])
    sent(cast, gathering)
    assert todo() == ""
    assert _get(client, cast.leader, "gathering", gathering.pk).context["todo"] is None
