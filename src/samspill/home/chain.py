"""The strip every page of a cohort shares: tailoring → dates → gatherings → follow-up → effect → report."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from samspill.cohorts.access import Right, role_in
from samspill.cohorts.choices import Role, State
from samspill.cohorts.models import Cohort
from samspill.evaluation.choices import WaveKind, WaveState
from samspill.followup.choices import Status
from samspill.people.models import Person
from samspill.planning.models import Gathering
from samspill.room.choices import RunState

DONE, NOW, NEXT, OFF = "done", "now", "next", "off"


@dataclass(frozen=True)
class Link:
    """One link of the chain. `url` is empty when the reader may not open it."""

    label: str
    url: str
    state: str
    note: str = ""
    current: bool = False


def links(cohort: Cohort, person: Person, active: str) -> list[Link]:
    """The chain of a cohort as the person may walk it; `active` is the link of the page that is shown."""
    role = role_in(person, cohort)
    gatherings = list(cohort.gatherings.select_related("run").order_by("number"))

    def link(key: str, label: str, right: Right, name: str, state_and_note: tuple[str, str]) -> Link:
        may = role in right.roles
        state, note = state_and_note
        url = reverse(name, args=[cohort.pk]) if may else ""
        return Link(label, url, state, note, current=key == active)

    return [
        link("tailoring", _("Tailoring"), Right.SEE_TAILORING, "cohorts:compare", _tailoring(cohort)),
        link("dates", _("Dates"), Right.SEE_AGENDA, "planning:gatherings", _dates(cohort, gatherings)),
        *(_gathering(gathering, active) for gathering in gatherings),
        _follow_up_link(cohort, role, active),
        link("effect", _("Effect"), Right.SEE_EFFECT, "evaluation:waves", _effect(cohort)),
        link("report", _("Report"), Right.SEE_REPORT, "reports:report", _report(cohort)),
    ]


def _follow_up_link(cohort: Cohort, role: Role | None, active: str) -> Link:
    """All commitments for those who answer for the cohort, one's own for those who make them."""
    url = ""
    if role in Right.SEE_COMMITMENTS.roles:
        url = reverse("followup:cohort", args=[cohort.pk])
    elif role in Right.TAKE_PART.roles:
        url = reverse("followup:mine")
    state, note = _followup(cohort)
    return Link(_("Follow-up"), url, state, note, current=active == "follow-up")


def _tailoring(cohort: Cohort) -> tuple[str, str]:
    if cohort.programme_accepted_on:
        return DONE, _("accepted")
    if cohort.state == State.TAILORING:
        return NOW, ""
    if cohort.state == State.RUNNING:  # changed since it was accepted
        return NOW, _("to accept")
    return (NEXT if cohort.state in (State.INVITED, State.ACCEPTED) else OFF), ""


def _dates(cohort: Cohort, gatherings: list[Gathering]) -> tuple[str, str]:
    standing = [gathering for gathering in gatherings if not gathering.cancelled]
    dated = [gathering for gathering in standing if gathering.starts_at]
    if standing and len(dated) == len(standing):
        return DONE, ""
    note = _("%(set)s of %(all)s") % {"set": len(dated), "all": len(standing)} if standing else ""
    return (NOW if cohort.state in (State.TAILORING, State.RUNNING) else NEXT), note


def _gathering(gathering: Gathering, active: str) -> Link:
    run = getattr(gathering, "run", None)
    state = {RunState.ENDED: DONE, RunState.RUNNING: NOW}.get(run.state, NEXT) if run else NEXT
    if gathering.cancelled:
        state = OFF
    begins = gathering.starts_at and timezone.localtime(gathering.starts_at)
    if state == NEXT and begins and begins.date() == timezone.localdate():
        state = NOW
    day = formats.date_format(begins, "SHORT_MONTH_DAY_FORMAT") if begins else ""
    return Link(
        _("Gathering %(number)s") % {"number": gathering.number},
        reverse("planning:gathering", args=[gathering.pk]),
        state,
        day,
        current=active == f"gathering-{gathering.number}",
    )


def _followup(cohort: Cohort) -> tuple[str, str]:
    statuses = list(cohort.commitments.values_list("status", flat=True))
    still_open = statuses.count(Status.OPEN)
    if not statuses:
        return NEXT, ""
    return (NOW, _("%(n)s open") % {"n": still_open}) if still_open else (DONE, "")


def _effect(cohort: Cohort) -> tuple[str, str]:
    states = list(cohort.waves.values_list("state", flat=True))
    closed = states.count(WaveState.CLOSED)
    if WaveState.OPEN in states:
        return NOW, _("open")
    if closed and (closed == len(WaveKind) or cohort.state == State.CLOSED):
        return DONE, ""
    return (NOW if closed else NEXT), ""


def _report(cohort: Cohort) -> tuple[str, str]:
    report = getattr(cohort, "report", None)
    if report is not None and report.published_on:
        return DONE, _("published")
    return (NOW if cohort.state in (State.FOLLOW_UP, State.CLOSED) else NEXT), ""
