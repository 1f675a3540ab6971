"""Mails are seen and confirmed before they go, one to each person, in the person's language."""

import pytest
from django.http import Http404

from samspill.errors import Refused
from samspill.mail.actions import add, confirm_batch, discard_batch, open_batch, send_again, send_now
from samspill.mail.choices import MessageState, Recipient
from samspill.mail.models import Batch, Delivered, Message
from samspill.mail.queries import batch_of, batches_of, rendered
from samspill.mail.sending import send_each
from tests.mail.mails import CALENDAR, run_jobs, templates

KARI = Recipient("Leder 1 & co", "leder1@example.org", "nb", 1)
OLA = Recipient("Leder 2", "leder2@example.org", "en", 2)

BODY = (
    "{% load i18n mail %}{% translate 'January' %}: {{ to_name }} {{ what }} "
    "{{ when|moment|date:'j. F H:i' }}\n\n\n\n{{ site_address }}\n"
)
DATA = {"what": "<mål>", "when": "2026-11-02T08:00:00+00:00"}


@pytest.fixture(autouse=True)
def letter(tmp_path, settings):
    settings.EMAIL_BACKEND = "samspill.mail.backend.KeepInDatabase"
    settings.SITE_ADDRESS = "https://samspill.example"
    with templates(tmp_path, subject="\n  Hei,\n {{ to_name }}\n", body=BODY):
        yield


@pytest.fixture
def batch(db) -> Batch:
    batch = open_batch(key="letter", subject="cohort:12", by=7)
    add(batch=batch, to=KARI, template="letter", data=DATA)
    add(batch=batch, to=OLA, template="letter", data=DATA)
    return batch


def states() -> list[str]:
    return list(Message.objects.values_list("state", flat=True))


def test_the_text_is_made_in_the_recipients_language_and_not_escaped(batch):
    first, second = batch.messages.all()
    assert rendered(first).subject == "Hei, Leder 1 & co"
    assert rendered(first).body == (
        "januar: Leder 1 & co <mål> 2. november 09:00\n\nhttps://samspill.example\n"
    )
    assert rendered(second).body == "January: Leder 2 <mål> 2. November 09:00\n\nhttps://samspill.example\n"


def test_nothing_goes_before_somebody_confirms(batch):
    run_jobs()
    assert states() == ["waiting", "waiting"]
    assert Delivered.objects.count() == 0


def test_confirming_sends_one_mail_to_each_person(batch):
    confirm_batch(batch=batch, by=9)
    assert states() == ["queued", "queued"]
    run_jobs()
    assert states() == ["sent", "sent"]
    sent = Delivered.objects.order_by("id")
    assert [mail.to_address for mail in sent] == ["leder1@example.org", "leder2@example.org"]
    assert [OLA.address in mail.body or OLA.name in mail.body for mail in sent] == [False, True]
    assert (batch.confirmed_by, batch.state) == (9, "confirmed")


def test_two_jobs_that_hold_the_same_mail_send_it_once(batch):
    confirm_batch(batch=batch, by=9)
    held_by_one, held_by_other = list(batch.messages.all()), list(batch.messages.all())
    send_each(held_by_one)
    send_each(held_by_other)
    assert Delivered.objects.count() == 2


def test_a_batch_is_confirmed_only_once(batch):
    confirm_batch(batch=batch, by=9)
    with pytest.raises(Refused):
        confirm_batch(batch=batch, by=9)
    with pytest.raises(Refused):
        discard_batch(batch=batch, by=9)
    with pytest.raises(Refused):
        add(batch=batch, to=KARI, template="letter", data=DATA)
    run_jobs()
    assert Delivered.objects.count() == 2


def test_an_empty_batch_cannot_be_confirmed(db):
    with pytest.raises(Refused):
        confirm_batch(batch=open_batch(key="letter", subject="cohort:12", by=7), by=9)


def test_a_discarded_batch_leaves_no_text_behind(batch):
    discard_batch(batch=batch, by=9)
    assert Message.objects.count() == 0
    assert list(batches_of("cohort:12")) == []


def test_batches_are_counted_in_one_query(batch, django_assert_num_queries):
    other = open_batch(key="letter", subject="cohort:13", by=7)
    confirm_batch(batch=batch, by=9)
    run_jobs()
    Message.objects.filter(to_address=OLA.address).update(state=MessageState.FAILED)
    with django_assert_num_queries(1):
        (found,) = batches_of("cohort:12")
    assert (found.total, found.sent, found.failed, found.under_way) == (2, 1, 1, 0)
    with pytest.raises(Http404):
        batch_of("cohort:12", other.pk)


def test_only_failed_mails_are_tried_again(batch):
    confirm_batch(batch=batch, by=9)
    run_jobs()
    with pytest.raises(Refused):
        send_again(batch=batch, by=9)
    Message.objects.filter(to_address=OLA.address).update(state=MessageState.FAILED, failure="refused")
    assert send_again(batch=batch, by=9) == 1
    run_jobs()
    assert states() == ["sent", "sent"]
    assert list(Delivered.objects.filter(to_address=KARI.address)) == [Delivered.objects.last()]


def test_a_mail_that_cannot_be_written_is_found_before_anybody_confirms(batch):
    with pytest.raises(Exception, match="nowhere"):
        add(batch=batch, to=KARI, template="nowhere", data={})
    assert batch.messages.count() == 2


def test_a_secret_mail_is_gone_when_it_has_been_handed_over(db):
    send_now(to=KARI, template="letter", data={"what": "1234-5678", "when": DATA["when"]}, secret=True)
    assert Message.objects.count() == 1
    run_jobs()
    assert Message.objects.count() == 0
    assert "1234-5678" in Delivered.objects.get().body


def test_the_calendar_goes_with_the_mail(batch):
    add(batch=batch, to=KARI, template="letter", data=DATA, calendar=CALENDAR, calendar_method="REQUEST")
    confirm_batch(batch=batch, by=9)
    run_jobs()
    assert [mail.calendar.replace("\r", "") for mail in Delivered.objects.exclude(calendar="")] == [
        CALENDAR.replace("\r", "")
    ]
