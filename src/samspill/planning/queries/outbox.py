from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404

from samspill.cohorts.models import Cohort
from samspill.mail.models import Batch, Message
from samspill.mail.queries import batch_of, batches_of, messages_of
from samspill.planning.choices import Outgoing
from samspill.planning.models import Gathering
from samspill.planning.queries.gatherings import current_release, gatherings_of
from samspill.planning.queries.letters import Letter, agenda_letters, invitation_letters, reminder_letters

_OURS = "planning/"


@dataclass(frozen=True)
class Parcel:
    """What could be prepared now for one gathering."""

    gathering: Gathering
    letters: tuple[Letter, ...]


def parcels_of(cohort: Cohort) -> list[Batch]:
    """The cohort's batches of planning, newest first; measurements and others keep theirs to themselves."""
    return list(batches_of(subject_of(cohort)).filter(key__startswith=_OURS))


def outbox_batch(cohort: Cohort, pk: int) -> Batch:
    """404 for a batch of another cohort or of another app."""
    batch = batch_of(subject_of(cohort), pk)
    if not batch.key.startswith(_OURS):
        raise Http404
    return batch


def waiting_to_be_prepared(cohort: Cohort) -> list[Parcel]:
    """Gatherings about which somebody has not been told what they should know."""
    letters = invitation_letters(cohort)
    found = []
    for gathering in gatherings_of(cohort):
        theirs = tuple(letter for letter in letters if letter.gathering.pk == gathering.pk)
        if theirs:
            found.append(Parcel(gathering, theirs))
    return found


def letters_again(batch: Batch, cohort: Cohort) -> tuple[Letter, ...]:
    """What the batch would hold if it were prepared now."""
    kind, gathering = kind_of(batch, cohort)
    if kind == Outgoing.AGENDA and gathering is not None:
        release = current_release(gathering)
        return agenda_letters(release) if release else ()
    if kind == Outgoing.REMINDER and gathering is not None:
        return reminder_letters(gathering)
    return invitation_letters(cohort, only={message.data["gathering"] for message in messages_of(batch)})


def is_stale(batch: Batch, cohort: Cohort) -> bool:
    """Whether a draft no longer says what is so: date, place, people, addresses, answers, agenda."""
    return _written(messages_of(batch)) != _would_be_written(letters_again(batch, cohort))


def kind_of(batch: Batch, cohort: Cohort) -> tuple[Outgoing, Gathering | None]:
    """The batch's kind, and its gathering when it is about one only."""
    folder, _, last = batch.key.rpartition("/")
    if not last.isdigit():
        return Outgoing(batch.key), None
    return Outgoing(folder), next((one for one in gatherings_of(cohort) if one.pk == int(last)), None)


def subject_of(cohort: Cohort) -> str:
    return f"cohort:{cohort.pk}"


def _written(messages: Iterable[Message]) -> list[tuple[object, ...]]:
    return [(one.template, one.to_address, one.language, one.to_name, one.data) for one in messages]


def _would_be_written(letters: Iterable[Letter]) -> list[tuple[object, ...]]:
    return [
        (one.notice.template, one.person.email, one.person.language, one.person.name, one.data)
        for one in letters
    ]
