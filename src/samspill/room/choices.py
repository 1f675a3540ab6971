from django.db import models
from django.utils.translation import gettext_lazy as _


class RunState(models.TextChoices):
    WAITING = "waiting", _("Not started")
    RUNNING = "running", _("Running")
    ENDED = "ended", _("Ended")


class ActivityState(models.TextChoices):
    READY = "ready", _("Not opened")
    OPEN = "open", _("Taking answers")
    CLOSED = "closed", _("Answers collected")
