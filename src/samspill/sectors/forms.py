from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from samspill.errors import Refused
from samspill.people.models import Person
from samspill.people.queries import by_address
from samspill.sectors.imports import COLUMNS, KNOWN
from samspill.sectors.models import Organisation, Sector
from samspill.sectors.numbers import valid_number
from samspill.sectors.register import read_file
from samspill.spreadsheets.reading import read_rows, require_columns
from samspill.spreadsheets.table import Table


class OrganisationForm(forms.ModelForm[Organisation]):
    class Meta:
        model = Organisation
        fields = ("name_nb", "name_nn", "name_en", "abbreviation", "number", "kind", "parent", "written_form")
        labels = {
            "name_nb": _("Name in bokmål"),
            "name_nn": _("Name in nynorsk"),
            "name_en": _("Name in English"),
            "abbreviation": _("Abbreviation"),
            "number": _("Organisation number"),
            "kind": _("Kind"),
            "parent": _("Belongs to"),
            "written_form": _("Written form"),
        }
        help_texts = {
            "name_nn": _("Leave it empty if it is the same as in bokmål."),
            "number": _("Nine digits. Leave it empty for bodies that have none, such as invented ones."),
            "parent": _("The ministry or body that governs it."),
            "written_form": _("The form of Norwegian the organisation writes."),
        }

    number = forms.CharField(label=_("Organisation number"), required=False, max_length=20)
    field_order = [
        "name_nb",
        "name_nn",
        "name_en",
        "abbreviation",
        "number",
        "kind",
        "parent",
        "written_form",
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name_nn"].required = False
        self.fields["number"].help_text = self.Meta.help_texts["number"]

    def clean_number(self) -> str | None:
        text = str(self.cleaned_data["number"]).strip()
        if not text:
            return None
        try:
            number = valid_number(text)
        except Refused as refused:
            raise forms.ValidationError(str(refused.sentence)) from refused
        other = Organisation.objects.filter(number=number).exclude(pk=self.instance.pk).first()
        if other is not None:
            raise forms.ValidationError(
                _("%(name)s has this number already."), params={"name": other.name_nb}
            )
        return number


class SectorForm(forms.ModelForm[Sector]):
    class Meta:
        model = Sector
        fields = ("name_nb", "name_nn", "name_en", "kind", "coordinator", "organisations")
        labels = {
            "name_nb": _("Name in bokmål"),
            "name_nn": _("Name in nynorsk"),
            "name_en": _("Name in English"),
            "kind": _("Kind of sector"),
            "coordinator": _("Co-ordinating body"),
            "organisations": _("Organisations"),
        }
        help_texts = {
            "coordinator": _("Usually the ministry. It always belongs to the sector."),
            "organisations": _("Everybody whose leaders take part."),
        }
        widgets = {"kind": forms.RadioSelect, "organisations": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name_nn"].required = self.fields["organisations"].required = False


class PositionForm(forms.Form):
    """Who holds an office; the person must be registered."""

    email = forms.EmailField(label=_("Mail address of the person"))
    title = forms.CharField(label=_("Title"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person: Person | None = None

    def clean_email(self) -> str:
        address = str(self.cleaned_data["email"])
        self.person = by_address(address)
        if self.person is None:
            raise forms.ValidationError(
                _("Nobody is registered with this address. Register the person first.")
            )
        return address


class RegisterFileForm(forms.Form):
    """Organisations from Excel, CSV or Enhetsregisteret's JSON; a valid form has them as a `Table`."""

    file = forms.FileField(
        label=_("File with organisations"),
        help_text=_(
            "Excel, CSV or JSON from Enhetsregisteret. Nothing is saved before you have seen each row."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.json"}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.file_name = ""

    def clean_file(self) -> Table:
        upload = self.cleaned_data["file"]
        self.file_name = upload.name
        try:
            return _read(upload)
        except Refused as refused:
            raise forms.ValidationError(str(refused.sentence)) from refused


class RegisterNumberForm(forms.Form):
    number = forms.CharField(
        label=_("Organisation number"),
        help_text=_("We fetch the unit and every unit directly below it from Enhetsregisteret."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_number(self) -> str:
        try:
            return valid_number(str(self.cleaned_data["number"]))
        except Refused as refused:
            raise forms.ValidationError(str(refused.sentence)) from refused


def sector_choices(form: SectorForm, organisations: Iterable[Organisation]) -> SectorForm:
    """Group the boxes by ministry, so that a sector of twenty bodies is found at a glance."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for organisation in organisations:
        head = organisation.parent or organisation
        groups.setdefault(str(head), []).append((organisation.pk, str(organisation)))
    form.fields["organisations"].choices = sorted(groups.items())  # type: ignore[attr-defined]
    return form


def _read(upload: UploadedFile[bytes]) -> Table:
    beginning = upload.read(200).lstrip(b"\xef\xbb\xbf \r\n\t")
    upload.seek(0)
    if beginning.startswith((b"{", b"[")):
        return read_file(upload.read())
    table = read_rows(upload, known=KNOWN)
    require_columns(table, [(str(_("Name in bokmål")), COLUMNS["name_nb"])])
    return table
