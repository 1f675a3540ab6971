"""What every template may use: texts in the reader's language, times, numbers, icons and charts."""

from collections.abc import Mapping
from datetime import datetime, time

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from samspill.ui import icons
from samspill.ui import text as texts

register = template.Library()


def _language() -> str:
    return get_language() or texts.FALLBACKS[0]


@register.filter
def text(value: Mapping[str, str] | None) -> str:
    return texts.pick(value, _language()) if value else ""


@register.filter
def text_lang(value: Mapping[str, str] | None) -> str:
    """For lang attributes: which language `text` really came out in."""
    return texts.pick_language(value, _language()) if value else ""


@register.filter
def minutes(value: int | str | None) -> str:
    return "" if value is None or value == "" else texts.minutes(int(value))


@register.filter
def clock(value: time | datetime | None) -> str:
    return texts.clock(value) if value else ""


@register.filter
def signed(value: float | str | None, places: int = 1) -> str:
    return "" if value is None or value == "" else texts.signed(float(value), places)


@register.filter
def decimal(value: float | str | None, places: int = 1) -> str:
    return "" if value is None or value == "" else texts.decimal(float(value), places)


@register.filter
def percent(value: float | str | None, places: int = 0) -> str:
    return "" if value is None or value == "" else texts.percent(float(value), places)


@register.simple_tag
def icon(name: str) -> SafeString:
    return icons.icon(name)


@register.filter
def steps(total: int, step: int) -> list[bool]:
    """One mark for each step of a form: is it reached?"""
    return [number <= step for number in range(1, total + 1)]
