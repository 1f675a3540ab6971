from django.db import models
from django.utils.translation import gettext_lazy as _


class VersionState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    RELEASED = "released", _("Released")


class Mode(models.TextChoices):
    """What the minutes of an agenda item are used for."""

    THEORY = "theory", _("Theory")
    REFLECTION = "reflection", _("Reflection")
    DIALOGUE = "dialogue", _("Dialogue")
    SHARING = "sharing", _("Sharing")
    BREAK = "break", _("Break")
