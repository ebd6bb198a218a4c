"""What an editor sees in the preview panel: the page as typed, also before it was ever saved."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from clinicsite.models import ContentPage, HomePage, LocationPage
from clinicsite.roles import MARKETING_EDITORS
from conditions.models import ConditionIndexPage, ConditionPage
from forms.models import FormPage
from staff.models import StaffIndexPage, StaffProfilePage
from tests.conftest import Clinic
from tests.factories import ConditionPageFactory, LocationPageFactory, StaffProfilePageFactory, StaffRoleFactory


def typed(**fields: Any) -> dict[str, Any]:
    """Return the edit form's data with ``fields`` filled in, comments left out."""
    comments = inline_formset([])
    return nested_form_data({"title": "Heron", "slug": "heron", "comments": comments, **fields})


@pytest.fixture
def editor(role_client: Callable[[str], Client]) -> Client:
    """Return a marketing editor's browser."""
    return role_client(MARKETING_EDITORS)


def preview_of_a_new_page(editor: Client, parent: Page, model: type[Page], data: dict[str, Any]) -> str:
    """Return the HTML in the panel while an editor types a page that has not been saved."""
    where = [model._meta.app_label, model._meta.model_name, parent.pk]
    address = reverse("wagtailadmin_pages:preview_on_add", args=where)
    before = Page.objects.count()
    assert editor.post(address, data).json() == {"is_valid": True, "is_available": True}
    response = editor.get(address)
    assert response.status_code == 200
    assert Page.objects.count() == before
    assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    return response.content.decode()


def test_a_content_page_shows_what_is_typed(clinic: Clinic, editor: Client) -> None:
    body = streamfield([("rich_text", rich_text("<p>Not saved yet.</p>"))])
    data = typed(introduction="Typed words.", body=body, call_to_action=streamfield([]))
    html = preview_of_a_new_page(editor, clinic.home, ContentPage, data)
    assert "Typed words." in html
    assert "Not saved yet." in html
    assert 'aria-label="Breadcrumb' in html


def test_a_condition_shows_the_clinicians_names_and_relations_chosen(clinic: Clinic, editor: Client) -> None:
    clinician = StaffProfilePageFactory(parent=clinic.staff, title="Noor Haddad", role=StaffRoleFactory())
    related = ConditionPageFactory(parent=clinic.conditions, title="Neck pain")
    rich = dict.fromkeys(
        (
            *("causes_introduction", "symptoms_introduction", "symptom_pattern", "care_routine", "care_urgent"),
            *("treatment_introduction", "treatment_outlook", "prevention"),
        ),
        rich_text(""),
    )
    streams = ("causes", "symptoms", "treatments", "self_care", "faqs", "body", "call_to_action", "sources")
    data = typed(
        summary="An ache between the shoulder blades.",
        care_emergency=rich_text("<p>You cannot breathe.</p>"),
        other_names=inline_formset([{"name": "Thoracic pain"}]),
        clinicians=inline_formset([{"profile": clinician.pk}]),
        related_conditions=inline_formset([{"condition": related.pk}]),
        **rich,
        **{name: streamfield([]) for name in streams},
    )
    html = preview_of_a_new_page(editor, clinic.conditions, ConditionPage, data)
    for words in ("An ache between", "Thoracic pain", "Noor Haddad", "Neck pain", "You cannot breathe."):
        assert words in html


def test_a_profile_shows_training_and_colleagues(clinic: Clinic, editor: Client) -> None:
    role, here = StaffRoleFactory(), LocationPageFactory(parent=clinic.home, title="Alder Street")
    StaffProfilePageFactory(parent=clinic.staff, title="Noor Haddad", role=role, locations=[here])
    degree = {"kind": "degree", "qualification": "Doctor of Physical Therapy", "institution": "Northfield"}
    data = typed(
        given_name="Ana",
        family_name="Diaz",
        role=role.pk,
        biography=rich_text("<p>Ana likes herons.</p>"),
        interests=rich_text(""),
        education=inline_formset([degree]),
        certifications=inline_formset([{"name": "Orthopedics", "in_progress": "on"}]),
        languages=inline_formset([{"code": "es"}]),
    ) | {"locations": [here.pk]}
    html = preview_of_a_new_page(editor, clinic.staff, StaffProfilePage, data)
    for words in ("Ana likes herons.", "Northfield", "Orthopedics", "Alder Street", "Noor Haddad"):
        assert words in html


def test_a_location_shows_its_hours(clinic: Clinic, editor: Client) -> None:
    address = {"street_address": "1 Alder Street", "city": "Seattle", "region": "WA", "postal_code": "98101"}
    data = typed(
        **address,
        country="US",
        phone="206 555 0142",
        directions=rich_text(""),
        accessibility_notes=rich_text(""),
        body=streamfield([]),
        opening_hours=inline_formset([{"day": "0", "opens": "09:00", "closes": "18:00"}]),
        opening_hours_exceptions=inline_formset([{"date": "2100-01-01", "note": "New year"}]),
    )
    html = preview_of_a_new_page(editor, clinic.home, LocationPage, data)
    for words in ("1 Alder Street", "9 a.m. to 6 p.m.", "New year"):
        assert words in html


def test_a_form_shows_its_questions_and_cannot_be_sent(clinic: Clinic, editor: Client) -> None:
    question = {"label": "Where does it hurt?", "help_text": "", "placeholder": ""}
    step = {"title": "About you", "introduction": rich_text(""), "fields": streamfield([("single_line", question)])}
    data = typed(
        introduction=rich_text("<p>Two minutes.</p>"),
        steps=streamfield([("step", step)]),
        submit_label="Send my request",
        confirmation_title="Thank you",
        confirmation_text=rich_text(""),
        notification_recipients="",
        notification_mode="each",
        **{name: streamfield([]) for name in ("confirmations", "notification_rules")},
    )
    html = preview_of_a_new_page(editor, clinic.home, FormPage, data)
    assert "Where does it hurt?" in html
    assert "Two minutes." in html


@pytest.mark.parametrize("model", [HomePage, ConditionIndexPage, StaffIndexPage])
def test_a_page_never_saved_is_drawn_without_anything_in_it(clinic: Clinic, model: type[Page]) -> None:
    page = model(title="Heron", slug="heron", locale=clinic.home.locale)
    parent = clinic.home.get_parent() if model is HomePage else clinic.home
    page.depth, page.path = parent.depth + 1, parent.path + "0099"
    page.set_url_path(parent)
    response = page.make_preview_request()
    assert response.status_code == 200
    assert response.content.decode().count("<h1") == 1


def test_a_preview_keeps_the_editors_scheme_so_that_no_redirect_takes_its_place(
    clinic: Clinic, rf: RequestFactory, settings: Any
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    editor = rf.get("/admin/", secure=True)
    assert clinic.home.make_preview_request(editor).status_code == 200
