from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a person can be asked to do."""

    REFLECTION = "reflection", _("Reflection")
    SCALE = "scale", _("Scale")
    POLL = "poll", _("Poll")
    IDEAS = "ideas", _("Ideas with votes")
    COMMITMENT = "commitment", _("Commitment")


class Attribution(models.TextChoices):
    """Whose an answer is. Frozen by the first answer."""

    NAMED = "named", _("Named")
    CHATHAM = "chatham", _("Chatham House")
    UNLINKABLE = "unlinkable", _("Unlinkable")

    @property
    def bears_person(self) -> bool:
        return self == Attribution.NAMED

    @property
    def promise(self) -> str | Promise:
        """What somebody who is about to answer is promised."""
        return {
            Attribution.NAMED: _("Your answer carries your name."),
            Attribution.CHATHAM: _(
                "Your answer may be used afterwards, but never with your name, organisation or role."
            ),
            Attribution.UNLINKABLE: _("Nobody can find out which answer is yours, not even afterwards."),
        }[self]


class Part(models.TextChoices):
    """Ideas come in two parts: first they are submitted, then voted on. Every other kind has one."""

    ANSWER = "answer", _("Answer")
    BALLOT = "ballot", _("Votes")


class Audience(models.TextChoices):
    """Who looks at answers."""

    FACILITATOR = "facilitator", _("Facilitator")
    EVERYBODY = "everybody", _("Everybody in the room")


class Arena(models.TextChoices):
    """Where a commitment is followed up."""

    ALLOCATION_LETTER = "allocation_letter", _("Next allocation letter")
    INSTRUCTION = "instruction", _("Main instruction")
    GOVERNANCE_MEETING = "governance_meeting", _("Next governance meeting")
    AGENCY_PLAN = "agency_plan", _("The agency's own plan")
    LEADER_MEETING = "leader_meeting", _("The leader meeting's agenda")
