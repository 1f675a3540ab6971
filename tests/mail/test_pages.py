"""The practice mail reader, and the part that shows a batch before it is confirmed."""

import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils import timezone

from samspill.mail.actions import add, confirm_batch, forget_person, open_batch, send_again
from samspill.mail.choices import Recipient
from samspill.mail.models import Delivered, Message
from samspill.mail.queries import batches_of
from tests.mail.mails import CALENDAR, run_jobs, templates


@pytest.fixture
def mails(db):
    Delivered.objects.create(
        to_address="leder1@example.org", subject="Koden din", body="1234 <b>https://x.no</b>"
    )
    return Delivered.objects.create(
        to_address="leder2@example.org", subject="Samling 1", body="Velkommen", calendar=CALENDAR
    )


def test_practice_mails_are_read_without_signing_in_newest_first(client, mails, settings):
    settings.PRACTICE = True
    page = client.get(reverse("mail:practice"))
    assert [mail.subject for mail in page.context["page"]] == ["Samling 1", "Koden din"]
    found = client.get(reverse("mail:practice"), {"q": "LEDER1@"})
    assert [mail.subject for mail in found.context["page"]] == ["Koden din"]
    assert "leder2@example.org" not in found.content.decode()


def test_a_practice_mail_shows_its_text_and_what_the_calendar_is_told(client, mails, settings):
    settings.PRACTICE = True
    page = client.get(reverse("mail:practice_mail", args=[mails.pk])).content.decode()
    assert "Velkommen" in page
    assert "Møterom Ø" in page
    assert "09:00" in page
    other = client.get(reverse("mail:practice_mail", args=[mails.pk - 1])).content.decode()
    assert "&lt;b&gt;" in other


def test_outside_practice_nobody_reads_mails(client, mails, settings):
    settings.PRACTICE = False
    assert client.get(reverse("mail:practice")).status_code == 404
    page = client.get(reverse("mail:practice_mail", args=[mails.pk]))
    assert page.status_code == 404
    assert "Velkommen" not in page.content.decode()


def test_the_list_asks_the_database_as_often_for_three_mails_as_for_one(
    client, mails, settings, django_assert_num_queries
):
    settings.PRACTICE = True
    client.get(reverse("mail:practice"))
    with django_assert_num_queries(2):
        client.get(reverse("mail:practice"))
    for number in range(3):
        Delivered.objects.create(to_address=f"x{number}@example.org", subject="x", body="x")
    with django_assert_num_queries(2):
        client.get(reverse("mail:practice"))


@pytest.fixture
def batch(db, tmp_path, settings):
    settings.EMAIL_BACKEND = "samspill.mail.backend.KeepInDatabase"
    with templates(tmp_path, subject="Samling 1 for {{ to_name }}", body="Hei {{ to_name }} <script>"):
        batch = open_batch(key="letter", subject="cohort:1", by=1)
        for number in (1, 2):
            to = Recipient(f"Leder {number}", f"leder{number}@example.org", "nb", number)
            add(batch=batch, to=to, template="letter", data={}, calendar=CALENDAR, calendar_method="REQUEST")
        yield batch


def shown(batch) -> str:
    page = Template('{% include "mail/batch.html" with retry_url="/again/" %}')
    return page.render(Context({"batch": batch}))


def test_a_batch_shows_everybody_the_text_and_the_calendar(batch):
    page = shown(batch)
    assert ["leder1@example.org" in page, "leder2@example.org" in page] == [True, True]
    assert "Samling 1 for Leder 2" in page
    assert "Hei Leder 2 &lt;script&gt;" in page
    assert "Møterom Ø" in page
    assert "/again/" not in page


def test_a_failed_mail_can_be_sent_again_from_there(batch):
    message = batch.messages.last()
    Message.objects.filter(pk=message.pk).update(state="failed", failure="address", failure_reply="550 no")
    page = shown(batch)
    assert page.count('action="/again/"') == 1
    assert f'value="{message.pk}"' in page
    assert "550 no" in page


def test_an_erased_person_is_gone_from_every_mail(batch):
    confirm_batch(batch=batch, by=1)
    run_jobs()
    forget_person(person=2, address="leder2@example.org")
    page = shown(batch)
    assert ["Leder 1" in page, "Leder 2" in page, "leder2@" in page] == [True, False, False]
    assert list(Delivered.objects.values_list("to_address", flat=True)) == ["leder1@example.org"]


def test_mails_that_have_not_gone_yet_never_go_to_an_erased_person(batch):
    forget_person(person=2, address="leder2@example.org")
    assert list(batch.messages.values_list("to_address", flat=True)) == ["leder1@example.org"]


def test_a_mail_that_a_stopped_job_left_counts_as_failed_and_can_be_sent_again(batch):
    confirm_batch(batch=batch, by=1)
    stopped = batch.messages.last()
    Message.objects.filter(pk=stopped.pk).update(state="sending", claimed_at="2020-01-01T00:00:00+00:00")
    Message.objects.exclude(pk=stopped.pk).update(state="sending", claimed_at=timezone.now())
    (found,) = batches_of("cohort:1")
    assert (found.failed, found.under_way) == (1, 1)
    assert shown(batch).count('action="/again/"') == 1
    assert send_again(batch=batch, message=stopped.pk, by=1) == 1
