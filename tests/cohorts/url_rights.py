from typing import Any

from samspill.cohorts import actions
from samspill.cohorts.choices import Role
from samspill.cohorts.models import DifferenceReason, Membership
from samspill.spreadsheets.actions import keep
from samspill.spreadsheets.reading import read_bytes
from tests.cast import Cast
from tests.rights import ANSWERS_FOR_IT, FORBIDDEN, MOVED, NOT_FOUND, OK, PREPARES, RUNS_IT, Row

OWNS_IT = frozenset({Role.OWNER})


def _cohort(cast: Cast) -> dict[str, Any]:
    return {"pk": cast.cohort.pk}


def _member(cast: Cast) -> dict[str, Any]:
    seat = Membership.objects.get(cohort=cast.cohort, person=cast.leaders[5])
    return {"pk": cast.cohort.pk, "membership": seat.pk}


def _upload(cast: Cast) -> dict[str, Any]:
    """An upload of the owner's; others who may enrol do not see it."""
    table = read_bytes("Navn;E-post;Virksomhet\nKari;kari@example.org;Øvingstilsynet 1".encode())
    kind = f"cohorts.leaders:{cast.cohort.pk}"
    return {
        "pk": cast.cohort.pk,
        "key": keep(table=table, kind=kind, name="liste.csv", by=cast.owner.pk).key,
    }


def _gathering(cast: Cast) -> dict[str, Any]:
    return {"pk": cast.cohort.pk, "gathering": "g1"}


def _question(cast: Cast) -> dict[str, Any]:
    return {"pk": cast.cohort.pk, "gathering": "g1", "question": "g1-q1"}


def proposal(cast: Cast) -> DifferenceReason:
    """A question left out, with a reason, for the next version."""
    actions.remove_question(
        cohort=cast.cohort,
        gathering="g1",
        question="g1-q2",
        by=cast.facilitator,
        revision=cast.cohort.revision,
    )
    return actions.give_reason(
        cohort=cast.cohort,
        difference="g1/question/g1-q2/removed",
        reason="Avklart i sektoren.",
        for_next_version=True,
        by=cast.facilitator,
    )


def _proposal(cast: Cast) -> dict[str, Any]:
    return {"reason": (DifferenceReason.objects.first() or proposal(cast)).pk}


RIGHTS: dict[str, Row] = {
    "cohorts:list": Row(answers=(OK,), stranger=OK),
    "cohorts:invite": Row(allowed=OWNS_IT, answers=(OK,), stranger=FORBIDDEN),
    "cohorts:proposals": Row(allowed=OWNS_IT, answers=(OK,), stranger=FORBIDDEN),
    "cohorts:proposal": Row(
        allowed=OWNS_IT, kwargs=_proposal, method="post", answers=(MOVED,), stranger=FORBIDDEN
    ),
    "cohorts:detail": Row(kwargs=_cohort, answers=(OK,)),
    "cohorts:state": Row(allowed=RUNS_IT | {Role.HOST}, kwargs=_cohort, answers=(OK,)),
    "cohorts:people": Row(allowed=ANSWERS_FOR_IT, kwargs=_cohort, answers=(OK,)),
    "cohorts:enrol": Row(allowed=PREPARES, kwargs=_cohort, answers=(OK,)),
    "cohorts:place": Row(allowed=PREPARES, kwargs=_member, answers=(OK,)),
    "cohorts:withdraw": Row(allowed=PREPARES, kwargs=_member, answers=(OK,)),
    "cohorts:import": Row(allowed=PREPARES, kwargs=_cohort, answers=(OK,)),
    "cohorts:import_preview": Row(allowed=PREPARES, kwargs=_upload, answers=(OK, NOT_FOUND)),
    "cohorts:import_refused": Row(allowed=PREPARES, kwargs=_upload, answers=(OK, NOT_FOUND)),
    "cohorts:compare": Row(allowed=ANSWERS_FOR_IT, kwargs=_cohort, answers=(OK,)),
    "cohorts:begin": Row(allowed=RUNS_IT, kwargs=_cohort, method="post", answers=(MOVED,)),
    "cohorts:accept": Row(allowed=frozenset({Role.HOST}), kwargs=_cohort, answers=(OK,)),
    "cohorts:tailor": Row(allowed=RUNS_IT, kwargs=_gathering, answers=(OK,)),
    "cohorts:change_question": Row(allowed=RUNS_IT, kwargs=_gathering, method="post", answers=(MOVED,)),
    "cohorts:reword": Row(allowed=RUNS_IT, kwargs=_question, answers=(OK,)),
}
