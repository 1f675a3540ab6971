"""`python -m tests.room.server make|plan|close|read`: what the tests of a real server do inside its database.

make: the cast, with ideas open in a room that everybody is in; prints {"activity", "gathering", "sessions"}.
plan: the cast, with a released agenda and no room yet; prints {"gathering", "facilitator", "sessions"}.
close: closes what is open. read: prints the stored texts.
"""

import json
import sys

import django

django.setup()

from django.test import Client  # noqa: E402

from samspill.followup.actions import adopt  # noqa: E402
from samspill.people.models import Person  # noqa: E402
from samspill.room import actions  # noqa: E402
from samspill.room.models import Activity, Contribution  # noqa: E402
from tests.cast import make_cast  # noqa: E402
from tests.room.parts import IDEAS, make_gathering, make_run, opened, participants  # noqa: E402


def _session(person: Person) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies["sessionid"].value


def make() -> dict[str, object]:
    cast = make_cast()
    activity = opened(make_run(cast), IDEAS, cast.facilitator)
    return {
        "activity": activity.pk,
        "gathering": activity.run.gathering_id,
        "sessions": [_session(person) for person in participants(cast)],
    }


def plan() -> dict[str, object]:
    cast = make_cast()
    return {
        "gathering": make_gathering(cast.cohort).pk,
        "facilitator": _session(cast.facilitator),
        "sessions": [_session(person) for person in participants(cast)],
    }


def close() -> None:
    activity = Activity.objects.get()
    actions.close_activity(activity=activity, by=Person.objects.get(name="Fasilitator"), adopt=adopt)


def read() -> list[str]:
    return [each.value["text"] for each in Contribution.objects.all()]


if __name__ == "__main__":
    print(json.dumps({"make": make, "plan": plan, "close": close, "read": read}[sys.argv[1]]()))
