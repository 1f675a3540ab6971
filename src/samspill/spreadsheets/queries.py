from collections.abc import Collection
from datetime import timedelta

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.errors import Refused
from samspill.spreadsheets.models import Pending
from samspill.spreadsheets.table import Table

KEPT_FOR = timedelta(days=1)


def pending(*, key: str, kinds: Collection[str], person: int) -> Pending:
    """The person's own unconfirmed upload of one of these kinds; 404 for anybody else's.

    One that has been confirmed or is older than a day is gone, and says so.
    """
    found = Pending.objects.filter(key=key, created_at__gte=timezone.now() - KEPT_FOR).first()
    if found is None:
        raise Refused(
            _("This preview is gone: it has been confirmed, thrown away or is a day old. Upload it again.")
        )
    if found.kind not in kinds or found.person != person:
        raise Http404
    return found


def table_of(found: Pending) -> Table:
    return Table.from_json(found.table)
