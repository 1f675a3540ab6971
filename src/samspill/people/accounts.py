"""How allauth signs people in: by a code that a person types, sent in the person's own language."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from samspill.mail.actions import send_now
from samspill.mail.choices import Recipient
from samspill.people.models import Person
from samspill.people.queries import by_address


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Nobody signs up by themselves: a person exists because somebody enrolled them."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("This is not the code in the newest mail. Check it and try again."),
        "too_many_login_attempts": _("There have been too many attempts with this address. Wait 15 minutes."),
        "rate_limited": _("There have been too many attempts with this address. Wait 15 minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sign-in codes are the only mails allauth may send; they are queued, so that an answer takes the
        same time whether the address is known or not."""
        person = by_address(email)
        if template_prefix != "account/email/login_code" or person is None or not person.email:
            return
        send_now(
            to=Recipient(person.name, person.email, person.language, person.pk),
            template="people/mail/sign_in_code",
            data={"code": context["code"], "minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60},
            secret=True,
        )


class AddressForm(RequestLoginCodeForm):  # type: ignore[misc]
    email = forms.EmailField(
        label=_("Your mail address at work"),
        help_text=_("We send a code to the address. You need no password."),
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={
            "required": _("Write your mail address."),
            "invalid": _("Write a whole mail address, such as name@ministry.no."),
        },
    )

    def clean_email(self) -> str:
        """allauth finds only addresses that are kept in small letters."""
        email = str(super().clean_email())
        found: Person | None = getattr(self, "_user", None)
        self._user = found or by_address(email)
        return email


class CodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]
    code = forms.CharField(
        label=_("Code from the mail"),
        help_text=_("Eight digits. You can leave out the hyphen."),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "size": 12}
        ),
        error_messages={"required": _("Write the code from the mail.")},
    )
