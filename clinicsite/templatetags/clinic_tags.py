"""What every page template needs of the site: structured data, the user bar, phone links, the canonical address."""

import json
from typing import Any

import phonenumbers
from django import template
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar
from wagtail.models import Page

register = template.Library()

# As django.utils.html.json_script does: no text of a page can end the script element it stands in.
_SCRIPT_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
SHORTEST_LOCAL_NUMBER = 7


@register.simple_tag(takes_context=True)
def structured_data(context: dict[str, Any], page: Page) -> SafeString:
    """Return ``page``'s schema.org objects as one JSON-LD script element; nothing where it has none."""
    if not hasattr(page, "structured_data"):
        return SafeString("")
    objects = page.structured_data(context.get("request"))
    if not objects:
        return SafeString("")
    document = {"@context": "https://schema.org", "@graph": objects}
    source = json.dumps(document, cls=DjangoJSONEncoder, ensure_ascii=False).translate(_SCRIPT_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(source))  # noqa: S308


@register.simple_tag(takes_context=True)
def clinic_userbar(context: dict[str, Any]) -> str:
    """Return Wagtail's user bar in a preview and for a browser with a session; nothing for anybody else.

    Asking who the reader is loads the session and varies the page by cookie, so nobody without one is asked.
    """
    request = context.get("request")
    if request is None:
        return ""
    if not getattr(request, "is_preview", False) and settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    return wagtailuserbar(context)


@register.filter
def tel(phone: str | None) -> str:
    """Return the ``tel:`` address of a phone number as people write it; a number without a country is a US one.

    A short number, such as 911, is dialled as it is. Empty where it is no phone number
    (https://www.rfc-editor.org/rfc/rfc3966).
    """
    text = str(phone or "").strip()
    if text.isdigit() and len(text) < SHORTEST_LOCAL_NUMBER:
        return f"tel:{text}"
    try:
        number = phonenumbers.parse(text, "US")
    except phonenumbers.NumberParseException:
        return ""
    dialled = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"tel:{dialled};ext={number.extension}" if number.extension else f"tel:{dialled}"


@register.simple_tag(takes_context=True)
def canonical_url(context: dict[str, Any], page: Page) -> str:
    """Return the page's one absolute address; empty for a page on no site."""
    return page.get_full_url(context.get("request")) or ""
