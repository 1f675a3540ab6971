"""Handing mails over to a mail server, one per person, and telling why one did not go."""

import logging
import smtplib
from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from samspill.mail.choices import Failure, MessageState
from samspill.mail.models import Message
from samspill.mail.queries import rendered

logger = logging.getLogger(__name__)


def send_each(messages: Iterable[Message]) -> None:
    """Send every queued mail over one connection; once the server cannot be reached, the rest fails too."""
    connection = get_connection()
    unreachable = ""
    try:
        for message in messages:
            if not _claim(message):
                continue
            if unreachable:
                _fail(message, Failure.UNREACHABLE, unreachable)
                continue
            failure, reply = _hand_over(message, connection)
            if failure is None:
                _sent(message)
                continue
            _fail(message, failure, reply)
            if failure in (Failure.UNREACHABLE, Failure.SIGN_IN):
                unreachable = reply or str(failure)
                connection.close()
    finally:
        connection.close()


def compose(message: Message) -> EmailMultiAlternatives:
    """The mail as MIME. An invitation is an alternative of the text (Google) and a file (Outlook, Apple)."""
    text = rendered(message)
    email = EmailMultiAlternatives(
        subject=text.subject,
        body=text.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.to_address],
        reply_to=[settings.CONTACT_MAIL] if settings.CONTACT_MAIL else None,
        headers={"Auto-Submitted": "auto-generated", "Content-Language": message.language},
    )
    if message.calendar:
        kind = f"text/calendar; method={message.calendar_method}"
        email.attach_alternative(message.calendar, kind)
        email.attach("invitation.ics", message.calendar.encode(), "application/ics")
    return email


def _claim(message: Message) -> bool:
    """Two jobs may hold the same mail; only the one that moves the row sends it."""
    return bool(
        Message.objects.filter(pk=message.pk, state=MessageState.QUEUED).update(
            state=MessageState.SENDING, claimed_at=timezone.now()
        )
    )


def _hand_over(message: Message, connection: BaseEmailBackend) -> tuple[Failure | None, str]:
    try:
        connection.open()
        connection.send_messages([compose(message)])
    except smtplib.SMTPRecipientsRefused as error:
        replies = [reply for _, reply in error.recipients.values()]
        return Failure.ADDRESS, _words(replies[0] if replies else b"")
    except smtplib.SMTPAuthenticationError as error:
        return Failure.SIGN_IN, _words(error.smtp_error)
    except (smtplib.SMTPConnectError, smtplib.SMTPServerDisconnected, TimeoutError, ConnectionError) as error:
        return Failure.UNREACHABLE, _words(str(error))
    except smtplib.SMTPResponseException as error:
        return Failure.REFUSED, _words(error.smtp_error)
    except smtplib.SMTPException as error:
        return Failure.REFUSED, _words(str(error))
    except OSError as error:
        return Failure.UNREACHABLE, _words(str(error))
    return None, ""


def _words(reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join(text.split())[:300]


def _sent(message: Message) -> None:
    if message.secret:
        message.delete()
        return
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.SENT, sent_at=timezone.now(), failure="", failure_reply=""
    )


def _fail(message: Message, failure: Failure, reply: str) -> None:
    logger.warning("A mail of the kind %s did not go: %s.", message.template, failure.value)
    if message.secret:
        message.delete()
        return
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.FAILED, failure=failure, failure_reply=reply
    )
