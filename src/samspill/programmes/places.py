"""Where in the draft's pages something that is left to do can be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspill.programmes.checking import Fault
from samspill.programmes.lists import LISTS
from samspill.programmes.models import BlueprintVersion
from samspill.ui.text import pick


@dataclass(frozen=True)
class Left:
    """A fault of the draft with the page where it is mended."""

    sentence: str
    page: str
    url: str


def what_is_left(draft: BlueprintVersion, faults: tuple[Fault, ...]) -> list[Left]:
    return [Left(fault.sentence, *_place(draft, fault.path)) for fault in faults]


def _place(draft: BlueprintVersion, path: tuple[str | int, ...]) -> tuple[str, str]:
    match path:
        case ("gatherings", int(number), *rest):
            return _in_gathering(draft, draft.content["gatherings"][number], rest)
        case ("instrument", "items", *_rest):
            return _list(draft, "statements")
        case ("instrument", *_rest):
            return _("The questionnaire"), reverse("programmes:edit_instrument", args=[draft.pk])
        case ("form", *_rest):
            return _("Form"), reverse("programmes:edit_frame", args=[draft.pk])
        case (str(name), *_rest) if name in LISTS:
            return _list(draft, name)
    return _("Title, purpose and target group"), reverse("programmes:edit_basics", args=[draft.pk])


def _list(draft: BlueprintVersion, name: str) -> tuple[str, str]:
    return str(LISTS[name].title), reverse("programmes:edit_list", args=[draft.pk, name])


def _in_gathering(draft: BlueprintVersion, gathering: Mapping[str, Any], rest: list[Any]) -> tuple[str, str]:
    home, args = _words(gathering), [draft.pk, gathering["key"]]
    match rest:
        case ["items", int(number), *inner]:
            return _in_item(draft, gathering, gathering["items"][number], inner)
        case [("items" | "questions") as name, *_rest]:
            url = reverse("programmes:edit_inner_list", args=[*args, name])
            return f"{home}: {LISTS[name].title}", url
        case ["work_after", *_rest]:
            return f"{home}: {_('Work between gatherings')}", reverse("programmes:edit_work", args=args)
    return home, reverse("programmes:edit_gathering", args=args)


def _in_item(
    draft: BlueprintVersion, gathering: Mapping[str, Any], item: Mapping[str, Any], inner: list[Any]
) -> tuple[str, str]:
    name = "edit_item"
    match inner:
        case ["activity", "statements" | "options", *_rest]:
            name = "edit_choices"
        case ["activity", *_rest]:
            name = "edit_activity"
    url = reverse(f"programmes:{name}", args=[draft.pk, gathering["key"], item["key"]])
    return f"{_words(gathering)}: {_words(item)}", url


def _words(part: Mapping[str, Any]) -> str:
    return pick(part["title"], get_language() or "nb") or str(part["key"])
