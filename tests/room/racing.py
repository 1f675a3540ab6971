"""`python -m tests.room.racing chatham|named`: many at once on a database of its own, each in a connection of its own.

Threads share a database in memory in ways that files and servers do not, so this runs outside the test's process.
"""

import sys
import threading
from collections.abc import Callable
from functools import partial

import django

django.setup()

from django.db import connection  # noqa: E402

from samspill.errors import Refused  # noqa: E402
from samspill.inputs.choices import Attribution  # noqa: E402
from samspill.people.models import Person  # noqa: E402
from samspill.room.choices import ActivityState  # noqa: E402
from samspill.room.models import Activity, Run  # noqa: E402
from tests.cast import Cast, make_cast  # noqa: E402
from tests.room.parts import (  # noqa: E402
    IDEAS,
    REFLECT,
    agenda_with,
    close,
    entry,
    fresh,
    give,
    go,
    make_run,
    opened,
    participants,
)

ROUNDS = 6


def at_once(*work: Callable[[], object]) -> None:
    """Run all in threads that start together. Refusals are answers; anything else that goes wrong is raised."""
    ready = threading.Barrier(len(work))
    wrong: list[BaseException] = []

    def run(one: Callable[[], object]) -> None:
        ready.wait()
        try:
            one()
        except Refused:
            pass
        except BaseException as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def one_person_twice(cast: Cast, run: Run, item: str) -> None:
    activity = opened(run, item, cast.facilitator)
    same = entry()
    at_once(*(partial(give, activity, cast.leader, {"text": words}, same) for words in ("en", "to", "tre")))
    assert activity.contributions.count() == 1
    close(activity, cast.facilitator)
    activity.delete()


def answering_while_closing(cast: Cast, run: Run, leave: bool) -> None:
    """Every answer is refused, or stored and sealed; none slips in behind the closing."""
    activity = opened(run, IDEAS, cast.facilitator)
    stored: list[str] = []
    changed: list[str] = []
    first = give(activity, cast.leader, {"text": "Skal endres"})

    def answer(person: Person) -> None:
        for number in range(3):
            words = f"Idé {number} fra {person.pk}"
            give(activity, person, {"text": words})
            stored.append(words)

    def change() -> None:
        give(activity, cast.leader, {"text": "Endret"}, first)
        changed.append("Endret")

    shut = (
        partial(go, fresh_run(run), "g1-i8", cast.facilitator)
        if leave
        else partial(close, activity, cast.facilitator)
    )
    at_once(*(partial(answer, person) for person in participants(cast)), change, shut)
    check(activity, [*stored, *(changed or ["Skal endres"])])
    activity.delete()


def fresh_run(run: Run) -> Run:
    return Run.objects.select_related("gathering__cohort", "release").get(pk=run.pk)


def check(activity: Activity, stored: list[str]) -> None:
    assert fresh(activity).state == ActivityState.CLOSED
    rows = list(activity.contributions.all())
    assert sorted(row.value["text"] for row in rows) == sorted(stored)
    assert {row.token for row in rows} == {None}


def main(attribution: Attribution) -> None:
    cast = make_cast()
    items = agenda_with(IDEAS, attribution=attribution)
    next(item for item in items if item["key"] == REFLECT)["activity"]["attribution"] = attribution
    run = make_run(cast, items)
    for _round in range(ROUNDS):
        one_person_twice(cast, run, REFLECT)
        answering_while_closing(cast, run, leave=False)
        answering_while_closing(cast, run, leave=True)


if __name__ == "__main__":
    main(Attribution(sys.argv[1]))
