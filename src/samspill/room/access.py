from django.core.exceptions import PermissionDenied
from django.http import Http404

from samspill.cohorts.access import Right, membership_in, require
from samspill.cohorts.models import Membership
from samspill.people.models import Person
from samspill.planning.access import gathering_for
from samspill.planning.models import Gathering
from samspill.room.models import Activity, Run


def run_for(person: Person, gathering: int, right: Right) -> Run:
    """The running gathering, if the person holds the right in its cohort; 404 when its room is not open."""
    found = gathering_for(person, gathering, right)
    run = Run.objects.select_related("release").filter(gathering=found).first()
    if run is None:
        raise Http404
    run.gathering = found
    return run


def activity_for(person: Person, pk: int, right: Right) -> Activity:
    """The activity, if the person holds the right in its cohort."""
    activity = Activity.objects.filter(pk=pk).select_related("run").first()
    if activity is None:
        raise Http404
    activity.run.gathering = gathering_for(person, activity.run.gathering_id, right)
    return activity


def participant_in(person: Person, gathering: Gathering) -> Membership:
    """The membership of somebody who takes part; 403 for a member who does not, 404 for a stranger."""
    require(person, gathering.cohort, Right.TAKE_PART)
    membership = membership_in(person, gathering.cohort)
    if membership is None:  # does not happen: only memberships carry a role that takes part
        raise PermissionDenied
    return membership
