"""One agenda item as a form. Texts are written in the cohort's language.

A text that is left as it was keeps its other languages; one that is changed loses them, because they would no
longer say the same.
"""

from collections.abc import Mapping
from hashlib import blake2s
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.inputs.choices import Attribution, Kind
from samspill.programmes.checking import item_faults
from samspill.programmes.choices import Mode
from samspill.programmes.document import GatheringPlan
from samspill.ui.text import pick

Content = Mapping[str, Any]
_NO_ACTIVITY = ""
_ASKED_OF = {
    Kind.REFLECTION: ("prompt", "attribution"),
    Kind.SCALE: ("prompt", "attribution", "statements", "low", "high"),
    Kind.POLL: ("prompt", "attribution", "options"),
    Kind.IDEAS: ("prompt", "attribution", "votes"),
    Kind.COMMITMENT: ("prompt",),
}
_WITH_ACTIVITY = frozenset(name for names in _ASKED_OF.values() for name in names)
_TEXTS = ("title", "script", "material")


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ItemForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200, help_text=_("As participants read it."))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=240)
    mode = forms.ChoiceField(
        label=_("How the time is used"), choices=Mode.choices, widget=forms.RadioSelect, initial=Mode.DIALOGUE
    )
    responsible = forms.CharField(
        label=_("Who is responsible"),
        required=False,
        max_length=200,
        help_text=_("A name or a role. It stands on the run sheet."),
    )
    script = forms.CharField(
        label=_("Script"),
        required=False,
        widget=_lines(8),
        help_text=_("What to say and do. Only those who run the gathering see it."),
    )
    material = forms.CharField(
        label=_("Material"),
        required=False,
        widget=_lines(3),
        help_text=_("What must be on the table or the screen."),
    )
    question = forms.ChoiceField(label=_("Key question it serves"), required=False)
    optional = forms.BooleanField(label=_("Can be dropped if time runs out"), required=False)
    kind = forms.ChoiceField(
        label=_("What participants do on their own phone"),
        required=False,
        choices=[(_NO_ACTIVITY, _("Nothing: they talk or listen")), *Kind.choices],
        widget=forms.RadioSelect,
    )
    prompt = forms.CharField(label=_("What participants are asked"), widget=_lines(3), max_length=4000)
    attribution = forms.ChoiceField(
        label=_("Whose the answers are"),
        choices=[(each.value, each.label) for each in Attribution],
        widget=forms.RadioSelect,
        initial=Attribution.CHATHAM,
        help_text=_("It is promised to those who answer, and cannot be changed after the first answer."),
    )
    statements = forms.CharField(
        label=_("Statements to rate from 1 to 7"),
        widget=_lines(5),
        help_text=_("One on each line, at most twelve."),
    )
    low = forms.CharField(label=_("1 means"), max_length=200)
    high = forms.CharField(label=_("7 means"), max_length=200)
    options = forms.CharField(
        label=_("What can be chosen"),
        widget=_lines(5),
        help_text=_("One on each line, from two to twelve."),
    )
    several = forms.BooleanField(label=_("More than one may be chosen"), required=False)
    most = forms.IntegerField(
        label=_("At most how many"),
        required=False,
        min_value=2,
        max_value=12,
        help_text=_("Leave empty for as many as there are."),
    )
    votes = forms.IntegerField(label=_("Votes each person has"), min_value=1, max_value=10, initial=3)

    def __init__(self, data: Any = None, *, item: Content | None, plan: GatheringPlan, language: str) -> None:
        self.item: Content = item or {}
        self.language = language
        super().__init__(data, initial=self._shown() if item else None, use_required_attribute=False)
        if data is not None:
            asked = _ASKED_OF.get(data.get("kind", ""), ()) if data.get("mode") != Mode.BREAK else ()
            for name in _WITH_ACTIVITY:
                self.fields[name].required = name in asked
        question = self.fields["question"]
        assert isinstance(question, forms.ChoiceField)
        question.choices = [("", _("None in particular"))] + [
            (each.key, pick(each.text, language)) for each in plan.questions
        ]
        attribution = self.fields["attribution"]
        assert isinstance(attribution, forms.ChoiceField)
        attribution.choices = [(each.value, f"{each.label}: {each.promise}") for each in Attribution]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.errors:
            return values
        content = self._content(values)
        for fault in item_faults({**content, "key": self.item.get("key", "new")}):
            names = [str(step) for step in fault.path if not isinstance(step, int)]
            field = names[1] if names[:1] == ["activity"] and len(names) > 1 else (names or [""])[0]
            self.add_error(field if field in self.fields else None, fault.sentence)
        values["content"] = content
        return values

    def changes(self) -> dict[str, Any]:
        """The whole item as `cohorts.actions.edit_item` wants it: what has been taken away is None."""
        content: dict[str, Any] = self.cleaned_data["content"]
        gone = {name: None for name in self.item if name not in content and name != "key"}
        return {**gone, **content}

    def _content(self, values: Mapping[str, Any]) -> dict[str, Any]:
        content: dict[str, Any] = {
            "title": self._text(values["title"], self.item.get("title")),
            "minutes": values["minutes"],
            "mode": values["mode"],
            "optional": values["optional"],
            "script": self._text(values["script"], self.item.get("script")),
        }
        if values["responsible"]:
            content["responsible"] = values["responsible"]
        if values["mode"] == Mode.BREAK:
            return content
        if values["material"]:
            content["material"] = self._text(values["material"], self.item.get("material"))
        if values["question"]:
            content["question"] = values["question"]
        if values["kind"]:
            content["activity"] = self._activity(values)
        return content

    def _activity(self, values: Mapping[str, Any]) -> dict[str, Any]:
        old = self.item.get("activity") or {}
        kind = values["kind"]
        named = kind == Kind.COMMITMENT  # a promise is somebody's
        activity: dict[str, Any] = {
            "kind": kind,
            "attribution": Attribution.NAMED.value if named else values["attribution"],
            "prompt": self._text(values["prompt"], old.get("prompt")),
        }
        if kind == Kind.SCALE:
            activity["statements"] = self._list(values["statements"], old.get("statements", ()), "s")
            activity["low"] = self._text(values["low"], old.get("low"))
            activity["high"] = self._text(values["high"], old.get("high"))
        elif kind == Kind.POLL:
            activity["options"] = self._list(values["options"], old.get("options", ()), "o")
            activity["several"] = values["several"]
            if values["several"] and values["most"]:
                activity["most"] = values["most"]
        elif kind == Kind.IDEAS:
            activity["votes"] = values["votes"]
        return activity

    def _text(self, typed: str, old: Mapping[str, str] | None) -> dict[str, str]:
        said = typed.replace("\r\n", "\n").strip()
        if old and said == pick(old, self.language).strip():
            return dict(old)
        return {self.language: said} if said else {}

    def _list(self, typed: str, old: Any, prefix: str) -> list[dict[str, Any]]:
        """One entry a line. A line that was there keeps its key and languages; a new one gets its own key."""
        known = {pick(each["text"], self.language).strip(): dict(each) for each in old}
        lines = dict.fromkeys(line.strip() for line in typed.splitlines() if line.strip())
        return [
            known.get(line)
            or {"key": f"{prefix}-{blake2s(line.encode()).hexdigest()[:10]}", "text": {self.language: line}}
            for line in lines
        ]

    def _shown(self) -> dict[str, Any]:
        item, activity = self.item, self.item.get("activity") or {}
        shown: dict[str, Any] = {name: self._said(item.get(name)) for name in _TEXTS}
        shown |= {name: item.get(name) for name in ("minutes", "mode", "responsible", "question", "optional")}
        shown |= {name: self._said(activity.get(name)) for name in ("prompt", "low", "high")}
        shown |= {name: activity.get(name, False) for name in ("kind", "several")}
        for name in ("statements", "options"):
            shown[name] = "\n".join(self._said(each["text"]) for each in activity.get(name, ()))
        shown |= {"kind": activity.get("kind", _NO_ACTIVITY), "most": activity.get("most")}
        shown["attribution"] = activity.get("attribution", Attribution.CHATHAM.value)
        shown["votes"] = activity.get("votes", 3)
        return shown

    def _said(self, text: Mapping[str, str] | None) -> str:
        return pick(text, self.language) if text else ""
