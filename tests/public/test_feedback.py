"""The feedback form at the end of every public page, and the owner's inbox."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from samspill.errors import TooOften
from samspill.people.limits import limit
from samspill.public import actions
from samspill.public.models import Feedback


@pytest.fixture(autouse=True)
def _no_earlier_messages(db):  # on PostgreSQL the counts are kept there
    cache.clear()


@pytest.fixture
def ticket(monkeypatch) -> str:
    """A ticket that has been open for a minute."""
    made = actions.new_ticket()
    monkeypatch.setattr("django.core.signing.time.time", lambda: timezone.now().timestamp() + 60)
    return made


def _send(client, ticket, **values):
    data = {"found": "no", "text": "Datoene for samlingene", "page": "/contact/", "ticket": ticket, **values}
    return client.post(reverse("public:feedback"), data)


def test_message_is_kept_with_page_language_and_date_only(client, db, ticket):
    response = _send(client, ticket)
    assert "Takk for meldingen" in response.content.decode()
    stored = Feedback.objects.values("page", "found", "text", "language", "received_on", "read").get()
    assert stored == {
        "page": "/contact/",
        "found": False,
        "text": "Datoene for samlingene",
        "language": "nb",
        "received_on": timezone.localdate(),
        "read": False,
    }
    assert client.cookies.output() == ""


def test_no_without_text_is_refused_and_keeps_what_was_chosen(client, db, ticket):
    response = _send(client, ticket, text="  ")
    html = response.content.decode()
    assert response.status_code == 422
    assert "Skriv hva du lette etter" in html
    assert re.search(r'value="no"[^>]*checked', html)
    assert Feedback.objects.count() == 0


def test_yes_needs_no_text(client, db, ticket):
    _send(client, ticket, found="yes", text="")
    assert list(Feedback.objects.values_list("found", "text")) == [(True, "")]


def test_sending_the_same_form_twice_gives_one_message(client, db, ticket):
    _send(client, ticket)
    _send(client, ticket)
    assert Feedback.objects.count() == 1


def test_a_program_that_fills_in_every_field_is_thanked_and_forgotten(client, db, ticket):
    response = _send(client, ticket, website="https://spam.example")
    assert "Takk for meldingen" in response.content.decode()
    assert Feedback.objects.count() == 0


def test_a_form_that_is_not_ours_is_refused_with_the_text_kept(client, db):
    response = _send(client, "made up")
    html = response.content.decode()
    assert response.status_code == 409
    assert "Datoene for samlingene" in html
    assert Feedback.objects.count() == 0


def test_a_flood_on_one_page_is_stopped_and_other_pages_stay_open(client, db, monkeypatch):
    tickets = [actions.new_ticket() for _ in range(actions.MOST_PER_HOUR + 2)]
    monkeypatch.setattr("django.core.signing.time.time", lambda: timezone.now().timestamp() + 60)
    answers = [_send(client, each).status_code for each in tickets[:-1]]
    assert answers == [200] * actions.MOST_PER_HOUR + [409]
    assert _send(client, tickets[-1], page="/privacy/").status_code == 200


def test_a_flood_that_names_a_new_page_each_time_is_stopped_too(client, db, monkeypatch):
    tickets = [actions.new_ticket() for _ in range(actions.MOST_IN_ALL + 1)]
    monkeypatch.setattr("django.core.signing.time.time", lambda: timezone.now().timestamp() + 60)
    answers = [_send(client, each, page=f"/{number}/").status_code for number, each in enumerate(tickets)]
    assert answers == [200] * actions.MOST_IN_ALL + [409]


def test_a_flood_does_not_push_out_what_counts_other_peoples_attempts(client, cast, monkeypatch):
    limit(cast.leader, "export", times=1, seconds=3600)
    tickets = [actions.new_ticket() for _ in range(200)]
    monkeypatch.setattr("django.core.signing.time.time", lambda: timezone.now().timestamp() + 60)
    for number, each in enumerate(tickets):
        _send(client, each, page=f"/{number}/")
    with pytest.raises(TooOften):
        limit(cast.leader, "export", times=1, seconds=3600)


def test_the_way_back_leads_to_our_own_pages_only(client, db, ticket):
    html = _send(client, ticket, page="//evil.example/").content.decode()
    assert "evil.example" not in html


def test_owner_reads_messages_with_counts_per_page_and_marks_them(client, cast):
    Feedback.objects.create(page="/contact/", found=False, text="Fant ikke datoene", language="nb")
    Feedback.objects.create(page="/contact/", found=True, language="nn")
    Feedback.objects.create(page="/privacy/", found=True, language="nb")
    client.force_login(cast.owner)
    html = client.get(reverse("inbox")).content.decode()
    rows = re.findall(r'<td class="num">(\d+)</td>', html)
    assert rows == ["1", "1", "2", "1", "0", "1"]
    assert "Fant ikke datoene" in html
    unread = list(Feedback.objects.values_list("pk", flat=True))
    client.post(reverse("inbox"), {"feedback": unread})
    assert Feedback.objects.filter(read=False).count() == 0
