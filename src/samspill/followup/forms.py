from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.cohorts.models import Cohort
from samspill.followup.actions import LONGEST
from samspill.followup.choices import Arena, Status
from samspill.followup.queries import organisations_with_commitments
from samspill.ui.forms import DateInput
from samspill.ui.text import pick


class CommitmentForm(forms.Form):
    what = forms.CharField(
        label=_("What will you do?"),
        help_text=_("One sentence that you can be asked about later."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST}),
        max_length=LONGEST,
    )
    due = forms.DateField(label=_("By when?"), widget=DateInput)
    arena = forms.ChoiceField(
        label=_("Where is it followed up?"), choices=Arena.choices, widget=forms.RadioSelect
    )


class StatusForm(forms.Form):
    status = forms.ChoiceField(choices=Status.choices)
    note = forms.CharField(required=False)


class FilterForm(forms.Form):
    """A wrong value in the address shows everything rather than an error: addresses are shared and edited."""

    def __init__(self, data: Any, *, cohort: Cohort, language: str) -> None:
        super().__init__(data)
        bodies = [(str(one.pk), pick(one.names, language)) for one in organisations_with_commitments(cohort)]
        statuses = [*Status.choices, ("overdue", _("Past the date"))]
        self.fields["status"] = _choice(_("Status"), statuses)
        self.fields["arena"] = _choice(_("Followed up in"), Arena.choices)
        self.fields["organisation"] = _choice(_("Organisation"), bodies)


def _choice(label: Any, choices: Sequence[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", _("All")), *choices])
