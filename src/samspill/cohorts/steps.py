"""The one thing that brings a cohort on, for the person who looks at it."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.cohorts.access import Right, role_in
from samspill.cohorts.choices import Role, State
from samspill.cohorts.models import Cohort
from samspill.cohorts.queries import members, missing_reasons
from samspill.people.models import Person


@dataclass(frozen=True)
class Step:
    """A sentence, and a button if there is something to press. With `posts`, pressing it does the thing."""

    sentence: str
    action: str = ""
    url: str = ""
    posts: bool = False


def next_step(cohort: Cohort, person: Person) -> Step:
    role = role_in(person, cohort)
    if role == Role.HOST:
        return _of_host(cohort)
    if role in Right.CHANGE_STATE.roles:
        return _of_runner(cohort)
    return _of_others(cohort)


def _of_runner(cohort: Cohort) -> Step:
    state_url = _url("cohorts:state", cohort)
    match State(cohort.state):
        case State.INVITED:
            return Step(_("The sector has not answered yet."), _("Note the sector's answer"), state_url)
        case State.DECLINED:
            return Step(_("The sector has said no for now."), _("Invite it again"), state_url)
        case State.ACCEPTED:
            return _after_yes(cohort)
        case State.TAILORING:
            return _tailoring(cohort)
        case State.RUNNING:
            return _tailoring(cohort) if cohort.programme_accepted_on is None else _to_gatherings(cohort)
        case State.FOLLOW_UP:
            return Step(_("The gatherings are held. Now comes the effect and the report."))
    return Step(_("This cohort is closed. Thank you for what you did."))


def _after_yes(cohort: Cohort) -> Step:
    if not members(cohort).filter(role=Role.HOST).exists():
        return Step(
            _("The sector has said yes. Who is the host, and who takes part?"),
            _("Enrol people"),
            _url("cohorts:people", cohort),
        )
    return Step(
        _("The sector has said yes. The programme can be made theirs."),
        _("Begin tailoring"),
        _url("cohorts:begin", cohort),
        posts=True,
    )


def _tailoring(cohort: Cohort) -> Step:
    missing = len(missing_reasons(cohort))
    compare = _url("cohorts:compare", cohort)
    if missing:
        sentence = ngettext(
            "%(count)d difference from the blueprint has no reason yet.",
            "%(count)d differences from the blueprint have no reason yet.",
            missing,
        )
        return Step(sentence % {"count": missing}, _("Write the reasons"), compare)
    if cohort.programme_accepted_on is None:
        sentence = _("Every difference has its reason. The host can read the programme and say yes.")
        return Step(sentence, _("See the tailored programme"), compare)
    return Step(
        _("The host has said yes to the programme."), _("Start the cohort"), _url("cohorts:state", cohort)
    )


def _of_host(cohort: Cohort) -> Step:
    state = State(cohort.state)
    if state == State.INVITED:
        return Step(
            _("Your sector is invited to take part."),
            _("Answer for the sector"),
            _url("cohorts:state", cohort),
        )
    if state in (State.TAILORING, State.RUNNING) and cohort.programme_accepted_on is None:
        if missing_reasons(cohort):
            return Step(_("The facilitators are tailoring the programme. You need not do anything yet."))
        return Step(
            _("The programme for your sector is ready for you to read."),
            _("Read it and say yes"),
            _url("cohorts:accept", cohort),
        )
    return _of_others(cohort)


def _of_others(cohort: Cohort) -> Step:
    if cohort.state in (State.TAILORING, State.RUNNING):
        return _to_gatherings(cohort)
    if cohort.state == State.CLOSED:
        return Step(_("This cohort is closed. Thank you for taking part."))
    return Step(_("There is nothing you need to do now."))


def _to_gatherings(cohort: Cohort) -> Step:
    return Step(
        _("Next is the gathering: its date, its agenda and who comes."),
        _("See the gatherings"),
        _url("planning:gatherings", cohort),
    )


def _url(name: str, cohort: Cohort) -> str:
    """Addresses of rooms above are asked for by name; "" when the room is not built into this house."""
    try:
        return reverse(name, args=[cohort.pk])
    except NoReverseMatch:
        return ""
