from typing import ClassVar

from django.conf import settings
from django.db import models

from samspill.cohorts.choices import Handling, Role, State
from samspill.programmes.document import GatheringPlan, gathering_from
from samspill.programmes.models import BlueprintVersion
from samspill.sectors.choices import Side
from samspill.sectors.models import Organisation, Sector


class Cohort(models.Model):
    """One sector going through one released blueprint version."""

    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="cohorts")
    blueprint = models.ForeignKey(BlueprintVersion, on_delete=models.PROTECT, related_name="cohorts")
    state = models.CharField(max_length=12, choices=State, default=State.INVITED)
    language = models.CharField(max_length=2, default="nb")
    half_year = models.CharField(max_length=6)  # planned start: "2026-2" is the autumn
    tailored = models.JSONField(default=dict)  # {"gatherings": […]}; empty before tailoring
    revision = models.PositiveIntegerField(default=0)  # counts saves, so that two editors notice each other
    programme_accepted_on = models.DateField(null=True)  # by the host
    programme_accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-half_year", "sector__name_nb", "id"]

    @property
    def plans(self) -> tuple[GatheringPlan, ...]:
        """The gatherings as tailored; as the blueprint has them until tailoring has begun."""
        gatherings = self.tailored.get("gatherings") or self.blueprint.content["gatherings"]
        return tuple(gathering_from(each) for each in gatherings)

    def plan(self, key: str) -> GatheringPlan | None:
        return next((plan for plan in self.plans if plan.key == key), None)


class StateChange(models.Model):
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="changes")
    before = models.CharField(max_length=12, choices=State)
    after = models.CharField(max_length=12, choices=State)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]


class ActiveMemberships(models.Manager["Membership"]):
    def get_queryset(self) -> models.QuerySet["Membership"]:
        return super().get_queryset().filter(withdrawn_on=None)


class Membership(models.Model):
    """A person's role in a cohort, with office and organisation as they were when enrolled.

    Whoever has been withdrawn is not in `objects` any more; what they took part in keeps its row.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200, blank=True)
    side = models.CharField(max_length=10, choices=Side, blank=True)
    acts_for = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="delegates"
    )
    withdrawn_on = models.DateField(null=True)

    objects: ClassVar[ActiveMemberships] = ActiveMemberships()
    ever: ClassVar[models.Manager["Membership"]] = models.Manager()

    class Meta:
        ordering = ["organisation__name_nb", "title", "id"]
        constraints = [models.UniqueConstraint(fields=["cohort", "person"], name="membership_one_per_person")]


class DifferenceReason(models.Model):
    """Why the tailored programme differs from the blueprint in one place."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="reasons")
    difference = models.CharField(max_length=250)  # the key of the difference, as `differences` makes it
    reason = models.TextField(blank=True)
    for_next_version = models.BooleanField(default=False)  # "use this in the next blueprint version"
    handling = models.CharField(max_length=8, choices=Handling, blank=True, default=Handling.WAITING)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "difference"], name="reason_one_per_difference")
        ]
