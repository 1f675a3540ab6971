from datetime import date, datetime, time

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils import timezone
from icalendar import Calendar

from samspill.mail.choices import STOPPED_AFTER, BatchState, CalendarFacts, MessageState, Rendered
from samspill.mail.models import Batch, Delivered, Message
from samspill.mail.rendering import render

_UNDER_WAY = (MessageState.QUEUED, MessageState.SENDING)


def batches_of(subject: str) -> QuerySet[Batch]:
    """The subject's batches ("cohort:12"), newest first, without the discarded ones.

    Each row carries `total`, `sent`, `failed` and `under_way`.
    """
    since = timezone.now() - STOPPED_AFTER
    stopped = Q(messages__state=MessageState.SENDING, messages__claimed_at__lt=since)
    found = Batch.objects.filter(subject=subject).exclude(state=BatchState.DISCARDED)
    return found.annotate(
        total=Count("messages"),
        sent=Count("messages", filter=Q(messages__state=MessageState.SENT)),
        failed=Count("messages", filter=Q(messages__state=MessageState.FAILED) | stopped),
        under_way=Count("messages", filter=Q(messages__state__in=_UNDER_WAY) & ~stopped),
    )


def batch_of(subject: str, pk: int) -> Batch:
    """The batch if it belongs to the subject, else 404; access to the subject is the caller's matter."""
    found = batches_of(subject).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def messages_of(batch: Batch) -> QuerySet[Message]:
    """In the order they were added."""
    return batch.messages.all()


def messages_to(person: int) -> QuerySet[Message]:
    """Every mail to the person with this id, oldest first."""
    return Message.objects.filter(person=person)


def left_behind() -> QuerySet[Message]:
    """Mails that a job took up and never finished."""
    return Message.objects.filter(state=MessageState.SENDING, claimed_at__lt=timezone.now() - STOPPED_AFTER)


def rendered(message: Message) -> Rendered:
    """The mail as its recipient reads it."""
    return render(
        template=message.template, data=message.data, to_name=message.to_name, language=message.language
    )


def calendar_facts(message: Message) -> CalendarFacts | None:
    """What the mail puts into the recipient's calendar; None for a mail without an invitation."""
    return facts_of(message.calendar) if message.calendar else None


def facts_of(text: str) -> CalendarFacts | None:
    calendar = Calendar.from_ical(text)
    for event in calendar.events:
        return CalendarFacts(
            method=str(calendar.get("METHOD", "")),
            summary=str(event.get("SUMMARY", "")),
            start=_moment(event.start),
            end=_moment(event.end) if "DTEND" in event else None,
            place=str(event.get("LOCATION", "")),
            sequence=int(str(event.get("SEQUENCE", 0))),
        )
    return None


def _moment(value: date) -> datetime:
    whole = value if isinstance(value, datetime) else datetime.combine(value, time())
    return timezone.make_aware(whole) if timezone.is_naive(whole) else whole


def delivered(*, words: str = "") -> QuerySet[Delivered]:
    """Mails kept instead of sent, newest first; `words` is part of an address or subject.

    Outside practice mode there are none to be seen: 404.
    """
    if not settings.PRACTICE:
        raise Http404
    found = Delivered.objects.all()
    if words.strip():
        found = found.filter(Q(to_address__icontains=words.strip()) | Q(subject__icontains=words.strip()))
    return found
