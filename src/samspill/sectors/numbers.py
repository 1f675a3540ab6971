"""Organisation numbers: nine digits, the last a check digit."""

from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.no import orgnr

from samspill.errors import Refused


def valid_number(text: str) -> str:
    """The nine digits of "974 760 673", or `Refused` with what is wrong."""
    try:
        return str(orgnr.validate(text.strip()))
    except InvalidChecksum as error:
        raise Refused(
            _("%(number)s is not an organisation number: the last digit does not fit the others.")
            % {"number": text.strip()}
        ) from error
    except ValidationError as error:
        raise Refused(
            _("%(number)s is not an organisation number. It has nine digits.") % {"number": text.strip()}
        ) from error


def is_valid(text: str) -> bool:
    return bool(orgnr.is_valid(text.strip()))
