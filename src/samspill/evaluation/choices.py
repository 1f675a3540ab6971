from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspill.ui.shapes import WaveKind as ChartKind


class WaveKind(models.TextChoices):
    BEFORE = "before", pgettext_lazy("measurement", "Before")
    AFTER = "after", pgettext_lazy("measurement", "After")
    SIX_MONTHS = "six_months", pgettext_lazy("measurement", "Six months later")

    @property
    def place(self) -> int:
        """Where it comes in time."""
        return list(WaveKind).index(self)

    @property
    def chart_kind(self) -> ChartKind:
        kinds: dict[WaveKind, ChartKind] = {WaveKind.BEFORE: "before", WaveKind.AFTER: "after"}
        return kinds.get(self, "later")


class WaveState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("measurement", "Planned")
    OPEN = "open", pgettext_lazy("measurement", "Open")
    CLOSED = "closed", pgettext_lazy("measurement", "Closed")


class Finding(models.TextChoices):
    """What is said of a change, in words. The values are those of `cores.effects.Verdict`."""

    RISE = "rise", pgettext_lazy("finding", "rise")
    PROBABLE_RISE = "probable_rise", pgettext_lazy("finding", "probable rise")
    FALL = "fall", pgettext_lazy("finding", "fall")
    PROBABLE_FALL = "probable_fall", pgettext_lazy("finding", "probable fall")
    NO_CHANGE = "no_change", pgettext_lazy("finding", "no change worth naming")
    CANNOT_TELL = "cannot_tell", pgettext_lazy("finding", "cannot tell")
    HIDDEN = "hidden", _("hidden to protect the participants")

    @property
    def is_clear(self) -> bool:
        return self in (Finding.RISE, Finding.FALL, Finding.NO_CHANGE)
