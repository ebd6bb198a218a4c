"""What a patient reads once a form is sent: by rule, with a few words filled in, and for the sender alone.

Which text somebody is shown says something of their answers, and so may the first name in it. Whoever learns a
reference number must learn neither: only with the token that the sender's browser was given, for an hour, is it shown.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.utils.html import escape
from django.utils.translation import gettext_lazy

from forms import rules
from forms.models.definitions import FormDefinition
from forms.notifications.planning import patient_first_name
from forms.privacy import AnswersUnreadableError

if TYPE_CHECKING:
    from forms.models import FormPage, Submission

EXAMPLE_REFERENCE, EXAMPLE_FIRST_NAME = "0000-0000", gettext_lazy("Alex")
TOKEN_LIFETIME = dt.timedelta(hours=1)
# What an editor may write in a text, with what would stand alone before it if there were nothing to fill in.
FIELD = re.compile(r"(?P<before>(?:,?[ \u00a0]+)?)\{(?P<name>first_name|reference|promise)\}")
SIGNER = signing.TimestampSigner(salt="forms.confirmation")


@dataclass(frozen=True)
class Confirmation:
    """A title, and a text as HTML of Wagtail's editor, with everything filled in."""

    title: str
    text: str


def token(submission: "Submission") -> str:
    """Return what shows that somebody has just sent this submission. It holds the time and nothing of an answer."""
    return SIGNER.sign(submission.reference).split(SIGNER.sep, 1)[1]


def is_sender(submission: "Submission", token: str) -> bool:
    """Return whether ``token`` was made for this submission within the last hour."""
    try:
        SIGNER.unsign(f"{submission.reference}{SIGNER.sep}{token}", max_age=TOKEN_LIFETIME)
    except signing.BadSignature:
        return False
    return True


def of_submission(page: "FormPage", submission: "Submission") -> Confirmation:
    """Return what its sender reads: the first text whose rule holds for the answers, else the form's usual one."""
    try:
        answers = submission.read_answers()
    except AnswersUnreadableError:
        return usual(page, submission.reference)
    return chosen(page, submission.definition, answers, submission.reference)


def chosen(page: "FormPage", definition: FormDefinition, answers: Mapping[str, Any], reference: str) -> Confirmation:
    """Return the confirmation of a form for these answers to one of its definitions."""
    first_name = patient_first_name(definition.questions, answers)
    for block in page.confirmations:
        if rules.holds(rules.freeze(block.value.get("rule")), answers):
            return _filled(page, block.value["title"], _source(block.value.get("text")), first_name, reference)
    return _filled(page, page.confirmation_title, page.confirmation_text, first_name, reference)


def usual(page: "FormPage", reference: str) -> Confirmation:
    """Return the confirmation that tells nothing of any answer."""
    return _filled(page, page.confirmation_title, page.confirmation_text, "", reference)


def previewed(page: "FormPage", block_id: str) -> Confirmation:
    """Return one of the form's confirmations, by the id of its block, with examples filled in; else the usual one."""
    first_name = str(EXAMPLE_FIRST_NAME)
    block = next((block for block in page.confirmations if block.id == block_id), None)
    if block is None:
        return _filled(page, page.confirmation_title, page.confirmation_text, first_name, EXAMPLE_REFERENCE)
    return _filled(page, block.value["title"], _source(block.value.get("text")), first_name, EXAMPLE_REFERENCE)


def _source(text: Any) -> str:
    return text.source if text else ""


def _filled(page: "FormPage", title: str, text: str, first_name: str, reference: str) -> Confirmation:
    words = {"first_name": first_name, "reference": reference, "promise": page.promise}
    in_html = {name: escape(value) for name, value in words.items()}
    return Confirmation(_fill(title, words), _fill(text, in_html))


def _fill(text: str, words: Mapping[str, str]) -> str:
    """Return ``text`` with its fields filled in; "Thank you, {first_name}!" without a name is "Thank you!"."""

    def fill(match: re.Match[str]) -> str:
        value = words[match["name"]]
        return match["before"] + value if value else ""

    return FIELD.sub(fill, text)
