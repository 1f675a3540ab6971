import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from samspill.cohorts.models import Membership
from samspill.errors import Refused
from samspill.inputs.choices import Kind, Part
from samspill.inputs.kinds import KINDS
from samspill.inputs.kinds.base import Value
from samspill.live.actions import announce
from samspill.people.models import Person
from samspill.room.access import participant_in
from samspill.room.actions.noting import locked_activity, refuse_unless, topic_of
from samspill.room.adopting import Adopt
from samspill.room.choices import RunState
from samspill.room.models import Activity, Attendance, Contribution, Register, Run
from samspill.room.queries import asked_in

MOST_OF_ONE = 20
"""Answers one person may give where several are wanted; where nobody can tell whose they are, on average."""


@dataclass(frozen=True)
class Handed:
    """An answer as it comes from a device.

    `entry` is random and made there; the same one again is the same answer.
    For named answers the id of one's own stored answer will do as its entry, so that it can be changed from
    another device. `value` is None to take an answer back.
    """

    entry: str
    part: Part
    value: object


class AnsweredElsewhere(Refused):
    """A protected answer can only be changed from the device that gave it: nobody else knows which it is."""


def join(*, run: Run, by: Person) -> None:
    """Say that one is here. Saying so twice changes nothing. The day is kept and nowhere the time, so that nobody
    can lay who came when beside the answers that were there by then.
    """
    membership = participant_in(by, run.gathering)
    if Attendance.objects.filter(run=run, membership=membership).exists():
        return
    refuse_unless(run.state != RunState.ENDED, gettext("The gathering is over."))
    refuse_unless(
        run.joining_open, gettext("The doors are closed. Ask the facilitator to open them for you.")
    )
    with transaction.atomic():
        Attendance.objects.bulk_create(
            [Attendance(run=run, membership=membership, came_on=timezone.localdate())], ignore_conflicts=True
        )
        announce(topic_of(run.gathering))


def give_answer(*, activity: Activity, handed: Handed, by: Person, adopt: Adopt) -> None:
    """Store an answer, or change one that this device has given. Nothing of it is audited or logged.

    Raises Refused when the answer is not legal, the activity is not open for this part, or the person is not
    here; AnsweredElsewhere when a protected answer has been given from another device.
    """
    membership = participant_in(by, activity.run.gathering)
    refuse_unless(
        Attendance.objects.filter(run=activity.run_id, membership=membership).exists(),
        gettext("Say that you are here first; then you can answer."),
    )
    refuse_unless(
        8 <= len(handed.entry) <= 64, gettext("The answer came without its key. Load the page again.")
    )
    _refuse_unless_open(activity, handed)
    store = _storing(activity, handed, by)
    with transaction.atomic():
        store(activity, handed, membership)
        # Written first and looked at afterwards, in the order in which `sealed_off` takes its locks: whoever
        # closes the activity waits for this transaction and seals the answer too, or else this finds it
        # closed.
        _refuse_unless_open(locked_activity(activity), handed)
        if activity.kind == Kind.COMMITMENT:
            adopt(activity=activity)
        announce(topic_of(activity.run.gathering))


Store = Callable[[Activity, Handed, Membership], None]


def _storing(activity: Activity, handed: Handed, by: Person) -> Store:
    """How this answer is stored; it has been checked by then."""
    kind = KINDS[Kind(activity.kind)]
    several = kind.takes_several(handed.part)
    if handed.value is None:
        refuse_unless(several, gettext("This answer can be changed, but not taken back."))
        return _take_back
    if not isinstance(handed.value, dict):
        raise Refused(gettext("The answer could not be read. Load the page again."))
    value = kind.check(handed.value, asked_in(activity))
    if several:
        return lambda activity, handed, membership: _one_of_several(activity, handed, membership, value)
    if activity.is_protected:
        return lambda activity, handed, membership: _protected(activity, handed, membership, value)
    return lambda activity, handed, membership: _named(activity, handed, membership, value)


def _refuse_unless_open(activity: Activity, handed: Handed) -> None:
    refuse_unless(
        activity.is_open and activity.part == handed.part,
        gettext("The answers have been collected, so this one came too late and is not stored."),
    )


def token_of(entry: str) -> str:
    return hashlib.sha256(entry.encode()).hexdigest()


def _protected(activity: Activity, handed: Handed, membership: Membership, value: Value) -> None:
    token = token_of(handed.entry)
    mine = _register(activity, handed, membership)
    if mine.filter(done_on=None).update(done_on=timezone.localdate()):
        _create(activity, handed, None, value)
    elif not _with(activity, handed.part, token=token).update(value=value):
        raise AnsweredElsewhere(
            gettext(
                "You have answered from another device, or before a reload that forgot it. "
                "That answer is stored; nobody can tell which one it is, so it cannot be changed from here."
            )
        )


def _named(activity: Activity, handed: Handed, membership: Membership, value: Value) -> None:
    # The register's row is written first: it makes two answers of one person wait for each other.
    _register(activity, handed, membership).update(done_on=timezone.localdate())
    mine = _with(activity, handed.part, person=membership.person_id)
    if not mine.update(value=value, token=token_of(handed.entry)):
        _create(activity, handed, membership, value)


def _one_of_several(activity: Activity, handed: Handed, membership: Membership, value: Value) -> None:
    register = _register(activity, handed, membership)
    register.update(done_on=timezone.localdate())
    if _own(activity, handed, membership).update(value=value):
        return
    given = activity.contributions.filter(part=handed.part)
    if activity.is_protected:
        room = MOST_OF_ONE * activity.register.filter(part=handed.part).count()
    else:
        given, room = given.filter(person=membership.person_id), MOST_OF_ONE
    refuse_unless(
        given.count() < room,
        gettext("There is room for no more here. Change or remove one of those you have given."),
    )
    _create(activity, handed, None if activity.is_protected else membership, value)
    register.update(given=F("given") + 1)


def _take_back(activity: Activity, handed: Handed, membership: Membership) -> None:
    register = _register(activity, handed, membership)
    register.update(
        given=F("given")
    )  # first, as whoever answers or closes does, so that they wait for each other
    gone, _models = _own(activity, handed, membership).delete()
    register.filter(given__gt=0).update(given=F("given") - gone)
    if activity.is_protected or not _with(activity, handed.part, person=membership.person_id).exists():
        register.filter(given=0).update(done_on=None)


def _own(activity: Activity, handed: Handed, membership: Membership) -> QuerySet[Contribution]:
    """The answer with this entry; for named ones the stored id will do, but only for one's own."""
    found = _with(activity, handed.part, token=token_of(handed.entry))
    if activity.is_protected:
        return found
    mine = found.filter(person=membership.person_id)
    known = _uuid(handed.entry)
    if known is not None and not mine.exists():
        return _with(activity, handed.part, person=membership.person_id).filter(pk=known)
    return mine


def _with(activity: Activity, part: Part, **conditions: object) -> QuerySet[Contribution]:
    return Contribution.objects.filter(activity=activity, part=part, **conditions)


def _register(activity: Activity, handed: Handed, membership: Membership) -> QuerySet[Register]:
    """The person's row in the register; somebody enrolled after the opening gets one now."""
    mine = Register.objects.filter(activity=activity, part=handed.part, membership=membership)
    if not mine.exists():
        row = Register(activity=activity, part=handed.part, membership=membership)
        Register.objects.bulk_create([row], ignore_conflicts=True)
    return mine


def _create(activity: Activity, handed: Handed, membership: Membership | None, value: Value) -> None:
    Contribution.objects.create(
        activity=activity,
        attribution=activity.attribution,
        part=handed.part,
        person_id=membership.person_id if membership else None,
        token=token_of(handed.entry),
        value=value,
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
