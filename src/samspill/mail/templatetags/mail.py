"""What the templates of mails and of outboxes may use."""

from dataclasses import dataclass
from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from samspill.mail.choices import CalendarFacts, Rendered
from samspill.mail.models import Batch, Message
from samspill.mail.queries import calendar_facts, messages_of, rendered

register = template.Library()


@dataclass(frozen=True)
class Letter:
    """One mail of a batch as the person who confirms it sees it; no text when the recipient is erased."""

    message: Message
    text: Rendered | None
    calendar: CalendarFacts | None


@register.simple_tag
def letters_of(batch: Batch) -> list[Letter]:
    return [
        Letter(message, rendered(message), calendar_facts(message))
        if message.to_address
        else Letter(message, None, None)
        for message in messages_of(batch)
    ]


@register.filter
def moment(value: str) -> datetime | date | None:
    """A time kept as ISO text in a mail's data, so that `date` can write it in the recipient's language."""
    found = parse_datetime(value)
    if found is None:
        return parse_date(value)
    return timezone.localtime(found) if timezone.is_aware(found) else found
