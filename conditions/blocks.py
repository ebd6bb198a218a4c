"""The blocks of a condition page's structured lists."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock


class CauseBlock(blocks.StructBlock):
    """One cause of a condition."""

    name = blocks.CharBlock(max_length=160, label=_("Cause"))
    detail = blocks.RichTextBlock(features=settings.RICH_TEXT_BASIC, required=False, label=_("Explanation"))

    class Meta:
        icon = "circle-plus"
        label = _("Cause")
        template = "blocks/named_item.html"
        description = _("One cause, with a sentence of explanation where it helps.")
        preview_value = {"name": _("Long hours in one position"), "detail": "<p>Muscles tire when they never move.</p>"}


class SymptomBlock(blocks.StructBlock):
    """One symptom of a condition."""

    name = blocks.CharBlock(max_length=160, label=_("Symptom"))
    detail = blocks.RichTextBlock(features=settings.RICH_TEXT_BASIC, required=False, label=_("Explanation"))

    class Meta:
        icon = "circle-plus"
        label = _("Symptom")
        template = "blocks/named_item.html"
        description = _("One symptom, in the words a patient would use.")
        preview_value = {"name": _("Stiffness between the shoulder blades"), "detail": "<p>Often worst on waking.</p>"}


class TreatmentValue(blocks.StructValue):
    """A treatment on a condition page: the snippet's words unless this page brings its own."""

    @property
    def name(self) -> str:
        """The treatment's name; empty where the snippet has been deleted."""
        treatment = self.get("treatment")
        return treatment.name if treatment else ""

    @property
    def text(self) -> str:
        """The description to show, as rich-text HTML source."""
        own = self.get("description")
        if own and own.source:
            return own.source
        treatment = self.get("treatment")
        return treatment.description if treatment else ""


class TreatmentBlock(blocks.StructBlock):
    """A treatment used for this condition: shared words from the snippet, or this page's own."""

    treatment = SnippetChooserBlock("conditions.Treatment", label=_("Treatment"))
    description = blocks.RichTextBlock(
        features=settings.RICH_TEXT_LIST,
        required=False,
        label=_("Description for this condition"),
        help_text=_("Empty: the treatment's own description, which you edit once for all conditions."),
    )

    class Meta:
        icon = "pick"
        label = _("Treatment")
        value_class = TreatmentValue
        template = "blocks/treatment.html"
        description = _("A treatment we use for this condition.")
        preview_template = "blocks/previews/treatment.html"


class SourceBlock(blocks.StructBlock):
    """A public source that what the page says rests on."""

    title = blocks.CharBlock(max_length=250, label=_("Title"))
    publisher = blocks.CharBlock(max_length=160, label=_("Publisher"))
    url = blocks.URLBlock(label=_("Address"))
    year = blocks.IntegerBlock(required=False, min_value=1900, max_value=2100, label=_("Year"))

    class Meta:
        icon = "doc-full"
        label = _("Source")
        template = "blocks/source.html"
        description = _("A guideline, study or public page that the text rests on.")
        preview_value = {
            "title": _("Back Pain"),
            "publisher": _("National Institute of Arthritis and Musculoskeletal and Skin Diseases"),
            "url": "https://www.niams.nih.gov/health-topics/back-pain",
        }
