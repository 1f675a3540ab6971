from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.errors import Refused
from samspill.spreadsheets.reading import read_rows
from samspill.spreadsheets.table import Table


class UploadForm(forms.Form):
    """A CSV or Excel file. A valid form has the rows in `cleaned_data["file"]` as a `Table`."""

    file = forms.FileField(
        label=_("Excel or CSV file"),
        help_text=_("Nothing is saved yet: first you see what would happen with every row."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )

    def __init__(self, *args: Any, known: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        self.file_name = ""

    def clean_file(self) -> Table:
        upload = self.cleaned_data["file"]
        self.file_name = upload.name
        try:
            return read_rows(upload, known=self.known)
        except Refused as refused:
            raise forms.ValidationError(str(refused.sentence)) from refused
