"""What a patient reads once a form is sent, and who else may read it."""

import time
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from forms import confirmations
from forms.models import FormPage, Submission
from tests.api.conftest import ApiClient
from tests.conftest import Clinic
from tests.forms.builders import a_choice, a_field, a_form

NAME, KIND = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
NEW, EXISTING = a_choice("New patient"), a_choice("Existing patient")
USUAL = "Thank you, {first_name}!"


def only_if(choice: dict[str, Any]) -> dict[str, Any]:
    return {"match": "all", "conditions": [{"question": KIND, "operator": "is", "value": choice["id"]}]}


def a_confirmation(title: str, rule: dict[str, Any] | None, text: str = "") -> dict[str, Any]:
    return {"type": "confirmation", "value": {"title": title, "text": text, "rule": rule}}


@pytest.fixture
def page(clinic: Clinic) -> FormPage:
    return a_form(
        clinic.home,
        a_field("name", field_id=NAME),
        a_field("radios", field_id=KIND, choices=[NEW, EXISTING]),
        confirmation_title=USUAL,
        confirmation_text="<p>Keep {reference}. {promise}</p>",
        promise="We call <today>.",
        confirmations=[
            a_confirmation("Welcome, {first_name}", only_if(NEW), "<p>Bring your card, {first_name}.</p>"),
            a_confirmation("Never reached", only_if(NEW)),
        ],
    )


def send(client: Client, page: FormPage, choice: dict[str, Any] | None = None, first: str = "Zoë") -> str:
    answers = {f"{NAME}_first": first, f"{NAME}_last": "Ångström" if first else ""}
    response = client.post(page.url, answers | ({KIND: choice["id"]} if choice else {}))
    assert response.status_code == 303
    return response["Location"]


def read(client: Client, location: str) -> str:
    response = client.get(location)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    return response.content.decode()


def test_the_first_text_whose_rule_holds_is_shown_to_the_sender(page: FormPage, client: Client) -> None:
    text = read(client, send(client, page, NEW))
    assert "Welcome, Zoë" in text
    assert "Bring your card, Zoë." in text
    assert "Never reached" not in text


@pytest.mark.parametrize("choice", [EXISTING, None])
def test_others_read_the_usual_text_with_its_fields_filled_in(
    page: FormPage, client: Client, choice: dict[str, Any] | None
) -> None:
    text = read(client, send(client, page, choice))
    assert "Thank you, Zoë!" in text
    assert f"Keep {Submission.objects.get().reference}. We call &lt;today&gt;." in text


def test_what_a_patient_typed_is_never_markup(page: FormPage, client: Client) -> None:
    text = read(client, send(client, page, NEW, first="<b>Zoë</b>"))
    assert "<b>Zoë" not in text
    assert "Bring your card, &lt;b&gt;Zoë&lt;/b&gt;." in text


def test_without_a_first_name_the_sentence_still_reads_well(page: FormPage, client: Client) -> None:
    assert "Thank you!" in read(client, send(client, page, EXISTING, first=""))


def test_whoever_learns_a_reference_learns_nothing_else(page: FormPage, client: Client) -> None:
    location = send(client, page, NEW)
    other = send(client, page, EXISTING, first="Ada").partition("?seen=")[2]
    bare = location.partition("?")[0]
    made_up = signing.TimestampSigner(salt="another").sign(Submission.objects.first().reference).split(":", 1)[1]
    for seen in ("", "?seen=", "?seen=x", f"?seen={other}", f"?seen={made_up}"):
        text = read(client, bare + seen)
        assert "Zoë" not in text
        assert "Bring your card" not in text
        assert "Thank you!" in text


@pytest.mark.parametrize(("minutes", "is_shown"), [(59, True), (61, False)])
def test_for_an_hour_the_sender_reads_their_own_text(
    page: FormPage, client: Client, monkeypatch: pytest.MonkeyPatch, minutes: int, is_shown: bool
) -> None:
    sent_at = signing.b62_encode(int(time.time()) - minutes * 60)
    monkeypatch.setattr(signing.TimestampSigner, "timestamp", lambda _signer: sent_at)
    text = read(client, send(client, page, NEW))
    assert ("Zoë" in text) is is_shown
    assert Submission.objects.get().reference in text


def test_the_address_of_a_confirmation_holds_no_answer(page: FormPage, client: Client) -> None:
    location = send(client, page, NEW)
    for answer in ("Zo", NEW["id"], KIND, NAME):
        assert answer not in location


def test_erased_answers_leave_the_usual_text(page: FormPage, client: Client) -> None:
    location = send(client, page, NEW)
    Submission.objects.update(answers_encrypted=b"", erased_at=timezone.now())
    assert "Thank you!" in read(client, location)


def test_the_api_answers_with_the_same_text(page: FormPage, client: Client) -> None:
    answers = {NAME: {"first": "Zoë", "last": "Ångström"}, KIND: NEW["id"]}
    sent = ApiClient(client).post(f"/api/v1/forms/{page.pk}/submissions/", {"version": 1, "answers": answers})
    assert sent["confirmation_title"] == "Welcome, Zoë"
    assert sent["confirmation_text"] == "<p>Bring your card, Zoë.</p>"


def test_a_script_gets_the_address_of_the_confirmation(page: FormPage, client: Client) -> None:
    response = client.post(page.url, {}, headers={"Accept": "application/json, text/html;q=0.9"})
    assert response.status_code == 201
    assert response["Cache-Control"] == "no-store"
    assert Submission.objects.get().reference in read(client, response.json()["location"])


def test_a_name_that_looks_like_a_field_is_left_as_it_is(page: FormPage) -> None:
    answers = {NAME: {"first": "{reference}", "last": "Ångström"}}
    shown = confirmations.chosen(page, page.definition, answers, "7KQ4-M2XD")
    assert shown.title == "Thank you, {reference}!"


def test_every_confirmation_can_be_previewed(page: FormPage) -> None:
    modes = [(name, str(label)) for name, label in page.preview_modes]
    block_id = page.confirmations[0].id
    assert (f"confirmation-{block_id}", "Confirmation: Welcome, {first_name}") in modes
    assert "Welcome, Alex" in page.make_preview_request(preview_mode=f"confirmation-{block_id}").content.decode()
    assert "Thank you, Alex!" in page.make_preview_request(preview_mode="confirmation").content.decode()
    gone = page.make_preview_request(preview_mode="confirmation-removed-meanwhile")
    assert "Thank you, Alex!" in gone.content.decode()


def test_the_closed_form_can_be_previewed(page: FormPage) -> None:
    page.closed_text = "<p>We are on holiday.</p>"
    text = page.make_preview_request(preview_mode="closed").content.decode()
    assert "We are on holiday." in text
    assert "data-form=" not in text
