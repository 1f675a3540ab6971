"""Every write of planning. A change to the draft of an agenda is tailoring: cohorts.actions does it."""

from samspill.planning.actions.agenda import release_agenda
from samspill.planning.actions.draft import Removed, put_back, revise_agenda, take_out
from samspill.planning.actions.gatherings import cancel, create_gatherings, schedule
from samspill.planning.actions.invitations import (
    answer_invitation,
    confirm_outbox,
    discard_outbox,
    prepare_again,
    prepare_agenda_notice,
    prepare_invitations,
    prepare_reminder,
    send_failed_again,
)

__all__ = [
    "Removed",
    "answer_invitation",
    "cancel",
    "confirm_outbox",
    "create_gatherings",
    "discard_outbox",
    "prepare_again",
    "prepare_agenda_notice",
    "prepare_invitations",
    "prepare_reminder",
    "put_back",
    "release_agenda",
    "revise_agenda",
    "schedule",
    "send_failed_again",
    "take_out",
]
