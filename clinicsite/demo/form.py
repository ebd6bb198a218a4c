"""The appointment form of the demo clinic."""

import json
from typing import Any

from clinicsite.demo.raw import Raw
from clinicsite.demo.vocabulary import Block, Rich
from forms.models import FormPage

TITLE = "Request an appointment"
INTRODUCTION = """Tell us what you need and when you are free. It takes about two minutes. We call you back within one
working day. **In an emergency, call 911.** Please do not use this form for anything urgent."""


def _field(kind: str, label: str, *, help_text: str = "", required: bool = False, **options: Any) -> Block:
    return Block(kind, {"label": label, "help_text": help_text, "required": required, **options})


def _choices(*labels: str, other: str = "") -> tuple[dict[str, str], ...]:
    written = tuple({"label": label} for label in labels)
    return (*written, {"label": other, "kind": "other"}) if other else written


def _when(field: Block, choice: str = "") -> dict[str, str]:
    """Return the rule that ``field`` is answered, with ``choice`` (its words, or the id where we know it) if given."""
    return {"question": field.value["label"], "choice": choice}


NEW_OR_EXISTING = _field(
    "patient_type",
    "Are you a new or an existing patient?",
    required=True,
    new_label="New patient",
    existing_label="Existing patient",
)
USUAL_CLINICIAN = _field(
    "clinician",
    "Which clinician do you usually see?",
    help_text="We try to book you with the same person.",
    accepting_only=False,
    any_label="Somebody else",
    rule=_when(NEW_OR_EXISTING, "existing"),
)
HEARD_ABOUT_US = _field(
    "select",
    "How did you hear about us?",
    choices=_choices("My doctor sent me", "A friend or relative", "An internet search", other="Another way"),
    rule=_when(NEW_OR_EXISTING, "new"),
)
REFERRAL = _field(
    "upload",
    "Your referral, if you have it at hand",
    help_text="You can also bring it to your first visit.",
    most=2,
    rule=_when(HEARD_ABOUT_US, "My doctor sent me"),
)
BODY_AREA = _field(
    "body_area",
    "Where does it hurt?",
    help_text="Choose all that apply.",
    offered=[
        *("head-jaw", "neck", "shoulder", "elbow-wrist-hand", "upper-back", "lower-back", "hip", "knee", "ankle-foot")
    ],
)
PAIN = _field(
    "scale",
    "How bad is the pain on a usual day?",
    low_label="No pain",
    high_label="Worst pain you can imagine",
    rule=_when(BODY_AREA),
)
DAYS = _field(
    "days_of_week",
    "Which days could you come in?",
    help_text="Choose as many as you like. Saturday is in Ballard only.",
    offered=["monday", "tuesday", "wednesday", "thursday", "friday", "saturday"],
)
TIMES = _field(
    "times_of_day",
    "What times work best for you?",
    offered=["early_morning", "morning", "afternoon", "evening"],
)
LOCATION = _field(
    "location",
    "Which clinic do you prefer?",
    any_label="Either one, or a video visit",
    query_parameter="clinic",
)
REASON = _field(
    "multi_line",
    "What would you like help with?",
    help_text="A few words are enough, such as: my left knee hurts on stairs since May.",
    required=True,
)
NAME = _field("name", "Your name", required=True, parts=["first", "last"])
PHONE = _field("phone", "Phone number", help_text="We call from 206 555 0142.", required=True)
EMAIL = _field("email", "Email address", help_text="Only if you would rather get an email.")
CONSENT = _field(
    "consent",
    "Consent",
    required=True,
    statement="I agree that Heronfield Physical Therapy may store what I wrote here and contact me about it.",
)

STEPS = (
    Block(
        "step",
        {
            "title": "Your visit",
            "introduction": Rich(""),
            "fields": [
                *(NEW_OR_EXISTING, USUAL_CLINICIAN, HEARD_ABOUT_US, REFERRAL),
                *(BODY_AREA, PAIN, REASON, LOCATION),
            ],
        },
    ),
    Block(
        "step",
        {
            "title": "When you are free",
            "introduction": Rich("Pick everything that could work. The more you choose, the sooner we can see you."),
            "fields": [DAYS, TIMES],
        },
    ),
    Block(
        "step",
        {
            "title": "How we reach you",
            "introduction": Rich(""),
            "fields": [
                NAME,
                PHONE,
                EMAIL,
                Block(
                    "static_text",
                    {
                        "text": Rich(
                            """Your answers are encrypted. Only our front desk reads them. More in our
                            [privacy notes](page:privacy)."""
                        )
                    },
                ),
                CONSENT,
            ],
        },
    ),
)


def _with_rules(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the steps with rules in place of what ``_when`` wrote, by the ids that questions and choices now have."""
    fields = [field for step in steps for field in step["value"]["fields"]]
    by_label = {field["value"].get("label"): field for field in fields}
    for field in fields:
        if when := field["value"].get("rule"):
            question = by_label[when["question"]]
            choices = {choice["value"]["label"]: choice["id"] for choice in question["value"].get("choices", [])}
            value = choices.get(when["choice"], when["choice"]) or None
            operator = "is" if value else "answered"
            condition = {"question": question["id"], "operator": operator, "value": value}
            field["value"]["rule"] = {"match": "all", "conditions": [condition]}
    return steps


def fill(page: FormPage, raw: Raw) -> FormPage:
    """Return the form with its words, steps and fields."""
    page.search_description = "Ask for an appointment: tell us what hurts and when you are free. We call you back."
    page.introduction = raw.rich(INTRODUCTION)
    page.steps = _with_rules(json.loads(raw.stream(STEPS)))
    page.submit_label = "Request an appointment"
    page.promise = "We call you back within one working day."
    page.response_hours = 24
    page.confirmation_title = "Thank you. We have your request."
    page.confirmation_text = raw.rich(
        """We call from 206 555 0142. If it gets worse before then, call us. In an emergency, call 911."""
    )
    page.notification_recipients = "frontdesk@example.com"
    return page
