"""Pages written over the API as drafts: with the editing form's checks, and the permissions of the token's user."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Workflow, WorkflowState

from clinicsite.api.drafts import saving
from clinicsite.models import ContentPage
from clinicsite.roles import (
    ADMINISTRATORS,
    CLINICAL_REVIEW,
    CLINICIAN_REVIEWERS,
    FRONT_DESK,
    MARKETING_EDITORS,
)
from conditions.models import ConditionPage
from forms.models import FormDefinition
from tests import factories
from tests.api.clinic import build_pages
from tests.api.conftest import ApiClient
from tests.api.test_pages import PAGE_TYPES
from tests.conftest import Clinic
from tests.tokens.conftest import a_token, a_user
from tokens.models import Scope

DRAFTS = "/api/v1/drafts/"
ALL = tuple(Scope)


class Writer(ApiClient):
    """A program that writes for somebody of a role, and holds every answer against the document."""

    def __init__(self, role: str = MARKETING_EDITORS, *scopes: Scope) -> None:
        self.user = a_user(role)
        super().__init__(Client(headers=a_token(self.user, *(scopes or ALL))[1]))

    def draft(self, page: Page, status: int = 200) -> Any:
        return self.get(f"{DRAFTS}{page.pk}/", status=status)

    def tag(self, page: Page) -> str:
        return saving.tag_of(Page.objects.get(pk=page.pk).get_latest_revision_as_object())

    def add(self, kind: str, parent: Page, status: int = 201, **fields: Any) -> Any:
        return self.post(DRAFTS, {"type": kind, "parent": parent.pk, "fields": fields}, status)

    def change(self, page: Page, fields: dict[str, Any], status: int = 200, **more: Any) -> Any:
        """Return the answer to PATCH with ``fields``, on top of what the page is now unless ``tag`` says otherwise."""
        tag = more.get("tag", self.tag(page))
        data = {"type": type(page).__name__, "fields": fields, **more.get("body", {})}
        headers = {"If-Match": tag} if tag else {}
        path = f"{DRAFTS}{page.pk}/"
        response = self.client.patch(path, data, content_type="application/json", headers=headers)
        assert response.status_code == status, response.content.decode()
        return self.checked(path, "patch", response)

    def press(self, action: str, page: Page, status: int = 200) -> Any:
        """Return the answer to ``submit`` or ``publish``."""
        return self.post(f"{DRAFTS}{page.pk}/{action}/", {}, status, **{"If-Match": self.tag(page)})


def fields_in(problem: dict[str, Any]) -> list[str]:
    return [error["field"] for error in problem["errors"]]


@pytest.fixture
def editor(clinic: Clinic) -> Writer:
    return Writer()


@pytest.fixture
def content(clinic: Clinic) -> ContentPage:
    page = factories.ContentPageFactory(parent=clinic.home, introduction="What we take.")
    page.save_revision().publish()
    return ContentPage.objects.get(pk=page.pk)


def test_a_page_is_added_as_a_draft_by_the_tokens_user(clinic: Clinic, editor: Writer, client: Client) -> None:
    draft = editor.add(
        "ContentPage",
        clinic.home,
        title="Fees",
        introduction="What a visit costs.",
        body=[{"type": "heading", "value": {"text": "Your first visit", "level": "h2"}}],
    )
    page = ContentPage.objects.get(pk=draft["id"])
    assert (page.live, page.slug, page.owner) == (False, "fees", editor.user)
    assert page.body[0].value["text"] == "Your first visit"
    assert page.latest_revision.user == editor.user
    assert set(PageLogEntry.objects.for_instance(page).values_list("user", flat=True)) == {editor.user.pk}
    assert (draft["live"], draft["fields"]["slug"], draft["parent"]) == (False, "fees", clinic.home.pk)
    assert client.get(f"/api/v1/pages/{page.pk}/").status_code == 404
    assert client.get("/fees/").status_code == 404


def test_a_second_page_of_the_same_title_gets_an_address_of_its_own(clinic: Clinic, editor: Writer) -> None:
    slugs = [editor.add("ContentPage", clinic.home, title="Fees")["fields"]["slug"] for _each in range(2)]
    assert slugs == ["fees", "fees-1"]


def test_a_change_is_a_draft_and_the_live_page_stays(content: ContentPage, editor: Writer, client: Client) -> None:
    before = client.get(f"/api/v1/pages/{content.pk}/").json()
    draft = editor.change(content, {"title": "Insurance plans"})
    assert (draft["title"], draft["live"], draft["has_unpublished_changes"]) == ("Insurance plans", True, True)
    assert draft["fields"]["introduction"] == "What we take."
    assert client.get(f"/api/v1/pages/{content.pk}/").json() == before
    content.refresh_from_db()
    assert content.title == "Insurance"
    revision = content.latest_revision
    assert (revision.user, revision.as_object().title) == (editor.user, "Insurance plans")
    assert PageLogEntry.objects.filter(page=content.pk, action="wagtail.publish", user=editor.user).count() == 0


def test_the_history_of_a_page_names_the_token_that_wrote(content: ContentPage) -> None:
    administrator = Writer(ADMINISTRATORS)
    administrator.change(content, {"introduction": "What we take now."})
    administrator.press("publish", content)
    content.refresh_from_db()
    content.save_revision(user=administrator.user, log_action=True)
    entries = PageLogEntry.objects.for_instance(content).order_by("pk")
    with_token = [entry.action for entry in entries if entry.comment == "Over the API with “A program”"]
    assert with_token == ["wagtail.edit", "wagtail.publish"]
    assert entries.last().action == "wagtail.edit"
    browser = Client()
    browser.force_login(administrator.user)
    history = browser.get(reverse("wagtailadmin_pages:history", args=[content.pk])).content.decode()
    assert history.count("Over the API with “A program”") == 2


@pytest.mark.parametrize("name", PAGE_TYPES)
def test_what_was_read_can_be_sent_back_and_is_the_same_then(clinic: Clinic, name: str) -> None:
    writer = Writer(ADMINISTRATORS)
    page = build_pages(clinic)[name]
    # Once, so that list items from before they had ids have some.
    first = writer.change(page, writer.draft(page)["fields"])["fields"]
    second = writer.change(page, first)["fields"]
    rows = {key: [{**row, "id": 0} for row in value] for key, value in first.items() if _is_rows(value)}
    assert {**second, **rows} == {**first, **rows}
    for key in rows:
        assert [{**row, "id": 0} for row in second[key]] == rows[key]
    live = ApiClient(Client()).get(f"/api/v1/pages/{page.pk}/")
    writer.press("publish", page)
    after = ApiClient(Client()).get(f"/api/v1/pages/{page.pk}/")
    assert _without_moments(after) == _without_moments(live)


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict) and "type" not in value[0]


def _without_moments(page: dict[str, Any]) -> dict[str, Any]:
    moments = ("last_published_at", "structured_data", "card")
    kept = {key: value for key, value in page.items() if key not in moments}
    if form := kept.get("form"):
        # The keys that the editor gives to paragraphs make another version of a form.
        kept["form"] = {key: value for key, value in form.items() if key not in ("version", "answers_schema")}
    return kept


def test_nobodys_change_is_overwritten_unseen(content: ContentPage, editor: Writer) -> None:
    seen = editor.tag(content)
    editor.change(content, {"title": "By somebody else"}, tag=seen)
    assert "Read it again" in editor.change(content, {"title": "Mine"}, 412, tag=seen)["detail"]
    assert "If-Match" in editor.change(content, {"title": "Mine"}, 428, tag="")["detail"]
    assert editor.draft(content)["title"] == "By somebody else"
    editor.change(content, {"title": "Mine"})


def test_a_revision_that_its_author_saves_over_has_another_tag(content: ContentPage, editor: Writer) -> None:
    editor.change(content, {"title": "One"})
    seen, page = editor.tag(content), ContentPage.objects.get(pk=content.pk).get_latest_revision_as_object()
    page.title = "Two"
    page.save_revision(user=editor.user, overwrite_revision=page.latest_revision)
    editor.change(content, {"title": "Three"}, 412, tag=seen)


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"title": ""}, "fields.title"),
        ({"titel": "Fees"}, "fields.titel"),
        ({"title": "x" * 300}, "fields.title"),
        ({"slug": "two words"}, "fields.slug"),
        ({"social_image": 4_000_000}, "fields.social_image"),
        ({"body": "text"}, "fields.body"),
        ({"body": [{"type": "headline", "value": {}}]}, "fields.body.0.type"),
        ({"body": [{"type": "heading", "value": {"text": "A", "level": "h9"}}]}, "fields.body.0.value.level"),
        ({"body": [{"type": "heading", "value": {"text": "A", "colour": "red"}}]}, "fields.body.0.value.colour"),
        ({"body": [{"type": "heading", "value": {"text": "A" * 500, "level": "h2"}}]}, "fields.body.0.value.text"),
        (
            {"body": [{"type": "figure", "value": {"image": {"image": 4_000_000, "alt_text": "A"}}}]},
            "fields.body.0.value.image.image",
        ),
        (
            {"body": [{"type": "cta", "value": {"heading": "A", "link": {"page": 4_000_000}}}]},
            "fields.body.0.value.link.page",
        ),
        (
            {"body": [{"type": "cta", "value": {"heading": "A", "link": {"url": "javascript:alert(1)"}}}]},
            "fields.body.0.value.link.url",
        ),
        (
            {"body": [{"type": "faq", "value": {"items": [{"value": {"question": "Q" * 999, "answer": "A"}}]}}]},
            "fields.body.0.value.items.0.value.question",
        ),
    ],
)
def test_what_cannot_be_is_said_at_the_very_field_or_block_and_nothing_is_saved(
    content: ContentPage, editor: Writer, fields: dict[str, Any], where: str
) -> None:
    revision = content.latest_revision_id
    assert where in fields_in(editor.change(content, fields, 422))
    content.refresh_from_db()
    assert content.latest_revision_id == revision


def test_a_key_that_nobody_knows_is_refused(clinic: Clinic, editor: Writer) -> None:
    data = {"type": "ContentPage", "parent": clinic.home.pk, "fields": {"title": "Fees"}, "publish": True}
    assert fields_in(editor.post(DRAFTS, data, 422)) == ["publish"]
    assert fields_in(editor.post(DRAFTS, data | {"type": "wagtailcore.Page"}, 422)) == ["type"]


def test_a_page_goes_only_where_the_editor_lets_it_go(clinic: Clinic, editor: Writer) -> None:
    assert fields_in(editor.add("ContentPage", clinic.staff, 422, title="Fees")) == ["type"]
    data = {"type": "ContentPage", "parent": 4_000_000, "fields": {"title": "Fees"}}
    assert fields_in(editor.post(DRAFTS, data, 422)) == ["parent"]
    assert fields_in(editor.add("ContentPage", clinic.home, 422)) == ["fields.title", "fields.slug"]


def test_a_page_is_changed_as_what_it_is(content: ContentPage, editor: Writer) -> None:
    assert fields_in(editor.change(content, {}, 422, body={"type": "HomePage"})) == ["type"]


def test_rich_text_loses_what_its_editor_could_not_write_and_says_so(clinic: Clinic, editor: Writer) -> None:
    html = '<p>Bring <b>your card</b>.</p><script>alert(1)</script><p onclick="x()"><a href="javascript:x()">a</a></p>'
    draft = editor.add("ContentPage", clinic.home, title="Fees", body=[{"type": "rich_text", "value": html}])
    kept = draft["fields"]["body"][0]["value"]
    assert "<b>your card</b>" in kept
    assert not any(bad in kept for bad in ("<script", "onclick", "javascript:"))
    assert [warning["field"] for warning in draft["warnings"]] == ["fields.body.0.value"]


def test_rows_are_changed_added_and_taken_away_by_their_ids(clinic: Clinic, editor: Writer) -> None:
    location = factories.LocationPageFactory(parent=clinic.home)
    week = [{"day": day, "opens": "08:00", "closes": "17:00"} for day in (0, 1, 2)]
    editor.change(location, {"opening_hours": week})
    editor.press("publish", location)
    rows = editor.draft(location)["fields"]["opening_hours"]
    assert [(row["day"], row["opens"]) for row in rows] == [(0, "08:00"), (1, "08:00"), (2, "08:00")]
    later = [{**rows[2], "opens": "09:00"}, {"day": 4, "opens": "10:00", "closes": "12:00"}, rows[0]]
    editor.change(location, {"opening_hours": later})
    # Others are told of neither before it is published.
    assert location.opening_hours.count() == 3
    editor.press("publish", location)
    kept = editor.draft(location)["fields"]["opening_hours"]
    assert {row["id"] for row in kept} >= {rows[0]["id"], rows[2]["id"]}
    assert sorted((row["day"], row["opens"]) for row in kept) == [(0, "08:00"), (2, "09:00"), (4, "10:00")]
    wrong = [rows[0], {"day": 4, "opens": "12:00", "closes": "10:00"}]
    assert fields_in(editor.change(location, {"opening_hours": wrong}, 422)) == ["fields.opening_hours.1.closes"]
    strange = [{"id": 4_000_000, "day": 1}]
    assert fields_in(editor.change(location, {"opening_hours": strange}, 422)) == ["fields.opening_hours.0.id"]


def test_choices_of_a_form_keep_the_ids_that_answers_hang_on(clinic: Clinic, editor: Writer) -> None:
    page = build_pages(clinic)["FormPage"]
    fields = editor.draft(page)["fields"]
    question = fields["steps"][0]["value"]["fields"][0]["value"]
    question["choices"][0]["value"]["label"] = "I have not been here before"
    editor.change(page, {"steps": fields["steps"]})
    editor.press("publish", page)
    definition = FormDefinition.objects.current(page.form_id)
    assert [choice["id"] for choice in definition.questions[0]["choices"]] == ["choice-new", "choice-known"]
    assert definition.questions[0]["choices"][0]["label"] == "I have not been here before"


def test_a_field_that_the_user_may_not_change_is_neither_shown_nor_taken(clinic: Clinic, editor: Writer) -> None:
    page = build_pages(clinic)["FormPage"]
    assert "retention_days" not in editor.draft(page)["fields"]
    problem = editor.change(page, {"retention_days": 30}, 422)
    assert [(error["field"], error["code"]) for error in problem["errors"]] == [("fields.retention_days", "forbidden")]
    administrator = Writer(ADMINISTRATORS)
    assert administrator.change(page, {"retention_days": 30})["fields"]["retention_days"] == 30
    assert editor.change(page, {"title": "Ask us"})["title"] == "Ask us"
    assert administrator.draft(page)["fields"]["retention_days"] == 30


@pytest.mark.parametrize("role", [FRONT_DESK, None])
def test_whoever_may_not_edit_a_page_neither_reads_nor_writes_its_draft(content: ContentPage, role: str | None) -> None:
    writer = Writer(role or MARKETING_EDITORS)
    tag = Writer(ADMINISTRATORS).tag(content)
    writer.user.groups.clear()
    assert "may not edit" in writer.draft(content, 403)["detail"]
    writer.change(content, {"title": "Mine"}, 403, tag=tag)
    writer.add("ContentPage", content.get_parent(), 403, title="Fees")
    for action in ("submit", "publish"):
        writer.post(f"{DRAFTS}{content.pk}/{action}/", {}, 403, **{"If-Match": tag})
    assert writer.get(DRAFTS) == {"total": 0, "items": []}


def test_each_scope_opens_its_own(content: ContentPage) -> None:
    reader = Writer(MARKETING_EDITORS, Scope.READ_DRAFTS)
    tag = reader.tag(content)
    assert "content:write" in reader.change(content, {"title": "Mine"}, 403)["detail"]
    assert "content:write" in reader.add("ContentPage", content.get_parent(), 403, title="Fees")["detail"]
    assert "content:publish" in reader.press("publish", content, 403)["detail"]
    writer = Writer(MARKETING_EDITORS, Scope.WRITE_CONTENT)
    assert "drafts:read" in writer.draft(content, 403)["detail"]
    writer.change(content, {"title": "Mine"}, tag=tag)
    Writer(MARKETING_EDITORS, Scope.WRITE_CONTENT, Scope.READ_DRAFTS).press("publish", content, 403)
    content.refresh_from_db()
    assert content.title == "Insurance"


def test_publishing_needs_the_permission_that_the_button_needs(content: ContentPage, client: Client) -> None:
    clinician = Writer(CLINICIAN_REVIEWERS)
    clinician.change(content, {"title": "Insurance plans"})
    assert "may not publish" in clinician.press("publish", content, 403)["detail"]
    assert client.get(f"/api/v1/pages/{content.pk}/").json()["title"] == "Insurance"
    draft = Writer().press("publish", content)
    assert (draft["live"], draft["has_unpublished_changes"]) == (True, False)
    assert client.get(f"/api/v1/pages/{content.pk}/").json()["title"] == "Insurance plans"
    published = PageLogEntry.objects.filter(page=content.pk, action="wagtail.publish", user__isnull=False)
    assert [entry.user.username for entry in published] == ["marketing-editors"]


def test_an_incomplete_draft_is_kept_but_neither_published_nor_submitted(clinic: Clinic, editor: Writer) -> None:
    draft = editor.add("ConditionPage", clinic.conditions, title="Knee pain")
    page = ConditionPage.objects.get(pk=draft["id"])
    Workflow.objects.get(name=CLINICAL_REVIEW).workflow_pages.create(page=clinic.conditions)
    for action in ("publish", "submit"):
        assert fields_in(editor.press(action, page, 422)) == ["fields.summary"]
    page.refresh_from_db()
    assert not page.live
    assert page.current_workflow_state is None


def test_a_draft_is_submitted_to_the_review_of_its_page(clinic: Clinic, editor: Writer) -> None:
    page = factories.ConditionPageFactory(parent=clinic.conditions)
    assert "No workflow" in editor.press("submit", page, 409)["detail"]
    Workflow.objects.get(name=CLINICAL_REVIEW).workflow_pages.create(page=clinic.conditions)
    editor.change(page, {"summary": "Pain below the neck."})
    assert editor.press("submit", page)["workflow"] == "in_progress"
    state = WorkflowState.objects.get()
    assert (state.requested_by, state.current_task_state.revision.as_object().summary) == (
        editor.user,
        "Pain below the neck.",
    )
    # Until it is decided, only those who are asked may change the page.
    assert "moderation" in editor.press("submit", page, 409)["detail"]
    state.current_task_state.reject(user=a_user(CLINICIAN_REVIEWERS))
    assert editor.draft(page)["workflow"] == "needs_changes"
    editor.change(page, {"summary": "Pain between the shoulder blades."})
    assert editor.press("submit", page)["workflow"] == "in_progress"
    assert ConditionPage.objects.get(pk=page.pk).summary != "Pain between the shoulder blades."


def test_a_page_that_somebody_has_locked_stays_as_it_is(content: ContentPage, editor: Writer) -> None:
    content.locked, content.locked_by, content.locked_at = True, a_user(ADMINISTRATORS), timezone.now()
    content.save()
    assert editor.draft(content)["locked"] is True
    problem = editor.change(content, {"title": "Mine"}, 409)
    assert "locked" in problem["detail"]
    assert "<" not in problem["detail"]
    editor.press("publish", content, 409)
    assert Writer(ADMINISTRATORS).change(content, {"title": "Mine"})["title"] == "Mine"


def test_a_page_that_shows_another_is_not_changed(content: ContentPage, editor: Writer) -> None:
    alias = content.create_alias(update_slug="same")
    assert str(content.pk) in editor.change(alias, {"title": "Mine"}, 409)["detail"]


def test_when_a_page_goes_live_is_not_for_programs_to_set_and_stays_as_it_was(
    content: ContentPage, editor: Writer
) -> None:
    moment = timezone.now().replace(microsecond=0) + dt.timedelta(days=7)
    content.expire_at = moment
    content.save_revision().publish()
    assert fields_in(editor.change(content, {"expire_at": None}, 422)) == ["fields.expire_at"]
    editor.change(content, {"title": "Insurance plans"})
    editor.press("publish", content)
    content.refresh_from_db()
    assert content.expire_at == moment


def test_the_list_names_what_the_user_may_edit(clinic: Clinic, content: ContentPage, editor: Writer) -> None:
    hidden = factories.ContentPageFactory(parent=clinic.home, title="Not yet", slug="not-yet", live=False)
    found = editor.get(DRAFTS, {"type": "ContentPage"})
    assert [(item["id"], item["live"]) for item in found["items"]] == [(content.pk, True), (hidden.pk, False)]
    assert editor.get(DRAFTS, {"parent": clinic.home.pk, "limit": 1})["total"] == 4
    assert editor.get(DRAFTS, {"parent": 4_000_000})["total"] == 0


@pytest.mark.parametrize("page_id", [1, 4_000_000])
def test_there_is_no_draft_of_the_root_or_of_nothing(clinic: Clinic, editor: Writer, page_id: int) -> None:
    editor.get(f"{DRAFTS}{page_id}/", status=404)


def test_drafts_are_kept_by_no_cache(content: ContentPage, editor: Writer) -> None:
    response = editor.response(f"{DRAFTS}{content.pk}/")
    assert response["Cache-Control"] == "private, no-store"
    assert response["ETag"] == saving.tag_of(content)


def test_a_superuser_needs_a_token_too(content: ContentPage) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("owner"))
    assert client.get(f"{DRAFTS}{content.pk}/").status_code == 401
