"""Half-years: "2026-2" is the autumn of 2026."""

from datetime import date

from django.utils.translation import gettext as _

AHEAD = 6


def half_years(today: date) -> list[str]:
    """The half-year we are in and those to come, as far as anybody plans."""
    first = today.year * 2 + (today.month > 6)
    return [f"{number // 2}-{number % 2 + 1}" for number in range(first, first + AHEAD)]


def in_words(half_year: str) -> str:
    year, half = half_year.split("-")
    return _("autumn %(year)s") % {"year": year} if half == "2" else _("spring %(year)s") % {"year": year}
