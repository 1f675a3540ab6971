from samspill.cohorts.choices import Role
from samspill.sectors.models import Position
from samspill.spreadsheets.actions import keep
from samspill.spreadsheets.table import Table
from tests.cast import Cast
from tests.rights import FORBIDDEN, MOVED, OK, RUNS_IT, Row

OWNER = frozenset({Role.OWNER})


def _ministry(cast: Cast) -> dict[str, int]:
    return {"pk": cast.ministry.pk}


def _sector(cast: Cast) -> dict[str, int]:
    return {"pk": cast.cohort.sector.pk}


def _position(cast: Cast) -> dict[str, int]:
    held, _ = Position.objects.get_or_create(
        person=cast.leader, organisation=cast.ministry, title="Ekspedisjonssjef"
    )
    return {"pk": held.pk}


def _upload(cast: Cast) -> dict[str, str]:
    table = Table(("orgnr",), ("orgnr",), ())
    return {"key": keep(table=table, kind="sectors.file", name="etater.csv", by=cast.owner.pk).key}


# The register belongs to no cohort: every facilitator reads it, whichever cohort is theirs (stranger=OK).
RIGHTS = {
    "sectors:list": Row(allowed=RUNS_IT, answers=(OK,)),
    "sectors:organisation": Row(allowed=RUNS_IT, kwargs=_ministry, answers=(OK,), stranger=OK),
    "sectors:create": Row(allowed=OWNER, answers=(OK,)),
    "sectors:change": Row(allowed=OWNER, kwargs=_ministry, answers=(OK,), stranger=FORBIDDEN),
    "sectors:remove": Row(allowed=OWNER, kwargs=_ministry, answers=(OK,), stranger=FORBIDDEN),
    "sectors:add_position": Row(allowed=OWNER, kwargs=_ministry, answers=(OK,), stranger=FORBIDDEN),
    "sectors:remove_position": Row(
        allowed=OWNER, kwargs=_position, method="post", answers=(MOVED,), stranger=FORBIDDEN
    ),
    "sectors:load_reference": Row(allowed=OWNER, method="post", answers=(MOVED,)),
    "sectors:import": Row(allowed=OWNER, answers=(OK,)),
    "sectors:import_fetched": Row(allowed=OWNER, answers=(OK,)),
    "sectors:import_preview": Row(allowed=OWNER, kwargs=_upload, answers=(OK,), stranger=FORBIDDEN),
    "sectors:import_refused": Row(allowed=OWNER, kwargs=_upload, answers=(OK,), stranger=FORBIDDEN),
    "sectors:sectors": Row(allowed=RUNS_IT, answers=(OK,)),
    "sectors:sector": Row(allowed=RUNS_IT, kwargs=_sector, answers=(OK,), stranger=OK),
    "sectors:create_sector": Row(allowed=OWNER, answers=(OK,)),
    "sectors:change_sector": Row(allowed=OWNER, kwargs=_sector, answers=(OK,), stranger=FORBIDDEN),
}
