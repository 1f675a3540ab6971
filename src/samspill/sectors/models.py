from django.conf import settings
from django.db import models
from django.utils.translation import get_language

from samspill.sectors.choices import OrganisationKind, SectorKind, WrittenForm
from samspill.ui.text import pick


class Organisation(models.Model):
    """A public body. The number is nine digits with a mod 11 check digit; invented bodies have none."""

    number = models.CharField(max_length=9, null=True, unique=True)  # noqa: DJ001 - unknown is not empty here
    name_nb = models.CharField(max_length=200)
    name_nn = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    abbreviation = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind, default=OrganisationKind.AGENCY)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    written_form = models.CharField(max_length=2, choices=WrittenForm, blank=True)
    source = models.CharField(max_length=40, blank=True)  # "reference", "file", "register"
    seen_on = models.DateField(null=True)  # the day the source was read

    class Meta:
        ordering = ["name_nb", "id"]

    def __str__(self) -> str:
        return pick(self.names, get_language() or "nb")

    @property
    def names(self) -> dict[str, str]:
        return {"nb": self.name_nb, "nn": self.name_nn or self.name_nb, "en": self.name_en or self.name_nb}


class Sector(models.Model):
    """A co-ordinating body with its subordinate agencies, or many equal bodies."""

    name_nb = models.CharField(max_length=200)
    name_nn = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, choices=SectorKind, default=SectorKind.MINISTRY_AREA)
    coordinator = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="coordinates")
    organisations = models.ManyToManyField(Organisation, related_name="sectors")  # the coordinator included

    class Meta:
        ordering = ["name_nb", "id"]

    def __str__(self) -> str:
        return pick(self.names, get_language() or "nb")

    @property
    def names(self) -> dict[str, str]:
        return {"nb": self.name_nb, "nn": self.name_nn or self.name_nb, "en": self.name_en or self.name_nb}


class Position(models.Model):
    """A person's office in an organisation."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="positions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="positions")
    title = models.CharField(max_length=200)

    class Meta:
        ordering = ["organisation__name_nb", "title", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "organisation"], name="position_one_per_organisation")
        ]
