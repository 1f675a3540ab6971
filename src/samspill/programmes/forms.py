"""The draft as forms, one for each part: it reads the part (`initial_of`) and writes it (`into`)."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.inputs.choices import Attribution, Kind
from samspill.programmes.blank import empty
from samspill.programmes.choices import Mode
from samspill.programmes.fields import LanguagesField, TitleField
from samspill.ui.text import pick

Content = dict[str, Any]


class PartForm(forms.Form):
    """A part whose fields are called as in the document. `revision` is the draft's when it was opened."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def initial_of(cls, part: Mapping[str, Any]) -> dict[str, Any]:
        return dict(part)

    def into(self, part: Content) -> None:
        for name in self.fields:
            if name != "revision":
                part[name] = self.cleaned_data[name]


class BasicsForm(PartForm):
    title = TitleField(label=_("Title"), help_text=_("What the programme is called."))
    purpose = LanguagesField(label=_("Purpose"), help_text=_("Why the programme exists."), lines=6)
    audience = LanguagesField(label=_("Target group"), help_text=_("Who takes part."), lines=4)


class FrameForm(PartForm):
    text = LanguagesField(label=_("The form in words"), lines=6)
    gatherings = forms.IntegerField(label=_("Number of gatherings"), min_value=1, max_value=12)
    minutes = forms.IntegerField(
        label=_("Minutes of each gathering"), help_text=_("Breaks included."), min_value=30, max_value=480
    )
    shortest = forms.IntegerField(label=_("Fewest months from first to last"), min_value=1, max_value=24)
    longest = forms.IntegerField(label=_("Most months from first to last"), min_value=1, max_value=24)
    work_between_minutes = forms.IntegerField(
        label=_("Minutes of work between two gatherings"), min_value=0, max_value=480
    )
    theory_share_max = forms.IntegerField(
        label=_("Most theory, in per cent"),
        help_text=_("Of the minutes without breaks. The agenda warns when there is more."),
        min_value=0,
        max_value=100,
    )

    @classmethod
    def initial_of(cls, part: Mapping[str, Any]) -> dict[str, Any]:
        return {**part, "shortest": part["span_months"][0], "longest": part["span_months"][1]}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("shortest") and cleaned.get("longest") and cleaned["shortest"] > cleaned["longest"]:
            self.add_error("longest", _("The longest span must not be shorter than the shortest."))
        return cleaned

    def into(self, part: Content) -> None:
        cleaned = self.cleaned_data
        part["span_months"] = [cleaned["shortest"], cleaned["longest"]]
        for name in ("text", "gatherings", "minutes", "work_between_minutes", "theory_share_max"):
            part[name] = cleaned[name]


class GatheringForm(PartForm):
    title = TitleField(label=_("Title"))
    theme = LanguagesField(label=_("Theme"), help_text=_("What it is about, in one line."), lines=2)
    aim = LanguagesField(
        label=_("Aim"), help_text=_("What the leaders can say or have agreed afterwards."), lines=4
    )


class WorkForm(PartForm):
    title = TitleField(label=_("Title"))
    minutes = forms.IntegerField(label=_("Minutes for each leader"), min_value=1, max_value=240, initial=60)
    text = LanguagesField(label=_("What to do"), help_text=_("With whom, and what to bring back."), lines=6)


class InstrumentForm(PartForm):
    title = TitleField(label=_("Title"))
    intro = LanguagesField(
        label=_("Introduction"),
        help_text=_("What it is, how long it takes and how the answers are protected."),
        lines=6,
    )
    answered_by = forms.MultipleChoiceField(
        label=_("Who answers"),
        choices=[("leader", _("Leaders")), ("host", _("The host"))],
        widget=forms.CheckboxSelectMultiple,
    )
    low = TitleField(label=_("The words at 1"))
    high = TitleField(label=_("The words at 7"))


class ItemForm(PartForm):
    title = TitleField(label=_("Title"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=240)
    mode = forms.ChoiceField(label=_("What the time is used for"), choices=Mode.choices)
    question = forms.ChoiceField(label=_("Key question it serves"), required=False)
    optional = forms.BooleanField(
        label=_("Can be shortened or dropped in the room when time runs short"), required=False
    )
    script = LanguagesField(
        label=_("The facilitator's script"), help_text=_("What to say and do, with minutes."), lines=8
    )
    material = LanguagesField(
        label=_("Material"), help_text=_("What must be on table or screen."), lines=3, optional=True
    )

    def __init__(self, *args: Any, questions: list[Content], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = [("", _("None in particular"))]
        asked = [(each["key"], pick(each["text"], "nb") or each["key"]) for each in questions]
        _offer(self, "question", none + asked)

    def into(self, part: Content) -> None:
        super().into(part)
        if part["mode"] == Mode.BREAK:
            part.update(question="", material={}, activity=None)
        if not part["question"]:
            part.pop("question")
        if not any(part["material"].values()):
            part.pop("material")
        if not part.get("activity"):
            part.pop("activity", None)


class ActivityForm(PartForm):
    kind = forms.ChoiceField(
        label=_("Activity"),
        help_text=_("What the leaders do on their own phone."),
        choices=[("", _("None: they only talk or listen")), *Kind.choices],
        required=False,
    )
    attribution = forms.ChoiceField(
        label=_("Whose the answers are"),
        help_text=_("A commitment always has a name."),
        choices=Attribution.choices,
        initial=Attribution.CHATHAM,
    )
    prompt = LanguagesField(label=_("What they are asked"), lines=4)
    low = TitleField(label=_("The words at 1"))
    high = TitleField(label=_("The words at 7"))
    several = forms.BooleanField(label=_("More than one may be chosen"), required=False)
    most = forms.IntegerField(
        label=_("How many at most"),
        help_text=_("Leave it empty when there is no limit."),
        min_value=2,
        max_value=12,
        required=False,
    )
    votes = forms.IntegerField(label=_("Votes each"), min_value=1, max_value=10, initial=3, required=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        """`kind` is the activity's now: only its own fields are asked for."""
        super().__init__(*args, **kwargs)
        for name, its_kind in OWN_FIELDS.items():
            if its_kind != kind:
                del self.fields[name]
        if not kind:
            self.fields["kind"].help_text = _("Choose one; then its own fields come.")

    def into(self, part: Content) -> None:
        """Only what belongs to the kind; statements and options are kept, their own list changes them."""
        before, cleaned = part.pop("activity", None) or {}, self.cleaned_data
        kind = cleaned["kind"]
        if not kind:
            return
        made: Content = {name: cleaned[name] for name in ("kind", "attribution", "prompt")}
        if kind == Kind.COMMITMENT:
            made["attribution"] = Attribution.NAMED.value
        if kind == Kind.SCALE:
            ends = {name: cleaned.get(name, empty()) for name in ("low", "high")}
            made |= {"statements": before.get("statements") or [], **ends}
        if kind == Kind.POLL:
            several = cleaned.get("several", False)
            made |= {"options": before.get("options") or [], "several": several}
            if several and cleaned.get("most"):
                made["most"] = cleaned["most"]
        if kind == Kind.IDEAS:
            made["votes"] = cleaned.get("votes") or 3
        part["activity"] = made


OWN_FIELDS = {
    "low": Kind.SCALE,
    "high": Kind.SCALE,
    "several": Kind.POLL,
    "most": Kind.POLL,
    "votes": Kind.IDEAS,
}


class RowForm(forms.Form):
    """One thing in a list of the draft."""

    key = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, content: Content, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.content = content

    def into(self, part: Content) -> None:
        for name in self.fields:
            if name != "key":
                part[name] = self.cleaned_data[name]


class TextRow(RowForm):
    text = LanguagesField(label=_("Text"), lines=3)


class QuestionRow(TextRow):
    aims = forms.MultipleChoiceField(
        label=_("Aims it serves"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "aims", named(self.content["aims"]))


class StatementRow(TextRow):
    measures = forms.ChoiceField(label=_("Aim or effect it measures"))
    low = TitleField(label=_("Own words at 1"), optional=True, help_text=_("Empty: as for all."))
    high = TitleField(label=_("Own words at 7"), optional=True, help_text=_("Empty: as for all."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "measures", named([*self.content["aims"], *self.content["effects"]]))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        ends = [any((cleaned.get(name) or {}).values()) for name in ("low", "high")]
        if ends[0] != ends[1]:
            self.add_error("low" if ends[1] else "high", _("Own words go together: write both or none."))
        return cleaned

    def into(self, part: Content) -> None:
        super().into(part)
        if not any(part["low"].values()):
            del part["low"], part["high"]


class ItemRow(RowForm):
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=240)
    mode = forms.ChoiceField(label=_("What the time is used for"), choices=Mode.choices)

    def into(self, part: Content) -> None:
        super().into(part)
        if part["mode"] == Mode.BREAK:
            for name in ("question", "material", "activity"):
                part.pop(name, None)


def _offer(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    field = cast(forms.ChoiceField, form.fields[name])
    field.choices = choices


def named(parts: list[Content]) -> list[tuple[str, str]]:
    return [(each["key"], pick(each["text"], "nb") or each["key"]) for each in parts]


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Blueprint file"),
        help_text=_("A YAML file. Every fault is shown, and nothing is saved before you say so."),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )
