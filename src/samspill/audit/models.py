from django.db import models


class Entry(models.Model):
    """One thing that was done. Key and data are stored; the sentence is made for the reader.

    Never holds what a leader has answered or written in an activity or a wave.
    """

    at = models.DateTimeField(auto_now_add=True)
    actor = models.BigIntegerField(null=True)  # a person's id; audit knows no other app
    key = models.CharField(max_length=80)  # "cohorts.accepted"
    subject = models.CharField(max_length=80, db_index=True)  # "cohort:12"
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
