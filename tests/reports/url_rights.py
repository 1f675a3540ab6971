from typing import Any

from samspill.cohorts.choices import Role
from tests.cast import Cast
from tests.reports.parts import made, published, written
from tests.rights import ANSWERS_FOR_IT, MOVED, OK, RUNS_IT, Row

OWNER = frozenset({Role.OWNER})


def _cohort(cast: Cast) -> dict[str, Any]:
    return {"pk": cast.cohort.pk}


def _written(cast: Cast) -> dict[str, Any]:
    return {"pk": written(cast).cohort_id}


def _published(cast: Cast) -> dict[str, Any]:
    return {"pk": published(cast).cohort_id}


def _document(cast: Cast) -> dict[str, Any]:
    return {"pk": cast.cohort.pk, "document": made(cast).pk}


RIGHTS = {
    "reports:report": Row(allowed=ANSWERS_FOR_IT, kwargs=_cohort, answers=(OK,)),
    "reports:edit": Row(allowed=RUNS_IT, kwargs=_cohort, answers=(OK,)),
    "reports:order": Row(
        allowed=ANSWERS_FOR_IT, kwargs=_cohort, method="post", data={"language": "nb"}, answers=(MOVED,)
    ),
    "reports:progress": Row(allowed=ANSWERS_FOR_IT, kwargs=_document, answers=(OK,)),
    "reports:download": Row(allowed=ANSWERS_FOR_IT, kwargs=_document, answers=(OK,)),
    "reports:publish": Row(allowed=OWNER, kwargs=_written, answers=(OK,)),
    "reports:unpublish": Row(allowed=OWNER, kwargs=_published, method="post", answers=(MOVED,)),
}
