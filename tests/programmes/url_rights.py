from typing import Any

from samspill.programmes import actions
from samspill.programmes.models import BlueprintVersion
from samspill.programmes.queries import draft_of
from tests.cast import Cast
from tests.rights import FORBIDDEN, MOVED, OK, RUNS_IT, Role, Row

OWNS_IT = frozenset({Role.OWNER})


def _measure(cast: Cast) -> dict[str, Any]:
    return {"key": cast.cohort.blueprint.measure.key}


def _version(cast: Cast) -> dict[str, Any]:
    return {"pk": cast.cohort.blueprint.pk}


def draft(cast: Cast) -> BlueprintVersion:
    measure = cast.cohort.blueprint.measure
    return draft_of(measure) or actions.create_draft(measure=measure, by=None)


def _draft(cast: Cast) -> dict[str, Any]:
    return {"pk": draft(cast).pk}


def _gathering(cast: Cast) -> dict[str, Any]:
    return {"pk": draft(cast).pk, "gathering": "g1"}


def _item(cast: Cast) -> dict[str, Any]:
    return {"pk": draft(cast).pk, "gathering": "g1", "item": "g1-i4"}


def _reads(kwargs: Any = dict) -> Row:
    """Blueprints belong to no cohort: a facilitator of any of them reads all, everybody else gets 403."""
    return Row(allowed=RUNS_IT, kwargs=kwargs, answers=(OK,), stranger=OK)


def _writes(kwargs: Any = dict, method: str = "get") -> Row:
    answers = (OK,) if method == "get" else (MOVED,)
    return Row(allowed=OWNS_IT, kwargs=kwargs, method=method, answers=answers, stranger=FORBIDDEN)


def _nothing(cast: Cast) -> dict[str, Any]:
    return {}


RIGHTS: dict[str, Row] = {
    "programmes:list": _reads(_nothing),
    "programmes:measure": _reads(_measure),
    "programmes:version": _reads(_version),
    "programmes:changes": _reads(_version),
    "programmes:export": _reads(_version),
    "programmes:schema": Row(public=True, answers=(OK,)),
    "programmes:import": _writes(_nothing),
    "programmes:new_draft": _writes(_measure, "post"),
    "programmes:edit": _writes(_draft),
    "programmes:edit_basics": _writes(_draft),
    "programmes:edit_frame": _writes(_draft),
    "programmes:edit_instrument": _writes(_draft),
    "programmes:edit_list": _writes(lambda cast: {**_draft(cast), "name": "aims"}),
    "programmes:edit_gathering": _writes(_gathering),
    "programmes:edit_work": _writes(_gathering),
    "programmes:edit_inner_list": _writes(lambda cast: {**_gathering(cast), "name": "items"}),
    "programmes:edit_item": _writes(_item),
    "programmes:edit_activity": _writes(_item),
    "programmes:edit_choices": _writes(_item),
    "programmes:release": _writes(_draft),
    "programmes:discard": _writes(_draft, "post"),
}
