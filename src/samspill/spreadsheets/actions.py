import secrets

from django.utils import timezone

from samspill.spreadsheets.models import Pending
from samspill.spreadsheets.queries import KEPT_FOR
from samspill.spreadsheets.table import Table


def keep(*, table: Table, kind: str, name: str, by: int) -> Pending:
    """Keep the rows for a day, until the person confirms or throws them away. Older ones are deleted."""
    Pending.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()
    return Pending.objects.create(
        key=secrets.token_urlsafe(32), person=by, kind=kind, name=name[:200], table=table.as_json()
    )


def throw_away(*, pending: Pending, by: int) -> None:
    """Delete the kept rows: they are confirmed, or nobody wants them."""
    Pending.objects.filter(pk=pending.pk, person=by).delete()


def forget_uploads(*, person: int) -> None:
    """Delete everything the person has uploaded and not confirmed."""
    Pending.objects.filter(person=person).delete()
