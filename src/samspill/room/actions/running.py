import secrets
from collections.abc import Iterator

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from samspill.cohorts.access import Right, require
from samspill.errors import Refused
from samspill.people.models import Person
from samspill.planning.models import Gathering
from samspill.planning.queries import current_release
from samspill.room.actions.activities import close_all
from samspill.room.actions.noting import locked_run, noted, refuse_unless
from samspill.room.adopting import Adopt
from samspill.room.choices import RunState
from samspill.room.models import ItemRun, Run

ALPHABET = "ACDEFGHJKMNPQRTUVWXY34679"  # without what looks or sounds alike: 0 O, 1 I L, 2 Z, 5 S, 8 B
LENGTH = 6
ATTEMPTS = 20


def open_room(*, gathering: Gathering, by: Person) -> Run:
    """Open the gathering's room on its newest released agenda. Opening it twice changes nothing."""
    require(by, gathering.cohort, Right.RUN_ROOM)
    refuse_unless(not gathering.cancelled, gettext("This gathering is cancelled."))
    release = current_release(gathering)
    if release is None:
        raise Refused(
            gettext("The agenda has not been released yet. Release it, and the room can be opened.")
        )
    run = Run.objects.filter(gathering=gathering).first()
    if run is not None:
        return run
    for code in _codes():
        try:
            with transaction.atomic():
                run = Run.objects.create(gathering=gathering, release=release, code=code)
                noted("room.opened", run, by, release=release.number)
                return run
        except IntegrityError:
            run = Run.objects.filter(gathering=gathering).first()
            if run is not None:
                return run
    raise Refused(gettext("No free room code was found. Try once more."))


def _codes() -> Iterator[str]:
    for _attempt in range(ATTEMPTS):
        yield "".join(secrets.choice(ALPHABET) for _letter in range(LENGTH))


def use_newest_agenda(*, run: Run, by: Person) -> None:
    """Go over to an agenda released after the room was opened. What has been opened stays as it was asked."""
    require(by, run.gathering.cohort, Right.RUN_ROOM)
    with transaction.atomic():
        run = locked_run(run)
        refuse_unless(run.state != RunState.ENDED, gettext("The gathering is over."))
        release = current_release(run.gathering)
        if release is None or release == run.release:
            return
        keys = [item.key for item in release.agenda]
        refuse_unless(
            not run.current_item or run.current_item in keys,
            gettext("The item that is on now is not in the new agenda. Go to another item first."),
        )
        run.release = release
        run.save(update_fields=["release"])
        noted("room.agenda_changed", run, by, release=release.number)


def start(*, run: Run, by: Person, adopt: Adopt) -> None:
    require(by, run.gathering.cohort, Right.RUN_ROOM)
    with transaction.atomic():
        run = locked_run(run)
        refuse_unless(run.state == RunState.WAITING, gettext("The gathering has been started already."))
        run.state = RunState.RUNNING
        run.started_at = timezone.now()
        _enter(run, run.release.agenda[0].key, adopt)
        run.save(update_fields=["state", "started_at", "current_item"])
        noted("room.started", run, by)


def go_to(*, run: Run, item: str, seen: str, by: Person, adopt: Adopt) -> None:
    """Make `item` the current one; what was open in the one before is closed.

    `seen` is the item that was current on the screen of whoever pressed, so that two facilitators who both
    press "next" do not skip an item: who comes second to the same item changes nothing.
    """
    require(by, run.gathering.cohort, Right.RUN_ROOM)
    with transaction.atomic():
        run = locked_run(run)
        refuse_unless(run.state == RunState.RUNNING, gettext("The gathering is not running."))
        if item == run.current_item:
            return
        refuse_unless(
            run.current_item == seen,
            gettext("Somebody else has moved the agenda already. The console now shows where you are."),
        )
        refuse_unless(
            any(each.key == item for each in run.release.agenda), gettext("The agenda has no such item.")
        )
        before = run.current_item
        _enter(run, item, adopt)
        run.save(update_fields=["current_item"])
        noted("room.moved", run, by, before=before, after=item)


def end_run(*, run: Run, by: Person, adopt: Adopt) -> None:
    require(by, run.gathering.cohort, Right.RUN_ROOM)
    with transaction.atomic():
        run = locked_run(run)
        refuse_unless(run.state == RunState.RUNNING, gettext("The gathering is not running."))
        _leave(run, adopt)
        run.activities.update(looked=True)
        run.state = RunState.ENDED
        run.ended_at = timezone.now()
        run.save(update_fields=["state", "ended_at"])
        noted("room.ended", run, by)


def resume_run(*, run: Run, by: Person) -> None:
    """Take back that the gathering was ended."""
    require(by, run.gathering.cohort, Right.RUN_ROOM)
    with transaction.atomic():
        run = locked_run(run)
        refuse_unless(run.state == RunState.ENDED, gettext("The gathering is not over."))
        run.state = RunState.RUNNING
        run.ended_at = None
        ItemRun.objects.create(run=run, item=run.current_item, started_at=timezone.now())
        run.save(update_fields=["state", "ended_at"])
        noted("room.resumed", run, by)


def set_joining(*, run: Run, is_open: bool, by: Person) -> None:
    """Show the code on the big screen and let people in, or stop doing so. Who is in stays in."""
    require(by, run.gathering.cohort, Right.RUN_ROOM)
    with transaction.atomic():
        run = locked_run(run)
        if run.joining_open == is_open:
            return
        run.joining_open = is_open
        run.save(update_fields=["joining_open"])
        noted("room.joining_opened" if is_open else "room.joining_closed", run, by)


def _enter(run: Run, item: str, adopt: Adopt) -> None:
    _leave(run, adopt)
    run.current_item = item
    ItemRun.objects.create(run=run, item=item, started_at=timezone.now())


def _leave(run: Run, adopt: Adopt) -> None:
    close_all(run, adopt)
    run.items.filter(ended_at=None).update(ended_at=timezone.now())
