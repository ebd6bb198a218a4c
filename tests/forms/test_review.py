"""Checking the answers before they are sent, in a browser without scripts."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from forms.models import FormPage, Submission, Upload
from tests.conftest import Clinic
from tests.forms.builders import a_choice, a_field, a_form, a_step
from tests.forms.files import a_file

NAME, KIND, DOCTOR, REASON, FILE, AGREED = (f"{number * 8}-0000-4000-8000-000000000000" for number in "123456")
NEW, EXISTING = a_choice("New patient"), a_choice("Existing patient")


@pytest.fixture
def page(clinic: Clinic) -> FormPage:
    rule = {"match": "all", "conditions": [{"question": KIND, "operator": "is", "value": NEW["id"]}]}
    return a_form(
        clinic.home,
        steps=[
            a_step(
                a_field("radios", field_id=KIND, label="New here?", choices=[NEW, EXISTING]),
                a_field("single_line", field_id=DOCTOR, label="Your doctor", rule=rule),
                a_field("multi_line", field_id=REASON, label="Why?"),
                title="Your visit",
            ),
            a_step(
                a_field("name", field_id=NAME, required=True),
                a_field("upload", field_id=FILE, label="Your referral"),
                a_field("hidden", label="Campaign"),
                title="About you",
            ),
        ],
        submit_label="Ask for a visit",
        promise="We call you.",
    )


def answers(choice: dict[str, Any] = EXISTING, **others: Any) -> dict[str, Any]:
    typed = {KIND: choice["id"], DOCTOR: "Dr. Stale", REASON: "It <b>hurts</b>,\nsince May"}
    return typed | {f"{NAME}_first": "Zoë", f"{NAME}_last": "Ångström", "version": "1", "place": "f2"} | others


def rows(text: str) -> dict[str, str]:
    found = re.findall(r'answers__question">(.*?)</dt><dd class="answers__answer">(.*?)</dd>', text, re.DOTALL)
    return {question: unescape(re.sub(r"<[^>]+>", "", answer)) for question, answer in found}


def carried(text: str) -> dict[str, list[str]]:
    sent: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(.*?)" value="(.*?)">', text, re.DOTALL):
        sent.setdefault(unescape(name), []).append(unescape(value))
    return sent


def test_the_button_of_the_page_leads_to_the_answers(page: FormPage, client: Client) -> None:
    text = client.get(page.url).content.decode()
    assert re.search(r'<button [^>]*name="stage" value="review"[^>]*>Check your answers<', text)
    assert 'data-send="Ask for a visit"' in text


def test_every_question_that_was_asked_is_listed_and_nothing_is_stored(page: FormPage, client: Client) -> None:
    response = client.post(page.url, answers(stage="review"))
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert rows(response.content.decode()) == {
        "New here?": "Existing patient",
        "Why?": "It <b>hurts</b>,\nsince May",
        "Your name": "Zoë Ångström",
        "Your referral": "Not answered",
    }
    assert not Submission.objects.exists()


def test_a_question_that_a_rule_shows_is_listed(page: FormPage, client: Client) -> None:
    text = client.post(page.url, answers(NEW, stage="review")).content.decode()
    assert rows(text)["Your doctor"] == "Dr. Stale"


def test_sending_from_there_stores_everything_once(page: FormPage, client: Client) -> None:
    data = answers(stage="review", source="/neck/", website="", **{FILE: a_file(name="letter.pdf")})
    text = client.post(page.url, data).content.decode()
    assert rows(text)["Your referral"] == "letter.pdf"
    sent = carried(text)
    assert sent["key"][0]
    assert "stage" not in sent
    for _twice in range(2):
        assert client.post(f"/forms/{page.form_id}/", sent).status_code == 303
    submission = Submission.objects.get()
    stored = submission.read_answers()
    assert stored[NAME] == {"first": "Zoë", "last": "Ångström"}
    assert stored[REASON] == "It <b>hurts</b>,\nsince May"
    assert [file["name"] for file in stored[FILE]] == ["letter.pdf"]
    assert Upload.objects.get().submission == submission
    assert submission.source == "/neck/"
    assert DOCTOR not in stored


def test_going_back_and_sending_again_is_one_request(page: FormPage, client: Client) -> None:
    for _again in range(2):
        sent = carried(client.post(page.url, answers(stage="review")).content.decode())
        assert client.post(page.url, sent).status_code == 303
    corrected = carried(client.post(page.url, answers(stage="review", **{REASON: "My hip"})).content.decode())
    client.post(page.url, corrected)
    assert Submission.objects.count() == 2


def test_changing_an_answer_brings_back_the_form_with_everything_in_it(page: FormPage, client: Client) -> None:
    text = client.post(page.url, answers(stage="review", **{FILE: a_file(name="letter.pdf")})).content.decode()
    assert f'formaction="{page.url}#f2-{REASON}"' in text
    form = client.post(page.url, carried(text) | {"stage": "change"})
    shown = form.content.decode()
    assert form.status_code == 200
    assert form["Cache-Control"] == "no-store"
    assert f'id="f2-{REASON}"' in shown
    assert "It &lt;b&gt;hurts&lt;/b&gt;" in shown
    assert 'value="Ångström"' in shown
    assert "letter.pdf" in shown
    assert "Dr. Stale" in shown
    assert "error-summary__list" not in shown.partition("<template")[0]
    assert not Submission.objects.exists()


def test_wrong_answers_are_told_before_there_is_anything_to_check(page: FormPage, client: Client) -> None:
    response = client.post(page.url, answers(stage="review", **{f"{NAME}_first": ""}))
    text = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error: " in text
    assert f'<a href="#f2-{NAME}_0">' in text


def test_a_closed_form_says_so_before_the_answers_are_checked(page: FormPage, client: Client) -> None:
    FormPage.objects.update(closes_at=timezone.now())
    response = client.post(page.url, answers(stage="review"))
    assert response.status_code == 409
    assert "This form is closed" in response.content.decode()
    assert 'value="Ångström"' in response.content.decode()


def test_a_form_without_this_page_sends_at_once(clinic: Clinic, client: Client) -> None:
    page = a_form(clinic.home, a_field("email"), review_answers=False, submit_label="Call me")
    text = client.get(page.url).content.decode()
    assert 'name="stage"' not in text
    assert re.search(r'<button [^>]*type="submit"[^>]*>Call me<', text)


@pytest.mark.parametrize("place", ["f3x", "<script>", "", "g1", "f123"])
def test_a_made_up_place_is_not_used(page: FormPage, client: Client, place: str) -> None:
    text = client.post(page.url, answers(stage="change", place=place)).content.decode()
    assert 'data-form-area="f1"' in text
