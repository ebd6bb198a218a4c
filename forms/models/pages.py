"""The page that carries a form."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.search import index

from clinicsite.fields import ContentStreamField
from clinicsite.models import ClinicPage
from forms import rendering
from forms.blocks import StepsBlock
from forms.definitions import with_stable_ids
from forms.models.definitions import FormDefinition


def split_addresses(text: str) -> list[str]:
    """Return the e-mail addresses of ``text``, one per line or apart by commas."""
    return [address for part in text.replace(",", "\n").splitlines() if (address := part.strip())]


def validate_addresses(text: str) -> None:
    """Raise ValidationError naming the first line that is not an e-mail address."""
    for address in split_addresses(text):
        try:
            validate_email(address)
        except ValidationError as error:
            raise ValidationError(
                _("“%(address)s” is not an e-mail address. Enter one per line."), params={"address": address}
            ) from error


class FormPage(RoutablePageMixin, ClinicPage):
    """A form patients fill in, edited step by step and field by field."""

    # What the form is known by: kept when the page is edited or moved, new when it is copied.
    form_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    introduction = RichTextField(
        _("introduction"),
        features=settings.RICH_TEXT_LIST,
        blank=True,
        help_text=_("Shown above the first question. Say what the form is for and when you answer."),
    )
    steps = ContentStreamField(
        StepsBlock(),
        verbose_name=_("steps"),
        help_text=_("Patients see one step at a time; without JavaScript, all of them under each other."),
    )
    submit_label = models.CharField(
        _("words of the button"),
        max_length=60,
        default=_("Send my request"),
        help_text=_("Say what happens, such as “Request an appointment”."),
    )
    promise = models.CharField(
        _("when you answer"),
        max_length=160,
        blank=True,
        help_text=_("Shown beside the button and on the confirmation, such as “We call you within one working day.”"),
    )
    confirmation_title = models.CharField(_("title"), max_length=120, default=_("Thank you. We have your request."))
    confirmation_text = RichTextField(
        _("text"),
        features=settings.RICH_TEXT_LIST,
        blank=True,
        help_text=_("Shown with the reference number once the form is sent. Say what happens next."),
    )
    notification_recipients = models.TextField(
        _("e-mail addresses"),
        blank=True,
        validators=[validate_addresses],
        help_text=_(
            "Staff who are told of each new request, one address per line. They get its reference number and a link, "
            "never an answer. Patients do not see these addresses."
        ),
    )

    parent_page_types: ClassVar[list[str]] = [
        "clinicsite.HomePage",
        "clinicsite.ContentPage",
        "clinicsite.LocationPage",
    ]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("A form for patients, such as an appointment request.")
    structural_streams = ("steps",)
    exclude_fields_in_copy: ClassVar[list[str]] = ["form_id"]

    search_fields = [*ClinicPage.search_fields, index.SearchField("introduction")]
    content_panels = [
        *ClinicPage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("steps"),
        MultiFieldPanel([FieldPanel("submit_label"), FieldPanel("promise")], heading=_("The end of the form")),
        MultiFieldPanel(
            [FieldPanel("confirmation_title"), FieldPanel("confirmation_text")], heading=_("After it is sent")
        ),
        MultiFieldPanel([FieldPanel("notification_recipients")], heading=_("Who is told")),
    ]

    preview_modes: ClassVar[list[tuple[str, Any]]] = [("", _("Form")), ("confirmation", _("Confirmation"))]

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Validate the page, after giving an id to every step, field and choice that code added without one."""
        self.steps = with_stable_ids(self.steps.get_prep_value())
        super().full_clean(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> "FormPage":
        """Return the page with a revision's content; the form stays itself, even if the revision was copied along."""
        page = super().with_content_json(content)
        page.form_id = self.form_id
        return page

    @property
    def definition(self) -> FormDefinition | None:
        """The newest frozen version of this form; None until it is first published."""
        return FormDefinition.objects.current(self.form_id)

    @property
    def recipients(self) -> list[str]:
        """The staff addresses to notify. Never public."""
        return split_addresses(self.notification_recipients)

    def embed_context(self) -> dict[str, Any] | None:
        """Return what ``forms/embed.html`` needs to show the form in a page; None where it was never published."""
        definition = self.definition
        return rendering.embed_context(self, definition=definition) if definition else None

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the page's context with ``embed``; a preview shows the form as edited, which cannot be sent."""
        preview = getattr(request, "is_preview", False)
        embed = rendering.embed_context(self, definition=None) if preview else self.embed_context()
        return super().get_context(request, *args, **kwargs) | {"embed": embed}

    @path("")
    def form(self, request: HttpRequest) -> HttpResponse:
        """Answer with the form, or take what was sent."""
        from forms import web

        return web.form_view(self, request)

    @path("received/<str:reference>/", name="received")
    def received(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Answer with the confirmation of a submission."""
        from forms import web

        return web.confirmation_view(self, request, reference)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Answer with the preview of the form or of its confirmation, which shows a made-up reference."""
        from forms import web

        if mode_name == "confirmation":
            return web.render_confirmation(self, request, "0000-0000")
        return super().serve_preview(request, mode_name)
