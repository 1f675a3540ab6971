"""Why the programme was tailored, and the host's yes to it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from samspill.audit.actions import record
from samspill.cohorts.access import Right, require
from samspill.cohorts.choices import Handling, Role, State
from samspill.cohorts.models import Cohort, DifferenceReason
from samspill.cohorts.queries import members, missing_reasons, programme_differences
from samspill.errors import Refused
from samspill.live.actions import announce
from samspill.mail.actions import send_now
from samspill.mail.choices import Recipient
from samspill.people.models import Person

LONGEST_REASON = 2000


def give_reason(
    *, cohort: Cohort, difference: str, reason: str, for_next_version: bool, by: Person
) -> DifferenceReason:
    """Say why the tailored programme differs in one place. `difference` is the key of the difference.

    `for_next_version` proposes it to the programme owner for the next version of the blueprint.
    """
    require(by, cohort, Right.TAILOR)
    words = reason.strip()
    if not words:
        raise Refused(_("Write the reason in a sentence. The host and the experience report will show it."))
    if len(words) > LONGEST_REASON:
        raise Refused(_("The reason is too long. Use at most 2,000 characters."))
    if difference not in {each.difference.key for each in programme_differences(cohort)}:
        raise Refused(_("The programme does not differ from the blueprint there any more."))
    with transaction.atomic():
        given, _new = DifferenceReason.objects.get_or_create(cohort=cohort, difference=difference)
        if given.for_next_version != for_next_version:
            given.handling = Handling.WAITING
        given.reason, given.for_next_version, given.by = words, for_next_version, by
        given.save()
        record(
            key="cohorts.reason_given",
            subject=f"cohort:{cohort.pk}",
            actor=by.pk,
            difference=difference,
            for_next_version=for_next_version,
        )
        announce(f"cohort:{cohort.pk}")
    return given


def accept_programme(*, cohort: Cohort, revision: int, by: Person) -> None:
    """The host says yes to the programme as it stood at `revision`, which is what they have read."""
    require(by, cohort, Right.ACCEPT_PROGRAMME)
    if cohort.state not in (State.TAILORING, State.RUNNING):
        raise Refused(_("There is no programme to accept now."))
    missing = len(missing_reasons(cohort))
    if missing:
        raise Refused(
            ngettext_lazy(
                "The programme is not ready: %(count)d difference from the blueprint has no reason yet.",
                "The programme is not ready: %(count)d differences from the blueprint have no reason yet.",
                missing,
            )
            % {"count": missing}
        )
    today = timezone.localdate()
    with transaction.atomic():
        accepted = Cohort.objects.filter(pk=cohort.pk, revision=revision).update(
            programme_accepted_on=today, programme_accepted_by=by
        )
        if not accepted:
            raise Refused(
                _("The programme was changed while you were reading. Read the new version before you accept.")
            )
        cohort.programme_accepted_on, cohort.programme_accepted_by = today, by
        record(
            key="cohorts.programme_accepted", subject=f"cohort:{cohort.pk}", actor=by.pk, revision=revision
        )
        announce(f"cohort:{cohort.pk}")


def take_acceptance_back(cohort: Cohort, by: Person) -> None:
    """A changed programme is not the one the host said yes to: the yes is taken back and the host is told.

    Call it inside the transaction of the change.
    """
    accepted = Cohort.objects.filter(pk=cohort.pk).exclude(programme_accepted_on=None)
    if not accepted.update(programme_accepted_on=None, programme_accepted_by=None):
        return
    cohort.programme_accepted_on = cohort.programme_accepted_by = None
    record(key="cohorts.acceptance_taken_back", subject=f"cohort:{cohort.pk}", actor=by.pk)
    for host in members(cohort).filter(role=Role.HOST).exclude(person__email=None):
        send_now(
            to=Recipient(host.person.name, host.person.email or "", host.person.language, host.person_id),
            template="cohorts/mail/programme_changed",
            data={"sector": cohort.sector.names, "cohort": cohort.pk},
        )
