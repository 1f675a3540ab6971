from datetime import datetime, timedelta

from django.db import models

from samspill.cohorts.models import Cohort, Membership
from samspill.planning.choices import Answer
from samspill.programmes.document import GatheringPlan, Item, item_from


class Gathering(models.Model):
    """One meeting of a cohort. What happens in it is the tailored plan with the same key."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="gatherings")
    number = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=60)  # of the gathering in the blueprint: "g1"
    starts_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=200, blank=True)
    facilitators = models.ManyToManyField(Membership, related_name="facilitates", blank=True)
    sequence = models.PositiveIntegerField(default=0)  # iCalendar SEQUENCE: +1 when time or place changes after sending
    cancelled = models.BooleanField(default=False)

    class Meta:
        ordering = ["cohort_id", "number"]
        constraints = [models.UniqueConstraint(fields=["cohort", "number"], name="gathering_number_unique")]

    @property
    def plan(self) -> GatheringPlan:
        """The draft: the gathering as it is tailored now."""
        plan = self.cohort.plan(self.key)
        assert plan is not None
        return plan

    @property
    def ends_at(self) -> datetime | None:
        return self.starts_at + timedelta(minutes=self.plan.minutes) if self.starts_at else None


class AgendaRelease(models.Model):
    """The agenda as it was released. Never changes; the newest one is what the room runs."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="releases")
    number = models.PositiveIntegerField()
    items = models.JSONField()  # the plan's items, in the blueprint's shape
    changes = models.JSONField(default=list)  # what changed since the release before, as `differences` makes it
    released_at = models.DateTimeField(auto_now_add=True)
    released_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["gathering_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["gathering", "number"], name="release_number_unique")]

    @property
    def agenda(self) -> tuple[Item, ...]:
        return tuple(item_from(each) for each in self.items)


class Invitation(models.Model):
    """One person's invitation to one gathering. The UID never changes."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="invitations")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="invitations")
    uid = models.CharField(max_length=120, unique=True)
    sequence_sent = models.IntegerField(default=-1)  # the SEQUENCE this person has last been sent; -1 before any
    cancelled_sent = models.BooleanField(default=False)
    answer = models.CharField(max_length=6, choices=Answer, blank=True, default=Answer.NONE)
    answered_on = models.DateField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["gathering", "membership"], name="invitation_one_per_person")
        ]
