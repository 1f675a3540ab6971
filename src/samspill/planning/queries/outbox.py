from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from samspill.cohorts.models import Cohort
from samspill.mail.models import Batch, Message
from samspill.mail.queries import batch_of, batches_of, messages_of
from samspill.planning.choices import Notice, Outgoing
from samspill.planning.models import Gathering
from samspill.planning.queries.gatherings import current_release, gatherings_of
from samspill.planning.queries.letters import Letter, agenda_letters, invitation_letters, reminder_letters

_OURS = "planning/"


@dataclass(frozen=True)
class Due:
    """The mails that could be prepared now about one gathering."""

    gathering: Gathering
    letters: tuple[Letter, ...]

    @property
    def notices(self) -> list[tuple[Notice, int]]:
        """How many of each kind."""
        return list(Counter(letter.notice for letter in self.letters).items())


@dataclass(frozen=True)
class Parcel:
    """A batch of planning's mails. `gathering` is None when it may be about several."""

    batch: Batch
    kind: Outgoing
    gathering: Gathering | None
    numbers: tuple[int, ...]
    """Of the gatherings the mails are about."""
    notices: frozenset[str]
    """The templates of the mails."""
    total: int
    sent: int
    failed: int
    under_way: int
    stale: bool
    """A draft that no longer says what is so: date, place, people, answers or agenda have changed."""

    @property
    def name(self) -> str:
        """What the mails are: invitations travel with changes and cancellations, and may be only these."""
        only = {
            Notice.CANCELLATION.template: _("Cancellations"),
            Notice.CHANGE.template: _("New time or place"),
        }
        given = next(iter(self.notices)) if len(self.notices) == 1 else ""
        return str(only.get(given, self.kind.label))


def parcels_of(cohort: Cohort) -> list[Parcel]:
    """The cohort's batches of planning, newest first; measurements and others keep theirs to themselves."""
    batches = batches_of(subject_of(cohort)).filter(key__startswith=_OURS)
    return _parcels(list(batches), cohort)


def parcel_of(cohort: Cohort, pk: int) -> Parcel:
    """404 for a batch of another cohort or of another app."""
    batch = batch_of(subject_of(cohort), pk)
    if not batch.key.startswith(_OURS):
        raise Http404
    return _parcels([batch], cohort)[0]


def due_in(cohort: Cohort) -> list[Due]:
    """Gatherings about which somebody has not been told what they should know."""
    found: dict[int, list[Letter]] = {}
    for letter in invitation_letters(cohort):
        found.setdefault(letter.gathering.pk, []).append(letter)
    return [Due(letters[0].gathering, tuple(letters)) for letters in found.values()]


def letters_again(batch: Batch, cohort: Cohort) -> tuple[Letter, ...]:
    """What the batch would hold if it were prepared now."""
    kind, gathering = _about(batch, gatherings_of(cohort))
    if kind == Outgoing.INVITATIONS:
        return invitation_letters(cohort, only={message.data["gathering"] for message in messages_of(batch)})
    if gathering is None:
        return ()
    if kind == Outgoing.REMINDER:
        return reminder_letters(gathering)
    release = current_release(gathering)
    return agenda_letters(release) if release else ()


def kind_of(batch: Batch) -> Outgoing:
    return _about(batch, [])[0]


def is_stale(batch: Batch, cohort: Cohort) -> bool:
    return _written(messages_of(batch)) != _would_be_written(letters_again(batch, cohort))


def subject_of(cohort: Cohort) -> str:
    return f"cohort:{cohort.pk}"


def _parcels(batches: list[Batch], cohort: Cohort) -> list[Parcel]:
    gatherings = gatherings_of(cohort)
    numbers: dict[int, set[int]] = {}
    notices: dict[int, set[str]] = {}
    found = Message.objects.filter(batch__in=batches).values_list("batch", "template", "data__number")
    for batch, template, number in found.order_by().distinct():
        notices.setdefault(batch, set()).add(template)
        if isinstance(number, int):  # an erased person's mail has no data left
            numbers.setdefault(batch, set()).add(number)
    return [
        _parcel(
            batch,
            cohort,
            gatherings,
            tuple(sorted(numbers.get(batch.pk, ()))),
            frozenset(notices.get(batch.pk, ())),
        )
        for batch in batches
    ]


def _parcel(
    batch: Batch,
    cohort: Cohort,
    gatherings: list[Gathering],
    numbers: tuple[int, ...],
    notices: frozenset[str],
) -> Parcel:
    kind, gathering = _about(batch, gatherings)
    counts: dict[str, int] = vars(batch)  # `batches_of` puts them there
    return Parcel(
        batch=batch,
        kind=kind,
        gathering=gathering,
        numbers=numbers,
        notices=notices,
        total=counts["total"],
        sent=counts["sent"],
        failed=counts["failed"],
        under_way=counts["under_way"],
        stale=batch.is_draft and is_stale(batch, cohort),
    )


def _about(batch: Batch, gatherings: list[Gathering]) -> tuple[Outgoing, Gathering | None]:
    folder, _slash, last = batch.key.rpartition("/")
    if not last.isdigit():
        return Outgoing(batch.key), None
    return Outgoing(folder), next((one for one in gatherings if one.pk == int(last)), None)


def _written(messages: Iterable[Message]) -> list[tuple[object, ...]]:
    return [(one.template, one.to_address, one.language, one.to_name, one.data) for one in messages]


def _would_be_written(letters: Iterable[Letter]) -> list[tuple[object, ...]]:
    return [
        (one.notice.template, one.person.email, one.person.language, one.person.name, one.data)
        for one in letters
    ]
