"""What somebody says about an export they want."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forms.exports.files import Choice
from forms.models import ExportFormat


class ChoiceForm(forms.Form):
    """The format, the columns in their order, and what else the file should have."""

    format = forms.ChoiceField(
        label=_("Kind of file"), choices=ExportFormat.choices, initial=ExportFormat.XLSX, widget=forms.RadioSelect
    )
    codebook = forms.BooleanField(
        label=_("With a codebook"),
        required=False,
        help_text=_(
            "Lists how each question was worded when. An Excel file always has it as its second sheet; a CSV file "
            "comes with it in a ZIP file."
        ),
    )
    bom = forms.BooleanField(
        label=_("Mark the CSV file as UTF-8"),
        required=False,
        initial=True,
        help_text=_("Excel needs the mark (a byte order mark) to show letters such as “é”. Other programs may trip."),
    )
    columns = forms.MultipleChoiceField(error_messages={"required": _("Tick at least one column.")})

    def __init__(self, data: Any, keys: list[str], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["columns"].choices = [(key, key) for key in keys]

    def clean(self) -> dict[str, Any]:
        """Return the data; FHIR needs no columns, it always holds all answers."""
        if self.cleaned_data.get("format") == ExportFormat.FHIR:
            self.errors.pop("columns", None)
            self.cleaned_data["columns"] = []
        return self.cleaned_data

    def choice(self) -> Choice:
        """Return what was chosen, the columns in the order sent."""
        data = self.cleaned_data
        return Choice(data["format"], tuple(data["columns"]), bom=data["bom"], codebook=data["codebook"])
