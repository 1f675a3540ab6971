from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.errors import Refused
from samspill.spreadsheets.reading import read_rows, require_columns
from samspill.spreadsheets.table import Table

Needed = Collection[tuple[str, Collection[str]]]


class UploadForm(forms.Form):
    """A CSV or Excel file. A valid form has the rows in `cleaned_data["file"]` as a `Table`."""

    file = forms.FileField(
        label=_("Excel or CSV file"),
        help_text=_("Nothing is saved yet: first you see what would happen with every row."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )

    def __init__(self, *args: Any, known: Collection[str] = (), needed: Needed = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        self.needed = needed
        self.file_name = ""

    def clean_file(self) -> Table:
        upload = self.cleaned_data["file"]
        self.file_name = upload.name
        try:
            table = read_rows(upload, known=self.known)
            require_columns(table, self.needed)
        except Refused as refused:
            raise forms.ValidationError(str(refused.sentence)) from refused
        return table
