from django.db import models
from django.utils.translation import pgettext_lazy


class MakingState(models.TextChoices):
    QUEUED = "queued", pgettext_lazy("document", "Waiting")
    RUNNING = "running", pgettext_lazy("document", "Being made")
    READY = "ready", pgettext_lazy("document", "Ready")
    FAILED = "failed", pgettext_lazy("document", "Failed")
