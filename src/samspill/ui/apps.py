from django.apps import AppConfig
from django.forms import ChoiceField, Field
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    name = "samspill.ui"

    def ready(self) -> None:
        """Every form asks in plain words: Django's own sentence is officialese in Norwegian."""
        Field.default_error_messages["required"] = _("Fill in this field.")
        ChoiceField.default_error_messages["required"] = _("Choose an answer.")
