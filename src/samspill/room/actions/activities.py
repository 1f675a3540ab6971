from django.db import transaction
from django.utils.translation import gettext

from samspill.cohorts.access import Right, require
from samspill.cohorts.models import Membership
from samspill.errors import Refused
from samspill.inputs.choices import Audience, Kind, Part
from samspill.inputs.kinds import KINDS
from samspill.inputs.solve import Hidden, hidden_because, may_reopen, why
from samspill.people.models import Person
from samspill.room.actions.noting import locked_activity, locked_run, noted, refuse_unless, sealed_off
from samspill.room.actions.sealing import seal, shuffled
from samspill.room.adopting import Adopt
from samspill.room.choices import ActivityState, RunState
from samspill.room.models import Activity, Register, Run
from samspill.room.queries import pages_of, planned_activity, situation_of


def open_activity(*, run: Run, item: str, by: Person) -> Activity:
    """Let the participants answer. What is asked, and whose the answers are, is frozen from now on."""
    require(by, run.gathering.cohort, Right.RUN_ROOM)
    with transaction.atomic():
        run = locked_run(run)
        refuse_unless(run.state == RunState.RUNNING, gettext("The gathering is not running."))
        refuse_unless(run.current_item == item, gettext("Go to the item first, then open its activity."))
        activity = planned_activity(run, item)
        if activity is None:
            raise Refused(gettext("This item has no activity."))
        if activity.is_open:
            return activity
        refuse_unless(
            activity.state == ActivityState.READY or may_reopen(situation_of(activity)),
            gettext(
                "What came in has been seen, so no more answers can be taken: "
                "a late one would stand out from the others."
            ),
        )
        key = "room.activity_opened" if activity.state == ActivityState.READY else "room.activity_reopened"
        activity.state = ActivityState.OPEN
        activity.revealed = False
        activity.save()
        _prepare_register(activity)
        noted(key, run, by, item=item)
        return activity


def close_activity(*, activity: Activity, by: Person, adopt: Adopt) -> None:
    """Take no more answers, and remove what could tell whose they are."""
    require(by, activity.run.gathering.cohort, Right.RUN_ROOM)
    with transaction.atomic():
        activity = sealed_off(activity)
        refuse_unless(activity.is_open, gettext("The activity is not open."))
        _close(activity, adopt)
        noted("room.activity_closed", activity.run, by, item=activity.item)


def close_all(run: Run, adopt: Adopt) -> None:
    """Close whatever is open, in the transaction of the caller."""
    for activity in run.activities.filter(state=ActivityState.OPEN):
        activity = sealed_off(activity)
        if activity.is_open:
            _close(activity, adopt)


def look(*, activity: Activity, by: Person) -> None:
    """Let the facilitators see what came in before everybody does. From then on nothing more is taken."""
    require(by, activity.run.gathering.cohort, Right.RUN_ROOM)
    with transaction.atomic():
        activity = locked_activity(activity)
        _refuse_unless_enough(activity)
        activity.looked = True
        activity.save(update_fields=["looked"])
        noted("room.looked", activity.run, by, item=activity.item)


def reveal(*, activity: Activity, by: Person) -> None:
    """Show the result to everybody."""
    require(by, activity.run.gathering.cohort, Right.RUN_ROOM)
    with transaction.atomic():
        activity = locked_activity(activity)
        _refuse_unless_enough(activity)
        activity.revealed = activity.looked = True
        activity.page = 0
        activity.save(update_fields=["revealed", "looked", "page"])
        noted("room.revealed", activity.run, by, item=activity.item)


def hide(*, activity: Activity, by: Person) -> None:
    """Take back that the result is shown."""
    require(by, activity.run.gathering.cohort, Right.RUN_ROOM)
    with transaction.atomic():
        activity = locked_activity(activity)
        refuse_unless(activity.revealed, gettext("The result is not shown."))
        activity.revealed = False
        activity.save(update_fields=["revealed"])
        noted("room.hidden", activity.run, by, item=activity.item)


def turn_page(*, activity: Activity, page: int, by: Person) -> None:
    """Which page of the result the big screen shows; it turns over from the last to the first and back."""
    require(by, activity.run.gathering.cohort, Right.RUN_ROOM)
    with transaction.atomic():
        activity = locked_activity(activity)
        refuse_unless(activity.revealed, gettext("The result is not shown."))
        activity.page = page % pages_of(activity)
        activity.save(update_fields=["page"])
        noted("room.page_turned", activity.run, by, item=activity.item)


def start_voting(*, activity: Activity, by: Person, adopt: Adopt) -> None:
    """Go from submitting ideas to voting for them. The ideas are shown to everybody from now on."""
    require(by, activity.run.gathering.cohort, Right.RUN_ROOM)
    with transaction.atomic():
        activity = sealed_off(activity)
        two_parts = Part.BALLOT in KINDS[Kind(activity.kind)].parts
        refuse_unless(
            two_parts and activity.part == Part.ANSWER and activity.state != ActivityState.READY,
            gettext("There is nothing to vote on here now."),
        )
        refuse_unless(
            activity.run.state == RunState.RUNNING and activity.run.current_item == activity.item,
            gettext("Go to the item first, then start the voting."),
        )
        if activity.is_open:
            _close(activity, adopt)
        _refuse_unless_enough(activity)
        activity.part = Part.BALLOT
        activity.state = ActivityState.OPEN
        activity.revealed = activity.looked = False
        activity.page = 0
        activity.save()
        _prepare_register(activity)
        noted("room.voting_started", activity.run, by, item=activity.item)


def _refuse_unless_enough(activity: Activity) -> None:
    refuse_unless(
        activity.state == ActivityState.CLOSED,
        gettext("Close the activity first. Nothing is shown while answers come in."),
    )
    situation = situation_of(activity)
    refuse_unless(situation.n > 0, gettext("No answers came in, so there is nothing to show."))
    if hidden_because(situation, Audience.FACILITATOR) == Hidden.TOO_FEW:
        raise Refused(why(Hidden.TOO_FEW, situation.n))


def _prepare_register(activity: Activity) -> None:
    """A row for everybody who may answer, written before anybody does and in random order."""
    known = set(activity.register.filter(part=activity.part).values_list("membership_id", flat=True))
    members = Membership.objects.filter(
        cohort=activity.run.gathering.cohort_id, role__in=Right.TAKE_PART.roles
    )
    rows = [
        Register(activity=activity, part=activity.part, membership_id=pk)
        for pk in members.values_list("pk", flat=True)
        if pk not in known
    ]
    Register.objects.bulk_create(shuffled(rows))


def _close(activity: Activity, adopt: Adopt) -> None:
    """Close and seal what is sealed off."""
    seal(activity)
    activity.state = ActivityState.CLOSED
    activity.save(update_fields=["state"])
    if activity.kind == Kind.COMMITMENT:
        adopt(activity=activity)
