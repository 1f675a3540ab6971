"""What a cohort has found out goes into the next blueprint, or does not: the owner decides."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.audit.actions import record
from samspill.cohorts.choices import Handling
from samspill.cohorts.models import Cohort, DifferenceReason
from samspill.cohorts.queries import programme_differences
from samspill.errors import Refused
from samspill.people.access import require_owner
from samspill.people.models import Person
from samspill.programmes.actions import create_draft, save_draft
from samspill.programmes.differences import Difference
from samspill.programmes.models import BlueprintVersion
from samspill.programmes.parts import NotThereError, with_difference
from samspill.programmes.queries import draft_of


def take_proposal(*, reason: DifferenceReason, by: Person) -> BlueprintVersion:
    """Take a proposed difference into the draft of the next version, which is made if there is none yet."""
    require_owner(by)
    difference = _proposed(reason)
    with transaction.atomic():
        _handle(reason, Handling.TAKEN, by)
        measure = reason.cohort.blueprint.measure
        draft = draft_of(measure) or create_draft(measure=measure, by=by)
        try:
            content = with_difference(draft.content, difference)
        except NotThereError:
            raise Refused(
                _("The draft no longer has the part this is about. Change it by hand, or leave it.")
            ) from None
        save_draft(draft=draft, content=content, revision=draft.revision, by=by)
    return draft


def leave_proposal(*, reason: DifferenceReason, by: Person) -> None:
    """Leave the blueprint as it is; the cohort keeps its difference."""
    require_owner(by)
    _proposed(reason)
    with transaction.atomic():
        _handle(reason, Handling.LEFT, by)


def _proposed(reason: DifferenceReason) -> Difference:
    """The difference as it is in the cohort's programme now."""
    cohort = Cohort.objects.select_related("blueprint__measure").get(pk=reason.cohort_id)
    found = {each.difference.key: each.difference for each in programme_differences(cohort)}
    if not reason.for_next_version or reason.difference not in found:
        raise Refused(_("The cohort does not propose this any more."))
    return found[reason.difference]


def _handle(reason: DifferenceReason, handling: Handling, by: Person) -> None:
    waiting = DifferenceReason.objects.filter(pk=reason.pk, handling=Handling.WAITING)
    if not waiting.update(handling=handling):
        raise Refused(_("This proposal has been handled already."))
    reason.handling = handling
    record(
        key=f"cohorts.proposal_{handling.value}",
        subject=f"cohort:{reason.cohort_id}",
        actor=by.pk,
        difference=reason.difference,
    )
