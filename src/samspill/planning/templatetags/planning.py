"""What the pages and mails of planning say in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samspill.inputs.choices import Attribution, Kind
from samspill.planning.agenda import AgendaRow
from samspill.programmes.choices import Mode
from samspill.programmes.document import Activity
from samspill.ui.text import FALLBACKS, pick

register = template.Library()

_FITS, _FITS_DENSELY = 53, 64  # lines on a sheet of A4 at 9 and at 8.4 points, measured in Chromium

TOLD: Mapping[tuple[str, str], str | Promise] = {
    ("item", "added"): _("New: %(name)s"),
    ("item", "removed"): _("Taken out: %(name)s"),
    ("item", "moved"): _("%(name)s has another place in the programme"),
    ("item", "reworded"): _("“%(before)s” is now called “%(after)s”"),
    ("item", "minutes"): _("%(name)s: %(after)s minutes instead of %(before)s"),
    ("item", "mode"): _("%(name)s: %(after)s instead of %(before)s"),
    ("question", "added"): _("New key question: %(name)s"),
    ("question", "removed"): _("We leave out this key question: %(name)s"),
    ("question", "moved"): _("Another order of the key questions: %(name)s"),
    ("question", "reworded"): _("A key question is reworded: %(after)s"),
    ("gathering", "reworded"): _("The gathering has a new title: %(after)s"),
    ("gathering", "theme"): _("The gathering has a new theme: %(after)s"),
    ("gathering", "aim"): _("The gathering has a new aim: %(after)s"),
    ("work", "added"): _("New work between the gatherings: %(name)s"),
    ("work", "removed"): _("This work between the gatherings is left out: %(name)s"),
    ("work", "reworded"): _("The work between the gatherings is now called: %(after)s"),
    ("work", "text"): _("The work between the gatherings is described anew: %(name)s"),
    ("work", "minutes"): _("%(name)s: about %(after)s minutes instead of %(before)s"),
}


@register.filter
def told(change: Mapping[str, Any]) -> str:
    """One change of an agenda as those who take part read it, made from what `queries.told` gives."""
    sentence = TOLD[(change["subject"], change["kind"])]
    return str(sentence) % {
        "name": _words(change["name"]),
        "before": _words(change["before"]),
        "after": _words(change["after"]),
    }


@register.filter
def kind_label(activity: Activity | None) -> str:
    return str(Kind(activity.kind).label) if activity else ""


@register.filter
def attribution_label(activity: Activity | None) -> str:
    return str(Attribution(activity.attribution).label) if activity else ""


@register.filter
def density(rows: Sequence[AgendaRow]) -> str:
    """How closely a half must be set to stand on one sheet of A4: "", "dense" or "denser"."""
    language = get_language() or FALLBACKS[0]
    lines = 0
    for row in rows:
        parts = [row.item.script, row.item.activity.prompt if row.item.activity else {}]
        main = 1 + sum(_lines(pick(part, language), 84) for part in parts)
        lines += max(main, _lines(pick(row.item.material or {}, language), 24)) + 1
    return "" if lines < _FITS else "dense" if lines < _FITS_DENSELY else "denser"


def _lines(words: str, width: int) -> int:
    return sum(1 + len(line) // width for line in words.splitlines() if line.strip())


def _words(value: Any) -> str:
    if isinstance(value, Mapping):
        return pick(value, get_language() or FALLBACKS[0])
    if value in Mode.values:
        return str(Mode(value).label).lower()
    return str(value)
