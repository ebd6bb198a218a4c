"""Forms over the API: read, sent, and refused with the words of the site's own form."""

import uuid
from typing import Any

import jsonschema_rs
import pytest

from clinicsite.roles import MARKETING_EDITORS
from forms.models import Channel, FormDefinition, FormPage, QuarantineReason, Submission
from tests.api.conftest import ApiClient
from tests.conftest import Clinic
from tests.forms.builders import DEFAULTS, a_field, a_form, republish, solved
from tests.tokens.conftest import a_token, a_user
from tokens.models import Scope


@pytest.fixture
def form(clinic: Clinic) -> FormPage:
    """Return a form with a field of every type, the first of them required."""
    fields = [a_field(kind, required=True) for kind in ("email", "radios", "consent")]
    others = [a_field(kind) for kind in DEFAULTS if kind not in ("email", "radios", "consent")]
    return a_form(clinic.home, *fields, *others, notification_recipients="desk@harbor.example")


def field_ids(answer: dict[str, Any]) -> dict[str, str]:
    """Return the ids of the fields of a form by their types."""
    return {field["type"]: field["id"] for step in answer["steps"] for field in step["fields"]}


def valid_answers(answer: dict[str, Any]) -> dict[str, Any]:
    """Return answers to the required fields of a form."""
    fields = {field["type"]: field for step in answer["steps"] for field in step["fields"]}
    return {
        fields["email"]["id"]: "maria@example.com",
        fields["radios"]["id"]: fields["radios"]["choices"][0]["id"],
        fields["consent"]["id"]: True,
    }


def address(form: FormPage) -> str:
    """Return where the answers of ``form`` go."""
    return f"/api/v1/forms/{form.pk}/submissions/"


def test_a_form_says_all_that_a_front_end_needs_to_draw_it(api: ApiClient, form: FormPage) -> None:
    answer = api.get(f"/api/v1/forms/{form.pk}/")
    assert set(field_ids(answer)) == set(DEFAULTS)
    assert answer["submit_url"] == f"http://testserver{address(form)}"
    assert api.get(f"/api/v1/pages/{form.pk}/")["form"] == answer


def test_the_schema_of_the_answers_takes_what_the_form_takes(api: ApiClient, form: FormPage) -> None:
    answer = api.get(f"/api/v1/forms/{form.pk}/")
    validator = jsonschema_rs.Draft202012Validator(answer["answers_schema"])
    assert validator.is_valid(valid_answers(answer))
    assert not validator.is_valid({})


def test_a_sent_form_is_stored_and_gets_its_reference(api: ApiClient, form: FormPage) -> None:
    answer = api.get(f"/api/v1/forms/{form.pk}/")
    payload = {"version": answer["version"], "answers": valid_answers(answer), "source": "/knee-pain/?utm=x"}
    sent = api.post(address(form), payload)
    submission = Submission.objects.get()
    assert sent["reference"] == submission.reference
    assert (submission.channel, submission.source) == (Channel.API, "/knee-pain/")


def test_a_form_that_asks_for_work_says_where_it_is_and_takes_it(api: ApiClient, clinic: Clinic) -> None:
    field = a_field("email")
    form = a_form(clinic.home, field, proof_of_work=True)
    answer = api.get(f"/api/v1/forms/{form.pk}/")
    assert answer["challenge_url"] == "http://testserver/api/v1/forms/challenge/"
    proof = solved(api.get("/api/v1/forms/challenge/"))
    assert "no-store" in api.response("/api/v1/forms/challenge/")["Cache-Control"]
    key = {"Idempotency-Key": str(uuid.uuid4())}
    payload = {"version": 1, "answers": {field["id"]: "ada@example.com"}, "proof": proof}
    sent = api.post(address(form), payload, **key)
    assert Submission.objects.get().quarantine_reason == ""
    assert api.post(address(form), payload, **key) == sent
    api.post(address(form), payload | {"answers": {field["id"]: "bob@example.com"}})
    assert Submission.objects.latest("pk").quarantine_reason == QuarantineReason.NO_PROOF
    other = a_form(clinic.home, field, slug="another")
    assert api.get(f"/api/v1/forms/{other.pk}/")["challenge_url"] is None


def test_a_front_end_with_its_own_server_names_the_patients_address_with_a_token(
    api: ApiClient, clinic: Clinic, settings: pytest.FixtureRequest
) -> None:
    settings.FORMS_RATE_SOFT_LIMIT, settings.FORMS_RATE_HARD_LIMIT = 1, 2
    field = a_field("email")
    form = a_form(clinic.home, field)

    def send(number: int, status: int = 201, **headers: str) -> str:
        answers = {"version": 1, "answers": {field["id"]: f"patient{number}@example.com"}}
        api.post(address(form), answers, status=status, **headers)
        return Submission.objects.latest("pk").quarantine_reason if status == 201 else ""

    _token, bearer = a_token(a_user(MARKETING_EDITORS), Scope.SEND_FORMS)
    patients = [{**bearer, "X-Patient-Address": f"198.51.100.{number}"} for number in range(4)]
    assert [send(number, **patient) for number, patient in enumerate(patients)] == [""] * 4
    assert send(4, **patients[0]) == QuarantineReason.RATE
    send(5, 429, **patients[0])
    send(6, 422, **bearer | {"X-Patient-Address": "a made-up one"})
    send(7, 403, **{"X-Patient-Address": "198.51.100.9"})
    _token, other = a_token(a_user(MARKETING_EDITORS), Scope.READ_DRAFTS)
    send(8, 403, **other | {"X-Patient-Address": "198.51.100.9"})
    send(9, 401, **{"Authorization": "Bearer clinic_", "X-Patient-Address": "198.51.100.9"})
    assert [send(number) for number in (10, 11)] == ["", QuarantineReason.RATE]


def test_a_key_sent_twice_gives_one_submission(api: ApiClient, form: FormPage) -> None:
    answer = api.get(f"/api/v1/forms/{form.pk}/")
    payload = {"version": answer["version"], "answers": valid_answers(answer)}
    key = {"Idempotency-Key": str(uuid.uuid4())}
    assert api.post(address(form), payload, **key) == api.post(address(form), payload, **key)
    assert Submission.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{}, {"email": "maria"}, {"radios": "no such choice"}, {"consent": False}, {"number": 9999}, {"phone": "12"}],
)
def test_what_is_wrong_is_told_in_the_words_of_the_sites_own_form(
    wrong: dict[str, Any], api: ApiClient, form: FormPage
) -> None:
    answer = api.get(f"/api/v1/forms/{form.pk}/")
    ids = field_ids(answer)
    answers = {ids[kind]: value for kind, value in wrong.items()}
    problem = api.post(address(form), {"version": answer["version"], "answers": answers}, status=422)
    page = api.client.post(form.url, {name: value for name, value in answers.items() if value is not False})
    told = {(error["field"], error["message"]) for error in problem["errors"]}
    on_the_site = page.context["embed"]["form"].errors
    assert told == {(name, message) for name, messages in on_the_site.items() for message in messages}
    assert told
    assert not Submission.objects.exists()


def test_what_is_wrong_with_a_part_of_an_answer_is_told_by_the_parts_name(api: ApiClient, clinic: Clinic) -> None:
    name, birth = a_field("name", required=True), a_field("date_of_birth")
    form = a_form(clinic.home, name, birth)
    answers = {name["id"]: {"first": "Rosa"}, birth["id"]: "1884-03-27"}
    problem = api.post(address(form), {"version": 1, "answers": answers}, status=422)
    assert [(error["field"], error["code"]) for error in problem["errors"]] == [
        (name["id"], "last"),
        (birth["id"], "year"),
    ]


def test_a_field_the_form_does_not_have_is_refused_by_its_name(api: ApiClient, form: FormPage) -> None:
    answer = api.get(f"/api/v1/forms/{form.pk}/")
    answers = valid_answers(answer) | {"nickname": "Mia"}
    problem = api.post(address(form), {"version": answer["version"], "answers": answers}, status=422)
    assert [error["field"] for error in problem["errors"]] == ["nickname"]


def test_answers_are_held_against_the_version_that_was_seen(api: ApiClient, form: FormPage) -> None:
    seen = api.get(f"/api/v1/forms/{form.pk}/")
    republish(form, a_field("phone", required=True))
    api.post(address(form), {"version": seen["version"], "answers": valid_answers(seen)})
    assert Submission.objects.get().definition.version == seen["version"]


@pytest.mark.parametrize(
    ("payload", "fields"),
    [
        ({"version": 99, "answers": {}}, ["version"]),
        ({"answers": {}}, ["version"]),
        ({"version": 1, "answers": {}, "extra": 1}, ["extra"]),
        ({"version": 1, "answers": []}, ["answers"]),
        ({"version": 1, "answers": {}, "source": "https://elsewhere.example/"}, ["source"]),
    ],
)
def test_a_body_of_another_shape_is_refused_at_its_key(
    payload: dict[str, Any], fields: list[str], api: ApiClient, form: FormPage
) -> None:
    problem = api.post(address(form), payload, status=422)
    assert [error["field"] for error in problem["errors"]] == fields


def test_a_body_that_is_no_json_is_refused(api: ApiClient, form: FormPage) -> None:
    api.post(address(form), "{", status=400)


def test_a_type_that_another_site_could_send_unasked_is_refused(api: ApiClient, form: FormPage) -> None:
    answer = api.get(f"/api/v1/forms/{form.pk}/")
    response = api.client.post(
        address(form),
        {"version": answer["version"], "answers": valid_answers(answer)},
        content_type="application/json",
        headers={"Content-Type": "text/plain"},
    )
    assert response.status_code == 415
    assert not Submission.objects.exists()


def test_a_form_that_is_not_public_is_not_there(api: ApiClient, form: FormPage) -> None:
    form.unpublish()
    api.get(f"/api/v1/forms/{form.pk}/", status=404)
    api.post(address(form), {"version": 1, "answers": {}}, status=404)


def test_no_answer_names_who_is_notified_or_what_was_sent(api: ApiClient, form: FormPage) -> None:
    answer = api.get(f"/api/v1/forms/{form.pk}/")
    sent = api.post(address(form), {"version": answer["version"], "answers": valid_answers(answer)})
    answers = [
        api.get(f"/api/v1/forms/{form.pk}/"),
        api.get(f"/api/v1/pages/{form.pk}/"),
        api.get("/api/v1/pages/", {"limit": 100}),
        api.get("/api/v1/site/"),
        sent,
    ]
    for private in ("desk@harbor.example", "maria@example.com"):
        assert private not in str(answers)
    assert FormDefinition.objects.filter(submissions__isnull=False).exists()


def test_submissions_cannot_be_read(api: ApiClient, form: FormPage) -> None:
    assert api.response(address(form)).status_code == 405


def test_a_thousand_faults_get_a_short_answer(api: ApiClient, form: FormPage) -> None:
    payload = {"version": 1, "answers": {f"made-up-{number}": "x" for number in range(1000)}}
    assert len(api.post(address(form), payload, status=422)["errors"]) == 100


def test_rules_are_told_by_ids_and_in_words_and_hold_over_the_api(api: ApiClient, clinic: Clinic) -> None:
    asked = a_field("number", label="Weeks of pain", required=True)
    rule = {"match": "all", "conditions": [{"question": asked["id"], "operator": "greater_than", "value": 6}]}
    ruled = a_field("single_line", label="Who treated you?", required=True, rule=rule)
    form = a_form(clinic.home, asked, ruled)
    answer = api.get(f"/api/v1/forms/{form.pk}/")
    note = "Answer this only if your answer to “Weeks of pain” is more than 6."
    (step,) = answer["steps"]
    assert [field["rule"] for field in step["fields"]] == [None, rule | {"note": note}]
    assert step["rule"] is None

    validator = jsonschema_rs.Draft202012Validator(answer["answers_schema"])
    for weeks, is_enough in ((3, True), (9, False)):
        answers = {asked["id"]: weeks}
        assert validator.is_valid(answers) is is_enough
        sent = {"version": answer["version"], "answers": answers}
        problem = api.post(address(form), sent, status=201 if is_enough else 422)
        assert [error["field"] for error in problem.get("errors", [])] == ([] if is_enough else [ruled["id"]])
    api.post(address(form), {"version": answer["version"], "answers": {asked["id"]: 3, ruled["id"]: "Stale"}})
    assert all(ruled["id"] not in submission.read_answers() for submission in Submission.objects.all())
