from samspill.cohorts.choices import Role
from tests.rights import MOVED, NOT_FOUND, OK, Row

PUBLIC = Row(public=True, answers=(OK,))

RIGHTS = {
    "entrance": Row(public=True, answers=(MOVED,)),
    "public:front": PUBLIC,
    "public:measure": Row(public=True, answers=(OK,), kwargs=lambda cast: {"key": "measure"}),
    "public:results": PUBLIC,
    # The cast's cohort has published nothing, so its result is not there for anybody.
    "public:result": Row(public=True, answers=(NOT_FOUND,), kwargs=lambda cast: {"pk": cast.cohort.pk}),
    "public:contact": PUBLIC,
    "public:privacy": PUBLIC,
    "public:accessibility": PUBLIC,
    "public:feedback": Row(public=True, method="post", answers=(422,)),
    "inbox": Row(allowed=frozenset({Role.OWNER})),
}
