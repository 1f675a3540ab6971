"""Handing over to a real SMTP server: the invitation's MIME parts, and failures told in a sentence."""

import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message as Mime

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from samspill.mail.actions import add, confirm_batch, correct_address, open_batch, send_again, take_up_again
from samspill.mail.choices import MessageState, Recipient
from samspill.mail.models import Delivered, Message
from tests.mail.mails import CALENDAR, run_jobs, templates


class Server:
    """Keeps what it is handed; refuses one recipient, and the text "refuse me"."""

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], Mime]] = []

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("nobody@"):
            return "550 5.1.1 No such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = bytes(envelope.content or b"")
        if b"refuse me" in content:
            return "554 5.7.1 Looks like spam"
        self.mails.append((list(envelope.rcpt_tos), message_from_bytes(content)))
        return "250 OK"


@pytest.fixture
def smtp(settings) -> Iterator[Server]:
    server = Server()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    yield server
    controller.stop()


@pytest.fixture(autouse=True)
def letter(tmp_path):
    with templates(tmp_path, subject="Samling 1", body="Hei {{ to_name }}: {{ what }}"):
        yield


def batch_to(*recipients: tuple[str, str], what: str = "møte", **calendar: str):
    batch = open_batch(key="letter", subject="cohort:1", by=1)
    for number, (name, address) in enumerate(recipients):
        add(
            batch=batch,
            to=Recipient(name, address, "nb", number),
            template="letter",
            data={"what": what},
            **calendar,
        )
    return batch


def test_an_invitation_is_understood_by_google_and_by_outlook(smtp, db):
    batch = batch_to(("Leder 1", "leder1@example.org"), calendar=CALENDAR, calendar_method="REQUEST")
    confirm_batch(batch=batch, by=1)
    run_jobs()
    ((recipients, mail),) = smtp.mails
    assert recipients == ["leder1@example.org"]
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/calendar",
        "application/ics",
    ]
    calendar = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    assert calendar.get_param("method") == "REQUEST"
    assert calendar.get_content_charset() == "utf-8"
    assert calendar.get_payload(decode=True).decode().splitlines() == CALENDAR.splitlines()
    file = next(part for part in mail.walk() if part.get_content_type() == "application/ics")
    assert file.get_filename() == "invitation.ics"
    assert file.get_payload(decode=True).decode() == CALENDAR
    assert mail["Auto-Submitted"] == "auto-generated"


def test_one_person_never_sees_another_ones_address(smtp, db):
    batch = batch_to(("Leder 1", "leder1@example.org"), ("Leder 2", "leder2@example.org"))
    confirm_batch(batch=batch, by=1)
    run_jobs()
    assert [recipients for recipients, _mail in smtp.mails] == [
        ["leder1@example.org"],
        ["leder2@example.org"],
    ]
    assert ["leder2@example.org" in mail.as_string() for _to, mail in smtp.mails] == [False, True]
    assert Delivered.objects.count() == 0


def test_a_wrong_address_fails_alone_and_can_be_corrected(smtp, db):
    batch = batch_to(("Leder 1", "nobody@example.org"), ("Leder 2", "leder2@example.org"))
    confirm_batch(batch=batch, by=1)
    run_jobs()
    failed, sent = batch.messages.all()
    assert (failed.state, failed.failure, failed.failure_reply) == (
        "failed",
        "address",
        "5.1.1 No such user here",
    )
    assert sent.state == "sent"
    correct_address(message=failed, address="leder1@example.org", by=1)
    assert send_again(batch=batch, message=failed.pk, by=1) == 1
    run_jobs()
    assert [recipients for recipients, _mail in smtp.mails] == [
        ["leder2@example.org"],
        ["leder1@example.org"],
    ]


def test_a_refused_mail_keeps_the_servers_words(smtp, db):
    batch = batch_to(("Leder 1", "leder1@example.org"), what="refuse me")
    confirm_batch(batch=batch, by=1)
    run_jobs()
    message = Message.objects.get()
    assert (message.state, message.failure, message.failure_reply) == (
        "failed",
        "refused",
        "5.7.1 Looks like spam",
    )


def test_without_a_server_every_mail_fails_with_a_sentence(settings, db):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 2
    batch = batch_to(("Leder 1", "leder1@example.org"), ("Leder 2", "leder2@example.org"))
    confirm_batch(batch=batch, by=1)
    run_jobs()
    assert list(batch.messages.values_list("state", "failure")) == [("failed", "unreachable")] * 2
    assert batch.messages.first().failure_sentence.endswith(".")


def test_what_a_stopped_worker_left_is_sent_or_told(smtp, db):
    batch = batch_to(("Leder 1", "leder1@example.org"), ("Leder 2", "leder2@example.org"))
    confirm_batch(batch=batch, by=1)
    first = batch.messages.first()
    Message.objects.filter(pk=first.pk).update(
        state=MessageState.SENDING, claimed_at="2020-01-01T00:00:00+00:00"
    )
    take_up_again()
    run_jobs()
    assert list(batch.messages.values_list("state", "failure")) == [("failed", "interrupted"), ("sent", "")]
    assert [recipients for recipients, _mail in smtp.mails] == [["leder2@example.org"]]
