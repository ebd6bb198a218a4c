"""The admin carries the clinic's name, and one menu for its lists."""

from collections.abc import Callable

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Workflow

from clinicsite.models import ClinicSettings
from clinicsite.roles import CLINICAL_REVIEW, CLINICIAN_REVIEWERS, MARKETING_EDITORS
from forms.models import FormPage
from staff.models import Certification
from tests.conftest import Clinic
from tests.factories import ContentPageFactory, LocationPageFactory, StaffProfilePageFactory
from tests.forms.builders import a_field, a_form, a_step


def test_the_admin_and_its_sign_in_carry_the_clinics_name(
    clinic: Clinic, client: Client, role_client: Callable[[str], Client]
) -> None:
    settings = ClinicSettings.for_site(clinic.site)
    settings.name = "Heronfield"
    settings.save()
    sign_in = client.get(reverse("wagtailadmin_login")).content.decode()
    assert "Sign in to Heronfield" in sign_in
    home = role_client(MARKETING_EDITORS).get(reverse("wagtailadmin_home")).content.decode()
    assert "- Heronfield</title>" in home
    assert "css/admin.css" in home
    assert "Clinic lists" in home


def test_an_editor_is_told_what_a_pictures_description_is_for(admin_client: Client) -> None:
    html = admin_client.get(reverse("wagtailimages:add")).content.decode()
    assert "What the picture shows, for people who cannot see it." in html


def test_the_account_page_offers_only_time_zones_that_browsers_know(admin_client: Client) -> None:
    html = admin_client.get(reverse("wagtailadmin_account")).content.decode()
    assert 'value="America/Los_Angeles"' in html
    assert 'value="localtime"' not in html
    assert 'value="Factory"' not in html


def bulk_publish(*pages: Page) -> str:
    """Return the address at which these pages are published at once."""
    ids = "&".join(f"id={page.pk}" for page in pages)
    return f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'publish'])}?{ids}"


def broken(page: FormPage) -> FormPage:
    """Save a draft of ``page`` whose second question depends on one that is no more."""
    rule = {"match": "all", "conditions": [{"question": "gone", "operator": "answered", "value": None}]}
    page.steps = [a_step(a_field("email", rule=rule))]
    page.save_revision()
    return page


def test_pages_published_together_are_all_complete_or_none_goes_live(
    clinic: Clinic, role_client: Callable[[str], Client]
) -> None:
    form = broken(a_form(clinic.home, a_field("email"), title="Ask us"))
    other = ContentPageFactory(parent=clinic.home, title="Old words")
    other.title = "New words"
    other.save_revision()
    client = role_client(MARKETING_EDITORS)
    response = client.post(bulk_publish(other, form), follow=True)
    assert response.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=[form.pk])
    words = "“Ask us” is not complete. Steps 1, Fields 1, Conditions: The question this depends on was removed."
    assert words in response.content.decode()
    other.refresh_from_db()
    assert other.title == "Old words"
    assert form.definition.version == 1
    client.post(bulk_publish(other))
    other.refresh_from_db()
    assert other.title == "New words"


def test_a_page_without_what_it_needs_is_not_published_with_others(
    clinic: Clinic, role_client: Callable[[str], Client]
) -> None:
    place = LocationPageFactory(parent=clinic.home, title="Ballard", live=False)
    place.street_address = ""
    place.save_revision(clean=False)
    person = StaffProfilePageFactory(parent=clinic.home, title="Ana")
    person.certifications = [Certification(name="")]
    person.save_revision(clean=False)
    client = role_client(MARKETING_EDITORS)
    response = client.post(bulk_publish(place), follow=True)
    assert "“Ballard” is not complete. Street: This field cannot be blank." in response.content.decode()
    response = client.post(bulk_publish(person), follow=True)
    assert "is not complete. Name: This field cannot be blank." in response.content.decode()
    place.refresh_from_db()
    assert not place.live
    assert not Certification.objects.exists()


def test_a_page_approved_after_it_was_changed_is_complete_or_stays_as_it_was(
    clinic: Clinic, role_client: Callable[[str], Client]
) -> None:
    page = ContentPageFactory(parent=clinic.home, live=False)
    client = role_client(CLINICIAN_REVIEWERS)
    user = get_user_model().objects.get(username=CLINICIAN_REVIEWERS)
    page.save_revision(user=user)
    Workflow.objects.get(name=CLINICAL_REVIEW).start(page, user)
    page.body = [{"type": "heading", "value": {"text": "", "level": "h2"}}]
    page.save_revision(user=user)
    state = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    answer = client.post(address, {"comment": ""}, headers={"x-requested-with": "XMLHttpRequest"})
    assert answer.json()["redirect"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    page.refresh_from_db()
    assert not page.live
    assert page.current_workflow_task_state.status == state.STATUS_IN_PROGRESS
