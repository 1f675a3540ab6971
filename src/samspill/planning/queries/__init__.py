"""Every read of planning. Access comes first: see planning.access and cohorts.access."""

from samspill.planning.queries.answers import Overview, Reply, answers_of, invitation_of, may_answer_for
from samspill.planning.queries.gatherings import (
    changes_since,
    current_release,
    current_releases,
    draft_agenda,
    gatherings_of,
    next_gathering,
    released_agenda,
    span_sentence,
)
from samspill.planning.queries.letters import (
    Letter,
    Roll,
    agenda_letters,
    invitation_letters,
    reminder_letters,
    roll_of,
    rolls_of,
    told,
)
from samspill.planning.queries.meetings import meeting_of, uid_of
from samspill.planning.queries.outbox import (
    Due,
    Parcel,
    due_in,
    is_stale,
    kind_of,
    letters_again,
    parcel_of,
    parcels_of,
)
from samspill.planning.queries.standing import Standing, Step, next_step, standings_of

__all__ = [
    "Due",
    "Letter",
    "Overview",
    "Parcel",
    "Reply",
    "Roll",
    "Standing",
    "Step",
    "agenda_letters",
    "answers_of",
    "changes_since",
    "current_release",
    "current_releases",
    "draft_agenda",
    "due_in",
    "gatherings_of",
    "invitation_letters",
    "invitation_of",
    "is_stale",
    "kind_of",
    "letters_again",
    "may_answer_for",
    "meeting_of",
    "next_gathering",
    "next_step",
    "parcel_of",
    "parcels_of",
    "released_agenda",
    "reminder_letters",
    "roll_of",
    "rolls_of",
    "span_sentence",
    "standings_of",
    "told",
    "uid_of",
]
