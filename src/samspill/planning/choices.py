from django.db import models
from django.utils.translation import gettext_lazy as _


class Answer(models.TextChoices):
    """What an invited person has said."""

    NONE = "", _("Not answered")
    YES = "yes", _("Coming")
    MAYBE = "maybe", _("Do not know yet")
    NO = "no", _("Not coming")

    @classmethod
    def given(cls) -> tuple["Answer", ...]:
        """The answers a person can give, in the order they are offered."""
        return cls.YES, cls.NO, cls.MAYBE


class Notice(models.TextChoices):
    """A kind of mail about a gathering. The value is the name of its template."""

    INVITATION = "invitation", _("Invitation")
    CHANGE = "change", _("New time or place")
    CANCELLATION = "cancellation", _("Cancellation")
    AGENDA = "agenda", _("Changed agenda")
    REMINDER = "reminder", _("Reminder to answer")

    @property
    def template(self) -> str:
        return f"planning/mail/{self.value}"


class Outgoing(models.TextChoices):
    """A kind of batch in the outbox. The value begins the batch's key; a gathering's id may follow."""

    INVITATIONS = "planning/invitations", _("Invitations")
    AGENDA = "planning/agenda", _("Notice of a changed agenda")
    REMINDER = "planning/reminder", _("Reminder to those who have not answered")
