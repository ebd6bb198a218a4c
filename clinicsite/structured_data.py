"""schema.org JSON-LD: what every page says about itself, and the site-wide kinds of page.

Each app describes its own kinds of page with these pieces; ``ClinicPage.structured_data`` puts them together.
"""

import datetime
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage, SourceImageIOError
from wagtail.models import Page
from wagtail.rich_text import RichText, get_text_for_indexing

from clinicsite.blocks import FAQBlock, FAQItemBlock, bare_items

if TYPE_CHECKING:
    from clinicsite.models import ClinicPage, ClinicSettings, HomePage, LocationPage

Node = dict[str, Any]

SCHEMA = "https://schema.org/"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# https://developers.google.com/search/docs/appearance/structured-data/local-business: how a closed day is written.
CLOSED_ALL_DAY = "00:00"
# The copy of a picture that previews elsewhere show.
SHARED_COPY = "max-1200x1200"


def node(type_name: str, **properties: Any) -> Node:
    """Return a schema.org object of that type; properties without a value are left out. ``id_`` becomes ``@id``."""
    filled = {name: value for name, value in properties.items() if value not in (None, "", [], {})}
    identity = {"@id": filled.pop("id_")} if "id_" in filled else {}
    return {"@type": type_name, **identity, **filled}


def named(type_name: str, names: Iterable[str]) -> list[Node]:
    """Return one object of that type per name; empty names are left out."""
    return [node(type_name, name=name) for name in names if name]


def plain(html: str | RichText | None) -> str:
    """Return the words of rich text on one line."""
    source = html.source if isinstance(html, RichText) else html or ""
    return " ".join(get_text_for_indexing(source).split())


def stored(stream: StreamValue) -> list[dict[str, Any]]:
    """Return the stored values of a stream of one kind of block, without making blocks of them."""
    return [item["value"] for item in stream.raw_data if item["type"] in stream.stream_block.child_blocks]


def page_url(page: Page, request: HttpRequest | None) -> str:
    """Return the absolute address of ``page``, asked once for a request."""
    known: dict[str, str] = request.__dict__.setdefault("page_urls", {}) if request is not None else {}
    if page.url_path not in known:
        known[page.url_path] = page.get_full_url(request) or ""
    return known[page.url_path]


def image_url(image: AbstractImage | None, page: Page, request: HttpRequest | None) -> str:
    """Return the absolute address of ``image`` at a size that previews use; empty where its file is missing."""
    if image is None:
        return ""
    try:
        url = image.file.url if image.is_svg() else image.get_rendition(SHARED_COPY).url
    except (SourceImageIOError, FileNotFoundError):
        return ""
    if "://" in url:
        return url
    parts = page.get_url_parts(request)
    return f"{parts[1]}{url}" if parts else url


def clinic_id(page: Page, request: HttpRequest | None) -> str:
    """Return the identity of the clinic as a whole, by which all pages of its site name it."""
    parts = page.get_url_parts(request)
    return f"{parts[1]}/#clinic" if parts and parts[1] else ""


def clinic_reference(page: Page, request: HttpRequest | None) -> Node:
    """Return the clinic as other objects point at it."""
    identity = clinic_id(page, request)
    return {"@id": identity} if identity else {}


def for_page(page: "ClinicPage", request: HttpRequest | None) -> list[Node]:
    """Return the objects that describe ``page``: the clinic, the page itself, its breadcrumbs, its questions."""
    from clinicsite.models import ClinicSettings

    settings = ClinicSettings.of(page, request)
    objects = [clinic(page, settings, request)] if settings else []
    objects += page.describe(request)
    objects += breadcrumbs(page, request)
    objects += questions(page, request)
    return objects


def clinic(page: Page, settings: "ClinicSettings", request: HttpRequest | None) -> Node:
    """Return the clinic as a whole, from its settings: the same on every page, so made once for these settings."""
    root = clinic_id(page, request)
    known: dict[str, Node] = settings.__dict__.setdefault("clinic_nodes", {})
    if root not in known:
        known[root] = _clinic(page, settings, request)
    return known[root]


def _clinic(page: Page, settings: "ClinicSettings", request: HttpRequest | None) -> Node:
    root = page.get_url_parts(request)
    return node(
        "MedicalClinic",
        id_=clinic_id(page, request),
        name=settings.name,
        slogan=settings.tagline,
        url=f"{root[1]}/" if root and root[1] else "",
        telephone=settings.phone,
        faxNumber=settings.fax,
        email=settings.email,
        logo=image_url(settings.logo, page, request),
        image=image_url(settings.social_image, page, request),
        medicalSpecialty=f"{SCHEMA}Physiotherapy",
        sameAs=[link["url"] for link in stored(settings.social_links)],
    )


def web_page(page: "ClinicPage", request: HttpRequest | None, type_name: str = "WebPage", **more: Any) -> Node:
    """Return the page as a web page of the given type, with what all of them share."""
    url = page_url(page, request)
    return node(
        type_name,
        **{
            "id_": f"{url}#page",
            "url": url,
            "name": page.meta_title,
            "description": page.get_meta_description(),
            "inLanguage": page.locale.language_code,
            "datePublished": iso(page.first_published_at),
            "dateModified": iso(page.last_published_at),
            "image": image_url(page.get_share_image(request), page, request),
            "publisher": clinic_reference(page, request),
            **more,
        },
    )


def iso(moment: datetime.datetime | datetime.date | None) -> str:
    """Return a date or a moment as ISO 8601; empty where there is none."""
    return moment.isoformat() if moment else ""


def item_list(pages: Iterable[Page], request: HttpRequest | None) -> Node:
    """Return a list of pages in order."""
    items = [
        node("ListItem", position=number, name=page.title, url=page_url(page, request))
        for number, page in enumerate(pages, start=1)
    ]
    return node("ItemList", numberOfItems=len(items), itemListElement=items)


def collection_page(page: "ClinicPage", pages: Iterable[Page], request: HttpRequest | None) -> Node:
    """Return a page that lists others."""
    return web_page(page, request, "CollectionPage", mainEntity=item_list(pages, request))


def breadcrumbs(page: "ClinicPage", request: HttpRequest | None) -> list[Node]:
    """Return the way from the home page to this page; nothing on the home page itself."""
    if not page.breadcrumbs:
        return []
    items = [
        node("ListItem", position=number, name=crumb.title, item=page_url(crumb, request))
        for number, crumb in enumerate([*page.breadcrumbs, page], start=1)
    ]
    return [node("BreadcrumbList", itemListElement=items)]


def questions(page: "ClinicPage", request: HttpRequest | None) -> list[Node]:
    """Return all questions and answers in the page's body fields as one FAQ; nothing where it has none."""
    found = [
        node("Question", name=item["question"], acceptedAnswer=node("Answer", text=plain(item["answer"])))
        for field in page._meta.get_fields()
        if isinstance(field, StreamField)
        for item in _faq_items(getattr(page, field.name))
    ]
    return [node("FAQPage", id_=f"{page_url(page, request)}#questions", mainEntity=found)] if found else []


def _faq_items(stream: StreamValue) -> Iterator[dict[str, Any]]:
    """Yield the stored questions: reading a stream's values would also load all that its other blocks refer to."""
    for item in stream.raw_data if stream else []:
        block = stream.stream_block.child_blocks.get(item["type"])
        if isinstance(block, FAQItemBlock):
            yield item["value"]
        elif isinstance(block, FAQBlock):
            yield from bare_items(item["value"]["items"])


def home(page: "HomePage", request: HttpRequest | None) -> list[Node]:
    """Return the site itself, and its home page."""
    url = page_url(page, request)
    site = node("WebSite", id_=f"{url}#site", url=url, name=page.title, publisher=clinic_reference(page, request))
    return [site, web_page(page, request)]


def location(page: "LocationPage", request: HttpRequest | None) -> list[Node]:
    """Return one of the clinic's addresses, with its hours and their exceptions, and the page about it."""
    url = page_url(page, request)
    place = node(
        "MedicalClinic",
        id_=f"{url}#location",
        name=page.title,
        url=url,
        description=page.introduction,
        telephone=page.phone,
        email=page.email,
        image=image_url(page.photo, page, request),
        medicalSpecialty=f"{SCHEMA}Physiotherapy",
        parentOrganization=clinic_reference(page, request),
        address=_address(page),
        geo=_coordinates(page),
        openingHoursSpecification=_usual_hours(page),
        specialOpeningHoursSpecification=_exceptions(page),
    )
    return [place, web_page(page, request, about={"@id": place["@id"]})]


def _address(page: "LocationPage") -> Node:
    return node(
        "PostalAddress",
        streetAddress=", ".join(filter(None, [page.street_address, page.address_extra])),
        addressLocality=page.city,
        addressRegion=page.region,
        postalCode=page.postal_code,
        addressCountry=page.country,
    )


def _coordinates(page: "LocationPage") -> Node | None:
    if page.latitude is None or page.longitude is None:
        return None
    return node("GeoCoordinates", latitude=float(page.latitude), longitude=float(page.longitude))


def _usual_hours(page: "LocationPage") -> list[Node]:
    return [
        node(
            "OpeningHoursSpecification",
            dayOfWeek=SCHEMA + DAYS[span.day],
            opens=f"{span.opens:%H:%M}",
            closes=f"{span.closes:%H:%M}",
        )
        for row in page.hours_by_day
        for span in row.spans
    ]


def _exceptions(page: "LocationPage") -> list[Node]:
    return [
        node(
            "OpeningHoursSpecification",
            validFrom=iso(item.date),
            validThrough=iso(item.last_date or item.date),
            opens=CLOSED_ALL_DAY if item.is_closed else f"{item.opens:%H:%M}",
            closes=CLOSED_ALL_DAY if item.is_closed else f"{item.closes:%H:%M}",
        )
        for item in page.upcoming_exceptions()
    ]
