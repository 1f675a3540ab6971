import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.people.choices import Details, Duty, Language
from samspill.people.models import Person
from samspill.people.queries import by_address

_MOBILE = re.compile(r"\+?[\d ]{8,20}")


def clean_mobile(value: str) -> str:
    """A number people can ring, or nothing; wrong ones raise `ValidationError`."""
    value = " ".join(value.split())
    if value and not _MOBILE.fullmatch(value):
        raise forms.ValidationError(_("Write the number with digits, such as 900 00 000 or +47 900 00 000."))
    return value


class OwnForm(forms.Form):
    """What people may correct themselves."""

    name = forms.CharField(
        label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    mobile = forms.CharField(
        label=_("Mobile number"),
        max_length=30,
        required=False,
        help_text=_("Only used by those who run your gatherings, on the day itself."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean_mobile(self) -> str:
        return clean_mobile(str(self.cleaned_data["mobile"]))


class PersonForm(OwnForm):
    email = forms.EmailField(
        label=_("Mail address"),
        help_text=_("Sign-in codes and invitations go here, so it must be the person's own."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=Language.choices,
        initial=Language.BOKMAAL,
        widget=forms.RadioSelect,
        help_text=_("Pages and mails come in this language. The person can choose another."),
    )
    duty = forms.ChoiceField(
        label=_("Duty in the directorate"),
        choices=[
            (Duty.NONE.value, _("None: takes part or helps in single cohorts")),
            (Duty.FACILITATOR.value, _("Facilitator: can be given cohorts to run")),
            (Duty.OWNER.value, _("Programme owner: sees and decides everything")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    field_order = ["name", "email", "mobile", "language", "duty"]

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self) -> str:
        address = str(self.cleaned_data["email"])
        other = by_address(address)
        if other is not None and other != self.person:
            raise forms.ValidationError(
                _("%(name)s is registered with this address already."), params={"name": other.name}
            )
        return address

    def details(self) -> Details:
        return Details(**self.cleaned_data)


def initial_of(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "email": person.email,
        "mobile": person.mobile,
        "language": person.language,
        "duty": person.duty,
    }
