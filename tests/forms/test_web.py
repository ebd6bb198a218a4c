"""What a patient's browser gets from a form page, and what it may send."""

import re
import uuid
from urllib.parse import urlsplit

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory

from forms.models import Submission
from tests.conftest import Clinic
from tests.forms.builders import ANSWERING_TYPES, a_field, a_form, a_step, only_field, republish


@pytest.fixture
def strict() -> Client:
    return Client(enforce_csrf_checks=True)


def test_a_valid_post_leads_to_a_confirmation_with_the_reference(clinic: Clinic, client: Client) -> None:
    page = a_form(clinic.home, a_field("single_line"), confirmation_title="Thank you", promise="We call you tomorrow.")
    response = client.post(page.url, {only_field(page.definition)["id"]: "Ada", "version": "1", "source": "/neck/"})
    submission = Submission.objects.get()
    assert response.status_code == 303
    assert urlsplit(response["Location"]).path == f"{page.url}received/{submission.reference}/"
    assert response["Cache-Control"] == "no-store"
    assert submission.source == "/neck/"

    confirmation = client.get(response["Location"])
    text = confirmation.content.decode()
    assert submission.reference in text
    assert "Thank you" in text
    assert "We call you tomorrow." in text
    assert "Ada" not in text
    assert confirmation["X-Robots-Tag"] == "noindex"


def test_a_reload_sends_nothing_twice(clinic: Clinic, client: Client) -> None:
    page = a_form(clinic.home, a_field("single_line"))
    location = client.post(page.url, {})["Location"]
    for _reload in range(2):
        assert client.get(location).status_code == 200
    assert Submission.objects.count() == 1


def test_the_same_key_posted_twice_is_one_submission(clinic: Clinic, client: Client) -> None:
    page = a_form(clinic.home, a_field("single_line"))
    data = {"key": str(uuid.uuid4())}
    first, second = (urlsplit(client.post(page.url, data)["Location"]).path for _post in range(2))
    assert first == second
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("reference", ["0000-0000", "nothing"])
def test_a_made_up_reference_is_not_confirmed(clinic: Clinic, client: Client, reference: str) -> None:
    page = a_form(clinic.home, a_field("single_line"))
    assert client.get(f"{page.url}received/{reference}/").status_code == 404


def test_another_forms_reference_is_not_confirmed(clinic: Clinic, client: Client) -> None:
    one, two = (a_form(clinic.home, a_field("email"), slug=slug) for slug in ("one", "two"))
    client.post(one.url, {})
    assert client.get(f"{two.url}received/{Submission.objects.get().reference}/").status_code == 404


def test_an_invalid_post_comes_back_with_a_summary_and_everything_typed(clinic: Clinic, client: Client) -> None:
    page = a_form(
        clinic.home,
        a_field("phone", required=True),
        a_field("multi_line"),
        a_field("checkboxes"),
        a_field("radios", required=True),
    )
    phone, reason, places, kind = page.definition.questions
    data = {phone["id"]: "call me", reason["id"]: "It <b>hurts</b>", places["id"]: places["choices"][1]["id"]}

    response = client.post(page.url, data)

    text = response.content.decode()
    assert response.status_code == 422
    assert response["Cache-Control"] == "no-store"
    assert not Submission.objects.exists()
    assert f'<a href="#f1-{phone["id"]}">Enter your phone number, such as 206 555 0142</a>' in text
    assert f'<a href="#f1-{kind["id"]}_0">Choose an answer to “New or existing patient?”.</a>' in text
    assert f'id="f1-{phone["id"]}_error"' in text
    assert 'value="call me"' in text
    assert "It &lt;b&gt;hurts&lt;/b&gt;" in text
    assert f'value="{places["choices"][1]["id"]}" class="choice__input" id="f1-{places["id"]}_1" checked' in text


def test_the_form_that_was_seen_is_the_one_that_validates(clinic: Clinic, client: Client) -> None:
    page = a_form(clinic.home, a_field("single_line"))
    seen = page.definition
    republish(page, a_field("phone", required=True))
    assert client.post(page.url, {"version": seen.version}).status_code == 303
    assert Submission.objects.get().definition == seen
    assert client.post(page.url, {"version": "999"}).status_code == 422
    assert client.post(page.url, {"version": "x"}).status_code == 422


def test_a_form_that_comes_back_keeps_the_version_it_was_sent_with(clinic: Clinic, client: Client) -> None:
    page = a_form(clinic.home, a_field("single_line", label="Old name", required=True))
    republish(page, a_field("single_line", label="New name", required=True))
    text = client.post(page.url, {"version": "1"}).content.decode()
    assert "Old name" in text
    assert 'name="version" value="1"' in text


@pytest.mark.parametrize("source", ["https://elsewhere.example/", "//elsewhere.example/", "neck", ""])
def test_a_source_that_is_no_path_of_ours_becomes_the_forms_own(clinic: Clinic, client: Client, source: str) -> None:
    page = a_form(clinic.home, a_field("single_line"))
    client.post(page.url, {"source": source})
    assert Submission.objects.get().source == page.url


def test_a_query_string_is_never_kept_as_source(clinic: Clinic, client: Client) -> None:
    page = a_form(clinic.home, a_field("single_line"))
    client.post(page.url, {"source": "/neck/?name=Ada"})
    assert Submission.objects.get().source == "/neck/"


def test_the_page_is_the_same_for_everybody(clinic: Clinic, client: Client) -> None:
    page = a_form(clinic.home, *[a_field(kind) for kind in ANSWERING_TYPES])
    first, second = client.get(page.url), Client().get(page.url)
    assert first.content == second.content
    assert not first.cookies
    assert "csrf" not in first.content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    ],
)
def test_a_post_from_another_site_is_refused_in_plain_words(
    clinic: Clinic, strict: Client, headers: dict[str, str]
) -> None:
    page = a_form(clinic.home, a_field("single_line"))
    response = strict.post(page.url, {}, headers=headers)
    assert response.status_code == 403
    assert "from another website" in response.content.decode()
    assert not Submission.objects.exists()


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}, {}])
def test_a_post_from_our_own_pages_needs_no_token(clinic: Clinic, strict: Client, headers: dict[str, str]) -> None:
    page = a_form(clinic.home, a_field("single_line"))
    assert strict.post(page.url, {}, headers=headers).status_code == 303


def test_a_trusted_origin_may_send(clinic: Clinic, strict: Client, settings: object) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["https://clinic.example"]
    page = a_form(clinic.home, a_field("single_line"))
    assert strict.post(page.url, {}, headers={"Origin": "https://clinic.example"}).status_code == 303


def test_the_admin_keeps_its_token(clinic: Clinic, strict: Client) -> None:
    response = strict.post("/admin/login/", {"username": "a", "password": "b"}, headers={"Sec-Fetch-Site": "none"})
    assert response.status_code == 403


def test_other_methods_are_not_allowed(clinic: Clinic, client: Client) -> None:
    page = a_form(clinic.home, a_field("single_line"))
    assert client.put(page.url).status_code in (403, 405)
    assert client.head(page.url).status_code == 200


def test_an_unpublished_form_takes_nothing(clinic: Clinic, client: Client) -> None:
    page = a_form(clinic.home, a_field("single_line"))
    url = page.url
    page.unpublish()
    assert client.post(url, {}).status_code == 404


def test_a_preview_shows_the_form_as_edited_and_cannot_be_sent(clinic: Clinic) -> None:
    page = a_form(clinic.home, a_field("single_line", label="Old"))
    page.steps = [a_step(a_field("email", label="Reworded"))]
    text = page.make_preview_request().content.decode()
    assert "Reworded" in text
    assert re.search(r'<button [^>]*type="submit"[^>]* disabled>', text)


def test_the_confirmation_can_be_previewed(clinic: Clinic) -> None:
    page = a_form(clinic.home, a_field("single_line"), confirmation_title="Thanks a lot")
    assert "Thanks a lot" in page.make_preview_request(preview_mode="confirmation").content.decode()


def test_a_form_embedded_twice_has_ids_of_its_own_and_leads_to_its_page(clinic: Clinic, rf: RequestFactory) -> None:
    page = a_form(clinic.home, a_field("single_line"))
    once = '{% include "forms/embed.html" with embed=block.embed_context %}'
    context = Context({"block": page, "request": rf.get("/conditions/neck-pain/")})
    text = Template(once + once).render(context)
    field_id = only_field(page.definition)["id"]
    assert text.count(f'id="f1-{field_id}"') == 1
    assert text.count(f'id="f2-{field_id}"') == 1
    assert text.count(f'action="/forms/{page.form_id}/"') == 2
    assert text.count('name="source" value="/conditions/neck-pain/"') == 2


def test_a_form_in_another_page_comes_back_to_its_script_as_it_was_there(clinic: Clinic, client: Client) -> None:
    page = a_form(clinic.home, a_field("single_line", required=True))
    script = {"Accept": "application/json, text/html;q=0.9"}
    text = client.post(page.url, {"level": "3"}, headers=script).content.decode()
    assert '<h3 class="form__step-title">' in text
    assert '<h3 class="error-summary__title">' in text
    assert " data-embedded" in text
    assert '<input type="hidden" name="level" value="3">' in text
    # Without scripts it is the form's own page that is shown.
    text = client.post(page.url, {"level": "3"}).content.decode()
    assert '<h2 class="form__step-title">' in text
    assert " data-embedded" not in text
    assert '<h2 class="form__step-title">' in client.post(page.url, {"level": "x"}, headers=script).content.decode()


def test_a_form_never_published_embeds_as_nothing(clinic: Clinic) -> None:
    assert a_form(clinic.home, a_field("email"), live=False).embed_context() is None
