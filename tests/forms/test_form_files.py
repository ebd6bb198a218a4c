"""A form as a file: what comes back is what went, nothing in a file is trusted, and a form is made in one click."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.models import Page

from clinicsite.models import ClinicSettings
from clinicsite.roles import FRONT_DESK, MARKETING_EDITORS
from forms.building.files import FormFileError, parse, read, write
from forms.building.starters import starters
from forms.definitions import freeze
from forms.intake import InvalidSubmissionError, submit
from forms.models import FormPage
from tests.conftest import Clinic
from tests.forms.builders import DEFAULTS, a_choice, a_field, a_form, a_step

# The location picker asks which pages there are.
pytestmark = pytest.mark.django_db

LogIn = Callable[[str], Client]
SECRET = "frontdesk-secret@example.com"


def a_file(**changes: Any) -> dict[str, Any]:
    """Return the data of a small form's file."""
    yes_or_no = [{"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}]
    when_yes = {"match": "all", "conditions": [{"question": "pain", "operator": "is", "value": "yes"}]}
    return {
        "format": "clinic-form/1",
        "title": "Quick question",
        "steps": [
            {
                "title": "You",
                "fields": [
                    {"id": "pain", "type": "radios", "label": "In pain?", "choices": yes_or_no, "required": True},
                    {"type": "phone", "label": "Your phone", "required": True, "rule": when_yes},
                ],
            }
        ],
    } | changes


def changed(*path: Any, value: Any) -> dict[str, Any]:
    """Return the small form's file with another value at a path; one that is ``...`` is taken away."""
    data = copy.deepcopy(a_file())
    inner: Any = data
    for key in path[:-1]:
        inner = inner[key]
    if value is ...:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return data


def without_ids(data: Any) -> Any:
    """Return a file's data with each id replaced by the number of its first appearance."""
    seen: dict[str, int] = {}

    def walk(part: Any, key: str = "") -> Any:
        if isinstance(part, dict):
            return {name: walk(value, name) for name, value in part.items()}
        if isinstance(part, list):
            return [walk(each, key) for each in part]
        if isinstance(part, str) and (key in ("id", "question") or (key == "value" and part in seen)):
            return seen.setdefault(part, len(seen))
        return part

    return walk(data)


def test_a_form_with_every_type_comes_back_from_its_file_as_it_was(clinic: Clinic) -> None:
    choice = a_choice({"label": "Yes", "value": "y"})
    asks = a_field("radios", label="In pain?", choices=[choice, a_choice({"label": "Other", "kind": "other"})])
    rule = {
        "match": "all",
        "conditions": [
            {"question": asks["id"], "operator": "any_of", "value": [choice["id"]]},
            {"match": "any", "conditions": [{"question": asks["id"], "operator": "answered", "value": None}]},
        ],
    }
    every = [a_field(kind, label=f"A {kind}") for kind in DEFAULTS if kind not in ("static_text", "radios")]
    steps = [a_step(asks, *every), a_step(a_field("static_text"), a_field("date", earliest="2026-01-02"), rule=rule)]
    page = a_form(
        clinic.home,
        steps=steps,
        introduction="<p>Hello <b>you</b>.</p>",
        response_hours=24,
        confirmations=[{"type": "confirmation", "value": {"title": "Soon", "text": "<p>x</p>", "rule": rule}}],
    )
    first = write(page)
    again = write(read(json.loads(json.dumps(first))))
    assert without_ids(again) == without_ids(first)
    assert {field["type"] for step in first["steps"] for field in step["fields"]} == DEFAULTS.keys()


def test_a_new_form_shares_no_id_with_its_file_and_its_rules_hold(clinic: Clinic) -> None:
    pages = [read(a_file()), read(a_file())]
    ids = [field["id"] for page in pages for field in freeze(page)["steps"][0]["fields"]]
    assert len(set(ids) | {"pain"}) == 5
    for number, page in enumerate(pages):
        page.slug = f"quick-{number}"
        clinic.home.add_child(instance=page)
        page.save_revision().publish()
        definition = FormPage.objects.get(pk=page.pk).definition
        pain, phone = definition.questions
        yes, no = (choice["id"] for choice in pain["choices"])
        assert submit(definition, {pain["id"]: no, phone["id"]: "x"}).read_answers() == {pain["id"]: no}
        with pytest.raises(InvalidSubmissionError):
            submit(definition, {pain["id"]: yes})


def test_a_file_holds_no_address_of_the_staff_and_no_link_into_this_site(clinic: Clinic) -> None:
    page = a_form(
        clinic.home,
        a_field("static_text", text=f'<p>See <a linktype="page" id="{clinic.home.pk}">us</a>.</p>'),
        a_field("phone"),
        notification_recipients=SECRET,
        notification_rules=[{"type": "addresses", "value": {"addresses": SECRET}}],
        retention_days=90,
    )
    text = json.dumps(write(page))
    assert SECRET not in text
    assert "linktype" not in text
    assert "See us." in text
    assert "retention" not in text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ([], "does not say “clinic-form/1”"),
        ({"format": "clinic-form/2"}, "of the format “clinic-form/2”"),
        (a_file(title=" "), "The form has no title"),
        (a_file(title="x" * 300), "title of the form is too long"),
        (a_file(steps=[]), "The form has no steps"),
        (a_file(notification_recipients=SECRET), "A form has no part “notification_recipients”"),
        (a_file(retention_days=1), "A form has no part “retention_days”"),
        (a_file(response_hours="soon"), "Answer within (hours): This is not a value of the kind"),
        (a_file(response_hours=True), "Answer within (hours): This is not a value of the kind"),
        (a_file(response_hours=0), "Answer within (hours): Ensure this value is greater"),
        (a_file(submit_label=["x"]), "Words of the button: This is not a value"),
        (changed("steps", 0, value="x"), "Step 1: There is no type of question"),
        (changed("steps", 0, "color", value="red"), "Step 1 “You”: There is no part “color” here."),
        (changed("steps", 0, "title", value=...), "Step 1, “Title”: This field is required."),
        (changed("steps", 0, "fields", value={}), "Step 1 “You”: This must be a list."),
        (changed("steps", 0, "fields", 0, "type", value="fax"), "question 1 “In pain?”: There is no type of question"),
        (changed("steps", 0, "fields", 0, "type", value={}), "question 1 “In pain?”: There is no type of question"),
        (changed("steps", 0, "fields", 0, "onclick", value="x"), "question 1 “In pain?”: There is no part “onclick”"),
        (changed("steps", 0, "fields", 0, "label", value={"a": 1}), "question 1, “Question”: This is not a value"),
        (changed("steps", 0, "fields", 0, "label", value=7), "question 1, “Question”: This is not a value"),
        (changed("steps", 0, "fields", 0, "required", value="yes"), "“Must be answered”: This is not a value"),
        (changed("steps", 0, "fields", 0, "choices", value=[{"label": "One"}]), "The minimum number of items is 2"),
        (changed("steps", 0, "fields", 0, "choices", 1, "label", value="yes"), "choice 2 “yes”"),
        (changed("steps", 0, "fields", 0, "choices", 1, "id", value="yes"), "The id “yes” stands here a second time"),
        (changed("steps", 0, "fields", 0, "choices", 1, "id", value=5), "An id must be a short text"),
        (changed("steps", 0, "fields", 1, "id", value="pain"), "The id “pain” stands here a second time"),
        (changed("steps", 0, "fields", 1, "rule", value="x"), "question 2 “Your phone”, “Conditions”: This is not"),
        (changed("steps", 0, "fields", 1, "rule", "match", value="most"), "“Conditions”: This is not a rule"),
        (changed("steps", 0, "fields", 1, "rule", "conditions", value=[]), "“Conditions”: This is not a rule"),
        (changed("steps", 0, "fields", 1, "rule", "conditions", 0, "x", value=1), "“Conditions”: This is not a rule"),
        (
            changed("steps", 0, "fields", 1, "rule", "conditions", 0, "question", value="age"),
            "names the question “age”, which is not in the file",
        ),
        (
            changed("steps", 0, "fields", 1, "rule", "conditions", 0, "value", value="maybe"),
            "“In pain?” no longer has the choice",
        ),
        (
            changed("steps", 0, "fields", 1, "rule", "conditions", 0, "operator", value="before"),
            "cannot be compared in this way",
        ),
        (
            changed("steps", 0, "fields", 1, "rule", "conditions", 0,
                    value={"question": "pain", "operator": "any_of", "value": "yes"}),
            "question 2 “Your phone”, “Conditions”: Give the answers to “In pain?” that this depends on as a list.",
        ),
        (
            changed("steps", 0, "fields", 0, value={"type": "date", "label": "When?", "earliest": "foo"}),
            "question 1 “When?”, “Earliest date”: This is not a value of the kind",
        ),
        (
            a_file(confirmations=[{"title": "T", "rule": {"match": "all", "conditions": [{"question": "pain",
                   "operator": "is", "value": "so-so"}]}}]),
            "Text after sending 1 “T”, “Conditions”: “In pain?” no longer has the choice",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_told_with_its_place(data: Any, words: str) -> None:
    with pytest.raises(FormFileError) as caught:
        read(data)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Line 1, column 1: This is not JSON"),
        (b'{"format": "clinic-form/1",\n "title": }', "Line 2, column 11"),
        (b"\xff\xfe\x00", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"a": ' * 450 + b"1" + b"}" * 450, "cannot be stored"),
        (b'{"a": NaN}', "not JSON"),
        (b'{"a": 1e999}', "cannot be stored"),
        (b'{"a": "\\u0000"}', "cannot be stored"),
        (b'{"\\ud800": 1}', "cannot be stored"),
        (b"9" * 5000, "not JSON"),
        (b" " * (256 * 1024 + 1), "larger than"),
    ],
)
def test_what_is_no_json_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(FormFileError) as caught:
        parse(content)
    assert words in str(caught.value)


def test_text_in_a_file_loses_scripts_and_links_that_lead_astray() -> None:
    evil = (
        '<p onclick="x()">Hi<script>alert(1)</script> <a href="javascript:alert(1)">one</a> '
        '<a linktype="page" id="1">two</a> <a href="https://example.com/">three</a><img src="x"></p>'
    )
    page = read(a_file(introduction=evil, steps=changed("steps", 0, "introduction", value=evil)["steps"]))
    for html in (page.introduction, page.steps[0].value["introduction"].source):
        for bad in ("<script", "onclick", "javascript", "linktype", "<img"):
            assert bad not in html
        assert 'href="https://example.com/"' in html
        assert "two" in html


@pytest.mark.parametrize("name", sorted(starters()))
def test_a_ready_made_form_can_be_published_as_it_is(clinic: Clinic, name: str) -> None:
    starter = starters()[name]
    page = read(starter.filled_in(ClinicSettings.for_site(clinic.site)))
    assert page.title == starter.title
    content = json.dumps(freeze(page)) + page.introduction + page.confirmation_text
    assert "{clinic}" not in content
    assert "{emergency" not in content
    assert "call 911" in page.introduction
    assert any(field["type"] == "consent" for step in freeze(page)["steps"] for field in step["fields"])


NEW = "/admin/form_pages/choose_parent/"


def test_an_editor_makes_a_ready_made_form_in_one_click(clinic: Clinic, role_client: LogIn) -> None:
    client = role_client(MARKETING_EDITORS)
    shown = client.get(NEW).content.decode()
    assert all(starter.title in shown for starter in starters().values())
    answer = client.post(NEW, {"parent_page": clinic.home.pk, "starter": "call_back"})
    page = FormPage.objects.get(title="Ask us to call you")
    assert answer.url == f"/admin/pages/{page.pk}/edit/"
    assert not page.live
    assert page.owner.groups.get().name == MARKETING_EDITORS
    assert page.definition is None
    assert client.get(answer.url).status_code == 200


def test_an_editor_sends_a_form_from_one_place_to_another(clinic: Clinic, role_client: LogIn) -> None:
    page = a_form(clinic.home, a_field("phone", label="Your number"), title="Old form")
    page.title = "Old form, reworded"
    page.save_revision()
    client = role_client(MARKETING_EDITORS)
    answer = client.get(f"/admin/form_pages/{page.pk}/file/")
    assert answer["Content-Disposition"] == f'attachment; filename="{page.slug}.form.json"'
    file = SimpleUploadedFile("form.json", answer.content)
    client.post(NEW, {"parent_page": clinic.home.pk, "from_file": "1", "file": file})
    made = FormPage.objects.get(title="Old form, reworded", live=False)
    assert made.form_id != page.form_id
    assert made.steps[0].value["fields"][0].value["label"] == "Your number"


@pytest.mark.parametrize("title", ["👋!", "预约"])
def test_a_title_that_makes_no_address_makes_a_form_all_the_same(
    clinic: Clinic, role_client: LogIn, title: str
) -> None:
    client = role_client(MARKETING_EDITORS)
    file = SimpleUploadedFile("form.json", json.dumps(a_file(title=title)).encode())
    response = client.post(NEW, {"parent_page": clinic.home.pk, "from_file": "", "file": file})
    assert response.status_code == 302
    assert FormPage.objects.get().title == title


def test_a_bad_file_makes_no_form_and_says_why(clinic: Clinic, role_client: LogIn) -> None:
    client = role_client(MARKETING_EDITORS)
    file = SimpleUploadedFile("form.json", json.dumps(a_file(extra=1)).encode())
    shown = client.post(NEW, {"parent_page": clinic.home.pk, "from_file": "1", "file": file}).content.decode()
    assert "A form has no part “extra”." in shown
    assert not FormPage.objects.exists()
    shown = client.post(NEW, {"parent_page": clinic.home.pk, "from_file": "1"}).content.decode()
    assert "This is not JSON" in shown


def test_nobody_makes_or_reads_a_form_where_they_may_not_edit(clinic: Clinic, role_client: LogIn) -> None:
    page = a_form(clinic.home, a_field("phone"))
    client = role_client(FRONT_DESK)
    assert client.get(NEW).status_code == 302
    assert client.post(NEW, {"parent_page": clinic.home.pk, "starter": "call_back"}).status_code == 302
    assert client.get(f"/admin/form_pages/{page.pk}/file/").status_code == 302
    client = role_client(MARKETING_EDITORS)
    root = Page.get_first_root_node()
    assert client.post(NEW, {"parent_page": root.pk, "starter": "call_back"}).status_code == 200
    assert FormPage.objects.count() == 1
