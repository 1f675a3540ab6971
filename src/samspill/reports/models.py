from django.conf import settings
from django.db import models

from samspill.cohorts.models import Cohort
from samspill.reports.choices import MakingState


class Report(models.Model):
    """The experience report of a cohort: the edited texts. Numbers come from the pages' own queries."""

    cohort = models.OneToOneField(Cohort, on_delete=models.CASCADE, related_name="report")
    lessons = models.TextField(blank=True)
    recommendations = models.TextField(blank=True)
    public_summary = models.TextField(blank=True)  # what came out of it, in words for the public
    published_summary = models.TextField(blank=True)  # the summary as it was when it was published
    published_on = models.DateField(null=True)
    revision = models.PositiveIntegerField(default=0)  # counts saves, so that two editors notice each other

    @property
    def has_unpublished_words(self) -> bool:
        return self.published_on is not None and self.public_summary != self.published_summary


class Document(models.Model):
    """One PDF of a report, made by a background job."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="documents")
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=10, choices=MakingState, default=MakingState.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)  # per cent
    file = models.BinaryField(null=True)
    made_at = models.DateTimeField(null=True)
    ordered_at = models.DateTimeField(auto_now_add=True)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-id"]

    @property
    def is_ready(self) -> bool:
        return self.state == MakingState.READY

    @property
    def has_failed(self) -> bool:
        return self.state == MakingState.FAILED
