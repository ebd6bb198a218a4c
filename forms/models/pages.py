"""The page that carries a form."""

import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.search import index

from clinicsite.completeness import placed
from clinicsite.fields import ContentStreamField
from clinicsite.models import ClinicPage
from clinicsite.previews import in_front_end
from forms import rendering
from forms.addresses import split_addresses, validate_addresses
from forms.availability import Availability, Limited
from forms.blocks import ConfirmationsBlock, NotificationRulesBlock, StepsBlock, later_rule_errors
from forms.building.page_form import FormPageForm
from forms.definitions import with_stable_ids
from forms.models.definitions import FormDefinition

# What a preview can show beside the form.
CONFIRMATION, CLOSED = "confirmation", "closed"


class NotificationMode(models.TextChoices):
    """When the staff is told."""

    EACH = "each", _("At once, about each request")
    HOURLY = "hourly", _("Once an hour, about all new requests together")
    DAILY = "daily", _("Once a day in the morning, about all new requests together")


class FormPage(RoutablePageMixin, Limited, ClinicPage):
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
    response_hours = models.PositiveSmallIntegerField(
        _("answer within (hours)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(24 * 30)],
        help_text=_(
            "Hours on working days, Monday to Friday: 24 is one working day. The inbox shows by when to answer each "
            "request and marks what is overdue. Empty: no time is set."
        ),
    )
    review_answers = models.BooleanField(
        _("let patients check their answers before sending"),
        default=True,
        help_text=_("Shows all answers on one page at the end, each with a link to change it."),
    )
    opens_at = models.DateTimeField(
        _("opens"), null=True, blank=True, help_text=_("Before this the form cannot be sent. Empty: open at once.")
    )
    closes_at = models.DateTimeField(
        _("closes"), null=True, blank=True, help_text=_("From then on it cannot be sent. Empty: it stays open.")
    )
    max_submissions = models.PositiveIntegerField(
        _("most requests"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("After this many the form closes by itself. Quarantined ones do not count. Empty: no limit."),
    )
    closed_text = RichTextField(
        _("text while closed"),
        features=settings.RICH_TEXT_LIST,
        blank=True,
        help_text=_("Shown in place of the questions. Say how else to reach you. Empty: a general sentence is shown."),
    )
    confirmation_title = models.CharField(_("title"), max_length=120, default=_("Thank you. We have your request."))
    confirmation_text = RichTextField(
        _("text"),
        features=settings.RICH_TEXT_LIST,
        blank=True,
        help_text=_("Shown with the reference number once the form is sent. Say what happens next."),
    )
    confirmations = ContentStreamField(
        ConfirmationsBlock(required=False),
        verbose_name=_("other texts, depending on the answers"),
        blank=True,
        help_text=_("The first one whose conditions are met is shown instead of the title and text above."),
    )
    patient_email = models.BooleanField(
        _("send the patient an e-mail"),
        default=False,
        help_text=_(
            "To the address given in the form's e-mail question, if there is one. It holds the reference number and "
            "never an answer, other than the first name if you use it below."
        ),
    )
    patient_email_text = models.TextField(
        _("text of the e-mail"),
        blank=True,
        help_text=_(
            "{first_name} and {reference} are filled in. Do not name the form's subject: others may see the e-mail. "
            "Empty: a neutral text is sent."
        ),
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
    notification_rules = ContentStreamField(
        NotificationRulesBlock(required=False),
        verbose_name=_("further addresses, depending on the answers"),
        blank=True,
        help_text=_("For example the front desk of the location that the patient chose."),
    )
    notification_mode = models.CharField(
        _("when to tell them"),
        max_length=10,
        choices=NotificationMode.choices,
        default=NotificationMode.EACH,
    )
    retention_days = models.PositiveIntegerField(
        _("erase answers after (days)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(30)],
        help_text=_(
            "Counted from the day a request came in; 30 or more. Requests under legal hold are kept. Also applies to "
            "requests that are there already. Empty: answers are kept until somebody erases them."
        ),
    )
    proof_of_work = models.BooleanField(
        _("let browsers do a little work against spam"),
        default=False,
        help_text=_(
            "Patients notice nothing. Requests sent without it, for example without JavaScript, go to quarantine for "
            "the front desk to look at. Switch it on only when spam gets through."
        ),
    )

    parent_page_types: ClassVar[list[str]] = [
        "clinicsite.HomePage",
        "clinicsite.ContentPage",
        "clinicsite.LocationPage",
    ]
    subpage_types: ClassVar[list[str]] = []
    base_form_class = FormPageForm
    page_description = _("A form for patients, such as an appointment request.")
    structural_streams = ("steps", "confirmations", "notification_rules")
    exclude_fields_in_copy: ClassVar[list[str]] = ["form_id"]

    search_fields = [*ClinicPage.search_fields, index.SearchField("introduction")]
    content_panels = [
        *ClinicPage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("steps"),
        MultiFieldPanel(
            [
                FieldPanel("review_answers"),
                FieldPanel("submit_label"),
                FieldPanel("promise"),
                FieldPanel("response_hours"),
            ],
            heading=_("The end of the form"),
        ),
        MultiFieldPanel(
            [FieldPanel("confirmation_title"), FieldPanel("confirmation_text"), FieldPanel("confirmations")],
            heading=_("After it is sent"),
            help_text=_(
                "In each title and text you may write {first_name}, {reference} and {promise}: their first name, the "
                "reference number, and when you answer."
            ),
        ),
        MultiFieldPanel(
            [FieldPanel("patient_email"), FieldPanel("patient_email_text")], heading=_("E-mail to the patient")
        ),
        MultiFieldPanel(
            [
                FieldPanel("notification_recipients"),
                FieldPanel("notification_rules"),
                FieldPanel("notification_mode"),
            ],
            heading=_("Who is told"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
                FieldPanel("max_submissions"),
                FieldPanel("closed_text"),
            ],
            heading=_("When it can be sent"),
            classname="collapsed",
        ),
        MultiFieldPanel(
            [
                FieldPanel("proof_of_work"),
                # An editor of pages must not be able to erase what patients sent.
                FieldPanel("retention_days", permission="forms.erase_submission"),
            ],
            heading=_("Protection"),
            classname="collapsed",
        ),
    ]

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Validate the page, after giving an id to every step, field and choice that code added without one."""
        self.steps = with_stable_ids(self.steps.get_prep_value())
        super().full_clean(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the page; a new alias as a form of its own, since Wagtail copies more to it than to other copies."""
        if self._state.adding and self.alias_of_id:
            self.form_id = uuid.uuid4()
        super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> "FormPage":
        """Return the page with a revision's content; the form stays itself, even if the revision was copied along."""
        page = super().with_content_json(content)
        page.form_id = self.form_id
        return page

    def publishing_problems(self) -> Iterable[str]:
        """Return what is wrong with the form, the rules of what comes after sending too."""
        yield from (found := list(super().publishing_problems()))
        # Which questions there will be is not known before.
        if not found:
            for name in ("confirmations", "notification_rules"):
                if error := later_rule_errors(self.steps, getattr(self, name)):
                    yield from placed(error, self, name)

    @property
    def definition(self) -> FormDefinition | None:
        """The newest frozen version of this form; None until it is first published."""
        return FormDefinition.objects.current(self.form_id)

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """What a preview can show: the form, each confirmation, and the form while it is closed."""
        others = [
            (f"{CONFIRMATION}-{block.id}", format_lazy("{}: {}", _("Confirmation"), block.value["title"]))
            for block in self.confirmations
        ]
        return [("", _("Form")), (CONFIRMATION, _("Confirmation")), *others, (CLOSED, _("While closed"))]

    @property
    def recipients(self) -> list[str]:
        """The staff addresses to notify. Never public."""
        return split_addresses(self.notification_recipients)

    def embed_context(self) -> dict[str, Any] | None:
        """Return what ``forms/embed.html`` needs to show the form in a page; None where it was never published."""
        definition = self.definition
        if definition is None:
            return None
        return rendering.embed_context(self, definition=definition, availability=self.availability(timezone.now()))

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
        """Answer with the preview of the form, of it while closed, or of a confirmation with examples filled in."""
        from forms import confirmations, web

        if mode_name and mode_name.startswith(CONFIRMATION):
            shown = confirmations.previewed(self, mode_name.removeprefix(f"{CONFIRMATION}-"))
            return web.render_confirmation(self, request, confirmations.EXAMPLE_REFERENCE, shown)
        if mode_name == CLOSED:
            embed = rendering.embed_context(self, definition=None, availability=Availability.CLOSED)
            return self.render(request, context_overrides={"embed": embed})
        # A page with routes of its own is otherwise drawn by them, whatever its other bases would show.
        return in_front_end(self, request) or super().serve_preview(request, mode_name)
