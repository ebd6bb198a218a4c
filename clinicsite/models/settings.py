"""What the clinic says about itself on every page, edited under Settings in the admin."""

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField
from wagtail.models import Page, Site

from clinicsite.blocks import LinkBlock
from clinicsite.fields import ContentStreamField
from clinicsite.public import is_public


class FooterColumnBlock(blocks.StructBlock):
    """A column of links in the footer."""

    heading = blocks.CharBlock(max_length=60, label=_("Heading"))
    links = blocks.ListBlock(LinkBlock(), label=_("Links"))

    class Meta:
        icon = "list-ul"
        label = _("Column of links")
        description = _("A heading with links under it, in the footer of every page.")


class SocialNetworkChoice(blocks.ChoiceBlock):
    """The networks whose sign we ship."""

    choices = [
        ("facebook", "Facebook"),
        ("instagram", "Instagram"),
        ("linkedin", "LinkedIn"),
        ("youtube", "YouTube"),
        ("bluesky", "Bluesky"),
    ]


class SocialLinkBlock(blocks.StructBlock):
    """The clinic's profile at a social network; a plain link, nothing is loaded from there."""

    network = SocialNetworkChoice(label=_("Network"))
    url = blocks.URLBlock(label=_("Address"))

    class Meta:
        icon = "link"
        label = _("Profile")
        description = _("A link to the clinic's profile at a social network.")


class BannerLevel(models.TextChoices):
    """How loud the banner is."""

    INFORMATION = "information", _("Information")
    URGENT = "urgent", _("Urgent")


@register_setting(icon="home")
class ClinicSettings(BaseSiteSetting):
    """The clinic's name, phones, banner, navigation and footer."""

    name = models.CharField(_("name of the clinic"), max_length=120, default="Our clinic")
    tagline = models.CharField(
        _("tagline"), max_length=160, blank=True, help_text=_("Beside the name in search results.")
    )
    logo = models.ForeignKey(
        "clinicsite.ClinicImage",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown at the top of every page; its alt text is the clinic's name. Empty: the name in letters."),
    )
    social_image = models.ForeignKey(
        "clinicsite.ClinicImage",
        verbose_name=_("picture when shared"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("For pages that have none of their own."),
    )
    phone = models.CharField(
        _("phone"), max_length=40, blank=True, help_text=_("On every page; patients tap it to call.")
    )
    phone_note = models.CharField(
        _("beside the phone"), max_length=120, blank=True, help_text=_("For example: weekdays 7 to 7.")
    )
    fax = models.CharField(_("fax"), max_length=40, blank=True, help_text=_("For referrals; shown in the footer."))
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("Public: shown in the footer of every page."))
    emergency_number = models.CharField(
        _("emergency number"), max_length=20, default="911", help_text=_("Named in every emergency panel.")
    )
    appointment_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("appointment page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Where “Request an appointment” leads, on every page."),
    )
    appointment_label = models.CharField(_("words on the button"), max_length=60, default="Request an appointment")
    appointment_promise = models.CharField(
        _("promise"),
        max_length=160,
        blank=True,
        help_text=_("For example: New patients are usually seen the same or the next day."),
    )
    banner_enabled = models.BooleanField(_("show the banner on every page"), default=False)
    banner_level = models.CharField(
        _("level"), max_length=20, choices=BannerLevel.choices, default=BannerLevel.INFORMATION
    )
    banner_text = RichTextField(
        _("text"), features=["bold", "link"], blank=True, help_text=_("For example: Closed today because of snow.")
    )
    navigation = ContentStreamField(
        [("link", LinkBlock())],
        blank=True,
        max_num=7,
        verbose_name=_("navigation"),
        help_text=_("At the top of every page."),
    )
    footer_text = RichTextField(_("text"), features=settings.RICH_TEXT_BASIC, blank=True)
    footer_columns = ContentStreamField(
        [("column", FooterColumnBlock())], blank=True, max_num=4, verbose_name=_("columns of links")
    )
    social_links = ContentStreamField([("profile", SocialLinkBlock())], blank=True, verbose_name=_("social networks"))

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    MultiFieldPanel(
                        [FieldPanel("name"), FieldPanel("tagline"), FieldPanel("logo"), FieldPanel("social_image")],
                        heading=_("Name"),
                    ),
                    MultiFieldPanel(
                        [
                            FieldRowPanel([FieldPanel("phone"), FieldPanel("phone_note")]),
                            FieldRowPanel([FieldPanel("fax"), FieldPanel("email")]),
                            FieldPanel("emergency_number"),
                        ],
                        heading=_("Contact"),
                    ),
                    MultiFieldPanel(
                        [
                            PageChooserPanel("appointment_page"),
                            FieldPanel("appointment_label"),
                            FieldPanel("appointment_promise"),
                        ],
                        heading=_("Appointments"),
                    ),
                ],
                heading=_("Clinic"),
            ),
            ObjectList(
                [FieldPanel("banner_enabled"), FieldPanel("banner_level"), FieldPanel("banner_text")],
                heading=_("Banner"),
            ),
            ObjectList([FieldPanel("navigation")], heading=_("Navigation")),
            ObjectList(
                [FieldPanel("footer_text"), FieldPanel("footer_columns"), FieldPanel("social_links")],
                heading=_("Footer"),
            ),
        ]
    )

    # Every page shows these: read in the same query.
    select_related = ["logo", "social_image", "appointment_page"]

    class Meta:
        verbose_name = _("clinic")

    @classmethod
    def of(cls, page: Page, request: HttpRequest | None = None) -> "ClinicSettings | None":
        """Return the settings of the site that ``page`` stands in; None where it stands in none."""
        if request is not None:
            site = Site.find_for_request(request)
            return cls.for_request(request) if site else None
        site = page.get_site()
        return cls.for_site(site) if site else None

    @cached_property
    def public_appointment_page(self) -> Page | None:
        """The appointment page while anyone may read it; None otherwise."""
        page = self.appointment_page
        return page if is_public(page) else None
