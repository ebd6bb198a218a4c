"""What an editor should know of a form before patients see it.

``check`` looks at a form as it is being edited, unfinished as it may be. What keeps it from being published comes
first, then what only deserves a look: that never keeps anybody from publishing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinicsite.fields import clean_block
from clinicsite.models import ClinicSettings
from forms import definitions
from forms.blocks import later_rule_errors
from forms.building.files.places import flattened
from forms.building.texts import texts_of
from forms.fields import Frozen, field_type

if TYPE_CHECKING:
    from forms.models import FormPage

MOST_REQUIRED = 8
LONGEST_STEP = 8
HARDEST_GRADE = 9
CONTACT_TYPES = ("phone", "email")


@dataclass(frozen=True)
class Finding:
    """One thing to know, and where: ``block`` is the id of a step or question, ``field`` names a field of the page.

    What ``is_refused`` keeps the form from being published.
    """

    message: str
    block: str = ""
    field: str = ""
    is_refused: bool = False


def check(page: "FormPage") -> list[Finding]:
    """Return what is to be known of a form, what keeps it from being published first."""
    refused = list(_refused(page))
    content = definitions.freeze(page)
    questions = list(definitions.questions_of(content))
    return [
        *refused,
        *_contact(questions),
        *_consent(questions),
        *_who_is_told(page),
        *_patient_email(page, questions),
        *_length(content, questions),
        *_choices(questions),
        *_emergency(page),
        *_reading(page),
        *_times(page),
        *_retention(page),
    ]


def _refused(page: "FormPage") -> Iterator[Finding]:
    """Yield what publishing would refuse, as the editor's form would tell it."""
    streams = {name: page._meta.get_field(name).stream_block for name in ("steps", "confirmations")}
    is_sound = True
    for name, block in streams.items():
        value = getattr(page, name)
        try:
            clean_block(block, value)
        except ValidationError as error:
            is_sound = False
            for problem in flattened(error, block, value, name):
                yield Finding(str(problem), block=problem.block, field=name, is_refused=True)
    if not page.steps:
        yield Finding(_("The form has no steps. Add one, with the questions that belong together."), field="steps")
    if not is_sound:
        return
    for name in ("confirmations", "notification_rules"):
        value = getattr(page, name)
        if error := later_rule_errors(page.steps, value):
            for problem in flattened(error, page._meta.get_field(name).stream_block, value, name):
                yield Finding(str(problem), block=problem.block, field=name, is_refused=True)


def _contact(questions: list[Frozen]) -> Iterator[Finding]:
    ways = [question for question in questions if question["type"] in CONTACT_TYPES]
    if not ways:
        message = _("There is no question for a phone number or an e-mail address: you cannot answer anybody.")
        yield Finding(message, field="steps")
    elif not any(way.get("required") for way in ways):
        message = _("No phone number and no e-mail address must be given: some requests will have neither.")
        yield Finding(message, block=ways[0]["id"])


def _consent(questions: list[Frozen]) -> Iterator[Finding]:
    consents = [question for question in questions if question["type"] == "consent"]
    if not consents:
        message = _("There is no consent: patients do not agree to your keeping what they write.")
        yield Finding(message, field="steps")
    elif not any(consent.get("required") for consent in consents):
        message = _("The form can be sent without agreeing to anything.")
        yield Finding(message, block=consents[0]["id"])


def _who_is_told(page: "FormPage") -> Iterator[Finding]:
    always = [rule for rule in page.notification_rules if not rule.value.get("rule")]
    if not page.notification_recipients.strip() and not page.notification_rules:
        yield Finding(_("Nobody is told of new requests."), field="notification_recipients")
    elif not page.notification_recipients.strip() and not always:
        message = _("Nobody is told of a request that meets none of the conditions. Add an address that always hears.")
        yield Finding(message, field="notification_recipients")


def _patient_email(page: "FormPage", questions: list[Frozen]) -> Iterator[Finding]:
    if page.patient_email and not any(question["type"] == "email" for question in questions):
        message = _("Patients are to get an e-mail, but no question asks for their address.")
        yield Finding(message, field="patient_email")


def _length(content: dict[str, Any], questions: list[Frozen]) -> Iterator[Finding]:
    required = sum(bool(question.get("required")) and question["type"] != "consent" for question in questions)
    if required > MOST_REQUIRED:
        message = _(
            "%(number)s questions must be answered. Each costs you patients: ask for what you need to call back."
        )
        yield Finding(message % {"number": required}, field="steps")
    for step in content["steps"]:
        asked = sum(field["type"] not in ("static_text", "hidden") for field in step["fields"])
        if asked > LONGEST_STEP:
            message = _("“%(step)s” has %(number)s questions. On a phone that is long: split the step.")
            yield Finding(message % {"step": step["title"], "number": asked}, block=step["id"])
        elif not step["fields"]:
            message = _("“%(step)s” has nothing in it, so it is not shown.")
            yield Finding(message % {"step": step["title"]}, block=step["id"])


def _choices(questions: list[Frozen]) -> Iterator[Finding]:
    for question in questions:
        kind = field_type(question)
        if kind.operand != "choice":
            continue
        number = len(kind.choices(question))
        if number < 2:
            message = ngettext(
                "“%(question)s” has one answer to choose from.",
                "“%(question)s” has no answers to choose from.",
                number or 2,
            )
            yield Finding(message % {"question": question["label"]}, block=question["id"])


def _emergency(page: "FormPage") -> Iterator[Finding]:
    site = page.get_site() if page.path else None
    number = ClinicSettings.for_site(site).emergency_number if site else ""
    if number and not any(number in text.words for text in texts_of(page) if text.is_before_sending):
        message = _(
            "Nothing says what to do in an emergency. Write in the introduction: in an emergency, call %(number)s."
        )
        yield Finding(message % {"number": number}, field="introduction")


def _reading(page: "FormPage") -> Iterator[Finding]:
    site = page.get_site() if page.path else None
    clinic = ClinicSettings.for_site(site).name if site else ""
    for text in texts_of(page):
        hard = text.grade(clinic)
        if hard is not None and hard > HARDEST_GRADE:
            message = _("“%(text)s” reads like grade %(grade)s of school. Use shorter sentences and everyday words.")
            words = {"text": text.opening, "grade": min(round(hard), 20)}
            yield Finding(message % words, block=text.block, field=text.field)


def _times(page: "FormPage") -> Iterator[Finding]:
    if page.closes_at and page.opens_at and page.closes_at <= page.opens_at:
        yield Finding(_("The form closes before it opens."), field="closes_at")
    elif page.closes_at and page.closes_at <= timezone.now():
        yield Finding(_("The form is closed since the time at which it closes."), field="closes_at")


def _retention(page: "FormPage") -> Iterator[Finding]:
    if not page.retention_days:
        message = _(
            "Answers are kept until somebody erases them. An administrator can set after how many days they go."
        )
        yield Finding(message, field="retention_days")
