"""Builders of pages and snippets: a test names what matters to it, the factory fills in the rest."""

from typing import Any

import factory
import wagtail_factories
from django.utils.text import slugify
from wagtail.models import Collection, Locale, Page

from clinicsite.models import ClinicImage, ContentPage, HomePage, LocationPage
from conditions.models import BodyRegion, ConditionIndexPage, ConditionPage, Treatment
from forms.models import FormPage
from staff.models import Specialty, StaffIndexPage, StaffProfilePage, StaffRole


def default_locale() -> Locale:
    """Return the site's default locale."""
    return Locale.get_default()


class ImageFactory(wagtail_factories.ImageFactory):
    """A small generated picture in the root collection, where the roles' permissions apply."""

    collection = factory.LazyFunction(lambda: Collection.objects.get(depth=1))

    class Meta:
        model = ClinicImage


class ClinicPageFactory(wagtail_factories.PageFactory):
    """What all page factories share; ``parent`` is where the page goes."""

    slug = factory.LazyAttribute(lambda page: slugify(page.title))

    class Meta:
        model = Page
        abstract = True


class HomePageFactory(ClinicPageFactory):
    """The home page."""

    title = "Harbor Physical Therapy"
    hero_heading = "Move well again"
    hero_text = "Physical therapy, one patient at a time."

    class Meta:
        model = HomePage


class ContentPageFactory(ClinicPageFactory):
    """A page with no type of its own."""

    title = "Insurance"

    class Meta:
        model = ContentPage


class LocationPageFactory(ClinicPageFactory):
    """An address of the clinic."""

    title = factory.Sequence(lambda n: f"Location {n}")
    street_address = "1420 Alder Street"
    city = "Seattle"
    region = "WA"
    postal_code = "98101"
    phone = "206 555 0142"

    class Meta:
        model = LocationPage


class SnippetFactory(factory.django.DjangoModelFactory):
    """A translatable snippet in the default locale."""

    locale = factory.LazyFunction(default_locale)

    class Meta:
        abstract = True


class StaffRoleFactory(SnippetFactory):
    """A clinician's role."""

    name = "Physical therapist"
    slug = factory.LazyAttribute(lambda role: slugify(role.name))

    class Meta:
        model = StaffRole


class SpecialtyFactory(SnippetFactory):
    """A specialty."""

    name = "Vestibular therapy"

    class Meta:
        model = Specialty


class StaffIndexPageFactory(ClinicPageFactory):
    """The list of staff."""

    title = "Our staff"

    class Meta:
        model = StaffIndexPage


class StaffProfilePageFactory(ClinicPageFactory):
    """A clinician's profile."""

    given_name = "Amara"
    family_name = factory.Sequence(lambda n: f"Okafor{n}")
    title = factory.LazyAttribute(lambda profile: f"{profile.given_name} {profile.family_name}")
    post_nominals = "PT, DPT"

    class Meta:
        model = StaffProfilePage


class BodyRegionFactory(SnippetFactory):
    """A body region."""

    name = "Upper back"
    slug = factory.LazyAttribute(lambda region: slugify(region.name))

    class Meta:
        model = BodyRegion


class TreatmentFactory(SnippetFactory):
    """A treatment."""

    name = "Manual therapy"
    description = "<p>Hands-on techniques for stiff joints and tight muscles.</p>"

    class Meta:
        model = Treatment


class ConditionIndexPageFactory(ClinicPageFactory):
    """The list of conditions."""

    title = "Conditions"

    class Meta:
        model = ConditionIndexPage


class ConditionPageFactory(ClinicPageFactory):
    """A condition page."""

    title = factory.Sequence(lambda n: f"Upper back pain {n}")
    summary = "Pain between the neck and the lower ribs, most often from posture or strain."

    class Meta:
        model = ConditionPage


class FormPageFactory(ClinicPageFactory):
    """A form page with one question; ``tests.forms.builders`` has steps and fields of every type."""

    title = "Request an appointment"
    steps = factory.LazyFunction(
        lambda: [
            {
                "type": "step",
                "value": {"title": "You", "fields": [{"type": "single_line", "value": {"label": "Your name"}}]},
            }
        ]
    )

    class Meta:
        model = FormPage


def rich_text_block(html: str) -> dict[str, Any]:
    """Return the raw stream data of a rich-text block with ``html``."""
    return {"type": "rich_text", "value": html}
