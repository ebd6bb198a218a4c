"""The one vocabulary of blocks that all body content is written in.

Every block names its template, an icon, a description and a preview for the block picker, so that an editor sees
what it becomes before choosing it (https://docs.wagtail.org/en/stable/topics/streamfield.html#block-previews).
"""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

from clinicsite.public import is_public

# The two kinds of address beside web addresses that a link may lead to (RFC 3966, RFC 6068), without any extras.
CONTACT = re.compile(r"tel:\+?[0-9().-]{3,20}(;ext=[0-9]{1,7})?|mailto:[^\s@?&]+@[^\s@?&]+\.[^\s@?&]+")


class LinkValue(blocks.StructValue):
    """A link's value: answers where it goes and what it says, so that templates need no branching."""

    @property
    def target_page(self) -> Page | None:
        """The page linked to, while anyone may read it; None where it is gone, unpublished or private."""
        page = self.get("page")
        return page if is_public(page) else None

    @property
    def href(self) -> str:
        """The address to link to; empty where the target is gone, unpublished or was never set."""
        if page := self.target_page:
            return page.url or ""
        if document := self.get("document"):
            return document.url
        return self.get("url") or ""

    @property
    def label(self) -> str:
        """The words of the link: the editor's own, else the title of what it leads to."""
        page, document = self.target_page, self.get("document")
        return self.get("text") or (page.title if page else "") or (document.title if document else "")


class AddressField(forms.URLField):
    """A web address, or a phone number or e-mail address written as a link; nothing that could run a script."""

    def to_python(self, value: Any) -> str:
        """Return the address; only a web address is completed with a scheme."""
        text = str(value or "").strip()
        return text if CONTACT.fullmatch(text) else super().to_python(value)

    def run_validators(self, value: str) -> None:
        """Raise ValidationError unless the address is one of the three kinds."""
        if not CONTACT.fullmatch(value):
            super().run_validators(value)


class AddressBlock(blocks.URLBlock):
    """An address that a link can lead to: see AddressField."""

    def __init__(self, required: bool = True, help_text: Any = None, **kwargs: Any) -> None:
        super().__init__(required=required, help_text=help_text, **kwargs)
        self.field = AddressField(required=required, help_text=help_text, assume_scheme="https")


class LinkBlock(blocks.StructBlock):
    """A link to a page, a document, or an address elsewhere: exactly one of them, with optional words of its own."""

    text = blocks.CharBlock(
        required=False, max_length=120, label=_("Link text"), help_text=_("Empty: the title of the page is shown.")
    )
    page = blocks.PageChooserBlock(required=False, label=_("Page of this site"))
    document = DocumentChooserBlock(required=False, label=_("Document"))
    url = AddressBlock(
        required=False,
        label=_("Address elsewhere"),
        help_text=_("For example https://www.cdc.gov/, tel:+12065550142 or mailto:name@example.com."),
    )

    class Meta:
        icon = "link"
        label = _("Link")
        value_class = LinkValue
        template = "blocks/link.html"
        description = _("A link to a page, a document or another website.")
        preview_value = {"text": _("Request an appointment"), "url": "https://example.com/"}

    def clean(self, value: Any) -> Any:
        """Return the cleaned value; put the error on the field where one target too many or too few was given."""
        result = super().clean(value)
        targets = [name for name in ("page", "document", "url") if result.get(name)]
        errors: dict[str, ValidationError] = {}
        # A draft may be saved before its links are complete; publishing asks for them.
        if not targets and not self.is_deferred_validation:
            errors["page"] = ValidationError(_("Choose a page or a document, or enter an address."))
        for name in targets[1:]:
            errors[name] = ValidationError(_("Give one target only: remove this one or the other."))
        if result.get("url") and not result.get("text") and not self.is_deferred_validation:
            errors["text"] = ValidationError(
                _("Enter the words of the link: an address elsewhere has no title to show.")
            )
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return result


class HeadingValue(blocks.StructValue):
    """A heading's value, with the anchor that a table of contents links to."""

    @property
    def anchor(self) -> str:
        """An id for the heading, made of its words."""
        return slugify(self.get("text", "")) or "section"


class HeadingBlock(blocks.StructBlock):
    """A heading inside the body: level 2 for a section, level 3 for a part of one."""

    text = blocks.CharBlock(max_length=120, label=_("Heading"))
    level = blocks.ChoiceBlock(
        choices=[("h2", _("Section (h2)")), ("h3", _("Part of a section (h3)"))],
        default="h2",
        label=_("Level"),
        help_text=_("Screen readers jump from heading to heading: do not skip a level."),
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        value_class = HeadingValue
        template = "blocks/heading.html"
        description = _("A heading that opens a section of the page.")
        preview_value = {"text": _("What to expect at your first visit"), "level": "h2"}


class BulletListBlock(blocks.StructBlock):
    """A list of short items, with bullets, numbers or ticks."""

    style = blocks.ChoiceBlock(
        choices=[("bullet", _("Bullets")), ("number", _("Numbers, for an order")), ("tick", _("Ticks"))],
        default="bullet",
        label=_("Style"),
    )
    items = blocks.ListBlock(blocks.RichTextBlock(features=settings.RICH_TEXT_BASIC, label=_("Item")), label=_("Items"))

    class Meta:
        icon = "list-ul"
        label = _("List")
        template = "blocks/bullet_list.html"
        description = _("Short items under each other, with bullets, numbers or ticks.")
        preview_value = {
            "style": "tick",
            "items": ["<p>Comfortable clothes</p>", "<p>Your insurance card</p>", "<p>A list of your medicines</p>"],
        }


class FigureBlock(blocks.StructBlock):
    """A picture in the body, with its caption; its alt text is required unless it is marked as decoration."""

    image = ImageBlock(label=_("Picture"))
    caption = blocks.RichTextBlock(features=settings.RICH_TEXT_BASIC, required=False, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "blocks/figure.html"
        description = _("A picture with a caption. Describe it for people who cannot see it, or mark it as decoration.")
        preview_template = "blocks/previews/figure.html"


class CalloutBlock(blocks.StructBlock):
    """A panel that sets one thought apart from the text around it."""

    title = blocks.CharBlock(max_length=120, label=_("Title"))
    text = blocks.RichTextBlock(features=settings.RICH_TEXT_LIST, label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        template = "blocks/callout.html"
        description = _("A quiet panel for a tip or a fact worth setting apart.")
        preview_value = {
            "title": _("Good to know"),
            "text": "<p>You do not need a referral to see a physical therapist in Washington State.</p>",
        }


class CareLevel(blocks.ChoiceBlock):
    """How soon to get help: the three levels of the NHS care cards."""

    choices = [
        ("routine", _("Self-care or a routine visit")),
        ("urgent", _("Urgent: get advice today")),
        ("emergency", _("Emergency: get help now")),
    ]


class WarningBlock(blocks.StructBlock):
    """A panel on when to seek care, after the NHS care cards (https://service-manual.nhs.uk/design-system/components/care-cards)."""

    level = CareLevel(
        default="urgent", label=_("Level"), help_text=_("Sets the panel's colour, icon and opening words.")
    )
    title = blocks.CharBlock(max_length=160, label=_("Title"))
    text = blocks.RichTextBlock(features=settings.RICH_TEXT_LIST, label=_("Text"))

    class Meta:
        icon = "warning"
        label = _("Warning")
        template = "blocks/warning.html"
        description = _("A panel on when to get help: routine, urgent or emergency.")
        preview_value = {
            "level": "urgent",
            "title": _("Call us or your doctor today if:"),
            "text": "<ul><li>the pain wakes you at night</li><li>your arm feels weak</li></ul>",
        }


class ExerciseBlock(blocks.StructBlock):
    """An exercise a patient can do at home: numbered steps, how often, and a picture or a link to a video."""

    name = blocks.CharBlock(max_length=120, label=_("Name"))
    purpose = blocks.CharBlock(
        max_length=200, required=False, label=_("What it is good for"), help_text=_("One line under the name.")
    )
    steps = blocks.ListBlock(
        blocks.RichTextBlock(features=settings.RICH_TEXT_BASIC, label=_("Step")), min_num=1, label=_("Steps")
    )
    dose = blocks.CharBlock(
        max_length=120, required=False, label=_("How often"), help_text=_("For example: 10 times, twice a day.")
    )
    caution = blocks.CharBlock(max_length=250, required=False, label=_("Stop if"))
    image = ImageBlock(required=False, label=_("Picture"))
    video_url = blocks.URLBlock(
        required=False, label=_("Video address"), help_text=_("Shown as a link; nothing is loaded from there.")
    )

    class Meta:
        icon = "clipboard-list"
        label = _("Exercise")
        template = "blocks/exercise.html"
        description = _("An exercise to do at home, step by step.")
        preview_value = {
            "name": _("Shoulder blade squeeze"),
            "purpose": _("Wakes up the muscles that hold your upper back."),
            "steps": ["<p>Sit tall with your arms by your sides.</p>", "<p>Draw your shoulder blades together.</p>"],
            "dose": _("10 times, twice a day"),
        }


class QuoteBlock(blocks.StructBlock):
    """Somebody's own words."""

    text = blocks.TextBlock(label=_("Quote"))
    attribution = blocks.CharBlock(max_length=120, required=False, label=_("Who said it"))
    role = blocks.CharBlock(max_length=120, required=False, label=_("Their role"))

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "blocks/quote.html"
        description = _("Somebody's own words, with their name.")
        preview_value = {
            "text": _("I could lift my daughter again after six weeks."),
            "attribution": _("Maria"),
            "role": _("Patient"),
        }


class TableBlock(blocks.StructBlock):
    """A table with a caption; the first column can head its rows."""

    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(required=False, label=_("Text"))),
            (
                "rich_text",
                blocks.RichTextBlock(required=False, features=settings.RICH_TEXT_BASIC, label=_("Rich text")),
            ),
        ],
        label=_("Table"),
    )
    first_column_is_header = blocks.BooleanBlock(
        required=False,
        label=_("The first column names its row"),
        help_text=_("Screen readers then read it with each cell."),
    )

    class Meta:
        icon = "table"
        label = _("Table")
        template = "blocks/table.html"
        description = _("Rows and columns, with a caption that says what they show.")
        preview_template = "blocks/previews/table.html"


class FAQItemBlock(blocks.StructBlock):
    """One question and its answer."""

    question = blocks.CharBlock(max_length=200, label=_("Question"))
    answer = blocks.RichTextBlock(features=settings.RICH_TEXT_LIST, label=_("Answer"))

    class Meta:
        icon = "help"
        label = _("Question and answer")
        template = "blocks/faq_item.html"
        description = _("One question that patients ask, and its answer.")
        preview_value = {
            "question": _("Do I need a referral?"),
            "answer": "<p>No. You can book with us directly.</p>",
        }


class FAQBlock(blocks.StructBlock):
    """A group of questions, each opened by itself."""

    heading = blocks.CharBlock(max_length=120, required=False, label=_("Heading"))
    items = blocks.ListBlock(FAQItemBlock(), min_num=1, label=_("Questions"))

    class Meta:
        icon = "help"
        label = _("FAQ")
        template = "blocks/faq.html"
        description = _("Questions that open to their answers; search engines are told about them.")
        preview_value = {
            "heading": _("Common questions"),
            "items": [{"question": _("Do I need a referral?"), "answer": "<p>No. You can book with us directly.</p>"}],
        }


class CTABlock(blocks.StructBlock):
    """A panel with one thing to do next."""

    heading = blocks.CharBlock(max_length=120, label=_("Heading"))
    text = blocks.RichTextBlock(features=settings.RICH_TEXT_BASIC, required=False, label=_("Text"))
    link = LinkBlock(label=_("Button"))

    class Meta:
        icon = "pick"
        label = _("Call to action")
        template = "blocks/cta.html"
        description = _("A panel with a heading and one button.")
        preview_value = {
            "heading": _("Ready to move better?"),
            "text": "<p>Most new patients are seen within two days.</p>",
            "link": {"text": _("Request an appointment"), "url": "https://example.com/"},
        }


class FormEmbedBlock(blocks.StructBlock):
    """A form, shown in the page itself. The form page answers for its own markup: see ``FormPage.embed_context``."""

    heading = blocks.CharBlock(
        max_length=120, required=False, label=_("Heading"), help_text=_("Empty: the form's own title is shown.")
    )
    form = blocks.PageChooserBlock(page_type="forms.FormPage", label=_("Form"))

    class Meta:
        icon = "form"
        label = _("Form")
        template = "blocks/form_embed.html"
        description = _("A whole form inside the page, such as the appointment request.")
        preview_template = "blocks/previews/form_embed.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the template's context; ``embed`` is None once the form is gone or unpublished."""
        context = super().get_context(value, parent_context=parent_context)
        page = value.get("form")
        context["embed"] = page.specific.embed_context() if is_public(page) else None
        return context


def body_blocks() -> list[tuple[str, blocks.Block]]:
    """Return the whole vocabulary, in the order and groups in which the block picker shows it."""
    text, panels, action = _("Text"), _("Panels"), _("Next step")
    return [
        ("heading", HeadingBlock(group=text)),
        (
            "rich_text",
            blocks.RichTextBlock(
                features=settings.RICH_TEXT_FULL,
                icon="pilcrow",
                label=_("Text"),
                template="blocks/rich_text.html",
                description=_("Paragraphs, with links and lists."),
                preview_value="<p>Your first visit takes <b>about an hour</b>. Wear clothes you can move in.</p>",
                group=text,
            ),
        ),
        ("bullet_list", BulletListBlock(group=text)),
        ("quote", QuoteBlock(group=text)),
        ("table", TableBlock(group=text)),
        ("figure", FigureBlock(group=text)),
        ("callout", CalloutBlock(group=panels)),
        ("warning", WarningBlock(group=panels)),
        ("exercise", ExerciseBlock(group=panels)),
        ("faq", FAQBlock(group=panels)),
        ("cta", CTABlock(group=action)),
        ("form_embed", FormEmbedBlock(group=action)),
    ]


def action_blocks() -> list[tuple[str, blocks.Block]]:
    """Return the two ways a page can end: a button that leads to a form, or the form itself."""
    return [("form_embed", FormEmbedBlock()), ("cta", CTABlock())]


def bare_items(raw: list[Any]) -> list[Any]:
    """Return the stored values of a ListBlock's items, which Wagtail keeps either bare or each with an id."""
    has_id = [isinstance(item, dict) and item.keys() == {"type", "value", "id"} for item in raw]
    return [item["value"] if wrapped else item for item, wrapped in zip(raw, has_id, strict=True)]
