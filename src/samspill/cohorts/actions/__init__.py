"""Every write of cohorts, by what it is about."""

from samspill.cohorts.actions.enrolment import Place, enrol, forget_person, withdraw
from samspill.cohorts.actions.leaders import import_leaders
from samspill.cohorts.actions.proposals import leave_proposal, take_proposal
from samspill.cohorts.actions.reasons import accept_programme, give_reason
from samspill.cohorts.actions.states import change_state, invite_sector
from samspill.cohorts.actions.tailoring import (
    add_item,
    add_question,
    begin_tailoring,
    choose_questions,
    edit_item,
    move_item,
    move_question,
    remove_item,
    remove_question,
    restore_item,
    restore_question,
    reword_question,
    set_minutes,
)

__all__ = [
    "Place",
    "accept_programme",
    "add_item",
    "add_question",
    "begin_tailoring",
    "change_state",
    "choose_questions",
    "edit_item",
    "enrol",
    "forget_person",
    "give_reason",
    "import_leaders",
    "invite_sector",
    "leave_proposal",
    "move_item",
    "move_question",
    "remove_item",
    "remove_question",
    "restore_item",
    "restore_question",
    "reword_question",
    "set_minutes",
    "take_proposal",
    "withdraw",
]
