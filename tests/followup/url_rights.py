from samspill.cohorts.choices import Role
from tests.cast import Cast
from tests.followup.parts import make_commitment, make_gathering, reported
from tests.rights import ANSWERS_FOR_IT, MOVED, OK, TAKES_PART, Row

OWN = frozenset({Role.LEADER})  # the cast's leader has made it


def _cohort(cast: Cast) -> dict[str, int]:
    return {"pk": cast.cohort.pk}


def _commitment(cast: Cast) -> dict[str, int]:
    return {"pk": make_commitment(cast).pk}


def _gathering(cast: Cast) -> dict[str, int]:
    gathering = cast.cohort.gatherings.filter(number=1).first() or make_gathering(cast.cohort)
    return {"pk": gathering.pk}


RIGHTS = {
    "followup:mine": Row(answers=(OK,)),
    "followup:cohort": Row(allowed=ANSWERS_FOR_IT, kwargs=_cohort, answers=(OK,)),
    "followup:csv": Row(allowed=ANSWERS_FOR_IT, kwargs=_cohort, answers=(OK,)),
    "followup:xlsx": Row(allowed=ANSWERS_FOR_IT, kwargs=_cohort, answers=(OK,)),
    "followup:gathering": Row(allowed=ANSWERS_FOR_IT, kwargs=_gathering, answers=(OK,)),
    "followup:add": Row(allowed=TAKES_PART, kwargs=_cohort, answers=(OK,)),
    "followup:commitment": Row(allowed=ANSWERS_FOR_IT | OWN, kwargs=_commitment, answers=(OK,)),
    "followup:edit": Row(allowed=OWN, kwargs=_commitment, answers=(OK,)),
    "followup:status": Row(
        allowed=OWN, kwargs=_commitment, method="post", data={"status": "done"}, answers=(MOVED,)
    ),
    "followup:undo": Row(
        allowed=OWN, kwargs=lambda cast: {"pk": reported(cast).pk}, method="post", answers=(MOVED,)
    ),
}
