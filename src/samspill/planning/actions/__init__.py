"""Every write of planning. Changes to the agenda's draft are tailoring: see cohorts.actions."""

from samspill.planning.actions.agenda import release_agenda
from samspill.planning.actions.gatherings import cancel, create_gatherings, schedule
from samspill.planning.actions.invitations import (
    answer_invitation,
    confirm_outbox,
    discard_outbox,
    prepare_invitations,
    prepare_reminder,
    send_failed_again,
)

__all__ = [
    "answer_invitation",
    "cancel",
    "confirm_outbox",
    "create_gatherings",
    "discard_outbox",
    "prepare_invitations",
    "prepare_reminder",
    "release_agenda",
    "schedule",
    "send_failed_again",
]
