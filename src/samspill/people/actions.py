from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from samspill.audit.actions import record
from samspill.errors import Refused
from samspill.inputs.traces import forget_old_rows
from samspill.mail.actions import forget_person
from samspill.mail.models import Message
from samspill.people.access import require_owner
from samspill.people.choices import Details, Duty, Language
from samspill.people.models import ERASED_NAME, Person
from samspill.people.queries import by_address, by_addresses
from samspill.spreadsheets.actions import forget_uploads

_CHUNK = 500


def create(*, details: Details, by: Person | None) -> Person:
    """Register somebody; `by=None` is the command line, which makes the first programme owner."""
    _require_owner_or_system(by)
    _refuse_taken(details.email, but=None)
    with transaction.atomic():
        person = Person(**_fields(details))
        person.set_unusable_password()
        person.save()
        record(key="people.created", subject=_subject(person), actor=by.pk if by else None, duty=details.duty)
    return person


def change(*, person: Person, details: Details, by: Person) -> None:
    """Correct what is kept of a person and what they do for the directorate."""
    require_owner(by)
    _refuse_erased(person)
    _refuse_taken(details.email, but=person)
    if person.is_owner and details.duty != Duty.OWNER:
        _refuse_last_owner(person)
    with transaction.atomic():
        changed = sorted(name for name, value in _fields(details).items() if getattr(person, name) != value)
        for name, value in _fields(details).items():
            setattr(person, name, value)
        person.save(update_fields=["name", "email", "mobile", "language", "duty"])
        record(key="people.changed", subject=_subject(person), actor=by.pk, fields=changed)


def change_own(*, person: Person, name: str, mobile: str, by: Person) -> None:
    """Let somebody correct their own name and mobile number. The address is the owner's to change."""
    if person.pk != by.pk:
        require_owner(by)
    with transaction.atomic():
        person.name, person.mobile = name, mobile
        person.save(update_fields=["name", "mobile"])
        record(key="people.changed", subject=_subject(person), actor=by.pk, fields=["mobile", "name"])


def choose_language(*, person: Person, language: str, by: Person) -> None:
    """The language of every page and mail the person gets."""
    if language not in Language.values:
        raise Refused(_("Samspill speaks bokmål, nynorsk and English."))
    person.language = language
    person.save(update_fields=["language"])


def find_or_create(*, wanted: Sequence[Details], by: Person) -> dict[str, Person]:
    """Everybody in `wanted`, by address in lower case; who is not known yet is made, others are left alone.

    Set-wise, for thousands. Whether `by` may enrol people is the caller's matter; no duty is given this way.
    """
    with transaction.atomic():
        known = by_addresses(one.email for one in wanted)
        missing: dict[str, Person] = {}
        for one in wanted:
            address = one.email.strip().lower()
            if address not in known and address not in missing:
                missing[address] = Person(**{**_fields(one), "duty": Duty.NONE.value}, password=_NO_PASSWORD)
        if missing:
            Person.objects.bulk_create(missing.values(), batch_size=_CHUNK, ignore_conflicts=True)
            known |= by_addresses(missing)
            record(key="people.imported", subject="people", actor=by.pk, count=len(missing))
    return known


def change_many(*, changes: Mapping[int, Details], by: Person) -> int:
    """Take over accepted changes of name, mobile and language from an import, by person id; duties stay."""
    with transaction.atomic():
        people = list(Person.objects.filter(pk__in=changes, erased_on__isnull=True))
        for person in people:
            details = changes[person.pk]
            person.name, person.mobile, person.language = details.name, details.mobile, details.language
        Person.objects.bulk_update(people, ["name", "mobile", "language"], batch_size=_CHUNK)
        if people:
            record(key="people.changed_by_import", subject="people", actor=by.pk, count=len(people))
    return len(people)


def erase(*, person: Person, by: Person) -> None:
    """Remove the person's identity everywhere and keep what is only counted. It cannot be undone."""
    require_owner(by)
    _refuse_erased(person)
    if person.is_owner:
        _refuse_last_owner(person)
    address = person.email or ""
    with transaction.atomic():
        for path in settings.FORGET_PERSON:
            import_string(path)(person)
        forget_person(person=person.pk, address=address)
        forget_uploads(person=person.pk)
        _delete_sessions(person, address)
        person.name, person.email, person.mobile = ERASED_NAME, None, ""
        person.duty, person.is_active = Duty.NONE.value, False
        person.erased_on, person.last_login = timezone.localdate(), None
        person.set_unusable_password()
        person.save()
        forget_old_rows(Person, Message)
        record(key="people.erased", subject=_subject(person), actor=by.pk)


_NO_PASSWORD = "!"  # noqa: S105 - what Django keeps for somebody who has no password


def _fields(details: Details) -> dict[str, Any]:
    return {
        "name": " ".join(details.name.split()),
        "email": details.email.strip().lower(),
        "mobile": details.mobile.strip(),
        "language": details.language,
        "duty": details.duty,
    }


def _subject(person: Person) -> str:
    return f"person:{person.pk}"


def _require_owner_or_system(by: Person | None) -> None:
    if by is not None:
        require_owner(by)


def _refuse_taken(address: str, but: Person | None) -> None:
    other = by_address(address)
    if other is not None and other != but:
        raise Refused(_("Somebody is registered with this address already. Find the person in the list."))


def _refuse_erased(person: Person) -> None:
    if person.is_erased:
        raise Refused(_("This person has been erased. Register the person again if need be."))


def _refuse_last_owner(person: Person) -> None:
    others = Person.objects.filter(duty=Duty.OWNER, is_active=True).exclude(pk=person.pk)
    if not others.exists():
        raise Refused(_("This is the only programme owner. Give the duty to somebody else first."))


def _delete_sessions(person: Person, address: str) -> None:
    """Sessions know whose they are only when they are opened; there are few, as they last ten hours."""
    for session in Session.objects.iterator():
        contents = session.get_decoded()
        waiting = contents.get("account_login") or {}
        theirs = contents.get("_auth_user_id") == str(person.pk)
        if theirs or (address and (waiting.get("email") or "").lower() == address.lower()):
            session.delete()
