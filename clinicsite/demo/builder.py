"""Builds the demo clinic's pages through the models that editors use.

All pages are planted first and filled afterwards, so that any page can link to any other one; each is then
published from a revision, as an editor's page is, so that its history works from the first day.
"""

import datetime
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, Site, Workflow, WorkflowPage

from clinicsite import roles
from clinicsite.demo import clinic, fill, form, images, samples
from clinicsite.demo.articles import ARTICLES
from clinicsite.demo.conditions import CONDITIONS, INDEX
from clinicsite.demo.markup import joined
from clinicsite.demo.people import PEOPLE
from clinicsite.demo.places import PLACES
from clinicsite.demo.raw import Raw
from clinicsite.models import ClinicPage, ContentPage, HomePage, LocationPage
from conditions.models import ConditionIndexPage, ConditionPage
from forms.models import FormPage
from staff.models import StaffIndexPage, StaffProfilePage


class SiteInUseError(Exception):
    """The site already has pages that are not the demo's."""


@dataclass
class Builder:
    """One run: what has been planted so far, and the ids that links between pages need."""

    raw: Raw
    locale: Locale
    pages: dict[str, ClinicPage] = field(default_factory=dict)

    def plant(self, parent: Page, key: str, page: ClinicPage) -> ClinicPage:
        """Add ``page`` under ``parent``, unpublished and still empty, and remember it as ``key``."""
        page.live = False
        page.slug = page.slug or key
        page.locale = self.locale
        parent.add_child(instance=page)
        self.pages[key] = page
        self.raw.page_ids[key] = page.pk
        return page

    def publish(self, key: str, fill_page: Callable[[], None] | None = None) -> None:
        """Fill the page ``key`` and publish it from its first revision."""
        if fill_page:
            fill_page()
        self.pages[key].save_revision(log_action=True).publish()


def build(seed: int) -> dict[str, int]:
    """Build the clinic; return how many of each thing there are now.

    Raises:
        SiteInUseError: the site has pages of its own, which the demo must not mix with.
    """
    with transaction.atomic():
        builder = Builder(
            raw=Raw(random.Random(seed)),  # noqa: S311 - ids of sample content, no secret
            locale=Locale.get_default(),
        )
        builder.raw.picture_ids.update(images.load_pictures())
        snippets = fill.Snippets.create(builder.raw, builder.locale)
        home = _plant_home(builder)
        _plant_children(builder, home)
        _publish_all(builder, snippets)
        fill.settings(Site.objects.get(is_default_site=True), builder.raw)
        _assign_review(builder.pages["conditions"])
        requests = _send_samples(builder, seed)
    return {
        "conditions": len(CONDITIONS),
        "staff": len(PEOPLE),
        "locations": len(PLACES),
        "pictures": len(images.PICTURES),
        "sample requests": requests,
    }


def _plant_home(builder: Builder) -> HomePage:
    """Plant the home page and make it the site's root, in place of the page that Wagtail's own migration leaves."""
    root = Page.get_first_root_node()
    if root is None or root.get_descendants().exclude(depth=2, slug="home", content_type__model="page").exists():
        raise SiteInUseError
    home = HomePage(
        title=clinic.HOME["title"],
        slug="heronfield",
        hero_heading=clinic.HOME["hero_heading"],
        hero_text=joined(clinic.HOME["hero_text"]),
    )
    builder.plant(root, "home", home)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"root_page": home, "site_name": clinic.NAME},
        create_defaults={"hostname": "localhost", "root_page": home, "site_name": clinic.NAME},
    )
    for leftover in root.get_children().exclude(pk=home.pk):
        leftover.delete()
    return home


def _plant_children(builder: Builder, home: HomePage) -> None:
    conditions = builder.plant(home, "conditions", ConditionIndexPage(title=INDEX["title"]))
    for condition in CONDITIONS:
        page = ConditionPage(title=condition.title, summary=joined(condition.summary))
        builder.plant(conditions, condition.slug, page)
    staff = builder.plant(home, "staff", StaffIndexPage(title="Our staff"))
    for person in PEOPLE:
        page = StaffProfilePage(
            title=f"{person.given_name} {person.family_name}",
            given_name=person.given_name,
            family_name=person.family_name,
        )
        builder.plant(staff, person.slug, page)
    for place in PLACES:
        builder.plant(home, place.slug, fill.location(LocationPage(title=place.title), place))
    for article in ARTICLES:
        builder.plant(home, article.slug, ContentPage(title=article.title))
    appointment = FormPage(title=form.TITLE, form_id=builder.raw.id())
    builder.plant(home, "appointment", form.fill(appointment, builder.raw))


def _publish_all(builder: Builder, snippets: "fill.Snippets") -> None:
    raw, pages = builder.raw, builder.pages
    for place in PLACES:
        builder.publish(place.slug, lambda place=place: fill.location_details(pages[place.slug], place, raw))
    for person in PEOPLE:
        builder.publish(person.slug, lambda person=person: fill.profile(pages[person.slug], person, raw, snippets))
    builder.publish("appointment")
    for article in ARTICLES:
        builder.publish(article.slug, lambda article=article: fill.article(pages[article.slug], article, raw))
    for condition in CONDITIONS:
        builder.publish(condition.slug, lambda item=condition: fill.condition(pages[item.slug], item, raw, snippets))
        _date_back(pages[condition.slug], condition.reviewed)
    builder.publish("conditions", lambda: fill.condition_index(pages["conditions"], raw))
    builder.publish("staff", lambda: fill.staff_index(pages["staff"]))
    builder.publish("home", lambda: fill.home(pages["home"], raw))


def _date_back(page: ClinicPage, day: datetime.date) -> None:
    """Have ``page`` published on ``day``: a page published after its review counts as changed since."""
    moment = timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))
    Page.objects.filter(pk=page.pk).update(first_published_at=moment, last_published_at=moment)


def _assign_review(index: Page) -> None:
    """Let condition pages go through clinical review; without the workflow, a site has chosen otherwise."""
    if workflow := Workflow.objects.filter(name=roles.CLINICAL_REVIEW, active=True).first():
        WorkflowPage.objects.create(page=index.page_ptr, workflow=workflow)


def _send_samples(builder: Builder, seed: int) -> int:
    form_page = builder.pages["appointment"]
    form_page.refresh_from_db()
    sampler = samples.Sampler(form_page.definition, random.Random(seed))  # noqa: S311 - invented patients
    now = timezone.now()
    samples.count_steps(form_page.definition, [sampler.send(now) for _number in range(samples.COUNT)])
    return samples.COUNT + sampler.send_caught(now)
