from django.core.exceptions import PermissionDenied
from django.http import Http404

from samspill.cohorts.access import Right, role_in
from samspill.followup.models import Commitment
from samspill.people.models import Person


def owns(person: Person, commitment: Commitment) -> bool:
    """Only whoever promised it, and only while they take part: a delegate never speaks for a leader here."""
    return (
        commitment.owner.person_id == person.pk
        and role_in(person, commitment.cohort) in Right.TAKE_PART.roles
    )


def commitment_for(person: Person, pk: int, *, change: bool = False) -> Commitment:
    """The commitment, for its owner; to read, also for those who may see the cohort's commitments.

    A stranger to the cohort gets 404, a member without the right 403.
    """
    found = (
        Commitment.objects.select_related("cohort__sector", "cohort__blueprint__measure", "gathering")
        .select_related("owner__person", "owner__organisation")
        .filter(pk=pk)
        .first()
    )
    role = role_in(person, found.cohort) if found else None
    if found is None or role is None:
        raise Http404
    if not owns(person, found) and (change or role not in Right.SEE_COMMITMENTS.roles):
        raise PermissionDenied
    return found
