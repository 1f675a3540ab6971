"""Every read of planning. Access comes first: see planning.access and cohorts.access."""

from samspill.planning.queries.answers import Overview, Reply, answers_of, invitation_of, may_answer_for
from samspill.planning.queries.gatherings import (
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
    invited_to,
    reminder_letters,
    roll_of,
    told,
)
from samspill.planning.queries.meetings import meeting_of, uid_of
from samspill.planning.queries.outbox import (
    Parcel,
    is_stale,
    kind_of,
    letters_again,
    outbox_batch,
    parcels_of,
    waiting_to_be_prepared,
)

__all__ = [
    "Letter",
    "Overview",
    "Parcel",
    "Reply",
    "Roll",
    "agenda_letters",
    "answers_of",
    "current_release",
    "current_releases",
    "draft_agenda",
    "gatherings_of",
    "invitation_letters",
    "invitation_of",
    "invited_to",
    "is_stale",
    "kind_of",
    "letters_again",
    "may_answer_for",
    "meeting_of",
    "next_gathering",
    "outbox_batch",
    "parcels_of",
    "released_agenda",
    "reminder_letters",
    "roll_of",
    "span_sentence",
    "told",
    "uid_of",
    "waiting_to_be_prepared",
]
