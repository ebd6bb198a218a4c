"""Fields whose answer is a day: picked or typed, and the date of birth in three inputs."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from forms.fields.base import FieldBlock, FieldType, Frozen, PrefilledBlock, error_text_block, register
from forms.fields.parts import Part, PartsWidget

OLDEST_YEARS = 125


class DateType(FieldType):
    """What the types have in common whose answer is a day, stored as ISO 8601."""

    operators = ("is", "is_not", "before", "after", "answered", "unanswered")
    operand = "date"

    def json_schema(self, field: Frozen) -> dict[str, Any]:
        """Return a string in the form of an ISO 8601 date."""
        return {"type": "string", "format": "date"}

    def to_json(self, value: dt.date | None) -> str | None:
        """Return the date as ISO 8601."""
        return value.isoformat() if value else None

    def fhir_item(self, field: Frozen) -> dict[str, Any]:
        """Return a date."""
        return {"type": "date"}

    def fhir_answers(self, field: Frozen, answer: str) -> list[dict[str, Any]]:
        """Return the date."""
        return [{"valueDate": answer}]


class DateBlock(PrefilledBlock):
    """A date."""

    limit = blocks.ChoiceBlock(
        choices=[
            ("any", gettext_lazy("Any date")),
            ("future", gettext_lazy("Today or later")),
            ("past", gettext_lazy("Today or earlier")),
        ],
        default="any",
        label=gettext_lazy("Which dates fit"),
    )
    earliest = blocks.DateBlock(required=False, label=gettext_lazy("Earliest date"))
    latest = blocks.DateBlock(required=False, label=gettext_lazy("Latest date"))
    error_text = error_text_block()

    more_parts = ("width", "earliest", "latest", "error_text", "query_parameter")

    class Meta:
        icon = "date"
        label = gettext_lazy("Date")
        description = gettext_lazy("For a day, such as the day of an injury.")
        preview_value = {"label": gettext_lazy("When did it start?"), "limit": "past"}

    def clean(self, value: Any) -> Any:
        """Return the cleaned value; raise an error at ``latest`` where no date could ever fit."""
        result = super().clean(value)
        earliest, latest = result.get("earliest"), result.get("latest")
        if earliest and latest and earliest > latest:
            error = ValidationError(gettext_lazy("The latest date is before the earliest: no date would fit."))
            raise StructBlockValidationError(block_errors={"latest": error})
        return result


class LimitedDateField(forms.DateField):
    """A date that may have to lie in the future, in the past or between two others; today is the clinic's today."""

    def __init__(
        self, *, limit: str, earliest: dt.date | None, latest: dt.date | None, error_text: str, **kwargs: Any
    ) -> None:
        self.limit, self.earliest, self.latest, self.error_text = limit, earliest, latest, error_text
        super().__init__(**kwargs)
        # The page has these words too: the browser says them before anything is sent.
        if earliest:
            self.error_messages["min_value"] = error_text or _("Enter %(date)s or a later date.") % {
                "date": date_format(earliest)
            }
        if latest:
            self.error_messages["max_value"] = error_text or _("Enter %(date)s or an earlier date.") % {
                "date": date_format(latest)
            }

    def to_python(self, value: Any) -> dt.date | None:
        """Return the date. Raises ValidationError for anything else, numbers and lists from JSON too."""
        return super().to_python(value if isinstance(value, str | None) else str(value))

    def validate(self, value: dt.date | None) -> None:
        """Raise ValidationError for a date outside of the limits, in the editor's words if there are any."""
        super().validate(value)
        if value is not None and (problem := self._problem(value)):
            raise ValidationError(self.error_text or problem, code="limit")

    def _problem(self, value: dt.date) -> str:
        today = timezone.localdate()
        if self.limit == "future" and value < today:
            return _("Enter today's date or a later one.")
        if self.limit == "past" and value > today:
            return _("Enter today's date or an earlier one.")
        if self.earliest and value < self.earliest:
            return self.error_messages["min_value"]
        if self.latest and value > self.latest:
            return self.error_messages["max_value"]
        return ""


@register
class Date(DateType):
    """A date."""

    name = "date"
    block_class = DateBlock
    when_set = (*DateType.when_set, "earliest", "latest", "error_text")

    def freeze(self, field_id: str, value: blocks.StructValue) -> Frozen:
        """Return the field with its limits as ISO 8601."""
        frozen = super().freeze(field_id, value)
        limits = {name: frozen[name].isoformat() for name in ("earliest", "latest") if name in frozen}
        return frozen | limits

    def form_field(self, field: Frozen) -> forms.Field:
        """Return a date input; where the browser has none, US and ISO dates are understood."""
        limits = {name: field.get(name) for name in ("earliest", "latest")}
        attrs = {"type": "date", "min": limits["earliest"], "max": limits["latest"]}
        return LimitedDateField(
            limit=field.get("limit", "any"),
            error_text=field.get("error_text", ""),
            widget=forms.DateInput(format="%Y-%m-%d", attrs={name: value for name, value in attrs.items() if value}),
            input_formats=["%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y"],
            **{name: dt.date.fromisoformat(limit) if limit else None for name, limit in limits.items()},
            **self._common(field, invalid=self.required_message(field)),
        )

    def prefilled(self, field: Frozen, values: list[str]) -> str:
        """Return the first of the values."""
        return values[0]

    def required_message(self, field: Frozen) -> str:
        """Return what to type, with an example."""
        return _("Enter a date, such as 3/27/2026")


class DateOfBirthBlock(FieldBlock):
    """A date of birth."""

    class Meta:
        icon = "date"
        label = gettext_lazy("Date of birth")
        description = gettext_lazy("Month, day and year in three boxes: quicker to type than to find in a calendar.")
        preview_value = {"label": gettext_lazy("Date of birth"), "help_text": gettext_lazy("For example, 3 27 1984")}


BIRTH_PARTS = (
    Part("month", gettext_lazy("Month"), "bday-month", gettext_lazy("a month"), 12, "part--digits", "numeric"),
    Part("day", gettext_lazy("Day"), "bday-day", gettext_lazy("a day"), 2, "part--digits", "numeric"),
    Part("year", gettext_lazy("Year"), "bday-year", gettext_lazy("a year"), 4, "part--year", "numeric"),
)


class DateOfBirthWidget(PartsWidget):
    """Three inputs for month, day and year."""

    has_one_message = True

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[Any]:
        """Return the three parts; of an ISO date that JSON brought, its own."""
        if isinstance(data, MultiValueDict):
            return super().value_from_datadict(data, files, name)
        return self.decompress(data.get(name))

    def decompress(self, value: Any) -> list[Any]:
        """Return the parts of a date; what is none is put whole into the first, to be refused there."""
        if isinstance(value, dt.date):
            value = value.isoformat()
        try:
            date = dt.date.fromisoformat(value) if value else None
        except (ValueError, TypeError):
            return [str(value), "", ""]
        return [str(date.month), str(date.day), str(date.year)] if date else ["", "", ""]


class DateOfBirthField(forms.Field):
    """Makes a date of three inputs; the code of an error names the parts that are wrong."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=DateOfBirthWidget(BIRTH_PARTS), **kwargs)

    def clean(self, value: list[Any]) -> dt.date | None:
        """Return the date; None where nothing was typed. Raises ValidationError."""
        typed = {part.name: str(each or "").strip() for part, each in zip(BIRTH_PARTS, value, strict=True)}
        if not any(typed.values()):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="month day year")
            return None
        if missing := [part for part in BIRTH_PARTS if not typed[part.name]]:
            message = _("Date of birth must include %(parts)s") % {
                "parts": _(" and ").join(str(part.needed) for part in missing)
            }
            raise ValidationError(message, code=" ".join(part.name for part in missing))
        return self._date(typed)

    def _date(self, typed: dict[str, str]) -> dt.date:
        month, day, year = _month(typed["month"]), _number(typed["day"], 31), _number(typed["year"], 9999)
        if not month:
            raise ValidationError(_("Enter the month as a number from 1 to 12, such as 3 for March"), code="month")
        if not day:
            raise ValidationError(_("Enter the day as a number from 1 to 31"), code="day")
        if not year or len(typed["year"]) != 4:
            raise ValidationError(_("Enter the year with four digits, such as 1984"), code="year")
        try:
            date = dt.date(year, month, day)
        except ValueError:
            raise ValidationError(_("There is no such day. Check the day and the month."), code="day month") from None
        today = timezone.localdate()
        if date > today:
            raise ValidationError(_("Date of birth must be in the past"), code="year")
        if year < today.year - OLDEST_YEARS:
            raise ValidationError(_("Check the year: it is more than 125 years ago"), code="year")
        return date


def _number(text: str, largest: int) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else 0
    return number if number <= largest else 0


def _month(text: str) -> int:
    for number, name in MONTHS.items():
        if len(text) >= 3 and str(name).lower().startswith(text.lower().rstrip(".")):
            return number
    return _number(text, 12)


@register
class DateOfBirth(DateType):
    """A date of birth, typed into three inputs."""

    name = "date_of_birth"
    block_class = DateOfBirthBlock
    template = "forms/fields/date_of_birth.html"

    def form_field(self, field: Frozen) -> forms.Field:
        """Return the three inputs."""
        return DateOfBirthField(**self._common(field))

    def required_message(self, field: Frozen) -> str:
        """Return what to type, with an example."""
        return _("Enter your date of birth, such as 3 27 1984")
