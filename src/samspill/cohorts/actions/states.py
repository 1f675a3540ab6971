"""A cohort comes to be, and goes from state to state."""

import re

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from samspill.audit.actions import record
from samspill.cohorts.access import Right, require
from samspill.cohorts.choices import State
from samspill.cohorts.models import Cohort, StateChange
from samspill.errors import Refused
from samspill.live.actions import announce
from samspill.people.access import require_owner
from samspill.people.choices import Language
from samspill.people.models import Person
from samspill.programmes.choices import VersionState
from samspill.programmes.models import BlueprintVersion
from samspill.sectors.models import Sector

HALF_YEAR = re.compile(r"20\d\d-[12]")
LONGEST_REASON = 2000


def invite_sector(
    *, sector: Sector, blueprint: BlueprintVersion, half_year: str, language: str, by: Person
) -> Cohort:
    """Offer the sector the programme: a new cohort in the state "invited", pinned to the released version.

    `half_year` is the planned start, "2026-2" for the autumn; `language` is nb, nn or en. Owners only.
    """
    require_owner(by)
    if blueprint.state != VersionState.RELEASED:
        raise Refused(_("A sector can only be invited to a released version. Release the draft first."))
    if not HALF_YEAR.fullmatch(half_year):
        raise Refused(_("Choose the half-year in which the programme is to start."))
    if language not in Language.values:
        raise Refused(_("Choose bokmål, nynorsk or English."))
    under_way = Cohort.objects.filter(sector=sector, blueprint__measure=blueprint.measure_id)
    if under_way.exclude(state__in=(State.DECLINED, State.CLOSED)).exists():
        raise Refused(
            _("This sector is in the middle of this programme already. Close it before you invite again.")
        )
    with transaction.atomic():
        cohort = Cohort.objects.create(
            sector=sector, blueprint=blueprint, half_year=half_year, language=language
        )
        record(key="cohorts.invited", subject=f"cohort:{cohort.pk}", actor=by.pk, half_year=half_year)
    return cohort


def change_state(*, cohort: Cohort, to: State, reason: str, by: Person) -> None:
    """Take the cohort to its next state, with a reason that is kept. The host too may accept or decline.

    Closing also calls every function in `settings.COHORT_CLOSERS` (dotted names), inside the transaction, as
    `closer(cohort=cohort, by=by)`; whatever one of them raises stops the closing.
    """
    answers = to in (State.ACCEPTED, State.DECLINED)
    require(by, cohort, Right.ANSWER_FOR_SECTOR if answers else Right.CHANGE_STATE)
    words = reason.strip()
    if not words:
        raise Refused(_("Write a short reason. It is kept in the history of the cohort."))
    if len(words) > LONGEST_REASON:
        raise Refused(_("The reason is too long. Use at most 2,000 characters."))
    if to == State.RUNNING and cohort.programme_accepted_on is None:
        raise Refused(_("The host has not accepted the tailored programme yet. Ask for that first."))
    with transaction.atomic():
        moved(cohort, to, words, by)
        if to == State.CLOSED:
            for name in settings.COHORT_CLOSERS:
                import_string(name)(cohort=cohort, by=by)
        announce(f"cohort:{cohort.pk}")


def moved(cohort: Cohort, to: State, reason: str, by: Person) -> None:
    """The change itself, inside the caller's transaction. Refused when the state has moved on meanwhile."""
    before = State(cohort.state)
    if to not in before.next_states:
        raise Refused(
            format_lazy(
                _("The cohort is in the state “{before}” and cannot go from there to “{after}”."),
                before=before.label,
                after=to.label,
            )
        )
    if not Cohort.objects.filter(pk=cohort.pk, state=before).update(state=to):
        raise Refused(_("Somebody else has just changed the state. Load the page again to see it."))
    cohort.state = to
    StateChange.objects.create(cohort=cohort, before=before, after=to, reason=reason, by=by)
    record(
        key="cohorts.state", subject=f"cohort:{cohort.pk}", actor=by.pk, before=before.value, after=to.value
    )
