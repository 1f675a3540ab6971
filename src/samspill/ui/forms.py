"""How every form is drawn: `{{ form }}` is right everywhere, because this is the only place that draws it."""

from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest

OURS = {
    "django/forms/widgets/radio.html": "ui/widgets/options.html",
    "django/forms/widgets/checkbox_select.html": "ui/widgets/options.html",
}
UNDRESSED = {"hidden", "range", "color", "image", "submit"}


class Renderer(DjangoTemplates):
    """Draws forms with Designsystemet; finds Django's widget templates without `django.forms` installed."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        widget = context.get("widget")
        if widget is not None:
            _dress(widget)
        return super().render(OURS.get(template_name, template_name), context, request)


def _dress(widget: dict[str, Any]) -> None:
    """Give a widget, and the parts it is made of, the classes of the design system."""
    for part in widget.get("subwidgets") or []:
        _dress(part)
    for _group, options, _index in widget.get("optgroups") or []:
        for option in options:
            if option["type"] in {"radio", "checkbox"}:
                _dress(option)
    if widget.get("type") in UNDRESSED or widget.get("is_hidden"):
        return
    attrs = widget["attrs"]
    classes = attrs.get("class", "").split()
    if "ds-input" not in classes:
        attrs["class"] = " ".join(["ds-input", *classes])


class DateInput(forms.DateInput):
    """The browser's own date picker, which wants and gives ISO dates whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class DateTimeInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")
