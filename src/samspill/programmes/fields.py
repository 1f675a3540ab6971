"""A text in three languages as one field of a form."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}  # each called by its own name


class LanguagesWidget(forms.MultiWidget):
    """Three inputs side by side, each marked with its language for spelling and screen readers."""

    template_name = "programmes/widgets/languages.html"

    def __init__(self, lines: int) -> None:
        widgets: dict[str, forms.Widget | type[forms.Widget]] = {
            code: forms.TextInput({"lang": code})
            if lines == 1
            else forms.Textarea({"lang": code, "rows": lines, "cols": 30})
            for code in LANGUAGES
        }
        super().__init__(widgets)

    def use_required_attribute(self, initial: Any) -> bool:
        """No single language is required by the browser; the field says itself what is missing."""
        return False

    def decompress(self, value: Any) -> list[str]:
        text: Mapping[str, str] = value or {}
        return [text.get(code, "") for code in LANGUAGES]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, called in zip(context["widget"]["subwidgets"], LANGUAGES.values(), strict=True):
            part["called"] = called
        return context


class LanguagesField(forms.MultiValueField):
    """Cleans to {"nb": …, "nn": …, "en": …}; what is not written is "".

    `lines` is the height of the inputs (1 is a single line), `longest` the most characters in a language,
    `needed` asks for at least one language, `optional` says that none need be written.
    """

    def __init__(
        self,
        *,
        lines: int = 3,
        longest: int = 4000,
        needed: bool = False,
        optional: bool = False,
        **kwargs: Any,
    ) -> None:
        self.needed = needed
        fields = [forms.CharField(required=False, max_length=longest) for _code in LANGUAGES]
        kwargs.setdefault("widget", LanguagesWidget(lines))
        super().__init__(fields, required=False, require_all_fields=False, **kwargs)
        self.required = not optional  # what is said beside the label; gaps are never refused here

    def compress(self, data_list: list[str]) -> dict[str, str]:
        words = [said.replace("\r\n", "\n").strip() for said in data_list] or ["", "", ""]
        if self.needed and not any(words):
            raise ValidationError(_("Write the text in at least one language."))
        return dict(zip(LANGUAGES, words, strict=True))

    def clean(self, value: Any) -> dict[str, str]:
        if not value or not any(value):
            return self.compress([])
        cleaned: dict[str, str] = super().clean(value)
        return cleaned


class TitleField(LanguagesField):
    """A title or label: one line in each language."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(lines=1, longest=200, **kwargs)
