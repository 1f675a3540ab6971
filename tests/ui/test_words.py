"""The words every form says of itself."""

from django import forms
from django.utils.translation import override


class Asking(forms.Form):
    name = forms.CharField()
    way = forms.ChoiceField(choices=[("a", "A")])


def test_a_form_asks_for_what_is_missing_in_plain_words():
    with override("nb"):
        assert Asking({}).errors == {"name": ["Fyll ut dette feltet."], "way": ["Velg et svar."]}
    with override("en"):
        assert Asking({}).errors == {"name": ["Fill in this field."], "way": ["Choose an answer."]}
