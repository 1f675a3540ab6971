"""Who gets what from the addresses of planning."""

from collections.abc import Mapping
from typing import Any

from samspill.cohorts.choices import Role
from samspill.cohorts.models import Membership
from samspill.mail.models import Batch
from samspill.planning.models import Gathering
from tests.cast import Cast
from tests.planning.parts import planned, prepared, released
from tests.rights import ANSWERS_FOR_IT, MOVED, OK, PREPARES, RUNS_IT, Row

REFUSED = 409


def _cohort(cast: Cast) -> Mapping[str, Any]:
    return {"cohort": cast.cohort.pk}


def _first(cast: Cast) -> Gathering:
    gathering = planned(cast)[0]
    gathering.guests.set(Membership.objects.filter(cohort=cast.cohort, role=Role.GUEST))
    released(cast, gathering)
    return gathering


def _gathering(cast: Cast) -> Mapping[str, Any]:
    return {"pk": _first(cast).pk}


def _item(cast: Cast) -> Mapping[str, Any]:
    return {"pk": _first(cast).pk, "key": "g1-i3"}


def _batch(cast: Cast) -> Mapping[str, Any]:
    planned(cast)
    batch = Batch.objects.filter(subject=f"cohort:{cast.cohort.pk}").first() or prepared(cast)
    return {"cohort": cast.cohort.pk, "pk": batch.pk}


def _post(**parts: Any) -> Row:
    return Row(method="post", **{"answers": (MOVED,), **parts})


INVITED = frozenset({Role.HOST, Role.LEADER, Role.DELEGATE, Role.GUEST})

RIGHTS = {
    "planning:gatherings": Row(kwargs=_cohort, answers=(OK,)),
    "planning:create": _post(kwargs=_cohort, allowed=PREPARES),
    "planning:outbox": Row(kwargs=_cohort, allowed=PREPARES, answers=(OK,)),
    "planning:prepare": _post(kwargs=_cohort, allowed=PREPARES, answers=(REFUSED,)),
    "planning:batch": Row(kwargs=_batch, allowed=PREPARES, answers=(OK,)),
    "planning:confirm": Row(kwargs=_batch, allowed=PREPARES, answers=(OK,)),
    "planning:discard": _post(kwargs=_batch, allowed=PREPARES),
    "planning:prepare_again": _post(kwargs=_batch, allowed=PREPARES),
    "planning:retry": _post(kwargs=_batch, allowed=PREPARES, answers=(REFUSED,)),
    "planning:gathering": Row(kwargs=_gathering, answers=(OK,)),
    "planning:answer": _post(kwargs=_gathering, allowed=INVITED, data={"answer": "yes"}),
    "planning:calendar": Row(kwargs=_gathering, answers=(OK,)),
    "planning:schedule": Row(kwargs=_gathering, allowed=PREPARES, answers=(OK,)),
    "planning:cancel": Row(kwargs=_gathering, allowed=PREPARES, answers=(OK,)),
    "planning:answers": Row(kwargs=_gathering, allowed=ANSWERS_FOR_IT, answers=(OK,)),
    "planning:remind": _post(kwargs=_gathering, allowed=PREPARES, answers=(REFUSED,)),
    "planning:agenda": Row(kwargs=_gathering, allowed=RUNS_IT, answers=(OK,)),
    "planning:undo": _post(kwargs=_gathering, allowed=RUNS_IT, answers=(REFUSED,)),
    "planning:restore": _post(kwargs=_gathering, allowed=RUNS_IT, data={"item": "g1-i3", "revision": "0"}),
    "planning:add_item": Row(kwargs=_gathering, allowed=RUNS_IT, answers=(OK,)),
    "planning:item": Row(kwargs=_item, allowed=RUNS_IT, answers=(OK,)),
    "planning:release": Row(kwargs=_gathering, allowed=RUNS_IT, answers=(OK,)),
    "planning:run_sheet": Row(kwargs=_gathering, allowed=RUNS_IT, answers=(OK,)),
    "planning:programme": Row(kwargs=_gathering, answers=(OK,)),
}
