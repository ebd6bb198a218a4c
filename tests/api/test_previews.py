"""Drafts in a front end of another origin: what a token opens, for how long, and what may frame what."""

import datetime as dt
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data, streamfield

from clinicsite.models import ApiSettings, PagePreview
from clinicsite.models.previews import remove_old_previews
from clinicsite.roles import MARKETING_EDITORS
from tests.api.conftest import ApiClient
from tests.api.test_pages import PAGE_TYPES
from tests.conftest import Clinic
from tests.factories import ContentPageFactory
from tests.tokens.conftest import a_user

PREVIEW = "/api/v1/preview/"
FRONT_END = "https://www.front.example"


@pytest.fixture
def settings_of_site(clinic: Clinic) -> ApiSettings:
    settings = ApiSettings.for_site(clinic.site)
    settings.preview_url = f"{FRONT_END}/preview/"
    settings.save()
    return settings


@pytest.fixture
def editor(clinic: Clinic) -> User:
    return a_user(MARKETING_EDITORS)


@pytest.fixture
def browser(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def typed(title: str) -> dict[str, Any]:
    data = {"title": title, "slug": "insurance", "body": streamfield([]), "call_to_action": streamfield([])}
    return nested_form_data(data) | {
        "introduction": "Typed.",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }


def token_in(html: str) -> str:
    found = re.search(rf'src="{FRONT_END}/preview/#token=([^"]+)"', html)
    assert found, html
    return found[1]


def look(browser: Client, page: Any, title: str) -> str:
    """Return the token that the panel gives to the front end once ``title`` was typed."""
    address = f"/admin/pages/{page.pk}/edit/preview/"
    assert browser.post(address, typed(title)).json() == {"is_valid": True, "is_available": True}
    return token_in(browser.get(f"{address}?in_preview_panel=true").content.decode())


def ask(token: str) -> Any:
    return Client().get(PREVIEW, headers={"Authorization": f"Preview {token}"})


def test_without_a_front_end_the_site_shows_its_own_templates(clinic: Clinic, browser: Client) -> None:
    page = ContentPageFactory(parent=clinic.home)
    address = f"/admin/pages/{page.pk}/edit/preview/"
    browser.post(address, typed("Fees"))
    html = browser.get(address).content.decode()
    assert "<h1" in html
    assert "Fees" in html
    assert not PagePreview.objects.exists()


def test_what_is_typed_is_what_the_front_end_gets(
    clinic: Clinic, settings_of_site: ApiSettings, browser: Client, api: ApiClient
) -> None:
    page = ContentPageFactory(parent=clinic.home, introduction="Stored.")
    token = look(browser, page, "Fees")
    response = ask(token)
    assert response.status_code == 200
    shown = api.checked(PREVIEW, "get", response)
    assert (shown["type"], shown["id"], shown["title"], shown["introduction"]) == (
        "ContentPage",
        page.pk,
        "Fees",
        "Typed.",
    )
    assert response["Cache-Control"] == "private, no-store"
    assert "Surrogate-Key" not in response
    # The same token follows the editor, for a front end that asks again.
    look(browser, page, "Prices")
    assert ask(token).json()["title"] == "Prices"
    assert PagePreview.objects.count() == 1
    page.refresh_from_db()
    assert page.title == "Insurance"


def test_a_page_that_is_not_saved_yet_is_shown(
    clinic: Clinic, settings_of_site: ApiSettings, browser: Client, api: ApiClient
) -> None:
    address = f"/admin/pages/add/clinicsite/contentpage/{clinic.home.pk}/preview/"
    assert browser.post(address, typed("Fees")).json()["is_valid"]
    shown = api.checked(PREVIEW, "get", ask(token_in(browser.get(address).content.decode())))
    assert (shown["id"], shown["title"], shown["breadcrumbs"][0]["title"]) == (0, "Fees", clinic.home.title)


@pytest.mark.parametrize("name", PAGE_TYPES)
def test_a_saved_draft_of_every_type_is_shown_as_its_page_is(
    settings_of_site: ApiSettings, browser: Client, api: ApiClient, clinic_pages: dict[str, Any], name: str
) -> None:
    page = clinic_pages[name]
    page.title = "Only a draft"
    page.save_revision()
    token = token_in(browser.get(f"/admin/pages/{page.pk}/view_draft/").content.decode())
    shown = api.checked(PREVIEW, "get", ask(token))
    assert (shown["type"], shown["title"]) == (name, "Only a draft")
    live = api.get(f"/api/v1/pages/{page.pk}/")
    assert shown.keys() == live.keys()
    assert live["title"] != "Only a draft"


def test_an_older_version_and_the_editor_are_shown_side_by_side(
    clinic: Clinic, settings_of_site: ApiSettings, browser: Client
) -> None:
    page = ContentPageFactory(parent=clinic.home)
    older = page.save_revision()
    edited = look(browser, page, "Fees")
    viewed = token_in(browser.get(f"/admin/pages/{page.pk}/revisions/{older.pk}/view/").content.decode())
    assert (ask(edited).json()["title"], ask(viewed).json()["title"]) == ("Fees", "Insurance")


@pytest.mark.parametrize("token", ["", "nonsense", "Ijk5OSI:1abcde:AAAA"])
def test_a_wrong_token_opens_nothing(clinic: Clinic, token: str) -> None:
    response = ask(token)
    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Preview")


def test_a_token_is_good_for_an_hour_and_its_draft_is_removed_then(
    clinic: Clinic, settings_of_site: ApiSettings, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = look(browser, ContentPageFactory(parent=clinic.home), "Fees")
    remove_old_previews()
    assert ask(token).status_code == 200
    monkeypatch.setattr("clinicsite.models.previews.LIFE", dt.timedelta(seconds=-1))
    assert ask(token).status_code == 401
    monkeypatch.undo()
    PagePreview.objects.update(shown_at=timezone.now() - dt.timedelta(hours=2))
    remove_old_previews()
    assert ask(token).status_code == 401


def test_a_token_opens_no_other_address_and_no_other_token_this_one(
    clinic: Clinic, settings_of_site: ApiSettings, browser: Client
) -> None:
    token = look(browser, ContentPageFactory(parent=clinic.home), "Fees")
    for scheme, path in (("Preview", "/api/v1/pages/"), ("Bearer", "/api/v1/token/"), ("Bearer", PREVIEW)):
        assert Client().get(path, headers={"Authorization": f"{scheme} {token}"}).status_code == 401
    assert browser.get(PREVIEW).status_code == 401


def test_a_draft_is_shown_for_as_long_as_its_editor_may_edit_it(
    clinic: Clinic, settings_of_site: ApiSettings, browser: Client, editor: User
) -> None:
    token = look(browser, ContentPageFactory(parent=clinic.home), "Fees")
    editor.groups.clear()
    assert ask(token).status_code == 403
    editor.is_active = False
    editor.save()
    assert ask(token).status_code == 403


def test_the_preview_alone_frames_the_front_end_and_no_address_holds_the_token(
    clinic: Clinic, settings_of_site: ApiSettings, browser: Client
) -> None:
    page = ContentPageFactory(parent=clinic.home)
    look(browser, page, "Fees")
    response = browser.get(f"/admin/pages/{page.pk}/edit/preview/")
    assert f"frame-src 'self' {FRONT_END};" in response["Content-Security-Policy"] + ";"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in response["Cache-Control"]
    assert FRONT_END not in browser.get(f"/admin/pages/{page.pk}/edit/")["Content-Security-Policy"]
    # Behind a #: browsers send it to no server.
    assert re.search(r"preview/#token=", response.content.decode())


def test_the_front_end_may_call_from_its_origin(settings_of_site: ApiSettings, client: Client) -> None:
    asked = {
        "Origin": FRONT_END,
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "authorization",
    }
    response = client.options(PREVIEW, headers=asked)
    assert response["Access-Control-Allow-Origin"] == FRONT_END
    assert "authorization" in response["Access-Control-Allow-Headers"]


@pytest.mark.parametrize(
    "address", ["www.front.example", "http://front.example/", "https://a.example/#x", "javascript:1"]
)
def test_an_address_that_cannot_be_a_front_end_is_refused_at_its_field(clinic: Clinic, address: str) -> None:
    with pytest.raises(ValidationError) as refused:
        ApiSettings(site=clinic.site, preview_url=address).full_clean()
    assert list(refused.value.message_dict) == ["preview_url"]


def test_the_form_in_a_preview_is_as_edited_and_cannot_be_sent(
    settings_of_site: ApiSettings, browser: Client, clinic_pages: dict[str, Any]
) -> None:
    page = clinic_pages["FormPage"]
    page.submit_label = "Ask us"
    page.steps[0].value["title"] = "Not published"
    page.save_revision()
    shown = ask(token_in(browser.get(f"/admin/pages/{page.pk}/view_draft/").content.decode())).json()
    assert (shown["form"]["version"], shown["form"]["steps"][0]["title"]) == (0, "Not published")
