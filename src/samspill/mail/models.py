from django.db import models
from django.utils import timezone

from samspill.mail.choices import STOPPED_AFTER, BatchState, Failure, MessageState


class Batch(models.Model):
    """Mails that are seen and confirmed together before any of them goes."""

    key = models.CharField(max_length=80)  # template folder: "planning/mail/invitation"
    subject = models.CharField(max_length=80, db_index=True)  # what it belongs to: "cohort:12"
    state = models.CharField(max_length=12, choices=BatchState, default=BatchState.DRAFT)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.BigIntegerField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-id"]

    @property
    def is_draft(self) -> bool:
        return self.state == BatchState.DRAFT


class Message(models.Model):
    """One mail to one person. Template and data are stored; the text is made in the recipient's language."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="messages", null=True)
    to_name = models.CharField(max_length=200, blank=True)
    to_address = models.EmailField()
    person = models.BigIntegerField(null=True, db_index=True)  # the person's id, so that erasing can find it
    language = models.CharField(max_length=2)
    template = models.CharField(max_length=120)  # "planning/mail/invitation" → .subject.txt and .txt
    data = models.JSONField(default=dict)
    calendar = models.TextField(blank=True)  # iCalendar text, sent as text/calendar
    calendar_method = models.CharField(max_length=10, blank=True)
    secret = models.BooleanField(default=False)  # holds a code: removed as soon as it has been handed over
    state = models.CharField(max_length=12, choices=MessageState, default=MessageState.WAITING)
    claimed_at = models.DateTimeField(null=True)  # when a job took it up, so that a stopped job is noticed
    sent_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=20, choices=Failure, blank=True)
    failure_reply = models.CharField(max_length=300, blank=True)  # the mail server's own words

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["state"])]

    @property
    def has_failed(self) -> bool:
        return self.state == MessageState.FAILED or self.is_left_behind

    @property
    def is_left_behind(self) -> bool:
        """A job took it up and never finished, so nobody knows whether it went."""
        if self.state != MessageState.SENDING or self.claimed_at is None:
            return False
        return self.claimed_at < timezone.now() - STOPPED_AFTER

    @property
    def state_label(self) -> str:
        return str((MessageState.FAILED if self.has_failed else MessageState(self.state)).label)

    @property
    def failure_sentence(self) -> str:
        if self.is_left_behind:
            return str(Failure.INTERRUPTED.label)
        return str(Failure(self.failure).label) if self.failure else ""


class Delivered(models.Model):
    """What a mail server would have been handed, kept in practice mode so that it can be read in the web."""

    at = models.DateTimeField(auto_now_add=True)
    to_address = models.EmailField(db_index=True)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    calendar = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
