from collections.abc import Collection, Sequence
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samspill.audit.actions import record
from samspill.cohorts.access import Right, membership_in, require
from samspill.cohorts.models import Cohort, Membership
from samspill.errors import Refused
from samspill.live.actions import announce
from samspill.mail.actions import add, confirm_batch, discard_batch, open_batch, send_again
from samspill.mail.choices import Recipient
from samspill.mail.models import Batch
from samspill.mail.queries import messages_of
from samspill.people.models import Person
from samspill.planning import calendar
from samspill.planning.choices import Answer, Notice, Outgoing
from samspill.planning.models import Gathering, Invitation
from samspill.planning.queries import (
    Letter,
    agenda_letters,
    current_release,
    invitation_letters,
    is_stale,
    kind_of,
    letters_again,
    may_answer_for,
    meeting_of,
    parcels_of,
    reminder_letters,
    uid_of,
)


def prepare_invitations(*, cohort: Cohort, by: Person, only: Collection[int] | None = None) -> Batch:
    """Lay new, changed and cancelled invitations in the outbox: all that are coming, or `only` these ids."""
    require(by, cohort, Right.INVITE)
    letters = invitation_letters(cohort, only)
    if not letters:
        raise Refused(_("Everybody has been sent what they should have. There is nothing to prepare."))
    return prepare(cohort=cohort, kind=Outgoing.INVITATIONS, letters=letters, by=by)


def prepare_reminder(*, gathering: Gathering, by: Person) -> Batch:
    """Lay a reminder in the outbox for those who have been invited and have not answered."""
    require(by, gathering.cohort, Right.INVITE)
    letters = reminder_letters(gathering)
    if not letters:
        raise Refused(_("Nobody has to be reminded: everybody who has been invited has answered."))
    return prepare(cohort=gathering.cohort, kind=Outgoing.REMINDER, letters=letters, by=by)


def prepare_agenda_notice(*, gathering: Gathering, by: Person) -> Batch | None:
    """Lay mails in the outbox that tell those who have been invited what the last release has changed.

    None when it changes nothing for them, or when it is the first release.
    """
    require(by, gathering.cohort, Right.INVITE)
    release = current_release(gathering)
    letters = agenda_letters(release) if release else ()
    if not letters:
        return None
    return prepare(cohort=gathering.cohort, kind=Outgoing.AGENDA, letters=letters, by=by)


def prepare_again(*, cohort: Cohort, batch: Batch, by: Person) -> Batch | None:
    """Make a draft anew from what is so now. None when nothing is left to say; then it is thrown away."""
    require(by, cohort, Right.INVITE)
    letters = letters_again(batch, cohort)
    if not letters:
        discard_outbox(cohort=cohort, batch=batch, by=by)
        return None
    return prepare(cohort=cohort, kind=kind_of(batch), letters=letters, by=by)


def prepare(*, cohort: Cohort, kind: Outgoing, letters: Sequence[Letter], by: Person) -> Batch:
    """Put the letters into a batch that somebody has to confirm. An unconfirmed one like it gives way."""
    key = str(kind)
    if kind != Outgoing.INVITATIONS:
        key = f"{key}/{letters[0].gathering.pk}"
    with transaction.atomic():
        for parcel in parcels_of(cohort):
            if parcel.batch.is_draft and parcel.batch.key == key:
                discard_batch(batch=parcel.batch, by=by.pk)
        batch = open_batch(key=key, subject=f"cohort:{cohort.pk}", by=by.pk)
        stamp = timezone.now()
        for letter in letters:
            _write(batch, letter, stamp)
        record(
            key="planning.mails_prepared",
            subject=f"cohort:{cohort.pk}",
            actor=by.pk,
            kind=str(kind),
            mails=len(letters),
        )
    return batch


def confirm_outbox(*, cohort: Cohort, batch: Batch, by: Person) -> None:
    """Let the mails go. Refused when what they say is no longer so."""
    require(by, cohort, Right.INVITE)
    with transaction.atomic():
        if is_stale(batch, cohort):
            raise Refused(_("Something has changed since these mails were prepared. Prepare them once more."))
        _remember_what_is_sent(batch)
        confirm_batch(batch=batch, by=by.pk)
        record(key="planning.mails_confirmed", subject=f"cohort:{cohort.pk}", actor=by.pk, batch=batch.pk)


def discard_outbox(*, cohort: Cohort, batch: Batch, by: Person) -> None:
    require(by, cohort, Right.INVITE)
    with transaction.atomic():
        discard_batch(batch=batch, by=by.pk)
        record(key="planning.mails_discarded", subject=f"cohort:{cohort.pk}", actor=by.pk, batch=batch.pk)


def send_failed_again(*, cohort: Cohort, batch: Batch, by: Person, message: int | None = None) -> int:
    """Try failed mails once more, all or the one with this id; gives how many."""
    require(by, cohort, Right.INVITE)
    return send_again(batch=batch, by=by.pk, message=message)


def answer_invitation(*, gathering: Gathering, by: Person, answer: Answer) -> Invitation:
    """Say whether one comes; a delegate says it for the leader they act for."""
    require(by, gathering.cohort, Right.ANSWER_INVITATION)
    member = may_answer_for(by, gathering)
    if member is None:
        raise Refused(
            _("There is nothing to answer: you are not invited, or the gathering is over or cancelled.")
        )
    with transaction.atomic():
        invitation = _invitation(gathering, member.person, member)
        invitation.answer = answer
        invitation.answered_on = timezone.localdate() if answer else None
        invitation.answered_by = by if answer else None
        invitation.save()
        announce(f"gathering:{gathering.pk}")
    return invitation


def _write(batch: Batch, letter: Letter, stamp: datetime) -> None:
    person, text, method = letter.person, "", ""
    invitation = _invitation(letter.gathering, person, membership_in(person, letter.gathering.cohort))
    if letter.sequence is not None:
        make = calendar.cancel if letter.notice == Notice.CANCELLATION else calendar.request
        method = "CANCEL" if letter.notice == Notice.CANCELLATION else "REQUEST"
        with translation.override(person.language):
            meeting = meeting_of(letter.gathering, invitation.uid, letter.sequence)
        text = make(meeting, organiser=_organiser(), attendee=_party(person), stamp=stamp)
    add(
        batch=batch,
        to=Recipient(person.name, person.email or "", person.language, person.pk),
        template=letter.notice.template,
        data=letter.data,
        calendar=text,
        calendar_method=method,
    )


def _invitation(gathering: Gathering, person: Person, member: Membership | None) -> Invitation:
    facts = {"membership": member, "uid": uid_of(gathering, person)}
    invitation, new = gathering.invitations.get_or_create(person=person, defaults=facts)
    if not new and invitation.membership_id != (member.pk if member else None):
        invitation.membership = member
        invitation.save(update_fields=["membership"])
    return invitation


def _remember_what_is_sent(batch: Batch) -> None:
    """At confirmation and not at delivery: a mail that failed is tried again, it is not made anew."""
    for message in messages_of(batch):
        if message.calendar:
            Invitation.objects.filter(gathering=message.data["gathering"], person=message.person).update(
                sequence_sent=message.data["sequence"],
                cancelled_sent=message.template == Notice.CANCELLATION.template,
            )


def _organiser() -> calendar.Party:
    """The address the mails come from; calendars distrust an organiser who is not the sender."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return calendar.Party(name or settings.CONTACT_NAME, address)


def _party(person: Person) -> calendar.Party:
    return calendar.Party(person.name, person.email or "")
