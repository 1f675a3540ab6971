import secrets

from django.core import signing
from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.audit.actions import record
from samspill.errors import Refused, TooOften
from samspill.people.access import require_owner
from samspill.people.models import Person
from samspill.public.models import Feedback

SALT = "public.feedback"
OLDEST = 24 * 3600  # seconds a page may have been open before its form is sent
YOUNGEST = 2  # seconds; nobody reads and answers faster
MOST_IN_ALL = 300  # in an hour, for all pages: whoever sends a form can name any page
MOST_PER_HOUR = 60  # from everybody together for one page: a whole ministry may sit behind one address


def new_ticket() -> str:
    """A signed, dated number that makes one form good for one message."""
    return signing.dumps(secrets.token_urlsafe(9), salt=SALT)


def give_feedback(*, page: str, found: bool, text: str, language: str, ticket: str) -> Feedback | None:
    """Keep what a reader says of a page. None when the ticket has been used: the message is already here."""
    number = _number_of(ticket)
    if not cache.add(f"feedback-ticket-{number}", 1, OLDEST):
        return None
    if _are_too_many(f"feedback-{page}", MOST_PER_HOUR) or _are_too_many("feedback", MOST_IN_ALL):
        cache.delete(f"feedback-ticket-{number}")
        raise TooOften(
            _("Very many have written about this page in the last hour. Please try again in an hour.")
        )
    return Feedback.objects.create(page=page, found=found, text=text.strip(), language=language)


def _are_too_many(key: str, most: int) -> bool:
    cache.add(key, 0, 3600)
    return cache.incr(key) > most


def _number_of(ticket: str) -> str:
    try:
        number: str = signing.loads(ticket, salt=SALT, max_age=OLDEST)
    except signing.SignatureExpired:
        raise Refused(
            _("The page has been open for more than a day. Load it again and send once more.")
        ) from None
    except signing.BadSignature:
        raise Refused(
            _("The form was not sent from one of our pages. Load the page again and try once more.")
        ) from None
    try:
        signing.loads(ticket, salt=SALT, max_age=YOUNGEST)
    except signing.SignatureExpired:
        return number
    raise Refused(
        ngettext(
            "That was quick. Wait %(count)d second and send once more.",
            "That was quick. Wait %(count)d seconds and send once more.",
            YOUNGEST,
        )
        % {"count": YOUNGEST}
    )


def mark_read(*, feedback: list[int], by: Person) -> int:
    """Mark messages as read; returns how many were not read before."""
    require_owner(by)
    with transaction.atomic():
        changed = Feedback.objects.filter(pk__in=feedback, read=False).update(read=True)
        record(key="public.feedback_read", subject="site", actor=by.pk, count=changed)
    return changed
