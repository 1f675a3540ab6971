from django.http import Http404

from samspill.cohorts.access import Right, require
from samspill.people.models import Person
from samspill.planning.models import Gathering


def gathering_for(person: Person, pk: int, right: Right) -> Gathering:
    """The gathering, if the person holds the right in its cohort; else as `cohorts.access.require`."""
    gatherings = Gathering.objects.select_related("cohort__sector", "cohort__blueprint__measure")
    found = gatherings.filter(pk=pk).first()
    if found is None:
        raise Http404
    require(person, found.cohort, right)
    return found
