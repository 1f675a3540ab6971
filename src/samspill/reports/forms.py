from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.people.choices import Language
from samspill.reports.actions import LONGEST


def _words(label: Any, help_text: Any, rows: int) -> forms.CharField:
    attrs = {"rows": rows, "maxlength": LONGEST}
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs=attrs),
    )


class TextsForm(forms.Form):
    """The edited parts of the report, and the revision they were edited from."""

    lessons = _words(
        _("Lessons"),
        _("What the sector and those who ran the programme have learned. An empty line begins a paragraph."),
        10,
    )
    recommendations = _words(
        _("Recommendations"), _("To the sector, to the owner of the programme, to the next sector."), 8
    )
    public_summary = _words(
        _("Summary for the public"),
        _(
            "A few sentences in plain language on what came out of it. Nobody outside sees them before they"
            " are published."
        ),
        5,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class OrderForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
