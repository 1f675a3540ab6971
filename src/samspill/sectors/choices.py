from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    MINISTRY = "ministry", _("Ministry")
    AGENCY = "agency", _("Subordinate agency")
    COUNTY_GOVERNOR = "county_governor", _("County Governor")
    DIRECTORATE = "directorate", _("Directorate that runs the programme")
    OTHER = "other", _("Other organisation")


class WrittenForm(models.TextChoices):
    BOKMAAL = "nb", _("Norwegian Bokmål")
    NYNORSK = "nn", _("Norwegian Nynorsk")


class SectorKind(models.TextChoices):
    MINISTRY_AREA = "ministry_area", _("A ministry with its subordinate agencies")
    EQUAL_BODIES = "equal_bodies", _("Many equal bodies with a co-ordinating body")


class Side(models.TextChoices):
    """Which side of the steering line somebody sits on in a sector."""

    MINISTRY = "ministry", _("Ministry")
    AGENCY = "agency", _("Agencies")
    EQUAL = "equal", _("Equal bodies")
