from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspill.inputs.choices import Arena

__all__ = ["Arena", "Status"]


class Status(models.TextChoices):
    OPEN = "open", pgettext_lazy("commitment", "Open")
    DONE = "done", pgettext_lazy("commitment", "Done")
    DROPPED = "dropped", _("Dropped")
