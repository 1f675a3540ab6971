from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from samspill.people.choices import Duty, Language

ERASED_NAME = "–"


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who can sign in with a code sent to their mail address. There are no passwords.

    Show a person with `str(person)` or `{{ person }}`: an erased one is called so in the reader's language.
    """

    email = models.EmailField(null=True)  # noqa: DJ001 - null when the person has been erased, as it is unique
    name = models.CharField(max_length=200)
    mobile = models.CharField(max_length=30, blank=True)
    language = models.CharField(max_length=2, choices=Language, default=Language.BOKMAAL)
    duty = models.CharField(max_length=12, choices=Duty, blank=True, default=Duty.NONE)
    is_active = models.BooleanField(default=True)
    erased_on = models.DateField(null=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_unique")]

    def __str__(self) -> str:
        return _("Erased person") if self.is_erased else self.name

    @property
    def is_erased(self) -> bool:
        return self.erased_on is not None

    @property
    def is_owner(self) -> bool:
        return self.duty == Duty.OWNER

    @property
    def is_facilitator(self) -> bool:
        return self.duty in (Duty.OWNER, Duty.FACILITATOR)
