"""What a person may do for the directorate, outside any cohort."""

from django.core.exceptions import PermissionDenied

from samspill.people.models import Person


def require_owner(person: Person) -> None:
    """Only a programme owner may; everybody else gets 403."""
    if not person.is_owner:
        raise PermissionDenied


def require_facilitator(person: Person) -> None:
    """Programme owners and facilitators may; everybody else gets 403."""
    if not person.is_facilitator:
        raise PermissionDenied
