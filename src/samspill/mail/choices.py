from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class BatchState(models.TextChoices):
    DRAFT = "draft", _("Not confirmed")
    CONFIRMED = "confirmed", _("Confirmed")
    DISCARDED = "discarded", _("Discarded")


class MessageState(models.TextChoices):
    WAITING = "waiting", _("Waiting for confirmation")
    QUEUED = "queued", _("On its way")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")


class Failure(models.TextChoices):
    """Why a mail did not go, as a sentence for the person who looks after the outbox."""

    UNREACHABLE = (
        "unreachable",
        _("The mail server could not be reached. Nothing is wrong with the address; try again in a while."),
    )
    SIGN_IN = (
        "sign_in",
        _("The mail server did not let Samspill in. Whoever runs Samspill must look at the mail settings."),
    )
    ADDRESS = (
        "address",
        _("The mail server does not accept the address. Check how it is spelt, correct it and try again."),
    )
    REFUSED = (
        "refused",
        _("The mail server refused the mail. Try again in a while, or ask whoever runs the mail server."),
    )
    INTERRUPTED = (
        "interrupted",
        _("Samspill stopped while the mail was being sent; it may have arrived. Ask before you try again."),
    )


STOPPED_AFTER = timedelta(minutes=10)
"""A job that has had a mail in its hands for this long has stopped."""


@dataclass(frozen=True)
class Recipient:
    name: str
    address: str
    language: str
    person: int | None = None
    """The person's id, so that erasing the person reaches the mail too; None for other addresses."""


@dataclass(frozen=True)
class Rendered:
    subject: str
    body: str


@dataclass(frozen=True)
class CalendarFacts:
    """What the recipient's calendar will be told. Times are aware."""

    method: str
    summary: str
    start: datetime
    end: datetime | None
    place: str
    sequence: int

    @property
    def cancels(self) -> bool:
        return self.method == "CANCEL"
