"""Posts that are stored by what the process remembers of a form, before the rest of the site is asked."""

import datetime as dt
import uuid
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from clinicsite.models import ContentState
from forms import receiving
from forms.middleware import RECEIVING
from forms.models import FormPage, RateCount, Submission
from tests.conftest import Clinic
from tests.forms.builders import a_field, a_form, only_field

URL_ENCODED = "application/x-www-form-urlencoded"


@pytest.fixture
def page(clinic: Clinic) -> FormPage:
    return a_form(clinic.home, a_field("single_line", required=True))


def post(page: FormPage, client: Client, text: str = "Ada", **more: str) -> HttpResponse:
    """Send the form as a browser does that sends no file."""
    field_id = only_field(page.definition)["id"]
    data = {field_id: text, "version": "1", "key": str(uuid.uuid4()), **more}
    return client.post(f"/forms/{page.form_id}/", urlencode(data), content_type=URL_ENCODED)


def test_the_address_is_the_one_that_forms_send_to(page: FormPage) -> None:
    found = RECEIVING.fullmatch(reverse("forms:receive", args=[page.form_id]))
    assert found is not None
    assert found[1] == str(page.form_id)


def test_a_post_is_stored_and_answered_as_every_page_is(page: FormPage, client: Client) -> None:
    assert post(page, client).status_code == 303  # Now the form is remembered.
    response = post(page, client, "Grace")
    assert response.status_code == 303
    assert response.wsgi_request.resolver_match is None  # No view was asked.
    assert Submission.objects.latest("pk").reference in response["Location"]
    assert response["Cache-Control"] == "no-store"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Content-Length"] == "0"
    for name in ("Content-Security-Policy", "Permissions-Policy", "X-Content-Type-Options"):
        assert name in response
    assert response.cookies == {}
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("is_known", [True, False])
def test_a_change_elsewhere_is_noticed_before_anything_is_stored(
    page: FormPage, client: Client, monkeypatch: pytest.MonkeyPatch, is_known: bool
) -> None:
    assert post(page, client).status_code == 303
    before = receiving._last_state

    def answer() -> int:
        if not is_known:  # Another process made the change.
            monkeypatch.setattr(receiving, "_last_state", before)
        return post(page, client, text=str(uuid.uuid4())).status_code

    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert answer() == 307
    restriction.delete()
    page.closes_at = timezone.now() - dt.timedelta(hours=1)
    page.save()
    assert answer() == 409
    page.closes_at = None
    page.save()
    assert answer() == 303
    page.unpublish()
    assert answer() == 404
    assert Submission.objects.count() == 2
    assert sum(RateCount.objects.values_list("count", flat=True)) == 2


def test_a_form_that_nothing_is_remembered_of_is_read(page: FormPage, client: Client) -> None:
    ContentState.objects.all().delete()
    assert post(page, client).status_code == 303
    ContentState.touch()
    assert post(page, client, "Grace").status_code == 303


def test_what_cannot_be_stored_is_answered_by_the_view(page: FormPage, client: Client) -> None:
    invalid = post(page, client, " ", seconds="40")
    assert invalid.status_code == 422
    assert "<title>Error: " in invalid.content.decode()
    review = post(page, client, "Ada", stage="review")
    assert review.status_code == 200
    assert "Ada" in review.content.decode()
    assert client.post(f"/forms/{uuid.uuid4()}/", "", content_type=URL_ENCODED).status_code == 404
    foreign = Client(headers={"Sec-Fetch-Site": "cross-site"})
    assert post(page, foreign).status_code == 403
    assert Client(SERVER_NAME="elsewhere.example").post(f"/forms/{page.form_id}/").status_code == 400
    assert not Submission.objects.exists()
