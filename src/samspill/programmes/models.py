from django.conf import settings
from django.db import models

from samspill.programmes.choices import VersionState
from samspill.programmes.document import Blueprint, blueprint_from


class Umbrella(models.Model):
    """A programme that offers several measures. Texts are {"nb": …, "nn": …, "en": …}."""

    key = models.SlugField(unique=True)
    name = models.JSONField()
    purpose = models.JSONField()
    owner = models.JSONField()

    class Meta:
        ordering = ["id"]


class Measure(models.Model):
    """One thing an umbrella programme offers. Texts are {"nb": …, "nn": …, "en": …}."""

    umbrella = models.ForeignKey(Umbrella, on_delete=models.PROTECT, related_name="measures")
    key = models.SlugField(unique=True)
    name = models.JSONField()
    purpose = models.JSONField()
    owner = models.JSONField()
    audience = models.JSONField()
    link = models.URLField(blank=True)

    class Meta:
        ordering = ["id"]


class BlueprintVersion(models.Model):
    """The recipe of a measure. A released version never changes; there is at most one draft per measure."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.DRAFT)
    content = models.JSONField()  # the YAML file as data, valid against blueprint.schema.json
    revision = models.PositiveIntegerField(default=0)  # counts saves, so that two editors notice each other
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["measure_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "number"], name="blueprint_number_unique"),
            models.UniqueConstraint(
                fields=["measure"], condition=models.Q(state=VersionState.DRAFT), name="blueprint_one_draft"
            ),
        ]

    @property
    def blueprint(self) -> Blueprint:
        return blueprint_from(self.content)
