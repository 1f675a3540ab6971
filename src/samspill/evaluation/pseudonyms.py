"""What ties a person's answers together from wave to wave without being the person.

A pseudonym is HMAC-SHA256 of the person's id under a random secret of the cohort (RFC 2104). Without the
secret nobody, not even with the whole database, can make it or go back from it; the secret is destroyed when
the cohort closes.
"""

import hashlib
import hmac
import secrets

from samspill.cohorts.models import Cohort
from samspill.evaluation.models import PairingSecret
from samspill.people.models import Person

SECRET_BYTES = 32


def keep_secret(cohort: Cohort) -> None:
    """Make the cohort's secret if it has none."""
    PairingSecret.objects.get_or_create(cohort=cohort, defaults={"secret": secrets.token_bytes(SECRET_BYTES)})


def pseudonym_of(person: Person, cohort: Cohort) -> str:
    """64 hexadecimal digits. Raises PairingSecret.DoesNotExist once the secret is destroyed."""
    key = bytes(PairingSecret.objects.get(cohort=cohort).secret)
    return hmac.new(key, str(person.pk).encode(), hashlib.sha256).hexdigest()
