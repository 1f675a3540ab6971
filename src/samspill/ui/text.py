"""Texts and small quantities as people read them: in their language, with their marks."""

from collections.abc import Mapping
from datetime import datetime, time

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext

FALLBACKS = ("nb", "nn", "en")
MINUS = "\N{MINUS SIGN}"
LONGEST_NUMBER = 18  # digits


def pick_language(text: Mapping[str, str], language: str) -> str:
    """Which of a text's languages a reader of `language` gets; empty when the text is empty in all."""
    wanted = language.split("-")[0].lower()
    for code in (wanted, *FALLBACKS):
        if text.get(code, "").strip():
            return code
    return ""


def pick(text: Mapping[str, str], language: str) -> str:
    """The text in the reader's language, or else in the first of bokmål, nynorsk and English that has it."""
    return text.get(pick_language(text, language), "")


def whole_number(typed: str) -> int | None:
    """The number somebody has sent, if it is one that a database can hold; None for anything else."""
    return int(typed) if typed.isdecimal() and len(typed) <= LONGEST_NUMBER else None


def minutes(count: int) -> str:
    hours, rest = divmod(count, 60)
    if not hours:
        return gettext("%(minutes)d min") % {"minutes": rest}
    if not rest:
        return gettext("%(hours)d h") % {"hours": hours}
    return gettext("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}


def clock(moment: time | datetime) -> str:
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        moment = timezone.localtime(moment)
    return f"{moment:%H:%M}"


def decimal(number: float, places: int = 1) -> str:
    """A number with the reader's decimal mark and a real minus sign; never "minus zero"."""
    rounded = round(number, places) or 0.0
    return number_format(f"{rounded:.{places}f}", decimal_pos=places, use_l10n=True).replace("-", MINUS)


def percent(share: float, places: int = 0) -> str:
    """A number of per cent: English closes it up, Norwegian does not."""
    return gettext("%(number)s%%") % {"number": decimal(share, places)}


def signed(number: float, places: int = 1) -> str:
    """A difference: plus, minus or nothing at all in front."""
    text = decimal(number, places)
    return f"+{text}" if round(number, places) > 0 else text
