from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.translation import get_language

from samspill.inputs.choices import Attribution, Kind
from samspill.programmes.choices import Mode
from samspill.programmes.differences import Difference
from samspill.programmes.document import Item, mode_shares
from samspill.programmes.sentences import Description, describe
from samspill.ui.text import pick

register = template.Library()


@register.filter
def in_words(difference: Difference) -> Description:
    return describe(difference, get_language() or "nb")


@register.filter
def mode_label(mode: str) -> str:
    return str(Mode(mode).label)


@register.filter
def kind_label(kind: str) -> str:
    return str(Kind(kind).label)


@register.filter
def attribution_label(attribution: str) -> str:
    return str(Attribution(attribution).label)


@register.filter
def shares(items: Sequence[Item]) -> list[tuple[Mode, int]]:
    """Per cent of the working time by mode, the largest first, without those that do not occur."""
    found = mode_shares(tuple(items)).items()
    return sorted(((mode, round(share)) for mode, share in found if share), key=lambda each: -each[1])


@register.inclusion_tag("programmes/_strip.html")
def agenda_strip(items: Sequence[Item]) -> dict[str, Any]:
    """The minutes of an agenda as one bar, each item in the colour of its mode."""
    blocks, at = [], 0
    for item in items:
        blocks.append({"x": at, "width": item.minutes, "item": item})
        at += item.minutes
    return {"blocks": blocks, "total": at or 1}


@register.filter
def title_of(titles: Mapping[str, Any], key: str) -> Any:
    return titles.get(key, {})


@register.filter
def count_of(part: Mapping[str, Any], name: str) -> int:
    """How many there are in a list of a part; `items` cannot be asked for in a template, dicts have it."""
    return len(part.get(name, ()))


@register.filter
def minutes_in(gathering: Mapping[str, Any]) -> int:
    return sum(item["minutes"] for item in gathering["items"])


@register.filter
def called(part: Mapping[str, Any]) -> str:
    """What a reader knows a part of the content by; its key as long as it has no words."""
    words = pick(part.get("title") or part.get("text") or {}, get_language() or "nb")
    if not words:
        return str(part.get("key", ""))
    return words if len(words) <= 90 else words[:89] + "…"
