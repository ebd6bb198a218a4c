"""Questions answered with a location or a clinician: what is offered is what is published when it is asked."""

import re
from dataclasses import dataclass
from typing import Any

import jsonschema_rs
import pytest
from django.test import Client
from wagtail.models import Site

from clinicsite.models import ClinicSettings, LocationPage
from forms.building.starters import starters
from forms.definitions import json_schema
from forms.fields import field_type
from forms.models import FormPage, Submission
from staff.models import StaffProfilePage
from tests import factories
from tests.conftest import Clinic
from tests.forms.builders import a_field, a_form, republish
from tests.forms.test_fields import cleaning_error

ASKED, WHO = "11111111-0000-4000-8000-000000000000", "22222222-0000-4000-8000-000000000000"


@dataclass
class Choices:
    """Pages to choose from."""

    ballard: LocationPage
    alder: LocationPage
    ada: StaffProfilePage
    full: StaffProfilePage
    desk: StaffProfilePage


@pytest.fixture
def pages(clinic: Clinic) -> Choices:
    """Return two locations, a clinician, one who is full, and somebody who treats nobody."""
    treats, answers = (factories.StaffRoleFactory(name=name, is_clinician=name == "PT") for name in ("PT", "Desk"))
    profile = factories.StaffProfilePageFactory
    return Choices(
        ballard=factories.LocationPageFactory(parent=clinic.home, title="Ballard", slug="ballard"),
        alder=factories.LocationPageFactory(parent=clinic.home, title="Alder <Street>", slug="alder"),
        ada=profile(parent=clinic.staff, title="Ada Abel", family_name="Abel", role=treats),
        full=profile(
            parent=clinic.staff, title="Full Booked", family_name="Booked", role=treats, accepting_new_patients=False
        ),
        desk=profile(parent=clinic.staff, title="Dee Desk", family_name="Desk", role=answers),
    )


def choices_of(page: FormPage, number: int = 0) -> list[str]:
    """Return the words of the choices that a question of the published form now offers."""
    question = page.definition.questions[number]
    return [label for _key, label in field_type(question).choices(question)]


def post(client: Client, page: FormPage, **data: Any) -> Any:
    return client.post(page.url, data)


def test_what_is_offered_is_what_is_published_now(clinic: Clinic, pages: Choices) -> None:
    page = a_form(clinic.home, a_field("location", field_id=ASKED))
    assert choices_of(page) == ["Ballard", "Alder <Street>", "No preference"]
    pages.alder.unpublish()
    factories.LocationPageFactory(parent=clinic.home, title="Columbia City")
    assert choices_of(page) == ["Ballard", "Columbia City", "No preference"]


def test_a_private_location_is_not_offered(clinic: Clinic, pages: Choices) -> None:
    pages.alder.view_restrictions.create(restriction_type="password", password="secret")
    assert choices_of(a_form(clinic.home, a_field("location", any_label=""))) == ["Ballard"]


def test_clinicians_who_take_nobody_new_are_offered_where_the_editor_says_so(clinic: Clinic, pages: Choices) -> None:
    page = a_form(
        clinic.home,
        a_field("clinician", field_id=ASKED, any_label=""),
        a_field("clinician", field_id=WHO, any_label="", accepting_only=False),
    )
    assert choices_of(page) == ["Ada Abel"]
    assert choices_of(page, 1) == ["Ada Abel", "Full Booked"]


def test_an_editor_may_offer_some_only(clinic: Clinic, pages: Choices) -> None:
    page = a_form(clinic.home, a_field("location", only=[str(pages.alder.pk)], any_label=""))
    assert choices_of(page) == ["Alder <Street>"]


def test_the_answer_keeps_the_id_and_the_words_shown(clinic: Clinic, client: Client, pages: Choices) -> None:
    page = a_form(clinic.home, a_field("location", field_id=ASKED), a_field("clinician", field_id=WHO))
    assert "Alder &lt;Street&gt;" in client.get(page.url).content.decode()
    assert post(client, page, **{ASKED: pages.ballard.pk, WHO: "any"}).status_code == 303
    stored = {ASKED: {"id": pages.ballard.pk, "label": "Ballard"}, WHO: {"id": "any", "label": "No preference"}}
    assert Submission.objects.get().read_answers() == stored
    pages.ballard.delete()
    question = page.definition.questions[0]
    assert field_type(question).writer(question)(stored[ASKED]) == "Ballard"


def test_over_the_api_the_id_counts_and_the_words_are_ours(clinic: Clinic, client: Client, pages: Choices) -> None:
    page = a_form(clinic.home, a_field("location", field_id=ASKED))
    sent = {"version": 1, "answers": {ASKED: {"id": pages.ballard.pk, "label": "Mine"}}}
    address = f"/api/v1/forms/{page.pk}/submissions/"
    assert client.post(address, sent, content_type="application/json").status_code == 201
    assert Submission.objects.get().read_answers()[ASKED] == {"id": pages.ballard.pk, "label": "Ballard"}
    for wrong in ({"id": 999_999}, {"id": [1]}, {"label": "Ballard"}, pages.ballard.pk, ["x"], {"id": True}):
        refused = client.post(address, sent | {"answers": {ASKED: wrong}}, content_type="application/json")
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, ASKED), wrong


def test_who_is_full_by_the_time_it_is_sent_is_refused_at_the_question(
    clinic: Clinic, client: Client, pages: Choices
) -> None:
    page = a_form(clinic.home, a_field("clinician", field_id=WHO))
    pages.ada.accepting_new_patients = False
    pages.ada.save()
    response = post(client, page, **{WHO: pages.ada.pk})
    assert response.status_code == 422
    assert "This is no longer on offer. Choose again." in response.content.decode()
    assert not Submission.objects.exists()


def test_a_question_with_nothing_on_offer_keeps_nobody_from_sending(clinic: Clinic, client: Client) -> None:
    settings = ClinicSettings.for_site(clinic.site)
    settings.phone = "206 555 0142"
    settings.save()
    question = a_field("location", field_id=ASKED, label="Which clinic?", any_label="", required=True)
    page = a_form(clinic.home, question, a_field("email", field_id=WHO))
    assert json_schema(page.definition.content)["required"] == []
    text = client.get(page.url).content.decode()
    question_in_page = text[text.index("Which clinic?") :][:400]
    assert "There is nothing to choose from at the moment." in question_in_page
    assert "tel:+12065550142" in question_in_page
    assert post(client, page, **{WHO: "ada@example.com"}).status_code == 303
    factories.LocationPageFactory(parent=clinic.home, title="Ballard")
    assert json_schema(page.definition.content)["required"] == [ASKED]
    assert post(client, page, **{WHO: "ada@example.com"}).status_code == 422


def test_many_choices_are_a_list_that_opens(clinic: Clinic, client: Client, pages: Choices) -> None:
    page = a_form(clinic.home, a_field("location", field_id=ASKED))
    assert 'type="radio"' in client.get(page.url).content.decode()
    for number in range(6):
        factories.LocationPageFactory(parent=clinic.home, title=f"Place {number}")
    text = client.get(page.url).content.decode()
    assert 'type="radio"' not in text
    assert f'<select name="{ASKED}"' in text


def test_the_api_tells_the_choices_and_its_schema_takes_them_only(
    clinic: Clinic, client: Client, pages: Choices
) -> None:
    page = a_form(clinic.home, a_field("location", field_id=ASKED))
    (field,) = client.get(f"/api/v1/forms/{page.pk}/").json()["steps"][0]["fields"]
    assert [choice["label"] for choice in field["choices"]] == ["Ballard", "Alder <Street>", "No preference"]
    validator = jsonschema_rs.Draft202012Validator(json_schema(page.definition.content))
    assert validator.is_valid({ASKED: {"id": pages.alder.pk, "label": "Alder <Street>"}})
    assert not validator.is_valid({ASKED: {"id": pages.desk.pk}})


def test_a_rule_compares_with_a_page(clinic: Clinic, client: Client, pages: Choices) -> None:
    condition = {"question": ASKED, "operator": "is", "value": str(pages.ballard.pk)}
    rule = {"match": "all", "conditions": [condition]}
    page = a_form(
        clinic.home,
        a_field("location", field_id=ASKED),
        a_field("single_line", field_id=WHO, label="Your parking permit", required=True, rule=rule),
    )
    assert "only if your answer to “Which clinic?” is “Ballard”" in client.get(page.url).content.decode()
    assert post(client, page, **{ASKED: pages.alder.pk}).status_code == 303
    assert post(client, page, **{ASKED: pages.ballard.pk}).status_code == 422
    pages.ballard.unpublish()
    assert "is “another”" in client.get(page.url).content.decode()


def test_a_rule_on_a_page_that_is_not_offered_is_refused_with_the_question(clinic: Clinic, pages: Choices) -> None:
    condition = {"question": ASKED, "operator": "any_of", "value": [str(pages.ballard.pk)]}
    rule = {"match": "all", "conditions": [condition]}
    error = cleaning_error(
        a_field("location", field_id=ASKED, only=[str(pages.alder.pk)]), a_field("email", field_id=WHO, rule=rule)
    )
    assert "“Which clinic?” no longer has the choice that this depends on." in str(error)


def test_the_editor_lists_the_pages_that_may_be_offered(pages: Choices) -> None:
    """js/rule-editor.js reads them there too."""
    only = field_type({"type": "clinician"}).block_class().child_blocks["only"]
    assert [label for _key, label in only.field.choices] == ["Ada Abel", "Full Booked"]


def test_a_choice_is_indexed_exported_and_named_in_fhir(clinic: Clinic, pages: Choices) -> None:
    question = a_form(clinic.home, a_field("location", field_id=ASKED)).definition.questions[0]
    kind, answer = field_type(question), {"id": pages.ballard.pk, "label": "Ballard"}
    key = str(pages.ballard.pk)
    assert list(kind.index_terms(question, answer)) == [(f"choice:{ASKED}", key), ("location", key)]
    assert list(kind.index_terms(question, {"id": "any", "label": "-"})) == [(f"choice:{ASKED}", "any")]
    assert [column.write(answer) for column in kind.columns(question)] == ["Ballard"]
    assert kind.fhir_answers(question, answer) == [{"valueCoding": {"code": key, "display": "Ballard"}}]


def checked_values(text: str) -> list[str]:
    """Return the values of the boxes that are ticked."""
    return re.findall(r'<input type="radio"[^>]* value="([^"]+)"[^>]* checked', text)


def test_links_fill_in_what_their_parameter_may(clinic: Clinic, client: Client, pages: Choices) -> None:
    page = a_form(
        clinic.home,
        a_field("location", field_id=ASKED, query_parameter="clinic"),
        a_field("radios", query_parameter="kind", choices=[{"label": "New", "value": "n"}, {"label": "Old"}]),
        a_field("number", query_parameter="weeks"),
        a_field("single_line", query_parameter="topic"),
        a_field("multi_line", label="Untouched"),
    )
    question = page.definition.questions[1]["choices"][0]["id"]
    text = client.get(f"{page.url}?clinic=alder&kind=N&weeks=6&topic=%3Cb%3E&Untouched=x").content.decode()
    assert checked_values(text) == [str(pages.alder.pk), question]
    assert 'value="6"' in text
    assert 'value="&lt;b&gt;"' in text
    refused = client.get(f"{page.url}?clinic=elsewhere&kind=x&weeks=9999&topic={'x' * 300}").content.decode()
    assert " checked" not in refused
    assert "9999" not in refused
    assert "xxx" not in refused
    assert "field--error" not in refused


def test_no_link_fills_in_who_somebody_is_what_they_agree_to_or_a_file() -> None:
    from forms.fields import FIELD_TYPES

    open_to_links = {name for name, kind in FIELD_TYPES.items() if "query_parameter" in kind.block_class().child_blocks}
    assert not open_to_links & {"name", "address", "date_of_birth", "email", "phone", "upload", "consent", "multi_line"}
    assert {"single_line", "radios", "location", "patient_type"} <= open_to_links


def test_a_form_in_another_page_is_filled_in_too(clinic: Clinic, client: Client) -> None:
    form = a_form(clinic.home, a_field("single_line", query_parameter="topic"))
    republish(form)
    host = factories.ContentPageFactory(
        parent=clinic.home, body=[{"type": "form_embed", "value": {"heading": "", "form": form.pk}}]
    )
    assert 'value="knees"' in client.get(f"{host.url}?topic=knees").content.decode()


def test_a_form_offers_the_pages_of_its_own_site(clinic: Clinic, client: Client, pages: Choices) -> None:
    root = clinic.home.get_parent()
    other = factories.ContentPageFactory(parent=root, title="Inland clinic", slug="inland")
    Site.objects.create(hostname="inland.example", root_page=other)
    inland = factories.LocationPageFactory(parent=other, title="Inland", slug="in")
    here = a_form(clinic.home, a_field("location", field_id=ASKED, any_label=""))
    there = a_form(other, a_field("location", field_id=ASKED, any_label=""), slug="there")
    assert choices_of(here) == ["Ballard", "Alder <Street>"]
    assert choices_of(there) == ["Inland"]
    refused = post(client, here, **{ASKED: inland.pk})
    assert refused.status_code == 422
    assert "This is no longer on offer. Choose again." in refused.content.decode()
    copied = there.copy(to=clinic.home, update_attrs={"slug": "copied"})
    copied.save_revision().publish()
    copied.refresh_from_db()
    assert choices_of(copied) == ["Ballard", "Alder <Street>"]


def test_a_ready_made_form_asks_for_a_location_where_there_are_some(clinic: Clinic, pages: Choices) -> None:
    starter, settings = starters()["appointment"], ClinicSettings.for_site(clinic.site)

    def asked() -> set[str]:
        data = starter.filled_in(settings, beside=clinic.home)
        return {field["type"] for step in data["steps"] for field in step["fields"]}

    assert {"location", "clinician"} <= asked()
    pages.alder.unpublish()
    pages.full.unpublish()
    assert not {"location", "clinician"} & asked()
