"""Who may open and do what in the admin, asked of the admin itself."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import Task, Workflow
from wagtail.test.utils.form_data import nested_form_data, streamfield

from clinicsite.models import ContentPage
from clinicsite.roles import ADMINISTRATORS, ALL_ROLES, CLINICIAN_REVIEWERS, FRONT_DESK, MARKETING_EDITORS
from conditions.models import Treatment
from tests.conftest import Clinic
from tests.factories import ContentPageFactory, ImageFactory

RoleClient = Callable[[str], Client]
EDITORS = (MARKETING_EDITORS, ADMINISTRATORS)
PAGE_READERS = (*EDITORS, CLINICIAN_REVIEWERS)

MAY_OPEN = {
    "wagtailadmin_home": ALL_ROLES,
    "wagtailadmin_explore_root": PAGE_READERS,
    "wagtailimages:index": EDITORS,
    "wagtailimages:add": EDITORS,
    "wagtaildocs:index": EDITORS,
    "wagtailredirects:index": EDITORS,
    "wagtailadmin_collections:index": EDITORS,
    "wagtailsnippets_conditions_treatment:list": PAGE_READERS,
    "wagtailsnippets_conditions_treatment:add": EDITORS,
    "wagtailsnippets_staff_staffrole:add": EDITORS,
    "wagtailadmin_reports:aging_pages": PAGE_READERS,
    "wagtailusers_users:index": (ADMINISTRATORS,),
    "wagtailusers_users:add": (ADMINISTRATORS,),
    "wagtailusers_groups:index": (ADMINISTRATORS,),
    "wagtailadmin_workflows:index": (ADMINISTRATORS,),
    "wagtailsites:index": (ADMINISTRATORS,),
    "webhooks:index": (ADMINISTRATORS,),
    "webhook_messages:index": (ADMINISTRATORS,),
}


@pytest.mark.parametrize("role", ALL_ROLES)
@pytest.mark.parametrize("url_name", MAY_OPEN)
def test_a_role_opens_its_own_screens_and_no_others(
    clinic: Clinic, role_client: RoleClient, role: str, url_name: str
) -> None:
    opened = role_client(role).get(reverse(url_name)).status_code == 200
    assert opened == (role in MAY_OPEN[url_name])


@pytest.mark.parametrize("role", ALL_ROLES)
def test_only_editors_and_reviewers_open_a_page_for_editing(clinic: Clinic, role_client: RoleClient, role: str) -> None:
    page = ContentPageFactory(parent=clinic.home)
    opened = role_client(role).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    assert opened == (role in PAGE_READERS)


@pytest.mark.parametrize("role", ALL_ROLES)
def test_only_editors_publish_and_delete(clinic: Clinic, role_client: RoleClient, role: str) -> None:
    page = ContentPageFactory(parent=clinic.home, title="Insurance")
    client = role_client(role)
    data = nested_form_data(
        {"title": "Fees", "slug": "fees", "body": streamfield([]), "call_to_action": streamfield([])}
    )
    data |= {"introduction": "", "action-publish": "1", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    assert (ContentPage.objects.get(pk=page.pk).title == "Fees") == (role in EDITORS)
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert ContentPage.objects.filter(pk=page.pk).exists() != (role in EDITORS)


@pytest.mark.parametrize("role", ALL_ROLES)
def test_only_editors_change_the_clinics_settings(clinic: Clinic, role_client: RoleClient, role: str) -> None:
    url = reverse("wagtailsettings:edit", args=["clinicsite", "clinicsettings", clinic.site.pk])
    assert (role_client(role).get(url).status_code == 200) == (role in EDITORS)


@pytest.mark.parametrize("role", ALL_ROLES)
def test_reviewers_correct_a_treatment_but_add_and_delete_none(
    clinic: Clinic, role_client: RoleClient, role: str
) -> None:
    treatment = Treatment.objects.create(name="Taping", description="<p>Tape.</p>", locale=clinic.home.locale)
    client = role_client(role)
    edit = client.get(reverse("wagtailsnippets_conditions_treatment:edit", args=[treatment.pk])).status_code == 200
    delete = client.get(reverse("wagtailsnippets_conditions_treatment:delete", args=[treatment.pk])).status_code == 200
    assert edit == (role in PAGE_READERS)
    assert delete == (role in EDITORS)


def test_the_front_desk_learns_nothing_of_content_from_history_and_choosers(
    clinic: Clinic, role_client: RoleClient
) -> None:
    editor, front_desk = role_client(MARKETING_EDITORS), role_client(FRONT_DESK)
    page = ContentPageFactory(parent=clinic.home, title="Heron secret")
    ImageFactory(title="Heron picture")
    log(page, "wagtail.edit")
    history, pictures = reverse("wagtailadmin_reports:site_history"), reverse("wagtailimages_chooser:choose")
    assert "Heron secret" in editor.get(history).content.decode()
    assert "Heron secret" not in front_desk.get(history).content.decode()
    assert "Heron picture" in editor.get(pictures).content.decode()
    assert "Heron picture" not in front_desk.get(pictures).content.decode()


def test_nobody_without_a_role_enters_the_admin(clinic: Clinic, client: Client) -> None:
    response = client.get(reverse("wagtailadmin_home"))
    assert response.status_code == 302
    assert response.url.startswith(reverse("wagtailadmin_login"))


def test_newcomers_find_our_roles_and_review_only(db: None) -> None:
    assert set(Group.objects.values_list("name", flat=True)) == set(ALL_ROLES)
    assert list(Workflow.objects.values_list("name", flat=True)) == ["Clinical review"]
    assert list(Task.objects.values_list("name", flat=True)) == ["Approval by a clinician"]


@pytest.mark.parametrize("role", ALL_ROLES)
def test_only_administrators_open_the_api_to_other_origins(clinic: Clinic, role_client: RoleClient, role: str) -> None:
    address = reverse("wagtailsettings:edit", args=["clinicsite", "apisettings", clinic.site.pk])
    assert (role_client(role).get(address).status_code == 200) == (role == ADMINISTRATORS)


def test_an_origin_that_is_none_is_refused_at_its_field(clinic: Clinic, role_client: RoleClient) -> None:
    address = reverse("wagtailsettings:edit", args=["clinicsite", "apisettings", clinic.site.pk])
    refused = role_client(ADMINISTRATORS).post(address, {"allowed_origins": "www.front.example"})
    assert "“www.front.example” is not an address" in refused.content.decode()
    assert "www.front.example</textarea>" in refused.content.decode()
