"""Who may do what in a cohort. Every right is one row; nothing else in Samspill decides it."""

from enum import Enum
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404

from samspill.cohorts.choices import Role
from samspill.cohorts.models import Cohort, Membership

if TYPE_CHECKING:
    from samspill.people.models import Person

_EVERYBODY = frozenset(Role)
_RUNS_IT = frozenset({Role.OWNER, Role.FACILITATOR})
_PREPARES = _RUNS_IT | {Role.RESOURCE}
_ANSWERS_FOR_IT = _PREPARES | {Role.HOST}
_TAKES_PART = frozenset({Role.HOST, Role.LEADER})


class Right(Enum):
    """A right and the roles that hold it. The name is the first value so that equal role sets stay apart."""

    SEE_COHORT = ("see_cohort", _EVERYBODY)
    SEE_AGENDA = ("see_agenda", _EVERYBODY)
    SEE_PEOPLE = ("see_people", _ANSWERS_FOR_IT)
    SEE_TAILORING = ("see_tailoring", _ANSWERS_FOR_IT)
    SEE_SCRIPT = ("see_script", _RUNS_IT)
    SEE_COMMITMENTS = ("see_commitments", _ANSWERS_FOR_IT)
    SEE_EFFECT = ("see_effect", _ANSWERS_FOR_IT)
    SEE_REPORT = ("see_report", _ANSWERS_FOR_IT)
    CHANGE_STATE = ("change_state", _RUNS_IT)
    ANSWER_FOR_SECTOR = ("answer_for_sector", _RUNS_IT | {Role.HOST})  # accept or decline the offer
    ENROL = ("enrol", _PREPARES)
    TAILOR = ("tailor", _RUNS_IT)
    ACCEPT_PROGRAMME = ("accept_programme", frozenset({Role.HOST}))
    PLAN = ("plan", _PREPARES)  # dates, places
    EDIT_AGENDA = ("edit_agenda", _RUNS_IT)
    INVITE = ("invite", _PREPARES)
    ANSWER_INVITATION = ("answer_invitation", _TAKES_PART | {Role.DELEGATE, Role.GUEST})
    RUN_ROOM = ("run_room", _RUNS_IT)
    TAKE_PART = ("take_part", _TAKES_PART)
    MEASURE = ("measure", _RUNS_IT)
    ANSWER_WAVE = ("answer_wave", _TAKES_PART)
    REVIEW_TEXT = ("review_text", _RUNS_IT)
    WRITE_REPORT = ("write_report", _RUNS_IT)
    PUBLISH = ("publish", frozenset({Role.OWNER}))

    @property
    def roles(self) -> frozenset[Role]:
        return self.value[1]


def role_in(person: "Person", cohort: Cohort) -> Role | None:
    """The person's role; a programme owner has that role in every cohort."""
    if person.is_owner:
        return Role.OWNER
    membership = membership_in(person, cohort)
    return Role(membership.role) if membership else None


def membership_in(person: "Person", cohort: Cohort) -> Membership | None:
    return Membership.objects.filter(cohort=cohort, person=person).first()


def may(person: "Person", cohort: Cohort, right: Right) -> bool:
    return role_in(person, cohort) in right.roles


def require(person: "Person", cohort: Cohort, right: Right) -> Role:
    """The person's role. A stranger gets 404, as if there were no cohort; a member without the right 403."""
    role = role_in(person, cohort)
    if role is None:
        raise Http404
    if role not in right.roles:
        raise PermissionDenied
    return role


def membership_for(person: "Person", pk: int, membership: int, right: Right) -> Membership:
    """Somebody's place in the cohort, if the person holds the right there; else as `require`."""
    cohort = cohort_for(person, pk, right)
    places = Membership.objects.select_related("person", "organisation", "acts_for", "cohort__sector")
    found = places.filter(cohort=cohort, pk=membership).first()
    if found is None:
        raise Http404
    return found


def cohort_for(person: "Person", pk: int, right: Right) -> Cohort:
    """The cohort, if the person holds the right in it; else as `require`."""
    cohort = Cohort.objects.select_related("sector", "blueprint__measure").filter(pk=pk).first()
    if cohort is None:
        raise Http404
    require(person, cohort, right)
    return cohort
