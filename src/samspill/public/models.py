from django.db import models


class Feedback(models.Model):
    """One answer to "did you find what you were looking for?". Nothing about who wrote it."""

    page = models.CharField(max_length=200, db_index=True)
    found = models.BooleanField()
    text = models.TextField(blank=True)
    language = models.CharField(max_length=2)
    received_on = models.DateField(auto_now_add=True)
    read = models.BooleanField(default=False)

    class Meta:
        ordering = ["-id"]
