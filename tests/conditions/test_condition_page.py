"""What a patient sees of a condition page, also when what it names has gone, and what editors are told."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Locale, PageViewRestriction

from conditions.models import ConditionPage
from staff.models import StaffProfilePage
from tests.conftest import Clinic
from tests.factories import (
    BodyRegionFactory,
    ConditionPageFactory,
    ContentPageFactory,
    FormPageFactory,
    ImageFactory,
    StaffProfilePageFactory,
    StaffRoleFactory,
    TreatmentFactory,
)


@pytest.fixture
def chosen(clinic: Clinic) -> dict[str, Any]:
    """Return one of everything that a condition page can choose, each known by the word Heron in its name."""
    document = get_document_model()(title="Heron document")
    document.file.save("heron.pdf", ContentFile(b"%PDF-1.4"))
    role = StaffRoleFactory()
    return {
        "author": StaffProfilePageFactory(parent=clinic.staff, title="Heron author", role=role),
        "reviewer": StaffProfilePageFactory(parent=clinic.staff, title="Heron reviewer", role=role),
        "clinician": StaffProfilePageFactory(parent=clinic.staff, title="Heron clinician", role=role),
        "related": ConditionPageFactory(parent=clinic.conditions, title="Heron related"),
        "linked": ContentPageFactory(parent=clinic.home, title="Heron linked"),
        "form": FormPageFactory(parent=clinic.home, title="Heron form"),
        "treatment": TreatmentFactory(name="Heron treatment"),
        "region": BodyRegionFactory(name="Heron region"),
        "image": ImageFactory(title="Heron image"),
        "document": document,
    }


@pytest.fixture
def page(clinic: Clinic, chosen: dict[str, Any]) -> ConditionPage:
    """Return a condition page that chooses all of them."""
    figure = {"image": {"image": chosen["image"].pk, "decorative": False, "alt_text": "Heron image"}, "caption": ""}
    cta = {"heading": "Next", "text": "", "link": {"document": chosen["document"].pk}}
    page = ConditionPageFactory(
        parent=clinic.conditions,
        title="Upper back pain",
        author=chosen["author"],
        clinical_reviewer=chosen["reviewer"],
        last_reviewed=datetime.date(2026, 11, 1),
        body_regions=[chosen["region"]],
        prevention=f'<p>See <a linktype="page" id="{chosen["linked"].pk}">our advice</a>.</p>',
    )
    page.treatments = [("treatment", {"treatment": chosen["treatment"]})]
    raw = [
        {"type": "figure", "value": figure},
        {"type": "cta", "value": cta},
        {"type": "form_embed", "value": {"heading": "", "form": chosen["form"].pk}},
    ]
    page.body = ConditionPage._meta.get_field("body").to_python(raw)
    page.clinicians.create(profile=chosen["clinician"])
    page.related_conditions.create(condition=chosen["related"])
    page.save()
    return ConditionPage.objects.get(pk=page.pk)


def read(client: Client, page: ConditionPage) -> str:
    """Return the page's HTML as a patient gets it."""
    response = client.get(page.get_url())
    assert response.status_code == 200
    return response.content.decode()


def test_a_published_condition_names_all_it_chooses(client: Client, page: ConditionPage) -> None:
    html = read(client, page)
    for words in ("Upper back pain", "Heron author", "Heron reviewer", "Heron clinician", "Heron related"):
        assert words in html
    assert "Heron treatment" in html
    assert 'href="/heron-linked/"' in html


@pytest.mark.parametrize("name", ["author", "reviewer", "clinician", "related", "linked", "form"])
@pytest.mark.parametrize("change", ["unpublish", "hide", "delete"])
def test_the_page_renders_and_names_no_page_that_is_gone_or_hidden(
    client: Client, page: ConditionPage, chosen: dict[str, Any], name: str, change: str
) -> None:
    gone = chosen[name]
    if change == "hide":
        PageViewRestriction.objects.create(page=gone, restriction_type=PageViewRestriction.LOGIN)
    else:
        getattr(gone, change)()
    html = read(client, page)
    assert f"Heron {name}" not in html
    assert f"heron-{name}" not in html
    assert "Upper back pain" in html


@pytest.mark.parametrize("name", ["treatment", "region", "image", "document"])
def test_the_page_renders_when_what_it_chose_is_deleted(
    client: Client, page: ConditionPage, chosen: dict[str, Any], name: str
) -> None:
    chosen[name].delete()
    html = read(client, page)
    assert f"Heron {name}" not in html
    assert "Upper back pain" in html


def test_anonymous_pages_set_no_cookie_and_vary_by_none(client: Client, page: ConditionPage) -> None:
    response = client.get(page.get_url())
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


def test_a_person_with_a_session_gets_a_private_page(admin_client: Client, page: ConditionPage) -> None:
    assert "private" in admin_client.get(page.get_url()).headers["Cache-Control"]


def test_the_contents_name_only_sections_that_say_something(page: ConditionPage) -> None:
    anchors = [section.anchor for section in page.contents]
    assert anchors == ["treatment", "prevention", "more", "clinicians", "sources", "related"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"last_reviewed": None}, "last_reviewed"),
        ({"last_reviewed": timezone.localdate() + datetime.timedelta(days=1)}, "last_reviewed"),
        ({"next_review": datetime.date(2026, 10, 1)}, "next_review"),
    ],
)
def test_a_review_that_cannot_have_been_made_is_refused(
    page: ConditionPage, changes: dict[str, Any], field: str
) -> None:
    for name, value in changes.items():
        setattr(page, name, value)
    with pytest.raises(ValidationError) as caught:
        page.clean()
    assert set(caught.value.message_dict) == {field}


def test_only_somebody_who_treats_patients_reviews(page: ConditionPage, chosen: dict[str, Any]) -> None:
    desk = StaffRoleFactory(name="Front desk", is_clinician=False)
    StaffProfilePage.objects.filter(pk=chosen["reviewer"].pk).update(role=desk)
    with pytest.raises(ValidationError) as caught:
        ConditionPage.objects.get(pk=page.pk).clean()
    assert set(caught.value.message_dict) == {"clinical_reviewer"}


def test_two_regions_of_one_language_cannot_share_an_address(db: None) -> None:
    BodyRegionFactory(name="Knee")
    with pytest.raises(IntegrityError), transaction.atomic():
        BodyRegionFactory(name="Knee")


def test_a_page_with_all_its_parts_is_copied_for_translation(page: ConditionPage) -> None:
    page.other_names.create(name="Thoracic pain", locale=page.locale)
    page.save()
    spanish = Locale.objects.create(language_code="es")
    copy = page.copy_for_translation(spanish, copy_parents=True)
    assert copy.other_names.get().locale == spanish
    assert copy.other_names.get().translation_key == page.other_names.get().translation_key
    assert [item.profile_id for item in copy.clinicians.all()] == [item.profile_id for item in page.clinicians.all()]


def test_more_of_everything_costs_no_more_queries(
    clinic: Clinic, client: Client, page: ConditionPage, django_assert_max_num_queries: Any
) -> None:
    role = page.author.role
    for _ in range(4):
        page.clinicians.create(profile=StaffProfilePageFactory(parent=clinic.staff, role=role))
        page.related_conditions.create(condition=ConditionPageFactory(parent=clinic.conditions))
    page.save()
    client.get(page.get_url())
    with django_assert_max_num_queries(40):
        client.get(page.get_url())
