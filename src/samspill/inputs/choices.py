from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a person can be asked to do."""

    REFLECTION = "reflection", _("Reflection")
    SCALE = "scale", _("Scale")
    POLL = "poll", _("Poll")
    IDEAS = "ideas", _("Ideas with votes")
    COMMITMENT = "commitment", _("Commitment")


class Attribution(models.TextChoices):
    """Whose an answer is. Frozen by the first answer."""

    NAMED = "named", _("Named")
    CHATHAM = "chatham", _("Chatham House")
    UNLINKABLE = "unlinkable", _("Unlinkable")

    @property
    def bears_person(self) -> bool:
        return self == Attribution.NAMED
