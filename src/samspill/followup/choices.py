from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class Arena(models.TextChoices):
    """Where a commitment is followed up."""

    ALLOCATION_LETTER = "allocation_letter", _("Next allocation letter")
    INSTRUCTION = "instruction", _("Main instruction")
    GOVERNANCE_MEETING = "governance_meeting", _("Next governance meeting")
    AGENCY_PLAN = "agency_plan", _("The agency's own plan")
    LEADER_MEETING = "leader_meeting", _("The leader meeting's agenda")
