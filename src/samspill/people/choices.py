from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    BOKMAAL = "nb", _("Norwegian Bokmål")
    NYNORSK = "nn", _("Norwegian Nynorsk")
    ENGLISH = "en", _("English")


class Duty(models.TextChoices):
    """What a person does for the directorate that runs the programmes, across all cohorts."""

    NONE = "", _("None")
    OWNER = "owner", _("Programme owner")
    FACILITATOR = "facilitator", _("Facilitator")


class Likeness(models.TextChoices):
    """Why two rows may be one person."""

    NAME = "name", _("Same name, another address")
    ADDRESS = "address", _("The addresses differ by one character")
    MOBILE = "mobile", _("Same mobile number")


@dataclass(frozen=True)
class Details:
    """What is kept of a person. `email` is where sign-in codes go."""

    name: str
    email: str
    mobile: str = ""
    language: str = Language.BOKMAAL.value
    duty: str = Duty.NONE.value


@dataclass(frozen=True)
class Candidate:
    """A row of an import that may turn out to be somebody we know; `row` is its number in the sheet."""

    row: int
    name: str
    email: str
    mobile: str = ""


@dataclass(frozen=True)
class Near:
    """Another person who is perhaps the same one: in another row of the sheet, or registered already."""

    likeness: Likeness
    name: str
    address: str
    """Shortened, so that a list of one sector does not tell addresses of another."""
    row: int | None
    """None for somebody who is registered already."""
