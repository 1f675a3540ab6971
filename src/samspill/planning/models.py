from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models

from samspill.cohorts.models import Cohort, Membership
from samspill.planning.choices import Answer
from samspill.programmes.document import GatheringPlan, Item, gathering_from, item_from


class Gathering(models.Model):
    """One meeting of a cohort. What happens in it is the tailored plan with the same key."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="gatherings")
    number = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=60)  # of the gathering in the blueprint: "g1"
    starts_at = models.DateTimeField(null=True)
    minutes = models.PositiveSmallIntegerField(
        default=180
    )  # booked: the blueprint's, then the released agenda's
    place = models.CharField(max_length=200, blank=True)
    facilitators = models.ManyToManyField(Membership, related_name="facilitates", blank=True)
    guests = models.ManyToManyField(Membership, related_name="visits", blank=True)
    sequence = models.PositiveIntegerField(default=0)  # iCalendar SEQUENCE: see raise_sequence
    cancelled = models.BooleanField(default=False)
    cancel_reason = models.CharField(max_length=300, blank=True)  # told to those who were invited

    class Meta:
        ordering = ["cohort_id", "number"]
        constraints = [models.UniqueConstraint(fields=["cohort", "number"], name="gathering_number_unique")]

    @property
    def plan(self) -> GatheringPlan:
        """The draft: the gathering as it is tailored now."""
        return gathering_from(self.document)

    @property
    def document(self) -> dict[str, Any]:
        """The draft as data, in the blueprint's shape."""
        gatherings = self.cohort.tailored.get("gatherings") or self.cohort.blueprint.content["gatherings"]
        found: dict[str, Any] = next(each for each in gatherings if each["key"] == self.key)
        return found

    @property
    def ends_at(self) -> datetime | None:
        """In UTC, because adding minutes to a local time goes wrong on the night the clock changes."""
        return self.starts_at.astimezone(UTC) + timedelta(minutes=self.minutes) if self.starts_at else None

    @property
    def time(self) -> tuple[datetime, datetime]:
        """Start and end of a gathering that has a date; ValueError for one that has not."""
        if self.starts_at is None or self.ends_at is None:
            raise ValueError("This gathering has no date.")
        return self.starts_at, self.ends_at


class AgendaRelease(models.Model):
    """The agenda as it was released. Never changes; the newest one is what the room runs."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="releases")
    number = models.PositiveIntegerField()
    items = models.JSONField()  # the plan's items, in the blueprint's shape
    frame = models.JSONField(
        default=dict
    )  # the plan's title, theme, aim and questions, in the blueprint's shape
    changes = models.JSONField(
        default=list
    )  # what changed since the release before, as `differences` makes it
    released_at = models.DateTimeField(auto_now_add=True)
    released_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["gathering_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["gathering", "number"], name="release_number_unique")]

    @property
    def agenda(self) -> tuple[Item, ...]:
        return tuple(item_from(each) for each in self.items)

    @property
    def document(self) -> dict[str, Any]:
        """The whole gathering as it was released, in the blueprint's shape."""
        return {**(self.frame or self.gathering.document), "items": self.items}

    @property
    def plan(self) -> GatheringPlan:
        return gathering_from(self.document)


class Invitation(models.Model):
    """One person's invitation to one gathering. The UID never changes.

    It outlives the membership, because somebody who has left must still be sent the cancellation.
    """

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations")
    membership = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, related_name="invitations"
    )
    uid = models.CharField(max_length=120, unique=True)
    sequence_sent = models.IntegerField(default=-1)  # the SEQUENCE last sent to the person; -1: none
    cancelled_sent = models.BooleanField(default=False)
    answer = models.CharField(max_length=6, choices=Answer, blank=True, default=Answer.NONE)
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["gathering", "person"], name="invitation_one_per_person")
        ]

    @property
    def has_been_sent(self) -> bool:
        return self.sequence_sent >= 0
