from django.core.exceptions import PermissionDenied
from django.http import Http404

from samspill.cohorts.access import Right, membership_in, require
from samspill.cohorts.models import Membership
from samspill.evaluation.models import Wave
from samspill.people.models import Person


def wave_for(person: Person, pk: int, right: Right) -> Wave:
    """The wave with its cohort, if the person holds the right there; a stranger gets 404, a member 403."""
    found = Wave.objects.select_related("cohort__sector", "cohort__blueprint__measure").filter(pk=pk).first()
    if found is None:
        raise Http404
    require(person, found.cohort, right)
    return found


def respondent(person: Person, wave: Wave) -> Membership:
    """The person's own membership, if the wave asks that role; else 403. Nobody answers for others."""
    require(person, wave.cohort, Right.ANSWER_WAVE)
    membership = membership_in(person, wave.cohort)
    if membership is None or membership.role not in wave.questions.answered_by:
        raise PermissionDenied
    return membership
