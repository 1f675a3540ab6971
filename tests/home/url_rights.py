from samspill.cohorts.choices import Role
from tests.rights import FORBIDDEN, Row

OWNER = frozenset({Role.OWNER})

RIGHTS = {
    "home:start": Row(),
    "home:portfolio": Row(allowed=OWNER, stranger=FORBIDDEN),
    "home:portfolio_export": Row(allowed=OWNER, kwargs=lambda cast: {"kind": "csv"}, stranger=FORBIDDEN),
}
