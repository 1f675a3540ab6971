from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

FOUND = [("yes", _("Yes")), ("no", _("No"))]
LONGEST = 2000


class FeedbackForm(forms.Form):
    """ "Did you find what you were looking for?" The text is required for "no" only, and marked so."""

    found = forms.ChoiceField(
        label=_("Did you find what you were looking for?"), choices=FOUND, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What were you looking for? (required if you answer no)"),
        help_text=_("Please do not write names or other personal information."),
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST}),
        max_length=LONGEST,
        required=False,
    )
    page = forms.CharField(widget=forms.HiddenInput, max_length=200)
    ticket = forms.CharField(widget=forms.HiddenInput, max_length=300)
    # People do not see this field; programs that fill in every field give themselves away.
    website = forms.CharField(label=_("Leave this field empty"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label_says_when = True  # type: ignore[attr-defined] # read by ui/_optional.html

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("found") == "no" and not cleaned.get("text", "").strip():
            self.add_error("text", _("Write what you were looking for, so that we can mend the page."))
        return cleaned
