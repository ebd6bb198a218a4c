"""What a form's page says of receiving answers: whether it takes any now, and what follows when it has."""

import datetime as dt
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from wagtail.models import Page
from wagtail.models.sites import SiteRootPath

from clinicsite.models import ContentState
from clinicsite.public import nearest_roots, site_root_paths
from forms.availability import Limited
from forms.models import FormDefinition, FormPage, Submission
from forms.notifications.planning import Routing, routing
from forms.rows import Lookup, Statement, run
from webhooks import submissions
from webhooks.models import Endpoint

NO_FORM = UUID(int=0)


@dataclass(frozen=True)
class Receiver(Limited):
    """A form's page as receiving sees it, without its questions. One is shared by all submissions until a change."""

    page_id: int
    form_id: UUID
    live: bool
    is_private: bool
    url_path: str
    language_code: str
    opens_at: dt.datetime | None
    closes_at: dt.datetime | None
    max_submissions: int | None
    response_hours: int | None
    retention_days: int | None
    proof_of_work: bool
    notification_recipients: str
    notification_rules_json: str
    notification_mode: str
    patient_email: bool
    tells_webhooks: bool

    @cached_property
    def roots(self) -> list[SiteRootPath]:
        """Where the sites begin."""
        return site_root_paths()

    @cached_property
    def site(self) -> tuple[int, str] | None:
        """The id of the page's site and the path of the page in it; None for a page outside of every site."""
        roots = nearest_roots(self.url_path)
        if not roots:
            return None
        return roots[0].site_id, reverse("wagtail_serve", args=[self.url_path[len(roots[0].root_path) :]])

    @property
    def routing(self) -> Routing:
        """Whom the form tells of a submission."""
        return routing(
            self.notification_recipients, self.notification_rules_json, self.notification_mode, self.patient_email
        )

    def telling_webhooks(self, submission: Submission) -> list[Statement]:
        """Return what queues the messages to webhooks about a submission; nothing where none is told of any."""
        if not self.tells_webhooks or self.site is None:
            return []
        told = submission.uuid, submission.reference, submission.form_id, submission.created_at
        return submissions.queueing(*told, site_id=self.site[0])

    def lock(self) -> None:
        """Let no other transaction take a submission of this form until this one ends (needed on PostgreSQL only)."""
        FormPage.objects.select_for_update(of=("self",)).filter(pk=self.page_id).values_list("pk").first()


class OutdatedError(Exception):
    """What this process remembers of a form is no longer so."""


class Remembered(NamedTuple):
    """A form's receiver and the definition that a patient saw, as they were when this process last asked."""

    state: Any
    receiver: Receiver | None
    definition: FormDefinition | None

    def confirming(self) -> Statement:
        """Return the statement whose answer ``confirm`` looks at, for the transaction that acts on it."""
        return _states().asking()

    def confirm(self, found: list[tuple[Any, ...]]) -> None:
        """Raise OutdatedError unless all is as it was."""
        if [self.state] != found:
            raise OutdatedError


def receiver_of(form_id: UUID) -> Receiver | None:
    """Return the receiver of a form, from this process's memory while nothing public changes; None without a page."""
    return _receiver(_state(), form_id)


def _state() -> Any:
    """Return what stands for the present state of all that a receiver tells; before any change of content, used once.

    Whatever changes a form's page, a restriction on it, its site or its versions changes this in the same transaction.
    """
    [found] = run(_states().asking())
    return found[0] if found else uuid4()


@cache
def _states() -> Lookup:
    told = ContentState.objects.annotate(tells_webhooks=_told_of_requests())
    return Lookup(told.filter(pk=ContentState.ONLY).values_list("version", "tells_webhooks"))


def _told_of_requests() -> Exists:
    return Exists(Endpoint.objects.filter(is_active=True, is_told_of_requests=True))


@lru_cache(maxsize=512)
def _receiver(state: Any, form_id: UUID) -> Receiver | None:
    row = _receivers().first(form_id)
    return Receiver(*row) if row else None


@cache
def _receivers() -> Lookup:
    asked = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    private = Q(view_restrictions__isnull=False) | Q(alias_of__view_restrictions__isnull=False)
    around = Page.objects.filter(private).annotate(asked=asked).filter(asked__startswith=F("path"))
    query = (
        FormPage.objects.filter(form_id=NO_FORM)
        .annotate(
            is_private=Exists(around),
            rules_json=Cast("notification_rules", TextField()),
            tells_webhooks=_told_of_requests(),
        )
        .values_list(
            *("pk", "form_id", "live", "is_private", "url_path", "locale__language_code", "opens_at", "closes_at"),
            *("max_submissions", "response_hours", "retention_days", "proof_of_work", "notification_recipients"),
            *("rules_json", "notification_mode", "patient_email", "tells_webhooks"),
        )
    )
    return Lookup(query, (FormPage._meta.get_field("form_id"), NO_FORM))


# Never a state that is not committed yet: it is noted by those only who are asked outside of a transaction.
_last_state: Any = None


def received_by(form_id: UUID, version: str) -> Remembered:
    """Return the receiver of a form and the definition that a patient saw, as ``receiver_of`` and ``definition_seen``.

    While nothing public changes, one small question to the database does for both.
    """
    global _last_state
    state = _last_state = _state()
    return _as_of(state, form_id, version)


def remembered(form_id: UUID, version: str) -> Remembered:
    """Return what ``received_by`` last did, without a question where this process asked before.

    Whoever stores by it confirms it in the same transaction, which is one trip to the database less for each post.
    """
    global _last_state
    state = _last_state = _last_state or _state()
    return _as_of(state, form_id, version)


def _as_of(state: Any, form_id: UUID, version: str) -> Remembered:
    return Remembered(state, _receiver(state, form_id), _known_definition(state, form_id, _number(version)))


def definition_seen(form_id: UUID, version: str | int) -> FormDefinition | None:
    """Return the definition of a form by its version, from this process's memory where it was seen before.

    None where there is no such version, or ``version`` is no number.
    """
    return _known_definition(_state(), form_id, _number(version))


def _known_definition(state: Any, form_id: UUID, number: int | None) -> FormDefinition | None:
    if number is None:
        return None
    try:
        # The state keeps a database that was put back from meeting another's definitions.
        return _definition(state, form_id, number)
    except FormDefinition.DoesNotExist:  # Not remembered: it may be made in a moment.
        return None


@lru_cache(maxsize=512)
def _definition(state: Any, form_id: UUID, number: int) -> FormDefinition:
    pk, content_hash = FormDefinition.objects.values_list("pk", "content_hash").get(form_id=form_id, version=number)
    return _compiled(pk, content_hash)


@lru_cache(maxsize=512)
def _compiled(pk: int, content_hash: str) -> FormDefinition:
    # A definition never changes: what changes elsewhere on the site must not cost compiling its checks again.
    return FormDefinition.objects.get(pk=pk)


def _number(version: str | int) -> int | None:
    text = str(version)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
