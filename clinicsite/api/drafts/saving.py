"""What the buttons of the editor do, for whoever a token acts for: with their permissions, locks and workflows."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.forms import BaseForm
from django.utils.html import strip_tags
from django.utils.http import parse_etags, quote_etag
from django.utils.text import slugify
from ninja.errors import HttpError
from wagtail.actions import action_registry
from wagtail.coreutils import find_available_slug
from wagtail.models import Page, WorkflowState

from clinicsite.api import registry
from clinicsite.api.auth import NotAllowedError
from clinicsite.api.drafts.form_data import FormData, fields_of
from clinicsite.api.drafts.inputs import LEFT_OUT, form_class_of
from clinicsite.api.drafts.problems import form_errors
from clinicsite.api.errors import FieldErrors, field_error
from clinicsite.models import ClinicPage

Warnings = list[dict[str, str]]
NOT_FOUND = "There is no page with this id that can be written over the API."


def readable(page_id: int, user: Any) -> ClinicPage:
    """Return a page as it was last saved, for a user who may edit it.

    Raises HttpError (404) where there is none, NotAllowedError for other users.
    """
    page = Page.objects.filter(pk=page_id, depth__gt=1).first()
    if page is None or not registry.has_page_type(page.specific_class):
        raise HttpError(HTTPStatus.NOT_FOUND, NOT_FOUND)
    if not page.permissions_for_user(user).can_edit():
        raise NotAllowedError("The user of this token may not edit this page.")
    return page.get_latest_revision_as_object()


@contextmanager
def changing(page_id: int, user: Any, if_match: str | None) -> Iterator[ClinicPage]:
    """Give a page to change as it was last saved; nobody else changes it until the block is left.

    Raises HttpError: 428 without ``if_match``, 412 where somebody has saved since, 409 where the page is locked for
    this user or shows another page; and what ``readable`` raises.
    """
    with transaction.atomic():
        Page.objects.select_for_update().filter(pk=page_id).first()
        page = readable(page_id, user)
        if not if_match:
            words = "Send the ETag of the draft that you have read as If-Match."
            raise HttpError(HTTPStatus.PRECONDITION_REQUIRED, words)
        if tag_of(page) not in parse_etags(if_match):
            words = "Somebody has saved this page since you read it. Read it again, and change that."
            raise HttpError(HTTPStatus.PRECONDITION_FAILED, words)
        if page.alias_of_id:
            raise HttpError(HTTPStatus.CONFLICT, f"This page shows another one: change page {page.alias_of_id}.")
        lock = page.get_lock()
        if lock and lock.for_user(user):
            raise HttpError(HTTPStatus.CONFLICT, strip_tags(str(lock.get_message(user))))
        yield page


def require_type(page: ClinicPage, name: str) -> None:
    """Raise FieldErrors where the page is of another type than the one sent for it."""
    if type(page).__name__ != name:
        words = f"This page is a {type(page).__name__}."
        raise FieldErrors([field_error("body", "type", words)])


def tag_of(page: ClinicPage) -> str:
    """Return the ETag of a draft. A revision may be saved over by its own author: its time tells that."""
    revision = page.latest_revision
    saved = f"{revision.pk}-{int(revision.created_at.timestamp() * 1_000_000)}" if revision else "0"
    return quote_etag(f"draft-{page.pk}-{saved}")


def shown_form(page: ClinicPage, user: Any) -> BaseForm:
    """Return the editing form of ``page`` with the fields that ``user`` may change, not filled in."""
    return _form(page, page.get_parent(), user)


def create(model: type[ClinicPage], parent_id: int, fields: dict[str, Any], user: Any) -> tuple[ClinicPage, Warnings]:
    """Add a page as a draft, and return it with what was left out of its rich text.

    Raises FieldErrors for what cannot be, NotAllowedError where ``user`` may not add pages there.
    """
    parent = Page.objects.filter(pk=parent_id).first()
    if parent is None:
        raise FieldErrors([field_error("body", "parent", "There is no page with this id.", "unknown")])
    parent = parent.specific
    if not parent.permissions_for_user(user).can_add_subpage():
        raise NotAllowedError("The user of this token may not add pages there.")
    if model not in parent.creatable_subpage_models() or not model.can_create_at(parent):
        words = f"No {model.__name__} can be added under “{parent.get_admin_display_title()}”."
        raise FieldErrors([field_error("body", "type", words)])
    page = model(owner=user, locale=parent.locale)
    if fields.get("title") and not fields.get("slug"):
        fields = fields | {"slug": find_available_slug(parent, slugify(fields["title"])[:200] or "page")}
    with transaction.atomic():
        form, filled = _filled(page, parent, fields, user)
        _check(form, filled)
        action = action_registry.get_action_class(model, "create")(form.instance, parent, user=user, form=form)
        return action.execute(), filled.warnings


def update(page: ClinicPage, fields: dict[str, Any], user: Any) -> tuple[ClinicPage, Warnings]:
    """Save ``fields`` as the page's newest draft; others stay as they are. Raises FieldErrors."""
    form, filled = _filled(page, page.get_parent(), fields, user)
    _check(form, filled)
    action = action_registry.get_action_class(type(page), "edit")(form.instance, user=user, form=form)
    return action.execute(), filled.warnings


def submit(page: ClinicPage, user: Any) -> None:
    """Begin the workflow that is set for this page, or go on with it after changes were asked for.

    Raises HttpError (409) where there is none or it is under way, FieldErrors for a draft that is not complete.
    """
    state = page.current_workflow_state
    workflow = page.get_workflow()
    if workflow is None and state is None:
        raise HttpError(HTTPStatus.CONFLICT, "No workflow is set for this page.")
    if state and state.status == WorkflowState.STATUS_IN_PROGRESS:
        raise HttpError(HTTPStatus.CONFLICT, "This page is being reviewed already.")
    _require_complete(page, user)
    _ensure_revision(page, user)
    if state:
        state.resume(user)
    else:
        workflow.start(page, user)


def publish(page: ClinicPage, user: Any) -> None:
    """Publish the draft. Raises NotAllowedError, and FieldErrors for a draft that is not complete."""
    if not page.permissions_for_user(user).can_publish():
        raise NotAllowedError("The user of this token may not publish this page.")
    _require_complete(page, user)
    _ensure_revision(page, user)
    page.latest_revision.publish(user=user)


def _ensure_revision(page: ClinicPage, user: Any) -> None:
    if page.latest_revision is None:
        page.save_revision(user=user)


def _form(page: ClinicPage, parent: Page, user: Any, data: Any = None) -> BaseForm:
    form = form_class_of(type(page))(data, instance=page, parent_page=parent.specific, for_user=user)
    for name in LEFT_OUT:
        form.fields.pop(name, None)
        form.formsets.pop(name, None)
    return form


def _filled(page: ClinicPage, parent: Page, fields: dict[str, Any], user: Any) -> tuple[BaseForm, FormData]:
    """Return the whole form as a browser would send it: ``fields``, and the rest as it is now."""
    empty = _form(page, parent, user)
    known = empty.fields.keys() | empty.formsets.keys()
    if hidden := fields.keys() - known:
        words = "The user of this token may not change this."
        raise FieldErrors([field_error("body", f"fields.{name}", words, "forbidden") for name in sorted(hidden)])
    filled = FormData.of(empty, fields_of(page, empty) | fields, page)
    return _form(page, parent, user, filled.data), filled


def _check(form: BaseForm, filled: FormData) -> None:
    """Raise FieldErrors for what the form refuses of a draft, which may be incomplete."""
    form.defer_required_fields()
    is_valid = form.is_valid()
    form.restore_required_fields()
    if filled.errors or not is_valid:
        raise FieldErrors([*filled.errors, *form_errors(form, filled.places)])


def _require_complete(page: ClinicPage, user: Any) -> None:
    """Raise FieldErrors for what the form asks of a page that is to be seen."""
    # The form writes into the page it is filled with, so it gets one of its own.
    checked = readable(page.pk, user)
    form, filled = _filled(checked, checked.get_parent(), {}, user)
    if filled.errors or not form.is_valid():
        errors = [*filled.errors, *form_errors(form, filled.places)]
        raise FieldErrors(errors, detail="This draft is not complete.")
