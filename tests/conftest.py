"""Fixtures for all tests: a small clinic to stand pages in."""

from dataclasses import dataclass

import pytest
from wagtail.models import Page, Site

from clinicsite.models import HomePage
from conditions.models import ConditionIndexPage
from staff.models import StaffIndexPage
from tests import factories


@dataclass
class Clinic:
    """A site with its home page and the two index pages under it."""

    site: Site
    home: HomePage
    conditions: ConditionIndexPage
    staff: StaffIndexPage


@pytest.fixture
def clinic(db: None) -> Clinic:
    """Return a site with a home page, an empty list of conditions and an empty list of staff."""
    Page.objects.filter(depth=2).delete()
    Site.objects.all().delete()
    root = Page.objects.get(depth=1)
    home = factories.HomePageFactory(parent=root)
    site = Site.objects.create(hostname="localhost", port=80, root_page=home, is_default_site=True, site_name="Harbor")
    return Clinic(
        site=site,
        home=home,
        conditions=factories.ConditionIndexPageFactory(parent=home),
        staff=factories.StaffIndexPageFactory(parent=home),
    )
