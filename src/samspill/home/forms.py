from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.cohorts.choices import State
from samspill.cohorts.halves import in_words


class PortfolioFilter(forms.Form):
    """Narrows the portfolio. `half_years` are the values that occur."""

    words = forms.CharField(label=_("Sector"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All states")), *State.choices]
    )
    half_year = forms.ChoiceField(label=_("Half-year"), required=False)

    def __init__(self, *args: object, half_years: list[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["half_year"]
        assert isinstance(field, forms.ChoiceField)
        for each in self.fields.values():
            each.label_says_when = True  # type: ignore[attr-defined] # a filter is optional by nature
        field.choices = [("", _("All half-years")), *((each, in_words(each)) for each in half_years)]
