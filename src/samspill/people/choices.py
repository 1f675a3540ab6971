from django.db import models
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    BOKMAAL = "nb", _("Norwegian Bokmål")
    NYNORSK = "nn", _("Norwegian Nynorsk")
    ENGLISH = "en", _("English")


class Duty(models.TextChoices):
    """What a person does for the directorate that runs the programmes, across all cohorts."""

    NONE = "", _("None")
    OWNER = "owner", _("Programme owner")
    FACILITATOR = "facilitator", _("Facilitator")
