from typing import Any

from samspill.evaluation.choices import WaveKind
from tests.cast import Cast
from tests.evaluation.parts import drafted, failed, opened
from tests.rights import ANSWERS_FOR_IT, MOVED, OK, RUNS_IT, TAKES_PART, Row

STORED = 204


def _cohort(cast: Cast) -> dict[str, Any]:
    return {"pk": cast.cohort.pk}


def _kind(cast: Cast) -> dict[str, Any]:
    return {"pk": cast.cohort.pk, "kind": WaveKind.BEFORE.value}


def _wave(cast: Cast) -> dict[str, Any]:
    return {"pk": opened(cast).pk}


def _mails(cast: Cast) -> dict[str, Any]:
    return {"pk": opened(cast).pk, "batch": drafted(cast).pk}


def _failed(cast: Cast) -> dict[str, Any]:
    return {"pk": opened(cast).pk, "batch": failed(cast).pk}


RIGHTS = {
    "evaluation:waves": Row(allowed=ANSWERS_FOR_IT, kwargs=_cohort, answers=(OK,)),
    "evaluation:effect": Row(allowed=ANSWERS_FOR_IT, kwargs=_cohort, answers=(OK,)),
    "evaluation:csv": Row(allowed=ANSWERS_FOR_IT, kwargs=_cohort, answers=(OK,)),
    "evaluation:xlsx": Row(allowed=ANSWERS_FOR_IT, kwargs=_cohort, answers=(OK,)),
    "evaluation:open": Row(allowed=RUNS_IT, kwargs=_kind, answers=(OK,)),
    "evaluation:plan": Row(allowed=RUNS_IT, kwargs=_kind, answers=(OK,)),
    "evaluation:wave": Row(allowed=RUNS_IT, kwargs=_wave, answers=(OK,)),
    "evaluation:prepare": Row(allowed=RUNS_IT, kwargs=_wave, method="post", answers=(MOVED,)),
    "evaluation:mails": Row(allowed=RUNS_IT, kwargs=_mails, answers=(OK,)),
    "evaluation:again": Row(allowed=RUNS_IT, kwargs=_failed, method="post", answers=(MOVED,)),
    "evaluation:remind": Row(allowed=RUNS_IT, kwargs=_wave, answers=(OK,)),
    "evaluation:close": Row(allowed=RUNS_IT, kwargs=_wave, answers=(OK,)),
    "evaluation:show_alone": Row(allowed=RUNS_IT, kwargs=_wave, answers=(OK,)),
    "evaluation:answer": Row(allowed=TAKES_PART, kwargs=_wave, answers=(OK,)),
    "evaluation:save": Row(
        allowed=TAKES_PART,
        kwargs=_wave,
        method="post",
        data={"field": "m1", "m1": "4"},
        answers=(STORED,),
    ),
    "evaluation:done": Row(allowed=TAKES_PART, kwargs=_wave, answers=(OK,)),
}
