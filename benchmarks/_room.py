"""`python -m benchmarks._room make N | next | count`: a room with N leaders in it, made for the measurement.

make opens a scale and prints {"activity", "phone", "screen", "sessions"}: where to answer, the addresses of the two
streams, and a session key for each leader. next closes it, opens a poll and prints where to answer that. count prints
how many answers are stored.
"""

import json
import sys

import django

django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils import timezone
from tests.cast import make_cast
from tests.room.parts import POLL, SCALE, close, go, make_run, opened

from samspill.cohorts.choices import Role
from samspill.cohorts.models import Membership
from samspill.live.channels import Channel
from samspill.live.tokens import addresses
from samspill.people.models import Person
from samspill.room.actions import topic_of
from samspill.room.models import Activity, Attendance, Contribution, Run


@transaction.atomic
def make(leaders: int) -> dict[str, object]:
    cast = make_cast()
    run = make_run(cast, everybody=False)
    go(run, SCALE, cast.facilitator)
    names = [f"Leder nummer {number}" for number in range(leaders)]
    people = Person.objects.bulk_create(
        [Person(name=name, email=f"bench{number}@example.org") for number, name in enumerate(names)]
    )
    places = Membership.objects.bulk_create(
        [
            Membership(cohort=cast.cohort, person=one, role=Role.LEADER, organisation=cast.ministry)
            for one in people
        ]
    )
    today = timezone.localdate()
    Attendance.objects.bulk_create([Attendance(run=run, membership=one, came_on=today) for one in places])
    activity = opened(run, SCALE, cast.facilitator)
    topic = topic_of(run.gathering)
    return {
        "activity": activity.pk,
        "phone": addresses(Channel(topic, "phone", "nb"))["url"],
        "screen": addresses(Channel(topic, "screen", "nb"))["url"],
        "sessions": [_session(one) for one in people],
    }


def go_on() -> int:
    """The facilitator closes the scale and opens the poll; gives the poll's number."""
    run = Run.objects.select_related("gathering__cohort").get()
    facilitator = Person.objects.get(email="facilitator@example.org")
    close(Activity.objects.get(run=run, item=SCALE), facilitator)
    return opened(run, POLL, facilitator).pk


def _session(person: Person) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


if __name__ == "__main__":
    commands = {
        "make": lambda: make(int(sys.argv[2])),
        "next": go_on,
        "count": Contribution.objects.count,
    }
    print(json.dumps(commands[sys.argv[1]]()))
