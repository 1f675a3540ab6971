"""Every write of measurements."""

from samspill.evaluation.actions.answering import finish, save_answer, save_answers
from samspill.evaluation.actions.ending import close_wave, destroy_secret, forget_person, show_alone
from samspill.evaluation.actions.mailing import (
    confirm_invitations,
    discard_invitations,
    prepare_invitations,
    remind,
)
from samspill.evaluation.actions.opening import open_due_today, open_due_waves, open_wave, plan_wave

__all__ = [
    "close_wave",
    "confirm_invitations",
    "destroy_secret",
    "discard_invitations",
    "finish",
    "forget_person",
    "open_due_today",
    "open_due_waves",
    "open_wave",
    "plan_wave",
    "prepare_invitations",
    "remind",
    "save_answer",
    "save_answers",
    "show_alone",
]
