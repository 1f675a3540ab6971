"""Differences as a person reads them: made late, in the reader's language."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samspill.inputs.choices import Attribution, Kind
from samspill.programmes.choices import Mode
from samspill.programmes.differences import Difference
from samspill.ui.text import FALLBACKS, minutes, pick, pick_language

Lazy = str | Promise

WHAT: dict[tuple[str, str], Lazy] = {
    ("gathering", "added"): _("New gathering"),
    ("gathering", "removed"): _("Gathering taken out"),
    ("gathering", "moved"): _("Gathering moved from place %(before)s to place %(after)s"),
    ("gathering", "reworded"): _("New title of the gathering"),
    ("gathering", "theme"): _("New theme of the gathering"),
    ("gathering", "aim"): _("New aim of the gathering"),
    ("question", "added"): _("New key question"),
    ("question", "removed"): _("Key question taken out"),
    ("question", "moved"): _("Key question moved from place %(before)s to place %(after)s"),
    ("question", "reworded"): _("Key question reworded"),
    ("question", "aims"): _("Key question serves other aims"),
    ("item", "added"): _("New agenda item"),
    ("item", "removed"): _("Agenda item taken out"),
    ("item", "moved"): _("Agenda item moved from place %(before)s to place %(after)s"),
    ("item", "reworded"): _("New title of an agenda item"),
    ("item", "minutes"): _("Agenda item has other minutes"),
    ("item", "mode"): _("Agenda item uses its time in another way"),
    ("item", "activity"): _("Agenda item has another activity"),
    ("item", "question"): _("Agenda item serves another key question"),
    ("item", "script"): _("New script for an agenda item"),
    ("item", "material"): _("Other material for an agenda item"),
    ("item", "optional"): _("Whether an agenda item can be dropped has changed"),
    ("item", "responsible"): _("Agenda item has somebody else responsible"),
    ("work", "added"): _("New work between gatherings"),
    ("work", "removed"): _("Work between gatherings taken out"),
    ("work", "reworded"): _("New title of the work between gatherings"),
    ("work", "text"): _("The work between gatherings is reworded"),
    ("work", "minutes"): _("The work between gatherings takes another time"),
    ("blueprint", "reworded"): _("New title of the programme"),
    ("blueprint", "purpose"): _("New purpose"),
    ("blueprint", "audience"): _("New target group"),
    ("aim", "added"): _("New aim"),
    ("aim", "removed"): _("Aim taken out"),
    ("aim", "moved"): _("Aim moved from place %(before)s to place %(after)s"),
    ("aim", "reworded"): _("Aim reworded"),
    ("effect", "added"): _("New expected effect"),
    ("effect", "removed"): _("Expected effect taken out"),
    ("effect", "moved"): _("Expected effect moved from place %(before)s to place %(after)s"),
    ("effect", "reworded"): _("Expected effect reworded"),
    ("challenge", "added"): _("New shared challenge"),
    ("challenge", "removed"): _("Shared challenge taken out"),
    ("challenge", "moved"): _("Shared challenge moved from place %(before)s to place %(after)s"),
    ("challenge", "reworded"): _("Shared challenge reworded"),
    ("competence", "added"): _("New part of the competence"),
    ("competence", "removed"): _("Part of the competence taken out"),
    ("competence", "moved"): _("Part of the competence moved from place %(before)s to place %(after)s"),
    ("competence", "reworded"): _("Part of the competence reworded"),
    ("form", "reworded"): _("The form in words has changed"),
    ("form", "gatherings"): _("Another number of gatherings"),
    ("form", "minutes"): _("Another length of each gathering"),
    ("form", "span_months"): _("Another span from the first to the last gathering"),
    ("form", "work_between_minutes"): _("Another amount of work between gatherings"),
    ("form", "theory_share_max"): _("Another limit for the share of theory"),
    ("instrument", "reworded"): _("New title of the questionnaire"),
    ("instrument", "intro"): _("New introduction to the questionnaire"),
    ("instrument", "answered_by"): _("Others answer the questionnaire"),
    ("instrument", "low"): _("New words for the low end of the scale"),
    ("instrument", "high"): _("New words for the high end of the scale"),
    ("measured", "added"): _("New statement in the questionnaire"),
    ("measured", "removed"): _("Statement taken out of the questionnaire"),
    ("measured", "moved"): _("Statement moved from place %(before)s to place %(after)s"),
    ("measured", "reworded"): _("Statement in the questionnaire reworded"),
    ("measured", "measures"): _("Statement measures something else"),
    ("measured", "low"): _("New words for the low end of a statement"),
    ("measured", "high"): _("New words for the high end of a statement"),
}
WORDS = {"leader": _("Leaders"), "host": _("The host")}
SHOWS_NO_VALUES = frozenset({"moved", "question", "aims", "measures"})


@dataclass(frozen=True)
class Description:
    """A difference in words. A side is plain text, "" where there is nothing; the marked ones are HTML with
    <del> and <ins> around the words that differ. The languages are those the texts really are in."""

    sentence: str
    name: str
    before: str
    after: str
    marked_before: SafeString
    marked_after: SafeString
    language_before: str
    language_after: str
    language_name: str


def describe(difference: Difference, language: str) -> Description:
    """The difference for a reader of the language; both sides in one language if they share one."""
    with translation.override(language):
        sentence = str(WHAT[difference.subject, difference.kind])
        if difference.kind == "moved":
            sentence %= {"before": difference.before, "after": difference.after}
        common = _common_language(difference.before, difference.after, language)
        silent = difference.kind in SHOWS_NO_VALUES
        before = "" if silent else _words(difference, difference.before, common)
        after = "" if silent else _words(difference, difference.after, common)
    marked_before, marked_after = marked(before, after)
    name = pick(difference.name, language)
    return Description(
        sentence,
        name,
        before,
        after,
        marked_before,
        marked_after,
        language_before=_language_of(difference.before, common, language),
        language_after=_language_of(difference.after, common, language),
        language_name=pick_language(difference.name, language),
    )


def marked(before: str, after: str) -> tuple[SafeString, SafeString]:
    """Both texts as HTML: words that are gone in <del>, new ones in <ins>; nothing marked beside nothing."""
    if not before or not after:
        return _plain(before), _plain(after)
    old, new = (re.findall(r"\s+|[^\s]+", side) for side in (before, after))
    left: list[str] = []
    right: list[str] = []
    for change, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = escape("".join(old[i1:i2])), escape("".join(new[j1:j2]))
        left.append(gone if change == "equal" or not gone else f"<del>{gone}</del>")
        right.append(come if change == "equal" or not come else f"<ins>{come}</ins>")
    return mark_safe("".join(left)), mark_safe("".join(right))  # noqa: S308 -- every word is escaped above


def _plain(words: str) -> SafeString:
    return SafeString(escape(words))


def _common_language(before: Any, after: Any, language: str) -> str:
    """The reader's language if both texts have it, else one that both have, else the reader's."""
    texts = [_text_of(side) for side in (before, after)]
    said = [{code for code, words in text.items() if words.strip()} for text in texts if text]
    return next(
        (code for code in (language, *FALLBACKS) if said and all(code in each for each in said)), language
    )


def _language_of(side: Any, common: str, language: str) -> str:
    """What a side is read aloud in: that of its text, or the reader's where it is a quantity."""
    return pick_language(_text_of(side), common) or language


def _text_of(side: Any) -> Mapping[str, str]:
    if not isinstance(side, Mapping):
        return {}
    found = (
        side if set(side) <= set(FALLBACKS) else side.get("title") or side.get("text") or side.get("prompt")
    )
    return found if isinstance(found, Mapping) else {}


def _words(difference: Difference, value: Any, language: str) -> str:
    """One side in words; "" for nothing."""
    if value is None or value == "":
        return gettext("No") if difference.kind == "optional" else ""
    if difference.kind in ("added", "removed"):
        return _thing(value, language)
    if difference.kind == "activity":
        return _activity(value, language)
    if isinstance(value, Mapping):
        return pick(value, language)
    return _quantity(difference.kind, value)


def _quantity(kind: str, value: Any) -> str:
    if kind == "mode":
        return str(Mode(value).label)
    if kind == "optional":
        return gettext("Yes") if value else gettext("No")
    if kind in ("minutes", "work_between_minutes"):
        return minutes(value)
    if kind == "span_months":
        return gettext("%(fewest)s–%(most)s months") % {"fewest": value[0], "most": value[1]}
    if kind == "theory_share_max":
        return gettext("%(share)s per cent") % {"share": value}
    if kind == "answered_by":
        return ", ".join(str(WORDS.get(each, each)) for each in value)
    return str(value)


def _thing(value: Mapping[str, Any], language: str) -> str:
    """A whole question, item, piece of work or gathering in a line."""
    words = pick(value.get("title") or value.get("text") or {}, language)
    if "mode" in value:
        return f"{words} ({minutes(value['minutes'])}, {Mode(value['mode']).label})"
    return f"{words} ({minutes(value['minutes'])})" if "minutes" in value else words


def _activity(value: Mapping[str, Any], language: str) -> str:
    """What an activity asks, one line for each of its parts."""
    lines = [
        f"{Kind(value['kind']).label}, {Attribution(value['attribution']).label}",
        pick(value["prompt"], language),
        *_listed(value.get("statements", ()), language),
        *_listed(value.get("options", ()), language),
    ]
    if value.get("low") and value.get("high"):
        lines.append(f"1 = {pick(value['low'], language)}, 7 = {pick(value['high'], language)}")
    if value.get("votes"):
        lines.append(gettext("Votes each: %(votes)s") % {"votes": value["votes"]})
    if value.get("most"):
        lines.append(gettext("At most %(most)s choices") % {"most": value["most"]})
    elif value.get("several"):
        lines.append(gettext("Several choices"))
    return "\n".join(lines)


def _listed(parts: Iterable[Mapping[str, Any]], language: str) -> list[str]:
    return [f"– {pick(each['text'], language)}" for each in parts]
