from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from samspill.mail.models import Delivered


class KeepInDatabase(BaseEmailBackend):
    """Hands mails to nobody; keeps them so that they can be read in the web (practice, or no SMTP set)."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for address in message.to:
                Delivered.objects.create(
                    to_address=address,
                    subject=str(message.subject),
                    body=str(message.body),
                    calendar=_calendar(message),
                )
        return len(email_messages)


def _calendar(message: EmailMessage) -> str:
    for part in message.message().walk():
        if part.get_content_type() == "text/calendar":
            payload = part.get_payload(decode=True)
            return payload.decode() if isinstance(payload, bytes) else ""
    return ""
