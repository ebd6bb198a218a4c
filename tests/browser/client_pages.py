"""What the tests of the example front end build in the running site, and ask of its database (see ``Site.ask``)."""

import time
from typing import Any
from unittest import mock

from django.contrib.auth.models import User
from wagtail.contrib.redirects.models import Redirect

from clinicsite.models import ClinicPage, ClinicSettings, ContentPage, HomePage, PagePreview
from clinicsite.models.previews import LIFE
from conditions.models import ConditionPage
from forms import intake
from forms.fields import field_type
from forms.models import FormPage, Submission
from tests.factories import ContentPageFactory
from tests.forms.builders import a_field, a_form


def build_a_redirect() -> None:
    """Have an address that no page has lead to a condition."""
    target = ConditionPage.objects.get(slug="sciatica")
    Redirect.objects.get_or_create(old_path=Redirect.normalise_path("/old-sciatica/"), redirect_page=target)


def build_last_places() -> None:
    """Build two forms that take one request each, of which one has come for the second."""
    home = HomePage.objects.get()
    for slug in ("last-place", "taken-place"):
        name = a_field("single_line", label="Your first name", required=True)
        a_form(home, name, title="The last place", slug=slug, review_answers=False, max_submissions=1)
    intake.submit(FormPage.objects.get(slug="taken-place").definition, {name["id"]: "Rosa"})


def preview_tokens() -> dict[str, str]:
    """Return tokens of drafts by what they open; one is too old, one of a user who may not edit the page."""
    page = ConditionPage.objects.get(slug="tennis-elbow")
    page.title = "Tennis elbow at work"
    form = FormPage.objects.filter(slug="call-me").first() or _build_form_to_try_out()
    form.title = "Call me today"
    embedding = ContentPage.objects.get(slug="we-call-you")
    embedding.title = "We call you today"
    with mock.patch("django.core.signing.time.time", return_value=time.time() - LIFE.total_seconds() - 1):
        old = _preview_token(page, "editor")
    return {
        "condition": _preview_token(page, "editor"),
        "form": _preview_token(form, "editor"),
        "embedding": _preview_token(embedding, "editor"),
        "old": old,
        "forbidden": _preview_token(page, "frontdesk"),
    }


def _build_form_to_try_out() -> FormPage:
    """Build a form, and a page with it; return the form."""
    name = a_field("single_line", label="Your first name", required=True)
    home = HomePage.objects.get()
    form = a_form(home, name, title="Call me", slug="call-me", review_answers=False)
    body = [{"type": "form_embed", "value": {"heading": "Your name", "form": form.pk}}]
    ContentPageFactory(parent=home, title="We call you", slug="we-call-you", body=body)
    return form


def _preview_token(page: ClinicPage, username: str) -> str:
    return PagePreview.keep(page, User.objects.get(username=username), is_editing=True).token


def requests_of_the_previewed_form() -> int:
    """Return how many requests came from trying out a form in its preview."""
    return _requests("call-me").count()


def announce() -> None:
    """Show a notice at the top of every page."""
    _set_banner("<p>Closed today: <b>storm</b>.</p>")


def stop_announcing() -> None:
    """Show no notice any more."""
    _set_banner("")


def _set_banner(text: str) -> None:
    clinic = ClinicSettings.objects.get()
    clinic.banner_enabled, clinic.banner_level, clinic.banner_text = bool(text), "urgent", text
    clinic.save()


def latest_appointment_request() -> dict[str, Any]:
    """Return what is stored of the latest request for an appointment."""
    submission = _latest("appointment")
    return {
        "reference": submission.reference,
        "channel": submission.channel,
        "source": submission.source,
        "answers": _answers(submission),
    }


def answers_to_every_question() -> dict[str, str]:
    """Return the latest answers to the form with every type of question, in words."""
    return _answers(_latest("every-question"))


def requests_of_the_reworded_form() -> int:
    """Return how many requests the form of one question brought."""
    return _requests("reworded-form").count()


def _requests(slug: str) -> Any:
    return Submission.objects.filter(form_id=FormPage.objects.get(slug=slug).form_id)


def _latest(slug: str) -> Submission:
    return _requests(slug).latest("created_at", "pk")


def _answers(submission: Submission) -> dict[str, str]:
    answers = submission.read_answers()
    questions = [question for question in submission.definition.questions if question["id"] in answers]
    return {question["label"]: field_type(question).writer(question)(answers[question["id"]]) for question in questions}
