from django.db import models
from django.utils.translation import gettext_lazy as _


class WaveKind(models.TextChoices):
    BEFORE = "before", _("Before")
    AFTER = "after", _("After")
    SIX_MONTHS = "six_months", _("Six months later")


class WaveState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
