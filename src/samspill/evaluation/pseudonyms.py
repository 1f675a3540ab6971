"""What ties a person's answers together from wave to wave without being the person.

A pseudonym is HMAC-SHA256 (RFC 2104) of the person's id under a key of the cohort's own. That key is made of two
parts that are kept apart: a random secret in the database, which is destroyed when the cohort closes, and the
server's secret key, which never is in the database. So neither a copy of the database alone, nor a backup of it
that is older than the closing, gives anybody's pseudonym away.
"""

import hashlib
import hmac
import secrets

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from samspill.cohorts.models import Cohort
from samspill.errors import Refused
from samspill.evaluation.models import PairingSecret
from samspill.people.models import Person

SECRET_BYTES, CHECK_BYTES = 32, 16


class PairingLost(Refused):
    """The server's secret key is another one than when the cohort's first measurement was opened."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The key of this server has been changed since the first measurement, so answers can no longer be "
                "put together. Ask whoever runs Samspill to put the old key back."
            )
        )


def keep_secret(cohort: Cohort) -> None:
    """Make the cohort's secret if it has none; PairingLost when there is one that this server cannot use."""
    secret = secrets.token_bytes(SECRET_BYTES)
    PairingSecret.objects.get_or_create(cohort=cohort, defaults={"secret": secret + _check(_key(secret))})
    _key_of(cohort)


def pseudonym_of(person: Person, cohort: Cohort) -> str:
    """64 hexadecimal digits. Raises PairingSecret.DoesNotExist once the secret is destroyed, and PairingLost."""
    return hmac.new(_key_of(cohort), str(person.pk).encode(), hashlib.sha256).hexdigest()


def _key_of(cohort: Cohort) -> bytes:
    kept = bytes(PairingSecret.objects.get(cohort=cohort).secret)
    key = _key(kept[:SECRET_BYTES])
    if not hmac.compare_digest(_check(key), kept[SECRET_BYTES:]):
        raise PairingLost
    return key


def _key(secret: bytes) -> bytes:
    return hmac.new(
        settings.SECRET_KEY.encode(), b"samspill.evaluation.pairing:" + secret, hashlib.sha256
    ).digest()


def _check(key: bytes) -> bytes:
    """By which a key is known again: with another one a person would silently answer as somebody else."""
    return hmac.new(key, b"check", hashlib.sha256).digest()[:CHECK_BYTES]
