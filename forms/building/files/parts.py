"""What of a form is in its file, and how rich text is made fit to travel."""

from typing import Any

from bs4 import BeautifulSoup
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

FORMAT = "clinic-form/1"
# The fields of a form's page that are in the file beside its title and its two streams, in the order of the file.
RICH_TEXTS = ("introduction", "closed_text", "confirmation_text")
PLAIN = (
    "submit_label",
    "promise",
    "response_hours",
    "review_answers",
    "confirmation_title",
    "patient_email",
    "patient_email_text",
)
STREAMS = ("steps", "confirmations")
# Parts of questions that name pages of this site, which another does not have.
OF_THIS_SITE = {"only"}


def travelling(html: str) -> str:
    """Return stored rich text without its links to pages and documents of this site: elsewhere they lead astray."""
    soup = BeautifulSoup(html, "html.parser")
    inner = soup.find_all("a", linktype=True)
    for link in inner:
        link.unwrap()
    return str(soup) if inner else html


def sanitised(html: str, features: list[str] | None) -> str:
    """Return rich text of unknown origin as Wagtail's editor would store it: with nothing but the ``features``."""
    converter = ContentstateConverter(features)
    return converter.to_database_format(converter.from_database_format(travelling(html))) if html.strip() else ""


def without_block_keys(html: str) -> str:
    """Return rich text without the keys that Wagtail's editor gives to paragraphs."""
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(attrs={"data-block-key": True}):
        del tag["data-block-key"]
    return str(soup)


def is_default(value: Any, default: Any) -> bool:
    """Return whether a part need not be in the file: reading it leaves the part at its default."""
    return value == default or (value in (None, "") and default in (None, ""))
