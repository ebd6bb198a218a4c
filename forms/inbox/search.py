"""The search box of the inbox: a reference, or the e-mail address or phone number of one person.

What is typed is sent in a request's body and kept, as far as it must be, with the session. In an address it would end
up in logs and in the browser's history, and that somebody is a patient here is health information.
"""

from dataclasses import dataclass
from typing import Self

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from forms.inbox import contacts
from forms.models import Submission
from forms.models.submissions import REFERENCE_ALPHABET

# In the address of the list: it shows what was searched for.
IN_ADDRESS = "contact"
SESSION_KEY = "inbox_search"
REFERENCE_LENGTH = 8
# What people say or type for a sign of a reference (https://www.crockford.com/base32.html).
HEARD_AS = str.maketrans("OIL", "011", "- ")


def reference_in(text: str) -> str:
    """Return the reference, or the part of one, that ``text`` is as it is stored; empty where it cannot be one."""
    letters = text.upper().translate(HEARD_AS)
    if not letters or len(letters) > REFERENCE_LENGTH or set(letters) - set(REFERENCE_ALPHABET):
        return ""
    return f"{letters[:4]}-{letters[4:]}" if len(letters) > 4 else letters


def with_reference(text: str) -> Submission | None:
    """Return the request whose whole reference is ``text``; None where there is none."""
    return Submission.objects.only("pk").filter(reference=reference_in(text)).first()


def what_to_type() -> str:
    """Return what to say to somebody who typed something that cannot be searched for."""
    return _("Enter a reference such as 7KQ4-M2XD, or a whole e-mail address or phone number.")


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for: part of a reference, or a contact as digests, from which it cannot be read."""

    reference: str = ""
    digests: tuple[bytes, ...] = ()

    @classmethod
    def typed(cls, text: str) -> Self | None:
        """Return what ``text`` asks for; None where it is neither a contact nor part of a reference."""
        if reference := reference_in(text):
            return cls(reference=reference)
        digests = contacts.digests_of_contact(text)
        return cls(digests=tuple(digests)) if digests else None

    @classmethod
    def kept(cls, request: HttpRequest) -> Self:
        """Return what this person looked for last; with nothing kept, nothing is found."""
        kept = request.session.get(SESSION_KEY, {})
        return cls(kept.get("reference", ""), tuple(bytes.fromhex(each) for each in kept.get("digests", [])))

    def keep(self, request: HttpRequest) -> None:
        """Keep it with the session of this person."""
        request.session[SESSION_KEY] = {
            "reference": self.reference,
            "digests": [digest.hex() for digest in self.digests],
        }

    def among(self, submissions: QuerySet[Submission]) -> QuerySet[Submission]:
        """Return those of ``submissions`` that were looked for."""
        if self.reference:
            return submissions.filter(reference__contains=self.reference)
        return contacts.with_any_digest(submissions, list(self.digests))
