"""What a form's page says of receiving answers: whether it takes any now, and what follows when it has."""

import datetime as dt
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from uuid import UUID

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from wagtail.models import Page, Site
from wagtail.models.sites import SiteRootPath

from forms.availability import Limited
from forms.models import FormDefinition, FormPage
from forms.notifications.planning import Routing, routing
from forms.rows import Lookup

NO_FORM = UUID(int=0)


@dataclass(frozen=True)
class Receiver(Limited):
    """A form's page as receiving sees it: read anew for each submission, without its questions."""

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

    @cached_property
    def roots(self) -> list[SiteRootPath]:
        """Where the sites begin."""
        return Site.get_site_root_paths()

    @cached_property
    def site(self) -> tuple[int, str] | None:
        """The id of the page's site and the path of the page in it; None for a page outside of every site."""
        for root in self.roots:
            if self.url_path.startswith(root.root_path):
                return root.site_id, reverse("wagtail_serve", args=[self.url_path[len(root.root_path) :]])
        return None

    @property
    def routing(self) -> Routing:
        """Whom the form tells of a submission."""
        return routing(
            self.notification_recipients, self.notification_rules_json, self.notification_mode, self.patient_email
        )

    def lock(self) -> None:
        """Let no other transaction take a submission of this form until this one ends (needed on PostgreSQL only)."""
        FormPage.objects.select_for_update(of=("self",)).filter(pk=self.page_id).values_list("pk").first()


def receiver_of(form_id: UUID) -> Receiver | None:
    """Return the receiver of a form; None where its page is gone."""
    row = _receivers().first(form_id)
    return Receiver(*row) if row else None


@cache
def _receivers() -> Lookup:
    asked = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    private = Q(view_restrictions__isnull=False) | Q(alias_of__view_restrictions__isnull=False)
    around = Page.objects.filter(private).annotate(asked=asked).filter(asked__startswith=F("path"))
    query = (
        FormPage.objects.filter(form_id=NO_FORM)
        .annotate(is_private=Exists(around), rules_json=Cast("notification_rules", TextField()))
        .values_list(
            *("pk", "form_id", "live", "is_private", "url_path", "locale__language_code", "opens_at", "closes_at"),
            *("max_submissions", "response_hours", "retention_days", "proof_of_work", "notification_recipients"),
            *("rules_json", "notification_mode", "patient_email"),
        )
    )
    return Lookup(query, (FormPage._meta.get_field("form_id"), NO_FORM))


@lru_cache(maxsize=512)
def _cached_definition(pk: int, content_hash: str) -> FormDefinition:
    # A definition is never changed; its hash keeps a database that was put back from meeting another's definitions.
    return FormDefinition.objects.get(pk=pk)


def definition_seen(form_id: UUID, version: str | int) -> FormDefinition | None:
    """Return the definition of a form by its version, from this process's memory where it was seen before.

    None where there is no such version, or ``version`` is no number.
    """
    text = str(version)
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        return None
    row = _definitions().first(form_id, int(text))
    return _cached_definition(*row) if row else None


@cache
def _definitions() -> Lookup:
    query = FormDefinition.objects.filter(form_id=NO_FORM).filter(version=0).values_list("pk", "content_hash")
    fields = FormDefinition._meta
    return Lookup(query, (fields.get_field("form_id"), NO_FORM), (fields.get_field("version"), 0))
