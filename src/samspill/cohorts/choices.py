from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    INVITED = "invited", _("Invited")
    DECLINED = "declined", _("Declined")
    ACCEPTED = "accepted", _("Accepted")
    TAILORING = "tailoring", _("Tailoring")
    RUNNING = "running", _("Running")
    FOLLOW_UP = "follow_up", _("Follow-up")
    CLOSED = "closed", _("Closed")

    @property
    def next_states(self) -> tuple["State", ...]:
        return {
            State.INVITED: (State.ACCEPTED, State.DECLINED),
            State.DECLINED: (State.INVITED,),
            State.ACCEPTED: (State.TAILORING,),
            State.TAILORING: (State.RUNNING,),
            State.RUNNING: (State.FOLLOW_UP,),
            State.FOLLOW_UP: (State.CLOSED,),
            State.CLOSED: (),
        }[self]


class Role(models.TextChoices):
    OWNER = "owner", _("Programme owner")
    FACILITATOR = "facilitator", _("Facilitator")
    RESOURCE = "resource", _("Resource person")
    HOST = "host", _("Host")
    LEADER = "leader", _("Leader")
    DELEGATE = "delegate", _("Delegate")
    GUEST = "guest", _("Guest speaker")

    @property
    def takes_part(self) -> bool:
        """Whether the role reflects, answers measurements and makes commitments."""
        return self in (Role.HOST, Role.LEADER)


class Handling(models.TextChoices):
    """What the owner has done with a difference that a cohort proposes for the next blueprint version."""

    WAITING = "", _("Waiting")
    TAKEN = "taken", _("Taken into the draft")
    LEFT = "left", _("Left as it was")
