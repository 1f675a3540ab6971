from django.db import models

from samspill.mail.choices import BatchState, MessageState


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
    state = models.CharField(max_length=12, choices=MessageState, default=MessageState.WAITING)
    sent_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["state"])]


class Delivered(models.Model):
    """What a mail server would have been handed, kept in practice mode so that it can be read in the web."""

    at = models.DateTimeField(auto_now_add=True)
    to_address = models.EmailField()
    subject = models.CharField(max_length=300)
    body = models.TextField()
    calendar = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
