from django.conf import settings
from django.db import models

from samspill.cohorts.models import Cohort, Membership
from samspill.followup.choices import Arena, Status
from samspill.planning.models import Gathering


class Commitment(models.Model):
    """What somebody promised to do, by when, and where it is followed up."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="commitments")
    gathering = models.ForeignKey(Gathering, on_delete=models.SET_NULL, null=True, related_name="commitments")
    owner = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="commitments")
    contribution = models.UUIDField(null=True, unique=True)  # the room's contribution it was made from
    what = models.TextField()
    due = models.DateField()
    arena = models.CharField(max_length=20, choices=Arena)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    reminded_on = models.DateField(null=True)
    created_on = models.DateField(auto_now_add=True)

    class Meta:
        ordering = ["due", "id"]


class StatusNote(models.Model):
    """A change of status, with date and what its owner said about it."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="notes")
    status = models.CharField(max_length=10, choices=Status)
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    on = models.DateField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
