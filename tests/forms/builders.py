"""A builder of forms: a test names the fields that matter to it, the builder fills in the rest."""

import base64
import json
import uuid
from typing import Any

from altcha import v1 as altcha
from django.http import HttpResponse
from django.test import Client
from wagtail.models import Page

from forms.models import FormDefinition, FormPage
from tests.factories import FormPageFactory

# What a field of each type needs to be valid.
DEFAULTS: dict[str, dict[str, Any]] = {
    "single_line": {"label": "Your name"},
    "multi_line": {"label": "What brings you to us?"},
    "email": {"label": "Email address"},
    "phone": {"label": "Phone number"},
    "number": {"label": "Weeks of pain", "minimum": 0, "maximum": 520, "whole": True},
    "date": {"label": "When did it start?", "limit": "past"},
    "radios": {"label": "New or existing patient?", "choices": ["New patient", "Existing patient"]},
    "checkboxes": {"label": "Where does it hurt?", "choices": ["Neck", "Back", "Knee"]},
    "select": {"label": "Insurance", "choices": ["Medicare", "I pay myself"]},
    "days_of_week": {"label": "What days are you free?", "offered": ["monday", "tuesday", "friday"]},
    "times_of_day": {"label": "What times work best?", "offered": ["morning", "evening"]},
    "name": {"label": "Your name", "parts": ["first", "last"]},
    "address": {"label": "Your address"},
    "date_of_birth": {"label": "Date of birth"},
    "scale": {"label": "How bad is it?", "low_label": "No pain", "high_label": "Worst", "lowest": 0, "highest": 10},
    "body_area": {"label": "Which areas hurt?", "offered": ["neck", "knee"]},
    "patient_type": {
        "label": "Have you been here before?",
        "new_label": "I am new here",
        "existing_label": "I have been here before",
    },
    "location": {"label": "Which clinic?", "any_label": "No preference"},
    "clinician": {"label": "Who would you like to see?", "any_label": "No preference", "accepting_only": True},
    "upload": {"label": "Your insurance card", "most": 2},
    "consent": {"label": "Consent", "statement": "I agree that you may contact me.", "required": True},
    "hidden": {"label": "Campaign", "value": "Spring 2027"},
    "static_text": {"text": "<p>We call you back.</p>"},
}
# Their choices are pages in the database.
LIVE_TYPES = ("location", "clinician")
ANSWERING_TYPES = [name for name in DEFAULTS if name not in ("static_text", "hidden", *LIVE_TYPES)]


def a_field(kind: str, *, field_id: str | None = None, **options: Any) -> dict[str, Any]:
    """Return the raw stream data of a field; a list of plain words as ``choices`` gets ids."""
    value = DEFAULTS[kind] | options
    if "choices" in value:
        value = value | {"choices": [a_choice(choice) for choice in value["choices"]]}
    return {"type": kind, "id": field_id or str(uuid.uuid4()), "value": value}


def a_choice(choice: Any) -> dict[str, Any]:
    """Return the raw data of a choice with an id, of its words or of all that there is to it."""
    if isinstance(choice, dict):
        is_whole = choice.get("type") == "item"
        return choice if is_whole else {"type": "item", "id": str(uuid.uuid4()), "value": choice}
    return {"type": "item", "id": str(uuid.uuid4()), "value": {"label": choice}}


def a_step(*fields: dict[str, Any], title: str = "Your visit", **options: Any) -> dict[str, Any]:
    """Return the raw stream data of a step."""
    return {"type": "step", "id": str(uuid.uuid4()), "value": {"title": title, "fields": list(fields), **options}}


def a_form(
    parent: Page, *fields: dict[str, Any], steps: list[dict[str, Any]] | None = None, **options: Any
) -> FormPage:
    """Return a published form under ``parent``, with one step of ``fields`` unless ``steps`` are given."""
    return FormPageFactory(parent=parent, steps=steps or [a_step(*fields)], **options)


def republish(page: FormPage, *fields: dict[str, Any], **changes: Any) -> FormDefinition:
    """Publish ``page`` anew, with other fields if any are given, and return its newest definition."""
    if fields:
        page.steps = [a_step(*fields)]
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()
    page.refresh_from_db()
    definition = page.definition
    assert definition is not None
    return definition


def only_field(definition: FormDefinition) -> dict[str, Any]:
    """Return the one question of a definition."""
    (question,) = definition.questions
    return question


def press(browser: Client, url: str, **data: object) -> HttpResponse:
    """Look at a page that asks about several requests, press its button, and return the answer."""
    return browser.post(url, {"shown": browser.get(url).context["shown"], **data})


def solved(work: dict) -> str:
    """Return the work of a challenge, done, as a browser sends it."""
    challenge = altcha.Challenge(
        work["algorithm"], work["challenge"], work["maxnumber"], work["salt"], work["signature"]
    )
    solution = altcha.solve_challenge(challenge)
    payload = work | {"number": solution.number}
    payload.pop("maxnumber")
    return base64.b64encode(json.dumps(payload).encode()).decode()
