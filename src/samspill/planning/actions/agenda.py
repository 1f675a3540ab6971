from django.db import transaction
from django.utils.translation import gettext as _

from samspill.audit.actions import record
from samspill.cohorts.access import Right, require
from samspill.errors import Refused
from samspill.live.actions import announce
from samspill.people.models import Person
from samspill.planning.actions.gatherings import raise_sequence
from samspill.planning.actions.invitations import prepare_agenda_notice
from samspill.planning.models import AgendaRelease, Gathering
from samspill.planning.queries import changes_since, current_release


def release_agenda(*, gathering: Gathering, by: Person) -> AgendaRelease:
    """Freeze the draft as the agenda that everybody sees and the room runs.

    When people have been invited and this is not the first release, mails that tell them what has changed are
    laid in the outbox. A new length changes the meeting in their calendars.
    """
    require(by, gathering.cohort, Right.EDIT_AGENDA)
    document = gathering.document
    if not document["items"]:
        raise Refused(_("The agenda has no items yet. Add at least one before you release it."))
    with transaction.atomic():
        Gathering.objects.select_for_update().get(pk=gathering.pk)
        last = current_release(gathering)
        changes = changes_since(gathering, last)
        if last and not changes:
            raise Refused(_("Nothing has changed since the agenda was last released."))
        release = gathering.releases.create(
            number=last.number + 1 if last else 1,
            items=document["items"],
            frame={name: part for name, part in document.items() if name != "items"},
            changes=[change.as_data() for change in changes],
            released_by=by,
        )
        _book(gathering, sum(item.minutes for item in release.agenda))
        subject = f"cohort:{gathering.cohort_id}"
        record(key="planning.agenda_released", subject=subject, actor=by.pk, gathering=gathering.number)
        prepare_agenda_notice(gathering=gathering, by=by)
        announce(f"gathering:{gathering.pk}")
    return release


def _book(gathering: Gathering, minutes: int) -> None:
    if gathering.minutes != minutes:
        gathering.minutes = minutes
        raise_sequence(gathering)
        gathering.save(update_fields=["minutes", "sequence"])
