from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.evaluation.models import Wave
from samspill.programmes.document import InstrumentItem
from samspill.ui.forms import DateInput
from samspill.ui.text import pick

POINTS = [(str(point), str(point)) for point in range(1, 8)]


class OpenForm(forms.Form):
    closes_on = forms.DateField(
        label=_("Ask for answers by"),
        help_text=_("Two weeks is usual. Answers are welcome until you close the measurement yourself."),
        widget=DateInput,
    )


class PlanForm(forms.Form):
    opens_on = forms.DateField(
        label=_("Opens on"),
        help_text=_(
            "On that day the questionnaire opens and the mails are drafted. "
            "You look through them before they go."
        ),
        widget=DateInput,
    )


class Questionnaire(forms.Form):
    """The statements of a wave, each on its scale of seven. Every one may be left unanswered."""

    def __init__(self, data: Any = None, *, wave: Wave, answers: dict[str, int], language: str) -> None:
        super().__init__(data, initial={item: str(value) for item, value in answers.items()})
        for item in wave.questions.items:
            self.fields[item.key] = _statement(item, language)

    def values(self) -> dict[str, int]:
        return {item: int(value) for item, value in self.cleaned_data.items() if value}


def _statement(item: InstrumentItem, language: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=pick(item.text, language), choices=POINTS, widget=forms.RadioSelect, required=False
    )


def in_two_weeks(today: date) -> dict[str, date]:
    return {"closes_on": date.fromordinal(today.toordinal() + 14)}
