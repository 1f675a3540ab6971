from django.db import models
from django.utils.translation import gettext_lazy as _


class Verdict(models.TextChoices):
    """What importing a row would do."""

    NEW = "new", _("New")
    UNCHANGED = "unchanged", _("As before")
    CHANGE = "change", _("Change")
    REFUSED = "refused", _("Not imported")
