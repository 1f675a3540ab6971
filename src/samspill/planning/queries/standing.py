from dataclasses import dataclass

from samspill.cohorts.models import Cohort
from samspill.people.models import Person
from samspill.planning.choices import Answer
from samspill.planning.models import AgendaRelease, Gathering
from samspill.planning.queries.gatherings import current_releases
from samspill.planning.queries.letters import rolls_of


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
