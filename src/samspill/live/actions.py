from functools import partial

from django.db import connection, transaction
from django.db.models import F

from samspill.live.models import Topic
from samspill.live.waking import wake

NOTIFICATION = "samspill_live"  # the name that other processes LISTEN to on PostgreSQL


def announce(topic: str) -> None:
    """Say that what the topic shows has changed. Call it last in the transaction that changes it.

    The new version is part of that transaction, so a change is announced if and only if it is stored. On
    PostgreSQL two announcers of one topic wait for each other until the commit: that is why it comes last.
    """
    with transaction.atomic(savepoint=False):
        if not _bump(topic):
            Topic.objects.bulk_create([Topic(name=topic)], ignore_conflicts=True)
            _bump(topic)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_notify(%s, %s)", [NOTIFICATION, topic])
        transaction.on_commit(partial(wake, topic))


def _bump(topic: str) -> int:
    return Topic.objects.filter(name=topic).update(version=F("version") + 1)
