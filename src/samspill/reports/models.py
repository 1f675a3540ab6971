from django.conf import settings
from django.db import models

from samspill.cohorts.models import Cohort
from samspill.reports.choices import MakingState


class Report(models.Model):
    """The experience report of a cohort: the edited texts. Numbers come from the pages' own queries."""

    cohort = models.OneToOneField(Cohort, on_delete=models.CASCADE, related_name="report")
    lessons = models.TextField(blank=True)
    recommendations = models.TextField(blank=True)
    public_summary = models.TextField(blank=True)  # what came out of it, for the public page
    published_on = models.DateField(null=True)
    revision = models.PositiveIntegerField(default=0)


class Document(models.Model):
    """One PDF of a report, made by a background job."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="documents")
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=10, choices=MakingState, default=MakingState.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)  # per cent
    file = models.BinaryField(null=True)
    made_at = models.DateTimeField(null=True)
    ordered_at = models.DateTimeField(auto_now_add=True)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-id"]
