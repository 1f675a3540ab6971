from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.inputs.choices import Kind
from samspill.inputs.kinds import KINDS
from samspill.room.models import Contribution
from samspill.room.queries import Reviewed


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Room code"),
        help_text=_("It stands on the big screen. Capital and small letters are the same."),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Write the code that stands on the screen.")},
    )


class TextForm(forms.Form):
    """One text that may stand in the report, as it was written or edited."""

    use_required_attribute = False  # a text that is not used may be empty

    use = forms.BooleanField(label=_("Use in the report"), required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, contribution: Contribution, longest: int) -> None:
        written = contribution.value["text"]
        initial = {"use": bool(contribution.released_text), "text": contribution.released_text or written}
        super().__init__(data, initial=initial, prefix=f"text-{contribution.pk.hex}")
        self.contribution = contribution
        self.fields["text"] = forms.CharField(
            label=_("As it will stand in the report"),
            error_messages={"required": _("Write what is to stand in the report, or take away the tick.")},
            max_length=longest,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def clean(self) -> dict[str, Any]:
        """A text that is not used may be anything, or nothing."""
        cleaned = super().clean() or {}
        if not cleaned.get("use"):
            self.errors.pop("text", None)
        return cleaned

    @property
    def chosen(self) -> str:
        """What the report may use; empty for nothing."""
        return self.cleaned_data["text"] if self.cleaned_data["use"] else ""


def text_forms(review: Reviewed, data: Mapping[str, Any] | None = None) -> list[TextForm]:
    longest = KINDS[Kind(review.activity.kind)].longest
    return [TextForm(data, contribution=each, longest=longest) for each in review.texts]
