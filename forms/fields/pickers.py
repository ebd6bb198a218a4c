"""Fields a patient chooses a page of the site from: a location, or a clinician.

What there is to choose is read when it is asked and again when the answer arrives, so that a page that was unpublished
meanwhile cannot be chosen. The answer keeps the words as they were shown: it stays readable when the page is gone.
Which pages are offered as what, the page types say themselves (``ClinicPage.offered_as``). Where there are several
sites, a form offers the pages of its own; a definition therefore says which form it is of.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.models import Page, get_page_models

from clinicsite.models import ClinicPage
from clinicsite.public import public_pages, site_root_paths
from forms.fields.base import FIELD_TYPES, FieldType, Frozen, PrefilledBlock, register

ANY = "any"
# More than these are a list that opens.
MOST_RADIOS = 6


def live_pages(kind: str, beside: Page | None = None) -> list[ClinicPage]:
    """Return the public pages that are offered as ``kind``, in the order of their type.

    With ``beside``, only those of that page's site.
    """
    models = [model for model in get_page_models() if issubclass(model, ClinicPage) and model.offered_as == kind]
    return [page for model in models for page in public_pages(model.offered_pages(), beside=beside)]


def of_form(field: Frozen, form_id: UUID) -> Frozen:
    """Return a frozen field that names the form it is in, where what it offers depends on that form's site."""
    return field | {"form": str(form_id)} if isinstance(FIELD_TYPES[field["type"]], PickerType) else field


def _page_of_form(field: Frozen) -> Page | None:
    """Return the page of a field's form; None where there is one site, so that it makes no difference."""
    if "form" not in field or len({root.site_id for root in site_root_paths()}) < 2:
        return None
    from forms.models import FormPage

    return FormPage.objects.filter(form_id=field["form"]).only("url_path").first()


def _offered_choices(kind: str) -> Callable[[], list[tuple[str, str]]]:
    return lambda: [(str(page.pk), page.title) for page in live_pages(kind)]


def only_block(kind: str, **kwargs: Any) -> blocks.MultipleChoiceBlock:
    """Return the part of a block that limits the pages to choose from."""
    return blocks.MultipleChoiceBlock(
        choices=_offered_choices(kind), required=False, widget=forms.CheckboxSelectMultiple, **kwargs
    )


class PickerWidgetMixin:
    """Takes the id of a page as a browser sends it, and as the object that is stored."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """Return the id chosen, as text."""
        if isinstance(data, MultiValueDict):
            return super().value_from_datadict(data, files, name)
        value = data.get(name)
        return str(value.get("id", "")) if isinstance(value, dict) else value


class PickerRadios(PickerWidgetMixin, forms.RadioSelect):
    """Radio buttons, for a few pages."""


class PickerSelect(PickerWidgetMixin, forms.Select):
    """A list that opens, for many pages."""


class PickerField(forms.ChoiceField):
    """Cleans the id of a page to what is stored: the id and the words shown."""

    def clean(self, value: Any) -> dict[str, Any] | None:
        """Return the page's id and label; None where nothing was chosen. Raises ValidationError."""
        chosen = super().clean(value)
        if not chosen:
            return None
        return {"id": ANY if chosen == ANY else int(chosen), "label": dict(self.choices)[chosen]}


class PickerType(FieldType):
    """What the types have in common that offer live pages; ``name`` is what the pages are offered as."""

    template = "forms/fields/picker.html"
    control_class = "choice__input"
    json_types = (dict,)
    operators = ("is", "is_not", "any_of", "answered", "unanswered")
    operand = "choice"
    is_live = True
    choice_parts = ("only",)
    when_set: ClassVar[tuple[str, ...]] = (*FieldType.when_set, "only")

    def pages(self, field: Frozen) -> list[ClinicPage]:
        """Return the pages to choose from."""
        only = {int(key) for key in field.get("only", [])}
        return [page for page in live_pages(self.name, _page_of_form(field)) if not only or page.pk in only]

    def choices(self, field: Frozen) -> list[tuple[str, str]]:
        """Return the pages to choose from by their ids, and the choice of none in particular."""
        pairs = [(str(page.pk), page.title) for page in self.pages(field)]
        return [*pairs, (ANY, field["any_label"])] if field.get("any_label") else pairs

    def editor_choices(self) -> list[dict[str, str]]:
        """Return the choice of none in particular: the pages are in the editor, as the boxes of the part "only"."""
        return [{"id": ANY, "label": "", "part": "any_label"}]

    def form_field(self, field: Frozen) -> forms.Field:
        """Return radio buttons for a few pages, a list that opens for many."""
        pairs = self.choices(field)
        is_few = len(pairs) <= MOST_RADIOS
        widget = PickerRadios() if is_few else PickerSelect()
        widget.attrs["class"] = self.control_class if is_few else "field__control"
        gone = _("This is no longer on offer. Choose again.")
        return PickerField(
            choices=pairs if is_few else [("", _("Choose…")), *pairs],
            widget=widget,
            # Nobody can answer while nothing is on offer: the rest of the form can be sent all the same.
            **self._common(field | {"required": bool(field.get("required") and pairs)}, invalid_choice=gone),
        )

    def is_required(self, field: Frozen) -> bool:
        """Return whether the question must be answered: not while nothing is on offer."""
        return super().is_required(field) and bool(field.get("any_label") or self.pages(field))

    def takes(self, value: Any) -> bool:
        """Return whether JSON brought an object with the id of a page."""
        if isinstance(value, dict):
            key = value.get("id")
            is_id = isinstance(key, int | str) and not isinstance(key, bool)
            return is_id and value.keys() <= {"id", "label"} and isinstance(value.get("label", ""), str)
        return value is None or value == ""

    def json_schema(self, field: Frozen) -> dict[str, Any]:
        """Return an object with the id of one of the pages there are now; its label is ours, whatever is sent."""
        ids = [ANY if key == ANY else int(key) for key, _label in self.choices(field)]
        return {
            "type": "object",
            "properties": {"id": {"enum": ids}, "label": {"type": "string"}},
            "required": ["id"],
            "additionalProperties": False,
        }

    def writer(self, field: Frozen) -> Callable[[Any], str]:
        """Return a function that writes the words as they were shown."""
        return lambda answer: answer["label"]

    def index_terms(self, field: Frozen, answer: dict[str, Any]) -> Iterable[tuple[str, str]]:
        """Return the page, for this form and for all forms."""
        key = str(answer["id"])
        terms = [(f"choice:{field['id']}", key)]
        return terms if key == ANY else [*terms, (self.name, key)]

    def prefilled(self, field: Frozen, values: list[str]) -> str | None:
        """Return the id of the page whose last part of the address, or whose id, is the first of the values."""
        return next((str(page.pk) for page in self.pages(field) if values[0] in (page.slug, str(page.pk))), None)

    def required_message(self, field: Frozen) -> str:
        """Return what to do when nothing was chosen."""
        return _("Choose an answer to “%(question)s”.") % {"question": field["label"]}

    def fhir_item(self, field: Frozen) -> dict[str, Any]:
        """Return a choice that is open: what there was to choose from is not kept."""
        return {"type": "open-choice"}

    def fhir_answers(self, field: Frozen, answer: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the page chosen by its id."""
        return [{"valueCoding": {"code": str(answer["id"]), "display": answer["label"]}}]


def any_label_block(default: Any) -> blocks.CharBlock:
    """Return the part of a block with the words of the choice of none in particular."""
    return blocks.CharBlock(
        max_length=100,
        required=False,
        default=default,
        label=gettext_lazy("Words for “no preference”"),
        help_text=gettext_lazy("The last choice. Empty: there is none."),
    )


class LocationBlock(PrefilledBlock):
    """A choice of the clinic's locations."""

    any_label = any_label_block(gettext_lazy("No preference"))
    only = only_block(
        "location",
        label=gettext_lazy("Offer only these"),
        help_text=gettext_lazy("None ticked: all published locations, also those to come."),
    )

    more_parts = ("width", "only", "query_parameter")

    class Meta:
        icon = "site"
        label = gettext_lazy("Location")
        description = gettext_lazy("Which of the clinic's locations: those published when the form is filled in.")
        preview_value = {
            "label": gettext_lazy("Which clinic do you prefer?"),
            "any_label": gettext_lazy("No preference"),
        }


@register
class Location(PickerType):
    """One of the clinic's locations."""

    name = "location"
    block_class = LocationBlock


class ClinicianBlock(PrefilledBlock):
    """A choice of the clinic's clinicians."""

    accepting_only = blocks.BooleanBlock(
        required=False,
        default=True,
        label=gettext_lazy("Only those who take new patients"),
        help_text=gettext_lazy("As their profile says when the form is filled in. Untick it for existing patients."),
    )
    any_label = any_label_block(gettext_lazy("No preference"))
    only = only_block(
        "clinician",
        label=gettext_lazy("Offer only these"),
        help_text=gettext_lazy("None ticked: all clinicians with a published profile, also those to come."),
    )

    more_parts = ("width", "only", "query_parameter")

    class Meta:
        icon = "user"
        label = gettext_lazy("Clinician")
        description = gettext_lazy("Which clinician: those with a published profile when the form is filled in.")
        preview_value = {
            "label": gettext_lazy("Who would you like to see?"),
            "accepting_only": True,
            "any_label": gettext_lazy("No preference"),
        }


@register
class Clinician(PickerType):
    """One of the clinic's clinicians."""

    name = "clinician"
    block_class = ClinicianBlock

    def pages(self, field: Frozen) -> list[ClinicPage]:
        """Return the clinicians to choose from, without those who take no new patients if so set."""
        pages = super().pages(field)
        return [page for page in pages if page.takes_new_patients] if field.get("accepting_only") else pages
