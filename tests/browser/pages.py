"""Pages that only the browser tests need, built in the running site (see ``Site.call``)."""

import random

from clinicsite.demo.samples import Sampler
from clinicsite.models import HomePage
from forms import intake, quarantine
from forms.models import (
    FormPage,
    Notification,
    NotificationKind,
    NotificationState,
    RateCount,
    Status,
    StepCount,
    Submission,
)
from tests.browser import every_field
from tests.factories import ContentPageFactory
from tests.forms.builders import a_choice, a_field, a_form, a_step, republish

KNOWN = "aaaaaaaa-0000-4000-8000-000000000001"
YES, NO = a_choice("Yes"), a_choice("No")


def build() -> None:
    """Build a form of three steps, a form of one question, and a page with both, one of them twice."""
    home = HomePage.objects.get()
    if FormPage.objects.filter(slug="before-your-visit").exists():
        return
    long = a_form(home, steps=_steps(), title="Before your visit", slug="before-your-visit", **_words())
    short = a_form(
        home,
        a_field("single_line", label="Your first name", required=True),
        title="Call me back",
        slug="call-me-back",
        review_answers=False,
        proof_of_work=True,
        submit_label="Call me",
    )
    ContentPageFactory(
        parent=home,
        title="Two forms",
        slug="two-forms",
        body=[
            {"type": "form_embed", "value": {"heading": heading, "form": form.pk}}
            for heading, form in (("First", short), ("Second", short), ("Third", long))
        ],
    )
    a_form(
        home,
        a_field("single_line", label="Old words", required=True),
        title="Reworded form",
        slug="reworded-form",
    )


def _steps() -> list[dict]:
    rule = {"match": "all", "conditions": [{"question": KNOWN, "operator": "is", "value": YES["id"]}]}
    return [
        a_step(
            a_field("radios", field_id=KNOWN, label="Do you have a referral?", choices=[YES, NO], required=True),
            a_field("upload", label="Your referral", rule=rule),
            a_field("multi_line", label="What brings you to us?", required=True),
            title="Your visit",
        ),
        a_step(
            a_field("scale"),
            a_field("checkboxes", required=True),
            a_field("date", label="When did it start?", limit="past"),
            title="Your pain",
        ),
        a_step(
            a_field("name", required=True),
            a_field("date_of_birth"),
            a_field("phone", required=True),
            a_field("consent"),
            title="About you",
        ),
    ]


def _words() -> dict:
    rule = {"match": "all", "conditions": [{"question": KNOWN, "operator": "is", "value": YES["id"]}]}
    return {
        "introduction": "<p>It takes two minutes.</p>",
        "submit_label": "Send my answers",
        "promise": "We call you within a day.",
        "confirmation_title": "Thank you",
        "confirmations": [
            {
                "type": "confirmation",
                "value": {"title": "Thank you, {first_name}. Bring your referral.", "text": "", "rule": rule},
            }
        ],
    }


def build_every_field() -> None:
    """Build the form with every type of question."""
    every_field.build()


def expect_nothing_in_quarantine() -> None:
    """Fail where what was sent with the form that asks for a little work was not taken for a patient's."""
    sent = Submission.objects.filter(form_id=FormPage.objects.get(slug="call-me-back").form_id)
    statuses = list(sent.values_list("status", "quarantine_reason"))
    if not statuses or any(reason for _status, reason in statuses):
        raise AssertionError(statuses)


def reword() -> None:
    """Publish the form of one question anew, with other words and one more question."""
    page = FormPage.objects.get(slug="reworded-form")
    (step,) = page.steps.get_prep_value()
    step["value"]["fields"][0]["value"]["label"] = "New words"
    step["value"]["fields"].append(a_field("email", label="Your email", required=True))
    page.steps = [step]
    republish(page)


def fill_the_inbox() -> None:
    """Give the front desk what a new site lacks: a request in quarantine, and an e-mail that failed."""
    closed = Submission.objects.filter(status=Status.CLOSED).latest("created_at")
    quarantine.put_in(closed, None)
    failed = Submission.objects.filter(status=Status.BOOKED).latest("created_at")
    Notification.objects.create(
        submission=failed,
        kind=NotificationKind.FRONT_DESK,
        recipient="desk@clinic.example",
        state=NotificationState.FAILED,
        attempts=8,
        last_error="ConnectionRefusedError",
    )


def send_a_request() -> None:
    """Send in one more request, as a patient who fills in the demo's form would."""
    definition = FormPage.objects.get(slug="appointment").definition
    intake.submit(definition, Sampler(definition, random.Random()).answers(), source="/appointment/")  # noqa: S311


def build_limited() -> None:
    """Build two forms that take one request each."""
    home = HomePage.objects.get()
    for slug in ("one-place", "one-place-unscripted"):
        if not FormPage.objects.filter(slug=slug).exists():
            a_form(
                home,
                a_field("single_line", label="Your first name", required=True),
                a_field("multi_line", label="What brings you to us?"),
                title="One place",
                slug=slug,
                review_answers=False,
                max_submissions=1,
            )


def exhaust_the_address() -> None:
    """Make it so that too much came from every address that has sent something."""
    RateCount.objects.update(count=100_000)


def forgive_the_address() -> None:
    """Forget how much came from where."""
    RateCount.objects.all().delete()


def steps_reached() -> list[int]:
    """Return how often each step of the form of three steps was reached, the most reached first."""
    form_id = FormPage.objects.get(slug="before-your-visit").form_id
    return sorted(StepCount.objects.filter(form_id=form_id).values_list("count", flat=True), reverse=True)


def requests_of_the_form() -> int:
    """Return how many requests the form of three steps brought."""
    form_id = FormPage.objects.get(slug="before-your-visit").form_id
    return Submission.objects.filter(form_id=form_id).count()
