"""Who gets what from the room's addresses."""

from collections.abc import Callable, Mapping
from typing import Any

from samspill.followup.actions import adopt
from samspill.room import actions
from tests.cast import Cast
from tests.rights import EVERYBODY, MOVED, OK, RUNS_IT, TAKES_PART, Row
from tests.room.parts import REFLECT, make_gathering, opened

CONFLICT = 409


def _gathering(cast: Cast) -> dict[str, Any]:
    return {"pk": _made(cast).pk}


def _made(cast: Cast) -> Any:
    return cast.cohort.gatherings.first() or make_gathering(cast.cohort)


def _run(cast: Cast) -> dict[str, Any]:
    gathering = _made(cast)
    run = actions.open_room(gathering=gathering, by=cast.facilitator)
    if run.state == "waiting":
        actions.start(run=run, by=cast.facilitator, adopt=adopt)
    return {"pk": gathering.pk}


def _activity(cast: Cast) -> dict[str, Any]:
    run = actions.open_room(gathering=_made(cast), by=cast.facilitator)
    if not run.activities.exists():
        actions.start(run=run, by=cast.facilitator, adopt=adopt)
        opened(run, REFLECT, cast.facilitator)
    return {"pk": run.activities.get().pk}


def _with(kwargs: Callable[[Cast], Mapping[str, Any]], **more: Any) -> Callable[[Cast], Mapping[str, Any]]:
    return lambda cast: {**kwargs(cast), **more}


RIGHTS: dict[str, Row] = {
    "room:join": Row(allowed=EVERYBODY, answers=(OK,)),
    "room:phone": Row(allowed=EVERYBODY, kwargs=_run, answers=(OK,)),
    "room:arrive": Row(allowed=TAKES_PART, kwargs=_run, method="post", answers=(MOVED,)),
    "room:console": Row(allowed=RUNS_IT, kwargs=_run, answers=(OK,)),
    "room:screen": Row(allowed=RUNS_IT, kwargs=_run, answers=(OK,)),
    "room:open": Row(allowed=RUNS_IT, kwargs=_gathering, method="post", answers=(MOVED,)),
    "room:control": Row(allowed=RUNS_IT, kwargs=_with(_run, do="shut"), method="post", answers=(MOVED,)),
    "room:renew": Row(allowed=RUNS_IT, kwargs=_with(_run, face="console"), answers=(OK,)),
    "room:results": Row(allowed=RUNS_IT, kwargs=_with(_gathering, kind="csv"), answers=(OK,)),
    "room:review": Row(allowed=RUNS_IT, kwargs=_run, answers=(OK,)),
    # Who has not said that they are here is told so in a sentence; a stranger does not learn that it is there.
    "room:answer": Row(
        allowed=TAKES_PART,
        kwargs=_activity,
        method="post",
        data={"entry": "e" * 32, "part": "answer", "value": '{"text": "Et svar"}'},
        answers=(CONFLICT,),
    ),
}
