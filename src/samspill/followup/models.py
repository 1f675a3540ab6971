from django.conf import settings
from django.db import models
from django.utils import timezone

from samspill.cohorts.models import Cohort, Membership
from samspill.followup.choices import Arena, Status
from samspill.planning.models import Gathering


class Commitment(models.Model):
    """What somebody promised to do, by when, and where it is followed up."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="commitments")
    gathering = models.ForeignKey(Gathering, on_delete=models.SET_NULL, null=True, related_name="commitments")
    owner = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="commitments")
    contribution = models.UUIDField(null=True, unique=True)  # the room's contribution it was made from
    edited = models.BooleanField(default=False)  # by its owner afterwards: then the room no longer changes it
    what = models.TextField()
    due = models.DateField()
    arena = models.CharField(max_length=20, choices=Arena)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    reminded_on = models.DateField(null=True)  # that the date is near
    overdue_reminded_on = models.DateField(null=True)  # that the date has passed
    created_on = models.DateField(auto_now_add=True)

    class Meta:
        ordering = ["due", "id"]
        indexes = [models.Index(fields=["status", "due"])]

    @property
    def is_open(self) -> bool:
        return self.status == Status.OPEN

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due < timezone.localdate()

    @property
    def last_note(self) -> "StatusNote | None":
        """From the notes as they have been fetched, so that a list needs one query for all of them."""
        return max(self.notes.all(), key=lambda note: note.pk, default=None)


class StatusNote(models.Model):
    """A change of status, with date and what its owner said about it."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="notes")
    status = models.CharField(max_length=10, choices=Status)
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    on = models.DateField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
