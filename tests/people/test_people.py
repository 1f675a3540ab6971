"""Registering, correcting, exporting and erasing people."""

import json

import pytest
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from samspill.audit.models import Entry
from samspill.cohorts.models import Membership
from samspill.errors import Refused, TooOften
from samspill.mail.actions import send_now
from samspill.mail.choices import Recipient
from samspill.mail.models import Message
from samspill.people import actions
from samspill.people.choices import Details
from samspill.people.limits import limit
from samspill.people.models import Person
from samspill.people.queries import everything_about
from samspill.sectors.models import Position

NEW = Details(
    name="  Ny   Fasilitator ", email="ny@example.org", mobile="900 00 000", language="nn", duty="facilitator"
)


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


def form_data(**changes: str) -> dict[str, str]:
    data = {"name": "Ny", "email": "ny@example.org", "mobile": "", "language": "nb", "duty": ""}
    return {**data, **changes}


def test_an_owner_registers_somebody(cast):
    person = actions.create(details=NEW, by=cast.owner)
    assert (person.name, person.language, person.duty) == ("Ny Fasilitator", "nn", "facilitator")
    assert not person.has_usable_password()
    assert Entry.objects.get(key="people.created").actor == cast.owner.pk


def test_the_command_line_makes_the_first_owner(db):
    person = actions.create(details=Details("Eier", "eier@example.org", duty="owner"), by=None)
    assert person.is_owner


def test_only_owners_register_change_and_erase(cast):
    for who in (cast.facilitator, cast.host, cast.leader):
        with pytest.raises(PermissionDenied):
            actions.create(details=NEW, by=who)
        with pytest.raises(PermissionDenied):
            actions.change(person=cast.guest, details=NEW, by=who)
        with pytest.raises(PermissionDenied):
            actions.erase(person=cast.guest, by=who)
    assert Person.objects.get(pk=cast.guest.pk).name == "Innleder"


def test_one_address_is_one_person_whatever_its_case(cast):
    with pytest.raises(Refused):
        actions.create(details=Details("X", "LEADER1@example.org"), by=cast.owner)
    with pytest.raises(Refused):
        actions.change(person=cast.guest, details=Details("X", "Leader1@Example.org"), by=cast.owner)


def test_the_last_owner_stays_owner(cast):
    with pytest.raises(Refused):
        actions.change(person=cast.owner, details=Details("Eier", "owner@example.org"), by=cast.owner)
    with pytest.raises(Refused):
        actions.erase(person=cast.owner, by=cast.owner)
    actions.change(person=cast.guest, details=Details("Ny", "ny@example.org", duty="owner"), by=cast.owner)
    actions.change(person=cast.owner, details=Details("Eier", "owner@example.org"), by=cast.owner)
    assert not Person.objects.get(pk=cast.owner.pk).is_owner


def test_everybody_may_correct_their_own_name(client, cast):
    client.force_login(cast.leader)
    client.post(reverse("people:me"), {"name": " Ny  tittel ", "mobile": "+47 900 00 000", "duty": "owner"})
    changed = Person.objects.get(pk=cast.leader.pk)
    assert (changed.name, changed.mobile, changed.duty, changed.email) == (
        "Ny tittel",
        "+47 900 00 000",
        "",
        "leader1@example.org",
    )
    wrong = client.post(reverse("people:me"), {"name": "Ny", "mobile": "ring meg"})
    assert list(wrong.context["form"].errors) == ["mobile"]
    assert 'value="ring meg"' in wrong.content.decode()


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_language_is_kept_for_the_person(client, cast, language):
    client.force_login(cast.leader)
    answer = client.post(reverse("people:language"), {"language": language, "next": "/people/me/?a=1"})
    assert answer.url == "/people/me/?a=1"
    assert Person.objects.get(pk=cast.leader.pk).language == language
    assert f'<html lang="{language}"' in client.get("/people/me/").content.decode()


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("/nb/om/?a=1", "/nn/om/?a=1"),
        ("/nb/", "/nn/"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
        ("", "/"),
    ],
)
def test_choosing_a_language_leads_back_and_nowhere_else(client, db, wanted, given):
    assert client.post(reverse("people:language"), {"language": "nn", "next": wanted}).url == given


def test_a_language_nobody_speaks_here_is_refused(client, cast):
    client.force_login(cast.leader)
    assert client.post(reverse("people:language"), {"language": "de"}).status_code == 409
    assert Person.objects.get(pk=cast.leader.pk).language == "nb"


def test_people_get_everything_about_themselves_and_nothing_about_others(client, cast):
    send_now(
        to=Recipient("x", "leader1@example.org", "nb", cast.leader.pk), template=MAIL, data={"code": "1"}
    )
    send_now(
        to=Recipient("y", "leader2@example.org", "nb", cast.leaders[1].pk), template=MAIL, data={"code": "2"}
    )
    Position.objects.create(person=cast.leader, organisation=cast.ministry, title="Ekspedisjonssjef")
    client.force_login(cast.leader)
    answer = client.get(reverse("people:my_data"))
    data = json.loads(answer.content)
    assert answer["Content-Disposition"] == 'attachment; filename="samspill.json"'
    assert data["people"]["email"] == "leader1@example.org"
    assert [mail["data"] for mail in data["people"]["mails"]] == [{"code": "1"}]
    assert data["sectors"] == {
        "positions": [{"organisation": "Øvingsdepartementet", "title": "Ekspedisjonssjef"}]
    }
    assert "leader2" not in answer.content.decode()


MAIL = "people/mail/sign_in_code"


class TestErasing:
    def test_the_identity_goes_and_the_membership_stays(self, client, cast):
        actions.erase(person=cast.leader, by=cast.owner)
        erased = Person.objects.get(pk=cast.leader.pk)
        assert (erased.name, erased.email, erased.mobile, erased.is_active) == ("–", None, "", False)
        assert str(erased) in ("Slettet person", "Erased person")
        assert Membership.ever.filter(person=erased).count() == 1
        assert Entry.objects.get(key="people.erased").data == {}

    def test_nobody_is_signed_in_any_more(self, client, cast):
        client.force_login(cast.leader)
        other = client.__class__()
        other.force_login(cast.host)
        waiting = client.__class__()
        waiting.post("/account/sign-in/", {"email": "leader1@example.org"})
        before = Session.objects.count()
        actions.erase(person=cast.leader, by=cast.owner)
        assert Session.objects.count() == before - 2
        assert not get_user(client).is_authenticated
        assert get_user(other) == cast.host

    def test_mails_positions_and_everything_else_forget(self, cast):
        send_now(to=Recipient("Leder 1", "leader1@example.org", "nb", cast.leader.pk), template=MAIL, data={})
        Position.objects.create(person=cast.leader, organisation=cast.ministry, title="Ekspedisjonssjef")
        actions.erase(person=cast.leader, by=cast.owner)
        assert Message.objects.count() == 0
        assert Position.objects.count() == 0
        left = json.dumps(everything_about(Person.objects.get(pk=cast.leader.pk)), default=str)
        assert ["leader1" in left, "Leder 1" in left] == [False, False]

    def test_the_owner_is_asked_first(self, client, cast):
        client.force_login(cast.owner)
        page = client.get(reverse("people:erase", args=[cast.leader.pk]))
        assert page.status_code == 200
        assert Person.objects.get(pk=cast.leader.pk).email == "leader1@example.org"
        client.post(reverse("people:erase", args=[cast.leader.pk]))
        assert Person.objects.get(pk=cast.leader.pk).email is None
        assert client.get(reverse("people:change", args=[cast.leader.pk])).status_code == 404

    def test_nobody_is_erased_twice_and_the_address_is_free_again(self, cast):
        actions.erase(person=cast.leader, by=cast.owner)
        with pytest.raises(Refused):
            actions.erase(person=Person.objects.get(pk=cast.leader.pk), by=cast.owner)
        again = actions.create(details=Details("Leder 1", "leader1@example.org"), by=cast.owner)
        assert again.pk != cast.leader.pk


class TestPages:
    def test_the_list_is_searched_and_filtered(self, client, cast):
        Person.objects.create(name="Åse Ødegård", email="aase@example.org")
        client.force_login(cast.owner)
        named = client.get(reverse("people:list"), {"q": "LEDER 2"})
        assert [person.name for person in named.context["page"]] == ["Leder 2"]
        assert "leader3@example.org" not in named.content.decode()
        norwegian = client.get(reverse("people:list"), {"q": "åse ødegård"})
        assert [person.name for person in norwegian.context["page"]] == ["Åse Ødegård"]
        duty = client.get(reverse("people:list"), {"duty": "owner"})
        assert [person.name for person in duty.context["page"]] == ["Programeier"]

    def test_the_list_asks_as_often_for_three_as_for_one(self, client, cast, django_assert_num_queries):
        client.force_login(cast.owner)
        client.get(reverse("people:list"))
        with django_assert_num_queries(4):
            client.get(reverse("people:list"), {"q": "Leder 1"})
        with django_assert_num_queries(4):
            client.get(reverse("people:list"), {"q": "Leder"})

    def test_a_form_with_a_mistake_keeps_what_was_typed(self, client, cast):
        client.force_login(cast.owner)
        page = client.post(reverse("people:create"), form_data(name="Åse", email="LEADER1@example.org"))
        assert list(page.context["form"].errors) == ["email"]
        assert 'value="Åse"' in page.content.decode()

    def test_somebody_is_registered_and_changed(self, client, cast):
        client.force_login(cast.owner)
        client.post(reverse("people:create"), form_data(duty="facilitator"))
        person = Person.objects.get(email="ny@example.org")
        assert person.is_facilitator
        client.post(reverse("people:change", args=[person.pk]), form_data(name="Annen", language="en"))
        person.refresh_from_db()
        assert (person.name, person.language, person.duty) == ("Annen", "en", "")

    def test_a_refusal_is_told_in_the_form(self, client, cast):
        client.force_login(cast.owner)
        page = client.post(
            reverse("people:change", args=[cast.owner.pk]), form_data(email="owner@example.org")
        )
        assert page.status_code == 200
        assert list(page.context["form"].errors) == ["__all__"]


class TestLimits:
    def test_a_person_is_limited_and_others_are_not(self, cast):
        for _ in range(3):
            limit(cast.leader, "test", times=3, seconds=60)
        with pytest.raises(TooOften):
            limit(cast.leader, "test", times=3, seconds=60)
        limit(cast.leader, "other", times=3, seconds=60)
        limit(cast.host, "test", times=3, seconds=60)

    def test_the_sentence_says_when(self, cast):
        limit(cast.leader, "when", times=1, seconds=600)
        with pytest.raises(TooOften) as refused:
            limit(cast.leader, "when", times=1, seconds=600)
        assert "10" in str(refused.value.sentence)

    def test_a_refusal_is_a_page_with_the_sentence(self, client, cast):
        client.force_login(cast.leader)
        for _ in range(20):
            assert client.get(reverse("people:my_data")).status_code == 200
        page = client.get(reverse("people:my_data"))
        assert page.status_code == 429
        assert "60" in page.content.decode()
