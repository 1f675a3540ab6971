"""Every write of mails. Who may send what is the caller's matter: mail knows no domain."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from samspill.errors import Refused
from samspill.mail.choices import BatchState, Failure, MessageState, Recipient
from samspill.mail.models import Batch, Delivered, Message
from samspill.mail.queries import left_behind, rendered
from samspill.mail.sending import send_each


def open_batch(*, key: str, subject: str, by: int | None) -> Batch:
    """An empty batch for `subject` ("cohort:12"). Nothing goes before `confirm_batch`."""
    return Batch.objects.create(key=key, subject=subject, created_by=by)


def add(
    *,
    batch: Batch,
    to: Recipient,
    template: str,
    data: dict[str, Any],
    calendar: str = "",
    calendar_method: str = "",
) -> Message:
    """Put one mail to one person into the batch.

    `data` is JSON. `calendar` is an iCalendar text whose METHOD is `calendar_method`. The text is rendered
    once here, so that a mail that cannot be written is found before anybody confirms.
    """
    if not batch.is_draft:
        raise Refused(_("These mails have been confirmed already. Prepare a new set of mails instead."))
    message = _message(to, template, data)
    message.batch, message.calendar, message.calendar_method = batch, calendar, calendar_method
    rendered(message)
    message.save()
    return message


def confirm_batch(*, batch: Batch, by: int) -> None:
    """Let the mails go: a job sends each of them."""
    with transaction.atomic():
        if not batch.messages.exists():
            raise Refused(_("There is nobody to send to."))
        moved = Batch.objects.filter(pk=batch.pk, state=BatchState.DRAFT).update(
            state=BatchState.CONFIRMED, confirmed_at=timezone.now(), confirmed_by=by
        )
        if not moved:
            raise Refused(_("These mails have been confirmed or discarded already."))
        batch.messages.filter(state=MessageState.WAITING).update(state=MessageState.QUEUED)
        batch.refresh_from_db()
        deliver_batch.enqueue(batch.pk)


def discard_batch(*, batch: Batch, by: int) -> None:
    """Throw away mails that nobody has confirmed; their texts are deleted."""
    with transaction.atomic():
        moved = Batch.objects.filter(pk=batch.pk, state=BatchState.DRAFT).update(
            state=BatchState.DISCARDED, confirmed_at=timezone.now(), confirmed_by=by
        )
        if not moved:
            raise Refused(_("These mails have been confirmed or discarded already."))
        batch.messages.all().delete()
        batch.refresh_from_db()


def send_now(*, to: Recipient, template: str, data: dict[str, Any], secret: bool = False) -> Message:
    """Queue a mail that needs no confirmation, such as a sign-in code or a reminder.

    With `secret` the mail is deleted as soon as it has been handed over, or could not be.
    """
    message = _message(to, template, data)
    message.state, message.secret = MessageState.QUEUED, secret
    rendered(message)
    with transaction.atomic():
        message.save()
        deliver_message.enqueue(message.pk)
    return message


def send_again(*, batch: Batch, by: int, message: int | None = None) -> int:
    """Try the batch's failed mails once more, or only the one with this id; gives how many were queued."""
    with transaction.atomic():
        _fail_left_behind()
        failed = batch.messages.filter(state=MessageState.FAILED)
        if message is not None:
            failed = failed.filter(pk=message)
        count = failed.update(state=MessageState.QUEUED, failure="", failure_reply="")
        if count == 0:
            raise Refused(_("None of these mails has failed, so there is nothing to try again."))
        deliver_batch.enqueue(batch.pk)
    return count


def correct_address(*, message: Message, address: str, by: int) -> None:
    """Give a failed mail the right address before it is tried again."""
    moved = Message.objects.filter(pk=message.pk, state=MessageState.FAILED).update(to_address=address)
    if not moved:
        raise Refused(_("Only the address of a mail that has failed can be corrected here."))


def take_up_again() -> None:
    """When the job worker starts: send what a stopped worker left in the queue."""
    _fail_left_behind()
    waiting = Message.objects.filter(state=MessageState.QUEUED)
    in_batches = waiting.filter(batch__isnull=False).order_by("batch")
    for batch in in_batches.values_list("batch", flat=True).distinct():
        deliver_batch.enqueue(batch)
    for message in waiting.filter(batch__isnull=True).values_list("pk", flat=True):
        deliver_message.enqueue(message)


def forget_person(*, person: int, address: str) -> None:
    """Take the person's identity out of every mail; what has not gone yet never goes."""
    with transaction.atomic():
        theirs = Message.objects.filter(Q(person=person) | Q(to_address__iexact=address, person__isnull=True))
        theirs.filter(state__in=[MessageState.WAITING, MessageState.QUEUED]).delete()
        theirs.update(to_name="", to_address="", data={}, calendar="", failure_reply="")
        Delivered.objects.filter(to_address__iexact=address).delete()


@task()
def deliver_batch(batch: int) -> None:
    send_each(Message.objects.filter(batch=batch, state=MessageState.QUEUED))


@task()
def deliver_message(message: int) -> None:
    send_each(Message.objects.filter(pk=message, state=MessageState.QUEUED))


def _message(to: Recipient, template: str, data: dict[str, Any]) -> Message:
    return Message(
        to_name=to.name,
        to_address=to.address,
        person=to.person,
        language=to.language,
        template=template,
        data=data,
    )


def _fail_left_behind() -> None:
    left_behind().update(state=MessageState.FAILED, failure=Failure.INTERRUPTED)
