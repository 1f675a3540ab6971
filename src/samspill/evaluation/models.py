import uuid

from django.db import models

from samspill.cohorts.models import Cohort, Membership
from samspill.evaluation.choices import WaveKind, WaveState
from samspill.programmes.document import Instrument, instrument_from


class Wave(models.Model):
    """One run of a questionnaire. The instrument is frozen when the wave opens."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="waves")
    kind = models.CharField(max_length=12, choices=WaveKind)
    state = models.CharField(max_length=8, choices=WaveState, default=WaveState.PLANNED)
    instrument = models.JSONField()  # the blueprint's instrument, in its shape
    opens_on = models.DateField(null=True)
    closes_on = models.DateField(
        null=True
    )  # the day people are asked to answer by; it closes when it is closed
    closed_on = models.DateField(null=True)
    shown_alone_on = models.DateField(
        null=True
    )  # the first wave only: shown before there was one to compare with

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["cohort", "kind"], name="wave_one_of_a_kind")]

    @property
    def questions(self) -> Instrument:
        return instrument_from(self.instrument)

    @property
    def is_open(self) -> bool:
        return self.state == WaveState.OPEN

    @property
    def is_closed(self) -> bool:
        return self.state == WaveState.CLOSED

    @property
    def subject(self) -> str:
        """What its mails belong to."""
        return f"wave:{self.pk}"


class PairingSecret(models.Model):
    """What pseudonyms are made with, together with the server's key. The row is deleted when the cohort closes,
    and pairing ends with it.
    """

    cohort = models.OneToOneField(Cohort, on_delete=models.CASCADE, related_name="pairing_secret")
    secret = models.BinaryField()


class Answer(models.Model):
    """One value for one item under a pseudonym: no person, no clock time, a random key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="answers")
    pseudonym = models.CharField(max_length=64)
    item = models.CharField(max_length=60)
    value = models.PositiveSmallIntegerField()  # 1–7

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wave", "pseudonym", "item"], name="answer_one_per_item"),
            models.CheckConstraint(condition=models.Q(value__gte=1, value__lte=7), name="answer_in_scale"),
        ]


class Asked(models.Model):
    """Who is asked in a wave and who has answered: date only."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="asked")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    invited_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    reminded_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wave", "membership"], name="asked_once")]
