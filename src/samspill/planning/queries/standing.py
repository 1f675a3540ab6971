from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from samspill.cohorts.models import Cohort
from samspill.people.models import Person
from samspill.planning.choices import Answer
from samspill.planning.models import AgendaRelease, Gathering
from samspill.planning.queries.gatherings import current_releases
from samspill.planning.queries.letters import invitation_letters, rolls_of


@dataclass(frozen=True)
class Standing:
    """Where one gathering stands: its agenda, and what people have said."""

    gathering: Gathering
    release: AgendaRelease | None
    changed: bool
    """Whether the draft is no longer what was released."""
    coming: int
    invited: int
    mine: Answer | None
    """What the reader has answered; None when the reader has not been sent an invitation."""


def standings_of(cohort: Cohort, reader: Person) -> list[Standing]:
    """Every gathering of the cohort in order, in the same number of queries whatever their number."""
    releases = current_releases(cohort)
    found = []
    for roll in rolls_of(cohort):
        gathering = roll.gathering
        release = releases.get(gathering.pk)
        answers = [roll.known[person.pk].answer for person in roll.holders]
        own = roll.known.get(reader.pk)
        found.append(
            Standing(
                gathering=gathering,
                release=release,
                changed=release is not None and release.document != gathering.document,
                coming=answers.count(Answer.YES),
                invited=len(answers),
                mine=Answer(own.answer) if own and own.has_been_sent else None,
            )
        )
    return found


@dataclass(frozen=True)
class Step:
    """What to do next, in a sentence, with where to do it."""

    sentence: str
    action: str
    url: str


def next_step(gathering: Gathering, release: AgendaRelease | None) -> Step | None:
    """The one thing those who run the gathering should do before it; None when everything is done."""
    here, cohort = [gathering.pk], [gathering.cohort_id]
    if gathering.cancelled:
        return None
    if gathering.starts_at is None:
        return Step(
            gettext("The gathering has no date yet."),
            gettext("Set time and place"),
            reverse("planning:schedule", args=here),
        )
    if release is None:
        return Step(
            gettext("Participants see no programme before the agenda is released."),
            gettext("Look through the agenda"),
            reverse("planning:agenda", args=here),
        )
    if release.document != gathering.document:
        return Step(
            gettext("The draft has been changed since the agenda was released."),
            gettext("See what has changed"),
            reverse("planning:release", args=here),
        )
    if invitation_letters(gathering.cohort, only=here):
        return Step(
            gettext("Somebody has not been sent what they should know of this gathering."),
            gettext("Go to the outbox"),
            reverse("planning:outbox", args=cohort),
        )
    return None
