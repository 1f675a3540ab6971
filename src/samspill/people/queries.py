from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.http import Http404
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from samspill.mail.queries import messages_to
from samspill.people import likeness
from samspill.people.access import require_owner
from samspill.people.choices import Candidate, Duty, Near
from samspill.people.models import Person
from samspill.people.searching import contains

_CHUNK = 900

PRACTICE_DOMAINS = ("ovingsdepartementet.example", "ovingsdirektoratet.example")
_PRACTICE_ROLES = {
    "eier": _("programme owner"),
    "fasilitator": _("facilitator"),
    "ressursperson": _("resource person"),
    "departementsrad": _("Secretary General (host)"),
    "leder": _("leader"),
    "sekretar": _("secretary for a leader"),
    "innleder": _("guest speaker"),
}


def people(*, reader: Person, words: str = "", duty: str = "") -> QuerySet[Person]:
    """Everybody who has not been erased, by name; for programme owners."""
    require_owner(reader)
    found = Person.objects.filter(erased_on__isnull=True)
    if words.strip():
        found = found.filter(contains(words.strip(), "name", "email"))
    if duty in (Duty.OWNER, Duty.FACILITATOR):
        found = found.filter(duty=duty)
    return found


def person_for(reader: Person, pk: int) -> Person:
    """Somebody who has not been erased; for programme owners, 404 when there is nobody."""
    found = people(reader=reader).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def by_address(address: str) -> Person | None:
    """Who signs in with the address, whatever the case of its letters."""
    return Person.objects.filter(email__iexact=address.strip(), is_active=True).first()


def by_addresses(addresses: Iterable[str]) -> dict[str, Person]:
    """Everybody with one of the addresses, by address in lower case; few queries for thousands."""
    wanted = sorted({address.strip().lower() for address in addresses})
    found: dict[str, Person] = {}
    for start in range(0, len(wanted), _CHUNK):
        rows = Person.objects.annotate(lower_email=Lower("email")).filter(
            lower_email__in=wanted[start : start + _CHUNK]
        )
        found.update({person.email.lower(): person for person in rows if person.email})
    return found


def near_duplicates(rows: Sequence[Candidate]) -> dict[int, tuple[Near, ...]]:
    """By row number: registered people and other rows that each row resembles. One query."""
    registered = Person.objects.filter(erased_on__isnull=True).values_list("name", "email", "mobile")
    known = [Candidate(0, name, email or "", mobile) for name, email, mobile in registered]
    return likeness.near_duplicates(rows, known)


def personal_data(person: Person) -> dict[str, Any]:
    """What this room of the house knows of the person, as JSON."""
    return {
        "name": person.name,
        "email": person.email,
        "mobile": person.mobile,
        "language": person.language,
        "duty": person.duty,
        "last_signed_in": person.last_login.isoformat() if person.last_login else None,
        "mails": [
            {
                "sent": mail.sent_at.isoformat() if mail.sent_at else None,
                "kind": mail.template,
                "data": mail.data,
            }
            for mail in messages_to(person.pk)
        ],
    }


def everything_about(person: Person) -> dict[str, Any]:
    """All that Samspill keeps about the person, room by room, as JSON (`settings.PERSONAL_DATA`)."""
    return {path.split(".")[1]: import_string(path)(person) for path in settings.PERSONAL_DATA}


@dataclass(frozen=True)
class PracticeRole:
    key: str
    label: str
    name: str


def practice_roles() -> list[PracticeRole]:
    """Whom one may sign in as with one press; nobody outside practice mode."""
    if not settings.PRACTICE:
        return []
    found: list[PracticeRole] = []
    for person in _practice_people():
        key = (person.email or "").partition("@")[0]
        word = _PRACTICE_ROLES.get(key.rstrip("0123456789"))
        if word is not None:
            found.append(PracticeRole(key, str(word), person.name))
    order = list(_PRACTICE_ROLES)
    return sorted(
        found, key=lambda role: (order.index(role.key.rstrip("0123456789")), len(role.key), role.key)
    )


def practice_person(key: str) -> Person:
    """The person behind one of the buttons; 404 outside practice mode, or when there is no such button."""
    if not settings.PRACTICE or key.rstrip("0123456789") not in _PRACTICE_ROLES:
        raise Http404
    for person in _practice_people():
        if (person.email or "").partition("@")[0] == key:
            return person
    raise Http404


def _practice_people() -> QuerySet[Person]:
    ours = Q(email__endswith=f"@{PRACTICE_DOMAINS[0]}") | Q(email__endswith=f"@{PRACTICE_DOMAINS[1]}")
    return Person.objects.filter(ours, is_active=True)
