"""Signing in: a code comes by mail and is typed by a person. Nothing tells whether an address is known."""

import re

import pytest
from django.contrib.auth import get_user
from django.core.cache import cache
from django.urls import reverse

from samspill.mail.models import Delivered, Message
from samspill.people.models import Person
from tests.mail.mails import run_jobs

SIGN_IN = "/account/sign-in/"
CODE = "/account/sign-in/code/"


@pytest.fixture(autouse=True)
def kept_mails(settings, db):
    cache.clear()
    settings.EMAIL_BACKEND = "samspill.mail.backend.KeepInDatabase"


@pytest.fixture
def person(db) -> Person:
    return Person.objects.create(email="Leder1@example.org", name="Leder 1", language="nn")


def ask(client, address: str, **more: str):
    return client.post(SIGN_IN, {"email": address, **more})


def code_sent_to(address: str) -> str:
    run_jobs()
    found = re.search(r"\d{4}-\d{4}", Delivered.objects.filter(to_address__iexact=address)[0].body)
    assert found
    return found.group()


def signed_in(client) -> bool:
    return get_user(client).is_authenticated


def test_the_way_in(client, person):
    asked = ask(client, "leder1@EXAMPLE.org", next="/people/me/")
    assert (asked.status_code, asked.url) == (302, f"{CODE}?next=%2Fpeople%2Fme%2F")
    typed = client.post(asked.url, {"code": code_sent_to("leder1@example.org"), "next": "/people/me/"})
    assert (typed.status_code, typed.url) == (302, "/people/me/")
    assert get_user(client) == person


def test_the_mail_is_in_the_persons_language_and_nothing_of_it_is_kept(client, person):
    ask(client, person.email)
    code = code_sent_to(person.email)
    mail = Delivered.objects.get()
    assert mail.subject == "Koden din til Samspill"
    assert mail.body.startswith(f"Koden din er {code}")
    assert Message.objects.count() == 0


def test_the_code_may_be_typed_without_the_hyphen(client, person):
    ask(client, person.email)
    client.post(CODE, {"code": f" {code_sent_to(person.email).replace('-', ' ')} "})
    assert signed_in(client)


def test_opening_links_consumes_nothing(client, person):
    ask(client, person.email)
    code = code_sent_to(person.email)
    for _ in range(10):
        assert client.get(CODE).status_code == 200
        assert client.get(CODE, {"code": code}).status_code == 200
        assert client.head(CODE).status_code == 200
    assert not signed_in(client)
    client.post(CODE, {"code": code})
    assert signed_in(client)


def test_a_code_is_worth_nothing_in_another_browser(client, person):
    ask(client, person.email)
    code = code_sent_to(person.email)
    other = client.__class__()
    assert other.post(CODE, {"code": code}).status_code == 302
    assert not signed_in(other)


def test_an_unknown_address_gets_the_same_answer(client, person):
    other = client.__class__()
    known, unknown = ask(client, person.email), ask(other, "nobody@example.org")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    first, second = client.get(CODE).content.decode(), other.get(CODE).content.decode()
    assert blank(first, person.email) == blank(second, "nobody@example.org")
    wrong = [each.post(CODE, {"code": "0000-0000"}) for each in (client, other)]
    assert [answer.status_code for answer in wrong] == [200, 200]
    assert blank(wrong[0].content.decode(), person.email) == blank(
        wrong[1].content.decode(), "nobody@example.org"
    )
    run_jobs()
    assert list(Delivered.objects.values_list("to_address", flat=True)) == [person.email]


def blank(page: str, address: str) -> str:
    page = re.sub(r'(csrfmiddlewaretoken" value="|csrf-token" content="|CSRFToken": ")[^"]+', "", page)
    return page.replace(address, "ADDRESS").replace(address.lower(), "ADDRESS")


def test_an_inactive_person_gets_no_code(client, person):
    Person.objects.update(is_active=False)
    assert ask(client, person.email).url == CODE
    run_jobs()
    assert Delivered.objects.count() == 0


def test_five_wrong_codes_and_the_code_is_gone(client, person):
    ask(client, person.email)
    code = code_sent_to(person.email)
    for _ in range(4):
        assert client.post(CODE, {"code": "0000-0000"}).status_code == 200
    assert client.post(CODE, {"code": "0000-0000"}).url == SIGN_IN
    client.post(CODE, {"code": code})
    assert not signed_in(client)


def test_codes_are_limited_per_address_and_never_per_network(client, person, settings):
    """A whole ministry shares one network address, so only the mail address counts."""
    for number in range(40):
        assert ask(client.__class__(), f"other{number}@example.org").status_code == 302
    for _ in range(5):
        assert ask(client.__class__(), person.email).status_code == 302
    refused = ask(client.__class__(), person.email.upper())
    assert refused.status_code == 200
    assert "15" in str(refused.context["form"].errors["email"])
    run_jobs()
    assert Delivered.objects.count() == 5


def test_a_new_code_replaces_the_old_one(client, person):
    ask(client, person.email)
    old = code_sent_to(person.email)
    client.post(CODE, {"action": "resend"})
    new = code_sent_to(person.email)
    assert new != old
    client.post(CODE, {"code": old})
    assert not signed_in(client)
    client.post(CODE, {"code": new})
    assert signed_in(client)


def test_a_mistyped_address_can_be_left(client, person):
    ask(client, "wrong@example.org")
    assert client.get(SIGN_IN).url == CODE
    left = client.post("/account/sign-out/", {"next": SIGN_IN})
    assert left.url == SIGN_IN
    assert client.get(SIGN_IN).status_code == 200


def test_after_signing_out_pages_ask_again(client, person):
    client.force_login(person)
    assert client.get("/account/sign-out/").status_code == 200
    assert signed_in(client)
    client.post("/account/sign-out/")
    assert client.get("/people/me/").url == f"{SIGN_IN}?next=/people/me/"


def test_next_leads_nowhere_else(client, person):
    ask(client, person.email)
    answer = client.post(f"{CODE}?next=https://evil.example/", {"code": code_sent_to(person.email)})
    assert "evil.example" not in answer.url


@pytest.mark.parametrize(
    "address",
    [
        "login/",
        "signup/",
        "password/reset/",
        "password/change/",
        "password/set/",
        "email/",
        "reauthenticate/",
        "",
    ],
)
def test_there_are_no_pages_for_passwords_or_signing_up(client, person, address):
    assert client.get(f"/account/{address}").status_code in (302, 404)
    client.force_login(person)
    assert client.get(f"/account/{address}").status_code == 404


def test_a_password_opens_nothing(client, person):
    person.set_password("hemmelig")
    person.save()
    client.post(SIGN_IN, {"login": person.email, "email": person.email, "password": "hemmelig"})
    assert not signed_in(client)


@pytest.mark.parametrize(("code", "words"), [("nb", "Logg inn"), ("nn", "Logg inn"), ("en", "Sign in")])
def test_the_sign_in_page_speaks_the_chosen_language(client, db, code, words):
    client.post(reverse("people:language"), {"language": code, "next": SIGN_IN})
    page = client.get(SIGN_IN).content.decode()
    assert f'<html lang="{code}"' in page
    assert f"<h1>{words}</h1>" in page


class TestPractice:
    @pytest.fixture(autouse=True)
    def practice(self, settings, db):
        settings.PRACTICE = True
        for local in ("leder2", "fasilitator", "leder1", "leder10", "ukjent"):
            Person.objects.create(email=f"{local}@ovingsdepartementet.example", name=f"Rolle {local}")
        Person.objects.create(email="eier@ovingsdirektoratet.example", name="Programeier")
        Person.objects.create(email="eier@example.org", name="Not of the practice data")

    def test_there_is_one_button_per_role(self, client):
        page = client.get(SIGN_IN).content.decode()
        assert re.findall(r'name="role" value="(\w+)"', page) == [
            "eier",
            "fasilitator",
            "leder1",
            "leder2",
            "leder10",
        ]
        assert "Logg inn som fasilitator" in page

    def test_a_press_signs_in(self, client):
        answer = client.post(reverse("people:practice_sign_in"), {"role": "leder2", "next": "/people/me/"})
        assert answer.url == "/people/me/"
        assert get_user(client).email == "leder2@ovingsdepartementet.example"

    @pytest.mark.parametrize("role", ["ukjent", "nobody", "", "eier@example.org"])
    def test_no_other_key_signs_in(self, client, role):
        assert client.post(reverse("people:practice_sign_in"), {"role": role}).status_code == 404
        assert not signed_in(client)

    def test_outside_practice_there_are_no_buttons_and_no_way_in(self, client, settings):
        settings.PRACTICE = False
        page = client.get(SIGN_IN).content.decode()
        assert ['name="role"' in page, "/mail/" in page] == [False, False]
        assert client.post(reverse("people:practice_sign_in"), {"role": "eier"}).status_code == 404
        assert not signed_in(client)
