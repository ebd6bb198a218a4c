"""The page of one condition: what a patient has, and what helps."""

from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index

from clinicsite.blocks import FAQItemBlock, action_blocks, body_blocks
from clinicsite.fields import ContentStreamField
from clinicsite.models import ClinicPage
from clinicsite.public import in_order, is_public
from conditions import structured_data
from conditions.blocks import CauseBlock, SourceBlock, SymptomBlock, TreatmentBlock
from conditions.models.lists import BodyRegion
from staff.models import StaffProfilePage


class ConditionPage(ClinicPage):
    """What a patient has: causes, symptoms, when to seek care, how treatment helps, what to do now."""

    summary = models.TextField(
        _("summary"),
        max_length=600,
        help_text=_("The answer in one paragraph, under the title, on cards and in search results."),
    )
    body_regions = ParentalManyToManyField(
        BodyRegion, verbose_name=_("body regions"), blank=True, related_name="conditions"
    )
    causes_introduction = RichTextField(_("introduction"), features=settings.RICH_TEXT_BASIC, blank=True)
    causes = ContentStreamField([("cause", CauseBlock())], blank=True, verbose_name=_("causes"))
    symptoms_introduction = RichTextField(_("introduction"), features=settings.RICH_TEXT_BASIC, blank=True)
    symptoms = ContentStreamField([("symptom", SymptomBlock())], blank=True, verbose_name=_("symptoms"))
    symptom_pattern = RichTextField(
        _("when symptoms come and go"),
        features=settings.RICH_TEXT_LIST,
        blank=True,
        help_text=_("Shown under the symptoms."),
    )
    care_routine = RichTextField(
        _("self-care or a routine visit"),
        features=settings.RICH_TEXT_LIST,
        blank=True,
        help_text=_("Signs that can wait."),
    )
    care_urgent = RichTextField(
        _("urgent: get advice today"),
        features=settings.RICH_TEXT_LIST,
        blank=True,
        help_text=_("Signs to call about today."),
    )
    care_emergency = RichTextField(
        _("emergency: call 911"),
        features=settings.RICH_TEXT_LIST,
        blank=True,
        help_text=_("Signs of an emergency. Shown first, with the emergency number of the clinic's settings."),
    )
    treatment_introduction = RichTextField(
        _("how treatment helps"),
        features=settings.RICH_TEXT_LIST,
        blank=True,
        help_text=_("Before the list of treatments."),
    )
    treatments = ContentStreamField([("treatment", TreatmentBlock())], blank=True, verbose_name=_("treatments"))
    treatment_outlook = RichTextField(
        _("what to expect"), features=settings.RICH_TEXT_LIST, blank=True, help_text=_("After the list of treatments.")
    )
    self_care = ContentStreamField(
        body_blocks(), blank=True, verbose_name=_("what you can do now"), help_text=_("Exercises and advice for home.")
    )
    prevention = RichTextField(_("prevention"), features=settings.RICH_TEXT_LIST, blank=True)
    faqs = ContentStreamField([("faq", FAQItemBlock())], blank=True, verbose_name=_("questions"))
    body = ContentStreamField(body_blocks(), blank=True, verbose_name=_("more"), help_text=_("After the questions."))
    call_to_action = ContentStreamField(
        action_blocks(),
        blank=True,
        max_num=1,
        verbose_name=_("call to action"),
        help_text=_("The form itself, or a button to it."),
    )
    sources = ContentStreamField([("source", SourceBlock())], blank=True, verbose_name=_("sources"))
    author = models.ForeignKey(
        "staff.StaffProfilePage",
        verbose_name=_("author"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Who wrote the page, named at its foot."),
    )
    clinical_reviewer = models.ForeignKey(
        "staff.StaffProfilePage",
        verbose_name=_("clinical reviewer"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The clinician who checked the content, named at the foot of the page."),
    )
    last_reviewed = models.DateField(
        _("last reviewed"),
        null=True,
        blank=True,
        help_text=_("Shown on the page. Set to today when a clinician approves the page in its clinical review."),
    )
    next_review = models.DateField(
        _("next review"),
        null=True,
        blank=True,
        help_text=_("From this day on the page stands in the report “Reviews due”; readers do not see it."),
    )

    page_description = _("A condition: causes, symptoms, when to seek care, treatment and what to do now.")
    parent_page_types = ["conditions.ConditionIndexPage"]
    subpage_types: list[str] = []
    search_fields = [
        *ClinicPage.search_fields,
        index.SearchField("summary"),
        index.SearchField("causes"),
        index.SearchField("symptoms"),
        index.SearchField("treatment_introduction"),
        index.SearchField("self_care"),
        index.SearchField("prevention"),
        index.SearchField("faqs"),
        index.SearchField("body"),
        index.RelatedFields("other_names", [index.SearchField("name", boost=2)]),
        index.RelatedFields("body_regions", [index.SearchField("name")]),
    ]
    content_panels = [
        *ClinicPage.content_panels,
        InlinePanel(
            "other_names",
            label=_("other name"),
            heading=_("Other names"),
            help_text=_("Shown beside the title; patients also find the page under them in the A to Z and in search."),
        ),
        FieldPanel("summary"),
        FieldPanel("body_regions", widget=CheckboxSelectMultiple),
        MultiFieldPanel(
            [FieldPanel("care_emergency"), FieldPanel("care_urgent"), FieldPanel("care_routine")],
            heading=_("When to seek care"),
        ),
        MultiFieldPanel(
            [FieldPanel("symptoms_introduction"), FieldPanel("symptoms"), FieldPanel("symptom_pattern")],
            heading=_("Symptoms"),
        ),
        MultiFieldPanel([FieldPanel("causes_introduction"), FieldPanel("causes")], heading=_("Causes")),
        MultiFieldPanel(
            [FieldPanel("treatment_introduction"), FieldPanel("treatments"), FieldPanel("treatment_outlook")],
            heading=_("How treatment helps"),
        ),
        MultiFieldPanel([FieldPanel("self_care"), FieldPanel("prevention")], heading=_("What you can do now")),
        FieldPanel("faqs"),
        FieldPanel("body"),
        InlinePanel(
            "clinicians",
            label=_("clinician"),
            heading=_("Clinicians who treat it"),
            help_text=_("Shown under the questions, in this order. Each profile lists this condition in turn."),
        ),
        FieldPanel("call_to_action"),
        InlinePanel("related_conditions", label=_("condition"), heading=_("Related conditions"), max_num=6),
        MultiFieldPanel(
            [
                FieldPanel("sources"),
                FieldRowPanel([PageChooserPanel("author"), PageChooserPanel("clinical_reviewer")]),
                FieldRowPanel([FieldPanel("last_reviewed"), FieldPanel("next_review")]),
            ],
            heading=_("Sources and review"),
        ),
    ]

    class Meta:
        verbose_name = _("condition page")

    @classmethod
    def relations(cls) -> tuple[str | models.Prefetch, ...]:
        """Return the page's names, regions, people and related conditions, each with what a card shows of it."""
        people = [f"profile__{relation}" for relation in StaffProfilePage.card_relations]
        bodies = [f"condition__{field.name}" for field in cls._meta.get_fields() if isinstance(field, StreamField)]
        return (
            "other_names",
            "body_regions",
            models.Prefetch("clinicians", ConditionClinician.objects.select_related("profile", *people)),
            models.Prefetch("related_conditions", RelatedCondition.objects.select_related("condition").defer(*bodies)),
        )

    def clean(self) -> None:
        """Raise ValidationError at each field where the page would claim a review that cannot have been made."""
        super().clean()
        errors: dict[str, str] = {}
        if self.clinical_reviewer and not self.clinical_reviewer.is_clinician:
            errors["clinical_reviewer"] = _("Choose somebody who treats patients: this person's role does not.")
        if self.clinical_reviewer and not self.last_reviewed:
            errors["last_reviewed"] = _("Enter the day on which the reviewer checked this page.")
        if self.last_reviewed and self.last_reviewed > timezone.localdate():
            errors["last_reviewed"] = _("Enter today or a day before: readers see this as a review already made.")
        if self.last_reviewed and self.next_review and self.next_review <= self.last_reviewed:
            errors["next_review"] = _("Enter a date after the last review.")
        if errors:
            raise ValidationError(errors)

    @property
    def is_review_due(self) -> bool:
        """Whether the date of the next review has come."""
        return self.next_review is not None and self.next_review <= timezone.localdate()

    @property
    def is_changed_since_review(self) -> bool:
        """Whether the page was published again after the day of its last review, so that nobody has checked it all."""
        if self.last_reviewed is None or self.last_published_at is None:
            return False
        return timezone.localdate(self.last_published_at) > self.last_reviewed

    @property
    def card_text(self) -> str:
        """The summary."""
        return self.summary

    def describe(self, request: HttpRequest | None) -> list[dict[str, Any]]:
        """Return the page and the condition it is about as schema.org objects."""
        return structured_data.condition(self, request)

    @cached_property
    def public_clinicians(self) -> list[StaffProfilePage]:
        """The clinicians whose profiles are public, in the editor's order."""
        return in_order(self.public_people.values(), (item.profile_id for item in self.clinicians.all()))

    @property
    def public_author(self) -> StaffProfilePage | None:
        """The author, while anyone may read the profile."""
        return self.public_people.get(self.author_id)

    @property
    def public_reviewer(self) -> StaffProfilePage | None:
        """The clinical reviewer, while anyone may read the profile."""
        return self.public_people.get(self.clinical_reviewer_id)

    @cached_property
    def treatment_names(self) -> list[str]:
        """The names of the treatments used, in the editor's order; empty where one is gone."""
        return [child.value.name for child in self.treatments]

    @cached_property
    def public_related_conditions(self) -> list["ConditionPage"]:
        """The related conditions that are public, in the editor's order; never this page itself."""
        pages = [item.condition for item in self.related_conditions.all() if item.condition_id != self.pk]
        public = [page for page in pages if is_public(page, beside=self)]
        return in_order(public, [page.pk for page in public])

    @cached_property
    def contents(self) -> list["Section"]:
        """The sections of the page that have something to say, in reading order."""
        return [Section(anchor, label) for anchor, label, filled in self._sections() if filled]

    @cached_property
    def public_people(self) -> dict[int | None, StaffProfilePage]:
        """Everybody the page names whose profile is public, by its id, read in one go."""
        people = {item.profile_id: item.profile for item in self.clinicians.all()}
        others = {self.author_id, self.clinical_reviewer_id} - {None} - people.keys()
        if others:
            people |= StaffProfilePage.objects.select_related(*StaffProfilePage.card_relations).in_bulk(others)
        return {pk: profile for pk, profile in people.items() if is_public(profile, beside=self)}

    def _sections(self) -> list[tuple[str, Any, bool]]:
        care = self.care_emergency or self.care_urgent or self.care_routine
        treatment = self.treatment_introduction or self.treatments or self.treatment_outlook
        return [
            ("when-to-seek-care", _("When to seek care"), bool(care)),
            ("symptoms", _("Symptoms"), bool(self.symptoms_introduction or self.symptoms or self.symptom_pattern)),
            ("causes", _("Causes"), bool(self.causes_introduction or self.causes)),
            ("treatment", _("How physical therapy helps"), bool(treatment)),
            ("self-care", _("What you can do now"), bool(self.self_care)),
            ("prevention", _("Preventing it"), bool(self.prevention)),
            ("questions", _("Common questions"), bool(self.faqs)),
            ("more", _("More about it"), bool(self.body)),
            ("clinicians", _("Who treats it here"), bool(self.public_clinicians)),
            ("request", _("Request an appointment"), bool(self.call_to_action)),
            ("sources", _("Sources and review"), bool(self.sources or self.last_reviewed)),
            ("related", _("Related conditions"), bool(self.public_related_conditions)),
        ]


class Section(NamedTuple):
    """A line of the page's table of contents: the id of the section, and its heading."""

    anchor: str
    label: str


class OtherName(TranslatableMixin, Orderable):
    """Another name patients know the condition by."""

    condition = ParentalKey(ConditionPage, on_delete=models.CASCADE, related_name="other_names")
    name = models.CharField(_("name"), max_length=120)

    panels = [FieldPanel("name")]

    class Meta(TranslatableMixin.Meta):
        ordering = ["sort_order"]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class ConditionClinician(Orderable):
    """A clinician who treats a condition; the one place where the two are tied together."""

    condition = ParentalKey(ConditionPage, on_delete=models.CASCADE, related_name="clinicians")
    profile = models.ForeignKey(
        "staff.StaffProfilePage",
        verbose_name=_("clinician"),
        on_delete=models.CASCADE,
        related_name="treated_conditions",
    )

    panels = [PageChooserPanel("profile")]


class RelatedCondition(Orderable):
    """A condition that readers of another one may look for."""

    source = ParentalKey(ConditionPage, on_delete=models.CASCADE, related_name="related_conditions")
    condition = models.ForeignKey(
        ConditionPage, verbose_name=_("condition"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [PageChooserPanel("condition")]

    def clean(self) -> None:
        """Raise ValidationError where a page would point at itself."""
        super().clean()
        if self.condition_id is not None and self.condition_id == self.source_id:
            raise ValidationError({"condition": _("Choose another condition: this is the page itself.")})
