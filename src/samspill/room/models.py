import uuid

from django.conf import settings
from django.db import models

from samspill.cohorts.models import Membership
from samspill.inputs.choices import Attribution, Kind, Part
from samspill.planning.models import AgendaRelease, Gathering
from samspill.room.choices import ActivityState, RunState


class Run(models.Model):
    """A gathering while it runs. The server's state is the only truth."""

    gathering = models.OneToOneField(Gathering, on_delete=models.PROTECT, related_name="run")
    release = models.ForeignKey(AgendaRelease, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=RunState, default=RunState.WAITING)
    code = models.CharField(max_length=8, unique=True)  # the room code on the big screen
    joining_open = models.BooleanField(default=True)
    current_item = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)


class ItemRun(models.Model):
    """When an item was on, for the clock and for planned against actual minutes."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="items")
    item = models.CharField(max_length=60)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]


class Attendance(models.Model):
    """Who is here."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="attendances")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="attendances")
    came_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "membership"], name="attendance_once")]


class Activity(models.Model):
    """The activity of one agenda item in one run. What it asks is frozen when it is first opened."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="activities")
    item = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=Kind)
    attribution = models.CharField(max_length=12, choices=Attribution)
    definition = models.JSONField()  # the item's activity, in the blueprint's shape
    state = models.CharField(max_length=8, choices=ActivityState, default=ActivityState.READY)
    part = models.CharField(max_length=8, choices=Part, default=Part.ANSWER)
    looked = models.BooleanField(
        default=False
    )  # somebody has seen what came in, so it cannot be opened again
    revealed = models.BooleanField(default=False)
    page = models.PositiveSmallIntegerField(default=0)  # of the result, as the big screen shows it

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["run", "item"], name="activity_one_per_item")]

    @property
    def is_open(self) -> bool:
        return self.state == ActivityState.OPEN

    @property
    def is_protected(self) -> bool:
        return not Attribution(self.attribution).bears_person


class Contribution(models.Model):
    """One answer. Only a named one bears a person; none bears a clock time.

    `token` is the SHA-256 of a random token that the participant's device holds for this activity and
    part; with it the answer can be changed while the activity is open. It is destroyed at close.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="contributions")
    attribution = models.CharField(max_length=12, choices=Attribution)  # the activity's, for the constraint
    part = models.CharField(max_length=8, choices=Part, default=Part.ANSWER)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    token = models.CharField(max_length=64, null=True)  # noqa: DJ001 - null once destroyed, and null is not unique
    value = models.JSONField()
    released_text = models.TextField(blank=True)  # what may stand in the report, as reviewed; empty: nothing

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(attribution=Attribution.NAMED) | models.Q(person=None),
                name="contribution_person_only_when_named",
            ),
            models.UniqueConstraint(fields=["activity", "part", "token"], name="contribution_token_unique"),
        ]


class Register(models.Model):
    """Who has taken part in an activity: date only, and nothing that leads to the answer."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="register")
    part = models.CharField(max_length=8, choices=Part, default=Part.ANSWER)
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    done_on = models.DateField(null=True)
    given = models.PositiveSmallIntegerField(
        default=0
    )  # how many answers, where several are wanted; 1 once closed

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "part", "membership"], name="register_once")
        ]
