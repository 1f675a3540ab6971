"""What a new site needs before anybody can sign in to it."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from samspill.errors import Refused
from samspill.people.actions import create
from samspill.people.choices import Details, Duty
from samspill.people.models import Person
from samspill.practice.loading import load
from samspill.programmes.actions import load_reference_programme
from samspill.sectors.actions import load_reference_register


def begin(*, address: str, name: str) -> None:
    """Register a programme owner, and load the register and the programme that Samspill ships with.

    Raises Refused when the address cannot be one, or belongs to somebody already.
    """
    try:
        validate_email(address)
    except ValidationError as error:
        raise Refused(
            f"'{address}' is no mail address; codes to sign in with could not be sent there."
        ) from error
    with transaction.atomic():
        create(details=Details(name=name, email=address, duty=Duty.OWNER.value), by=None)
        load_reference_register()
        load_reference_programme()


def fill_practice_site() -> None:
    """Load the practice data into a practice site that nobody is in yet."""
    if settings.PRACTICE and not Person.objects.exists():
        load()
