"""The vocabulary: previews that show something, links that respect what is public, errors at the right field."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.blocks import Block
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import PageViewRestriction
from wagtail.rich_text import expand_db_html

from clinicsite.blocks import FormEmbedBlock, LinkBlock
from clinicsite.checks import blocks_of
from clinicsite.models import ContentPage, HomePage
from clinicsite.roles import MARKETING_EDITORS
from conditions.models import ConditionPage
from tests.conftest import Clinic
from tests.factories import ContentPageFactory, FormPageFactory

VOCABULARY = [block for model in (ConditionPage, ContentPage, HomePage) for block in blocks_of(model)]


@pytest.mark.parametrize("block", VOCABULARY, ids=lambda block: f"{type(block).__name__}-{block.name}")
def test_every_block_shows_something_in_the_block_picker(clinic: Clinic, role_client: Any, block: Block) -> None:
    url = reverse("wagtailadmin_block_preview")
    response = role_client(MARKETING_EDITORS).get(url, {"id": block.definition_prefix})
    assert response.status_code == 200
    main = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    assert strip_tags("<main" + main).strip() or "<svg" in main or "<img" in main


def link(**value: Any) -> Any:
    """Return a link's cleaned value."""
    block = LinkBlock()
    return block.clean(block.normalize(value))


def test_a_link_leads_to_its_page_while_anyone_may_read_it(clinic: Clinic) -> None:
    page = ContentPageFactory(parent=clinic.home, title="Fees")
    value = link(page=page)
    assert (value.href, value.label) == ("/fees/", "Fees")
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert (value.href, value.label) == ("", "")
    restriction.delete()
    value["page"].live = False
    assert (value.href, value.label) == ("", "")


@pytest.mark.parametrize(
    ("value", "fields"),
    [
        ({}, {"page"}),
        ({"text": "Both", "url": "https://example.com/", "with_page": True}, {"url"}),
        ({"url": "https://example.com/"}, {"text"}),
    ],
)
def test_a_link_names_the_field_that_is_wrong(clinic: Clinic, value: dict[str, Any], fields: set[str]) -> None:
    value = dict(value)
    if value.pop("with_page", False):
        value["page"] = clinic.home
    with pytest.raises(StructBlockValidationError) as caught:
        link(**value)
    assert set(caught.value.block_errors) == fields


@pytest.mark.parametrize(
    "url",
    ["https://www.cdc.gov/", "tel:+12065550142", "tel:911", "mailto:desk@clinic.example", "tel:+12065550142;ext=7"],
)
def test_a_link_may_lead_to_the_web_a_phone_or_a_mailbox(url: str) -> None:
    assert LinkBlock().clean(link(text="Here", url=url))["url"] == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)//https://a.example/",
        "data:text/html,<b>",
        "tel:alert(1)",
        "mailto:a@b.example?bcc=c@d.example",
        "tel:+1206\njavascript:alert(1)",
    ],
)
def test_a_link_never_runs_a_script(url: str) -> None:
    with pytest.raises(StructBlockValidationError) as caught:
        LinkBlock().clean(link(text="Here", url=url))
    assert set(caught.value.block_errors) == {"url"}


def test_an_unfinished_link_may_be_saved_as_a_draft(db: None) -> None:
    block = LinkBlock()
    assert block.clean_deferred(block.normalize({"url": "https://example.com/"})).label == ""
    assert block.clean_deferred(block.normalize({})).href == ""


def test_a_form_is_embedded_only_while_it_is_public(clinic: Clinic) -> None:
    page, block = FormPageFactory(parent=clinic.home), FormEmbedBlock()
    assert block.get_context(block.normalize({"form": page}))["embed"] is not None
    page.unpublish()
    assert block.get_context(block.normalize({"form": page}))["embed"] is None
    assert block.get_context(block.normalize({"form": None}))["embed"] is None


def test_rich_text_links_only_to_pages_anyone_may_read(clinic: Clinic, django_assert_max_num_queries: Any) -> None:
    pages = [ContentPageFactory(parent=clinic.home, title=title) for title in ("Open", "Draft", "Private", "Gone")]
    html = "".join(f'<a linktype="page" id="{page.pk}">{page.title}</a> ' for page in pages)
    pages[1].unpublish()
    PageViewRestriction.objects.create(page=pages[2], restriction_type=PageViewRestriction.LOGIN)
    pages[3].delete()
    clinic.home.get_url()
    with django_assert_max_num_queries(8):
        assert expand_db_html(html) == '<a href="/open/">Open</a> <a>Draft</a> <a>Private</a> <a>Gone</a> '
