from samspill.mail.models import Delivered
from tests.cast import Cast
from tests.rights import OK, Row


def _mail(cast: Cast) -> dict[str, int]:
    mail = Delivered.objects.create(to_address=cast.leader.email or "", subject="Subject", body="Body")
    return {"pk": mail.pk}


RIGHTS = {
    "mail:practice": Row(public=True, answers=(OK,)),
    "mail:practice_mail": Row(public=True, kwargs=_mail, answers=(OK,)),
}
