from django.db import models
from django.utils.translation import gettext_lazy as _


class Answer(models.TextChoices):
    """What an invited person has said."""

    NONE = "", _("Not answered")
    YES = "yes", _("Coming")
    MAYBE = "maybe", _("Do not know yet")
    NO = "no", _("Not coming")
