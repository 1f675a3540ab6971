"""`{{ form }}` tells everybody, on screen or by ear, what to fill in and what went wrong."""

import re
from html.parser import HTMLParser

from django import forms
from django.utils.translation import override

from samspill.ui.forms import DateInput, Renderer

Attributes = dict[str, str | None]


class Cohort(forms.Form):
    default_renderer = Renderer

    title = forms.CharField(label="Title", help_text="As it shall stand in invitations.")
    start = forms.DateField(label="First gathering", widget=DateInput, required=False)
    shape = forms.ChoiceField(
        label="Shape", choices=[("one", "One ministry"), ("many", "Equal bodies")], widget=forms.RadioSelect
    )
    place = forms.ChoiceField(label="Place", choices=[("a", "Oslo")])
    read = forms.BooleanField(label="I have read it", help_text="It is short.")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


class Elements(HTMLParser):
    """Every element of a piece of HTML with its attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, Attributes]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def by_id(self, wanted: str) -> Attributes:
        (attributes,) = [attributes for _tag, attributes in self.found if attributes.get("id") == wanted]
        return attributes

    def all(self, tag: str) -> list[Attributes]:
        return [attributes for name, attributes in self.found if name == tag]


def drawn(data: dict[str, str] | None = None) -> Elements:
    with override("en"):
        return Elements(str(Cohort(data)))


def test_each_field_has_a_label_that_points_to_it() -> None:
    labels = [label["for"] for label in drawn().all("label")]
    assert labels == ["id_title", "id_start", "id_shape_0", "id_shape_1", "id_place", "id_read"]


def test_help_is_read_out_with_the_field_and_stands_before_it() -> None:
    with override("en"):
        html = str(Cohort())
    assert Elements(html).by_id("id_title")["aria-describedby"] == "id_title_helptext"
    assert html.index('id="id_title_helptext"') < html.index('name="title"')


def test_an_error_is_tied_to_its_field() -> None:
    title = drawn({}).by_id("id_title")
    assert title["aria-invalid"] == "true"
    assert title["aria-describedby"] == "id_title_helptext id_title_error"
    assert drawn({}).by_id("id_title_error")["data-field"] == "validation"


def test_choices_are_a_group_with_a_legend() -> None:
    page = drawn({})
    assert page.by_id("id_shape")["aria-describedby"] == "id_shape_error"
    assert len(page.all("fieldset")) == len(page.all("legend")) == 1


def test_the_summary_leads_to_each_field_in_error() -> None:
    page = drawn({})
    (summary,) = [found for found in page.all("div") if found.get("class") == "ds-error-summary"]
    assert (summary["role"], summary["tabindex"]) == ("group", "-1")
    assert page.by_id(str(summary["aria-labelledby"])) == {"class": "ds-heading", "id": "form-errors"}
    targets = [str(link["href"]).removeprefix("#") for link in page.all("a")]
    assert targets == ["id_title", "id_shape_0", "id_place", "id_read"]
    assert [page.by_id(target)["aria-invalid"] for target in targets] == ["true"] * 4


def test_a_form_without_errors_has_no_summary() -> None:
    assert "ds-error-summary" not in str(Cohort())


def test_every_visible_control_wears_the_design_system_and_nothing_else_does() -> None:
    page = drawn()
    dressed = [found.get("name") for _tag, found in page.found if "ds-input" in str(found.get("class", ""))]
    assert dressed == ["title", "start", "shape", "shape", "place", "read"]


def test_a_class_of_the_form_s_own_is_kept() -> None:
    class Narrow(forms.Form):
        default_renderer = Renderer
        year = forms.IntegerField(widget=forms.NumberInput(attrs={"class": "narrow"}))

    assert Elements(str(Narrow())).by_id("id_year")["class"] == "ds-input narrow"


def test_what_need_not_be_filled_in_says_so() -> None:
    with override("nb"):
        html = str(Cohort())
    assert re.findall(r">([\w ]+) <span class=\"optional\">(.+?)</span>", html) == [
        ("First gathering", "(valgfritt)")
    ]


def test_dates_use_the_browser_s_picker_in_every_language() -> None:
    with override("nb"):
        start = Elements(str(Cohort(initial={"start": "2026-04-12"}))).by_id("id_start")
    assert (start["type"], start["value"]) == ("date", "2026-04-12")


def test_what_a_person_wrote_is_never_markup() -> None:
    assert "<script>" not in str(Cohort({"title": "<script>", "shape": "<script>"}))
