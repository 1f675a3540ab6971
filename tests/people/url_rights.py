from samspill.cohorts.choices import Role
from tests.cast import Cast
from tests.rights import FORBIDDEN, MOVED, OK, Row

OWNER = frozenset({Role.OWNER})


def _leader(cast: Cast) -> dict[str, int]:
    return {"pk": cast.leader.pk}


RIGHTS = {
    "account_login": Row(public=True),
    "account_request_login_code": Row(public=True),
    "account_confirm_login_code": Row(public=True, answers=(MOVED,)),
    "account_logout": Row(public=True),
    "account_inactive": Row(public=True, answers=(OK,)),
    "people:language": Row(public=True, method="post", data={"language": "nn"}, answers=(MOVED,)),
    "people:practice_sign_in": Row(public=True, method="post", data={"role": "nobody"}, answers=(404,)),
    "people:me": Row(answers=(OK,)),
    "people:my_data": Row(answers=(OK,)),
    "people:list": Row(allowed=OWNER, answers=(OK,)),
    "people:create": Row(allowed=OWNER, answers=(OK,)),
    "people:change": Row(allowed=OWNER, kwargs=_leader, answers=(OK,), stranger=FORBIDDEN),
    "people:erase": Row(allowed=OWNER, kwargs=_leader, answers=(OK,), stranger=FORBIDDEN),
}
