"""A clinic's address: where it is, when it is open, how to get in."""

import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.images.models import AbstractImage
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index

from clinicsite import structured_data
from clinicsite.blocks import body_blocks
from clinicsite.fields import ContentStreamField
from clinicsite.models.base import ClinicPage
from clinicsite.public import public_pages


class Weekday(models.IntegerChoices):
    """The days of the week, numbered as ``datetime.date.weekday`` numbers them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class LocationPage(ClinicPage):
    """One of the clinic's addresses."""

    introduction = models.TextField(_("introduction"), max_length=400, blank=True)
    photo = models.ForeignKey(
        "clinicsite.ClinicImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The building or the front door, so that patients recognise it."),
    )
    street_address = models.CharField(_("street"), max_length=200)
    address_extra = models.CharField(_("suite or floor"), max_length=200, blank=True)
    city = models.CharField(_("city"), max_length=100)
    region = models.CharField(_("state"), max_length=100, help_text=_("For example WA."))
    postal_code = models.CharField(_("ZIP code"), max_length=20)
    country = models.CharField(_("country"), max_length=2, default="US", help_text=_("Two letters, such as US."))
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    phone = models.CharField(_("phone"), max_length=40, help_text=_("As people write it; patients tap it to call."))
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("Shown on the page. Empty: no e-mail is shown."))
    directions = RichTextField(_("directions"), features=settings.RICH_TEXT_LIST, blank=True)
    accessibility_notes = RichTextField(
        _("getting in"),
        features=settings.RICH_TEXT_LIST,
        blank=True,
        help_text=_("Steps, lift, door width, parking, toilets: what a patient on crutches must know."),
    )
    body = ContentStreamField(body_blocks(), blank=True, verbose_name=_("more"))

    card_relations = ("photo",)
    offered_as = "location"
    page_description = _("An address of the clinic: phone, opening hours, directions and who works there.")
    parent_page_types = ["clinicsite.HomePage", "clinicsite.ContentPage"]
    subpage_types: list[str] = []
    search_fields = [
        *ClinicPage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("street_address"),
        index.SearchField("city"),
        index.SearchField("directions"),
        index.SearchField("body"),
    ]
    content_panels = [
        *ClinicPage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("photo"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("street_address"), FieldPanel("address_extra")]),
                FieldRowPanel([FieldPanel("city"), FieldPanel("region"), FieldPanel("postal_code")]),
                FieldRowPanel([FieldPanel("country"), FieldPanel("latitude"), FieldPanel("longitude")]),
            ],
            heading=_("Address"),
        ),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("email")], heading=_("Contact")),
        InlinePanel("opening_hours", label=_("opening hours"), heading=_("Opening hours of a usual week")),
        InlinePanel("opening_hours_exceptions", label=_("exception"), heading=_("Holidays and other exceptions")),
        FieldPanel("directions"),
        FieldPanel("accessibility_notes"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("location page")

    @classmethod
    def relations(cls) -> tuple[str | models.Prefetch, ...]:
        """Return the opening hours and their exceptions."""
        return ("opening_hours", "opening_hours_exceptions")

    @property
    def address_lines(self) -> list[str]:
        """The address as it is written on an envelope, without the name of the clinic."""
        return [
            ", ".join(filter(None, [self.street_address, self.address_extra])),
            f"{self.city}, {self.region} {self.postal_code}",
        ]

    @property
    def card_text(self) -> str:
        """The introduction, else the address in one line."""
        return self.introduction or ", ".join(self.address_lines)

    @property
    def card_image(self) -> AbstractImage | None:
        """The picture of the building."""
        return self.photo

    def describe(self, request: HttpRequest | None) -> list[dict[str, Any]]:
        """Return the place and the page about it as schema.org objects."""
        return structured_data.location(self, request)

    @cached_property
    def hours_by_day(self) -> "list[DayHours]":
        """The usual week, Monday first; a day without spans is closed."""
        hours = sorted(self.opening_hours.all(), key=lambda span: (span.day, span.opens))
        return [DayHours(day, day.label, [span for span in hours if span.day == day]) for day in Weekday]

    def upcoming_exceptions(self, today: datetime.date | None = None) -> "list[OpeningHoursException]":
        """Return the exceptions that are not over yet, the nearest first."""
        today = today or timezone.localdate()
        exceptions = sorted(self.opening_hours_exceptions.all(), key=lambda item: item.date)
        return [item for item in exceptions if (item.last_date or item.date) >= today]

    @cached_property
    def public_staff(self) -> list[ClinicPage]:
        """The people who work here whose profiles anyone may read, in the order of the staff list."""
        if self.pk is None:  # the preview of a location not saved yet
            return []
        profiles = public_pages(self.staff_profiles.all(), beside=self)
        return list(profiles.select_related("role", "photo").order_by("role__sort_order", "family_name", "given_name"))


class DayHours(NamedTuple):
    """One row of the opening hours: the day, its name, and its spans; no spans means closed."""

    day: Weekday
    label: str
    spans: "list[OpeningHours]"


def check_span(opens: datetime.time | None, closes: datetime.time | None) -> None:
    """Raise ValidationError at ``closes`` where it does not come after ``opens``.

    ``is not None``, because midnight is a time too.
    """
    if opens is not None and closes is not None and closes <= opens:
        raise ValidationError({"closes": _("Enter a time later than the opening time.")})


class OpeningHours(Orderable):
    """When a location is open on one day of a usual week; a day may have two, with a break between."""

    location = ParentalKey(LocationPage, on_delete=models.CASCADE, related_name="opening_hours")
    day = models.PositiveSmallIntegerField(_("day"), choices=Weekday.choices)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    panels = [FieldRowPanel([FieldPanel("day"), FieldPanel("opens"), FieldPanel("closes")])]

    class Meta:
        ordering = ["day", "opens"]

    def __str__(self) -> str:
        """Return the day and its hours."""
        return f"{self.get_day_display()} {self.opens:%H:%M} to {self.closes:%H:%M}"

    def clean(self) -> None:
        """Raise ValidationError where the hours end before they start."""
        super().clean()
        check_span(self.opens, self.closes)


class OpeningHoursException(TranslatableMixin, Orderable):
    """A day or a span of days with other hours than usual; without times the location is closed."""

    location = ParentalKey(LocationPage, on_delete=models.CASCADE, related_name="opening_hours_exceptions")
    date = models.DateField(_("date"))
    last_date = models.DateField(_("last date"), null=True, blank=True, help_text=_("For a span of days."))
    opens = models.TimeField(_("opens"), null=True, blank=True)
    closes = models.TimeField(_("closes"), null=True, blank=True)
    note = models.CharField(_("reason"), max_length=120, blank=True, help_text=_("For example: Thanksgiving."))

    panels = [
        FieldRowPanel([FieldPanel("date"), FieldPanel("last_date")]),
        FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")], help_text=_("Leave both empty for closed.")),
        FieldPanel("note"),
    ]

    class Meta(TranslatableMixin.Meta):
        ordering = ["date"]

    def __str__(self) -> str:
        """Return the date and the reason."""
        return f"{self.date:%Y-%m-%d} {self.note}".strip()

    @property
    def is_closed(self) -> bool:
        """Whether the location is closed on these days."""
        return self.opens is None

    def clean(self) -> None:
        """Raise ValidationError at the field where the dates or the hours make no sense."""
        super().clean()
        check_span(self.opens, self.closes)
        if (self.opens is None) != (self.closes is None):
            missing = "closes" if self.closes is None else "opens"
            raise ValidationError({missing: _("Enter both times, or leave both empty.")})
        if self.last_date and self.date and self.last_date < self.date:
            raise ValidationError({"last_date": _("Enter a date on or after the first date.")})
