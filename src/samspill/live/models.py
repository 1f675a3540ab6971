from django.db import models


class Topic(models.Model):
    """How many times something has changed; a stream shows the newest state when the number has moved."""

    name = models.CharField(max_length=80, primary_key=True)  # "gathering:12"
    version = models.BigIntegerField(default=0)
