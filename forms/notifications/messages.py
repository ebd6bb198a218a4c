"""The e-mails: reference and link for staff, first name and reference for the patient; no answer and no form's name.

Others see e-mails: on a shared screen, in a shared mailbox, at the mail provider. A form's title can name a condition.
"""

import re
from collections.abc import Sequence
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Site

from clinicsite.models import ClinicSettings
from forms.models import FormPage, Notification, Submission
from forms.notifications.planning import patient_address, patient_first_name

# A name and nothing else: whoever sends the form with somebody else's address must not have words of theirs delivered.
PLAUSIBLE_NAME = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+){0,3}")
LONGEST_NAME = 40


class NoAddressError(Exception):
    """The answers hold no e-mail address that the patient could be told at."""


def message_to_staff(notifications: Sequence[Notification]) -> EmailMessage:
    """Return the e-mail to one member of staff about one submission, or about several in a digest."""
    submissions = [notification.submission for notification in notifications]
    subject = ngettext("New request %(reference)s", "%(count)s new requests", len(submissions)) % {
        "reference": submissions[0].reference,
        "count": len(submissions),
    }
    entries = [
        _("Reference: %(reference)s\nRead it here (you need to log in): %(url)s\n")
        % {"reference": submission.reference, "url": inbox_url(submission)}
        for submission in submissions
    ]
    opening = ngettext(
        "A new request has arrived through the website.",
        "%(count)s new requests have arrived through the website.",
        len(submissions),
    ) % {"count": len(submissions)}
    return EmailMessage(
        subject=subject,
        body="\n".join([f"{opening}\n", *entries]),
        to=[notifications[0].recipient],
        headers=_headers(notifications[0]),
    )


def inbox_url(submission: Submission) -> str:
    """Return the address of a submission in the inbox, for an e-mail."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("submissions:inspect", args=[submission.pk])


def message_to_patient(notification: Notification) -> EmailMultiAlternatives:
    """Return the e-mail that tells a patient that the request arrived, in the language of the request.

    Raises AnswersUnreadableError, and NoAddressError where the answers hold no address.
    """
    submission = notification.submission
    answers = submission.read_answers()
    address = patient_address(submission.definition.questions, answers)
    if not address:
        raise NoAddressError
    page = FormPage.objects.filter(form_id=submission.form_id).first()
    clinic = _clinic(page)
    with translation.override(submission.locale or settings.LANGUAGE_CODE):
        context = {
            "text": _filled(
                page.patient_email_text if page else "",
                first_name=_safe_name(patient_first_name(submission.definition.questions, answers)),
                reference=submission.reference,
            ),
            "clinic": clinic,
            "language": translation.get_language(),
        }
        message = EmailMultiAlternatives(
            subject=_("We have your request %(reference)s") % {"reference": submission.reference},
            body=render_to_string("forms/mail/patient.txt", context),
            to=[address],
            reply_to=[clinic.email] if clinic and clinic.email else [],
            headers=_headers(notification),
        )
        message.attach_alternative(render_to_string("forms/mail/patient.html", context), "text/html")
    return message


def _clinic(page: FormPage | None) -> ClinicSettings | None:
    if page and (clinic := ClinicSettings.of(page)):
        return clinic
    site = Site.objects.filter(is_default_site=True).first()
    return ClinicSettings.for_site(site) if site else None


def _safe_name(name: str) -> str:
    return name if len(name) <= LONGEST_NAME and PLAUSIBLE_NAME.fullmatch(name) else ""


def _filled(text: str, *, first_name: str, reference: str) -> str:
    """Return the editor's text, or a neutral one, filled in; without a name "Hello {first_name}," is "Hello,"."""
    text = text.strip() or _(
        "Hello {first_name},\n\n"
        "we have received your request. Its reference number is {reference}; keep it in case you call us about it."
    )
    if not first_name:
        text = re.sub(r"(?:,?[ \t]+)?\{first_name\}", "", text)
    return text.replace("{first_name}", first_name).replace("{reference}", reference)


def _headers(notification: Notification) -> dict[str, Any]:
    return {
        "Message-ID": message_id(notification),
        # RFC 3834: out-of-office replies do not answer this.
        "Auto-Submitted": "auto-generated",
    }


def message_id(notification: Notification) -> str:
    """Return the e-mail's Message-ID, the same at each delivery: mail programs show a repeated one once.

    Keyed, so that it says nothing of how many requests a clinic gets.
    """
    digest = salted_hmac("forms.notifications", str(notification.pk), algorithm="sha256").hexdigest()[:32]
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    domain = sender.rpartition("@")[2] or urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
    return f"<{digest}@{domain}>"
