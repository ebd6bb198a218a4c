"""Finding the requests of one person by an e-mail address or phone number, which is never stored or put in a URL."""

from django.db.models import Exists, OuterRef, QuerySet

from forms.fields.contact import normal_email, normal_phone
from forms.intake import CONTACT_KINDS
from forms.models import IndexTerm, Submission
from forms.privacy import AnswersUnreadableError, blind


def with_any_digest(submissions: QuerySet[Submission], digests: list[bytes]) -> QuerySet[Submission]:
    """Return those of ``submissions`` that are indexed under any of ``digests``."""
    return submissions.filter(Exists(IndexTerm.objects.filter(submission=OuterRef("pk"), digest__in=digests)))


def with_answer(submissions: QuerySet[Submission], kind: str, value: str) -> QuerySet[Submission]:
    """Return those of ``submissions`` with an indexed answer (see FieldType.index_terms)."""
    return with_any_digest(submissions, blind.digests(kind, value))


def digests_of_contact(text: str) -> list[bytes]:
    """Return the digests under which a typed e-mail address or phone number is indexed; none for anything else."""
    if "@" in text:
        return blind.digests("email", normal_email(text))
    phone = normal_phone(text)
    return blind.digests("phone", phone) if phone else []


def from_same_contact(submission: Submission) -> QuerySet[Submission]:
    """Return the other requests that name the same e-mail address or phone number, the newest first."""
    try:
        terms = submission.definition.checker.index_terms(submission.read_answers())
    except AnswersUnreadableError:
        return Submission.objects.none()
    digests = [each for kind, value in terms if kind in CONTACT_KINDS for each in blind.digests(kind, value)]
    submissions = Submission.objects.select_related("definition").defer("answers_encrypted", "definition__content")
    found = with_any_digest(submissions, digests)
    return found.exclude(pk=submission.pk).order_by("-created_at")
