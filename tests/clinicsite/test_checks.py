"""The house rules hold, and fire where they do not."""

import pytest
from django.core.checks import run_checks
from wagtail.blocks import CharBlock
from wagtail.models import Page

from clinicsite.checks import block_errors, page_type_errors
from clinicsite.models import ContentPage


def test_every_page_type_and_block_keeps_the_house_rules() -> None:
    assert run_checks(tags=["clinicsite"]) == []


def test_a_page_type_that_brings_nothing_is_told_all_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ContentPage, "template", "clinicsite/nowhere.html")
    monkeypatch.setattr(ContentPage, "page_description", "")
    monkeypatch.setattr(ContentPage, "search_fields", Page.search_fields)
    errors = list(page_type_errors(ContentPage))
    assert [error.id for error in errors] == ["clinicsite.E001", "clinicsite.E002", "clinicsite.E003"]
    assert all(error.hint for error in errors)


def test_a_block_that_brings_nothing_is_told_all_it_lacks() -> None:
    errors = list(block_errors(CharBlock(icon="placeholder")))
    assert [error.id for error in errors] == [f"clinicsite.E01{number}" for number in (1, 2, 3, 4)]
    assert all(error.hint for error in errors)


def test_a_block_whose_templates_do_not_exist_is_told_so() -> None:
    block = CharBlock(template="nowhere.html", icon="pick", description="Words.", preview_template="nowhere.html")
    assert [error.id for error in block_errors(block)] == ["clinicsite.E011", "clinicsite.E014"]
