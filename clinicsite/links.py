"""Links in rich text: only to pages that anyone may read, and with one query for all of them."""

from django.conf import settings
from django.utils.html import escape
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from clinicsite.public import is_public


class PublicPageLinkHandler(PageLinkHandler):
    """Turns ``<a linktype="page" id="…">`` into a link, or into plain words where the page is gone or hidden.

    Wagtail's own links to unpublished and private pages too, reads each page's specific table and looks for its
    translation: two queries per link.
    """

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, str]]) -> list[Page | None]:
        """Return the pages of the links, None for each that nobody may read."""
        ids = [attrs["id"] for attrs in attrs_list if attrs.get("id", "").isdigit()]
        pages = {str(page.pk): page for page in Page.objects.filter(pk__in=ids)}
        return [page if is_public(page := pages.get(attrs.get("id", ""))) else None for attrs in attrs_list]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """Return the opening tag of each link; without an address where there is nothing to link to."""
        return [f'<a href="{escape(_address(page))}">' if page else "<a>" for page in cls.get_many(attrs_list)]


def _address(page: Page) -> str:
    several_languages = len(settings.WAGTAIL_CONTENT_LANGUAGES) > 1
    return (page.localized if several_languages else page).url or ""
