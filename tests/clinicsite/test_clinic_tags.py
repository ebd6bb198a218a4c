"""The small words of every template: the address that a phone dials, a page's one address."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from clinicsite.templatetags.clinic_tags import tel
from tests.conftest import Clinic
from tests.factories import ContentPageFactory


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("206 555 0142", "tel:+12065550142"),
        ("(206) 555-0142", "tel:+12065550142"),
        ("206.555.0142", "tel:+12065550142"),
        ("1-206-555-0142", "tel:+12065550142"),
        ("+1 206 555 0142", "tel:+12065550142"),
        ("206 555 0142 ext. 7", "tel:+12065550142;ext=7"),
        ("+44 20 7946 0018", "tel:+442079460018"),
        ("911", "tel:911"),
        (" 988 ", "tel:988"),
        ("call us", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_a_phone_number_is_dialled_as_people_write_it(written: str | None, dialled: str) -> None:
    assert tel(written) == dialled


def test_the_canonical_address_is_absolute_and_without_a_query(clinic: Clinic) -> None:
    page = ContentPageFactory(parent=clinic.home, title="Insurance")
    request = RequestFactory().get("/insurance/?from=ad")
    template = Template("{% load clinic_tags %}{% canonical_url page %}")
    assert template.render(Context({"page": page, "request": request})) == "http://localhost/insurance/"


def test_a_page_on_no_site_has_no_canonical_address(clinic: Clinic) -> None:
    page = ContentPageFactory(parent=clinic.home, title="Insurance")
    clinic.site.delete()
    template = Template("{% load clinic_tags %}{% canonical_url page %}")
    assert template.render(Context({"page": page, "request": RequestFactory().get("/")})) == ""
