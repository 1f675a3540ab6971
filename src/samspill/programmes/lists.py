"""The lists of a draft that are edited as lists: what is in one row, and what a new one is like."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspill.programmes import blank, parts
from samspill.programmes.forms import ItemRow, QuestionRow, RowForm, StatementRow, TextRow

Content = dict[str, Any]
Lazy = str | Promise


@dataclass(frozen=True)
class List:
    """One kind of list. `of` finds it in the content, given the keys of gathering and item it is in."""

    title: Lazy
    add: Lazy
    save: Lazy
    prefix: str
    of: Callable[[Content, str, str], list[Content]]
    row: type[RowForm] = TextRow
    made: Callable[[str], Content] = blank.keyed
    help: Lazy = ""

    @property
    def level(self) -> tuple[bool, bool]:
        """Whether the list stands in a gathering, and in an item of it."""
        inside = "{item}" in self.prefix
        return inside or "{gathering}" in self.prefix, inside

    def fresh(self, content: Content, gathering: str, item: str) -> Content:
        """A new part with a key that nothing in the content has."""
        prefix = self.prefix.format(gathering=gathering, item=item)
        made = self.made(parts.fresh_key(prefix, content))
        if self.row is QuestionRow:
            made["aims"] = []
        if self.row is StatementRow:
            made["measures"] = content["aims"][0]["key"]
        return made


def gathering_in(content: Content, key: str) -> Content:
    try:
        return parts.part(content["gatherings"], key)
    except parts.NotThereError:
        raise Http404 from None


def item_in(content: Content, gathering: str, key: str) -> Content:
    try:
        return parts.part(gathering_in(content, gathering)["items"], key)
    except parts.NotThereError:
        raise Http404 from None


def _choices(content: Content, gathering: str, item: str) -> list[Content]:
    """The statements of a scale or the options of a poll."""
    activity = item_in(content, gathering, item).get("activity") or {}
    for name in ("statements", "options"):
        if name in activity:
            found: list[Content] = activity[name]
            return found
    raise Http404


def _top(name: str) -> Callable[[Content, str, str], list[Content]]:
    def of(content: Content, gathering: str, item: str) -> list[Content]:
        found: list[Content] = content[name]
        return found

    return of


def _inner(name: str) -> Callable[[Content, str, str], list[Content]]:
    def of(content: Content, gathering: str, item: str) -> list[Content]:
        found: list[Content] = gathering_in(content, gathering)[name]
        return found

    return of


def _statements(content: Content, gathering: str, item: str) -> list[Content]:
    found: list[Content] = content["instrument"]["items"]
    return found


LISTS: dict[str, List] = {
    "aims": List(_("Aims"), _("Add an aim"), _("Save the aims"), "a", _top("aims")),
    "effects": List(_("Expected effects"), _("Add an effect"), _("Save the effects"), "e", _top("effects")),
    "challenges": List(
        _("Shared challenges"), _("Add a challenge"), _("Save the challenges"), "c", _top("challenges")
    ),
    "competence": List(
        _("Parts of the competence"), _("Add a part"), _("Save the parts"), "p", _top("competence")
    ),
    "gatherings": List(
        _("The gatherings"),
        _("Add a gathering"),
        _("Save the order"),
        "g",
        _top("gatherings"),
        row=RowForm,
        made=lambda key: blank.blank_gathering(key, 180),
        help=_("What is in a gathering is written on its own page."),
    ),
    "statements": List(
        _("Statements of the questionnaire"),
        _("Add a statement"),
        _("Save the statements"),
        "m",
        _statements,
        row=StatementRow,
        help=_("Each is answered from 1 to 7 before and after the programme."),
    ),
    "questions": List(
        _("Key questions"),
        _("Add a question"),
        _("Save the questions"),
        "{gathering}-q",
        _inner("questions"),
        row=QuestionRow,
    ),
    "items": List(
        _("Agenda"),
        _("Add an agenda item"),
        _("Save the agenda"),
        "{gathering}-i",
        _inner("items"),
        row=ItemRow,
        made=lambda key: blank.blank_item(key, 15),
    ),
    "choices": List(_("What can be answered"), _("Add one"), _("Save them"), "{item}-s", _choices),
}
