"""The one thing that brings a cohort on, for whoever runs it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from samspill.cohorts.choices import State
from samspill.cohorts.models import Cohort
from samspill.planning.queries import due_in

Step = tuple[str, str, str]


def next_step(cohort: Cohort) -> Step | None:
    """Sentence, button and address; None when the cohort waits for others."""
    if cohort.state == State.ACCEPTED:
        return _step(cohort, _("The sector has said yes."), _("Begin tailoring"), "cohorts:detail")
    if cohort.state == State.TAILORING and cohort.programme_accepted_on:
        return _step(
            cohort, _("The host has accepted the programme."), _("Start the cohort"), "cohorts:state"
        )
    if cohort.state == State.TAILORING:
        return _step(
            cohort, _("The programme is being tailored."), _("Go on with the tailoring"), "cohorts:compare"
        )
    if cohort.state == State.RUNNING:
        return _step_while_running(cohort)
    if cohort.state == State.FOLLOW_UP:
        return _step(
            cohort, _("The experience report can be written."), _("Write the report"), "reports:report"
        )
    return None


def _step_while_running(cohort: Cohort) -> Step | None:
    standing = cohort.gatherings.filter(cancelled=False)
    if not cohort.gatherings.exists():
        return _step(
            cohort,
            _("The gatherings have not been set up yet."),
            _("Set up the gatherings"),
            "planning:gatherings",
        )
    if standing.filter(starts_at=None).exists():
        return _step(cohort, _("There are gatherings without a date."), _("Set dates"), "planning:gatherings")
    if any(not due.gathering.cancelled and due.gathering.starts_at for due in due_in(cohort)):
        return _step(
            cohort,
            _("Somebody has not been invited yet, or must be told of a change."),
            _("Prepare the mails"),
            "planning:outbox",
        )
    return None


def _step(cohort: Cohort, sentence: str, action: str, name: str) -> Step:
    return sentence, action, reverse(name, args=[cohort.pk])
