"""The table of who gets what from each address. Every app lists its own in `tests/<app>/url_rights.py`.

`tests/rules/test_url_walk.py` walks the URLconf: an address that no table lists fails, and so does an answer that
is not the one the table says.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from samspill.cohorts.choices import Role
from tests.cast import Cast

OK, MOVED, FORBIDDEN, NOT_FOUND = 200, 302, 403, 404
NO_BODY = 405  # a GET on an address that only takes POST

EVERYBODY = frozenset(Role)
RUNS_IT = frozenset({Role.OWNER, Role.FACILITATOR})
PREPARES = RUNS_IT | {Role.RESOURCE}
ANSWERS_FOR_IT = PREPARES | {Role.HOST}
TAKES_PART = frozenset({Role.HOST, Role.LEADER})


@dataclass(frozen=True)
class Row:
    """One address: who is let in, and what everybody else gets.

    `kwargs` makes the address's arguments for the cast's own cohort. `method` is "get" or "post". Those in `allowed`
    get one of `answers`; other members of the cohort get `refused` (403 for a right they lack, 404 for an object that
    is not theirs); a person of another cohort gets `stranger` (404: as if it were not there). With `public=True`
    nobody has to sign in, and everybody gets one of `answers`.
    """

    allowed: frozenset[Role] = EVERYBODY
    kwargs: Callable[[Cast], Mapping[str, Any]] = field(default=lambda cast: {})
    method: str = "get"
    data: Mapping[str, Any] = field(default_factory=dict)
    answers: tuple[int, ...] = (OK, MOVED)
    refused: int = FORBIDDEN
    stranger: int = NOT_FOUND
    public: bool = False
