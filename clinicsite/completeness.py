"""Whether a draft is complete enough for the public, from wherever somebody publishes it.

The editor's own "Publish" checks the whole page. Wagtail's other ways (for many pages at once, by approving a workflow)
publish the newest draft unseen, and a draft may be saved incomplete.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail import blocks

from clinicsite.fields import ContentStreamField, clean_block

if TYPE_CHECKING:
    from clinicsite.models import ClinicPage


class IncompletePageError(Exception):
    """A draft that is not published, since parts of it are missing or cannot work."""

    def __init__(self, page: "ClinicPage", problems: list[str]) -> None:
        super().__init__(f"Page {page.pk} is not complete.")
        self.page, self.problems = page, problems

    @property
    def message(self) -> str:
        """What to tell whoever wanted to publish it: the page, and the first thing that is wrong in it."""
        words = {"page": self.page.get_admin_display_title(), "problem": self.problems[0]}
        return _("Nothing was published: “%(page)s” is not complete. %(problem)s") % words


def require_complete(page: "ClinicPage") -> None:
    """Raise IncompletePageError where ``page``, as it is in memory, cannot be shown to the public."""
    if problems := list(page.publishing_problems()):
        raise IncompletePageError(page, problems)


def stream_problems(page: "ClinicPage") -> Iterator[str]:
    """Yield what is wrong in the stream fields of ``page``, each with its place."""
    for field in page._meta.get_fields():
        if isinstance(field, ContentStreamField):
            try:
                clean_block(field.stream_block, getattr(page, field.name))
            except ValidationError as error:
                yield from placed(error, page, field.name)


def field_problems(page: "ClinicPage") -> Iterator[str]:
    """Yield what is wrong in the other fields of ``page`` and of what belongs to it, such as a clinician's degrees."""
    streams = {field.name for field in page._meta.get_fields() if isinstance(field, ContentStreamField)}
    yield from _problems_of(page, streams)
    for relation in get_all_child_relations(type(page)):
        for child in getattr(page, relation.get_accessor_name()).all():
            yield from _problems_of(child, {relation.field.name})


def _problems_of(model: models.Model, left_out: set[str]) -> Iterator[str]:
    try:
        model.full_clean(exclude=left_out)
    except ValidationError as error:
        for name, found in error.message_dict.items():
            place = str(
                model._meta.verbose_name if name == NON_FIELD_ERRORS else model._meta.get_field(name).verbose_name
            )
            for message in found:
                yield _("%(place)s: %(message)s") % {"place": place[:1].upper() + place[1:], "message": message}


def placed(error: ValidationError, page: "ClinicPage", name: str) -> Iterator[str]:
    """Yield the messages of the error of a stream field of ``page``, each with its place in the page's words."""
    field = page._meta.get_field(name)
    place = str(field.verbose_name)
    yield from _walk(error, field.stream_block, getattr(page, name), place[:1].upper() + place[1:])


def _walk(error: ValidationError, block: blocks.Block, value: Any, place: str) -> Iterator[str]:
    nested = getattr(error, "block_errors", None) or {}
    own = getattr(error, "non_block_errors", []) if hasattr(error, "block_errors") else error
    for message in ValidationError(list(own)).messages if own else []:
        yield _("%(place)s: %(message)s") % {"place": place, "message": message}
    for key, inner in nested.items() if isinstance(nested, dict) else enumerate(nested):
        if not inner:
            continue
        if isinstance(block, blocks.BaseStructBlock):
            child = block.child_blocks[key]
            yield from _walk(
                inner, child, value.get(key), _("%(outer)s, %(inner)s") % {"outer": place, "inner": child.label}
            )
        else:
            item = value.bound_blocks[key] if isinstance(block, blocks.ListBlock) else value[key]
            yield from _walk(inner, item.block, item.value, f"{place} {key + 1}")


class IncompletePageMiddleware:
    """Answers an attempt to publish an incomplete page: back to its editor, which is told what is wrong."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the response."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the way to the editor of the page that is not complete; None for other exceptions."""
        if not isinstance(exception, IncompletePageError):
            return None
        messages.error(request, exception.message)
        address = reverse("wagtailadmin_pages:edit", args=[exception.page.pk])
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # The window in which a workflow's task is approved with a comment.
            return JsonResponse({"step": "success", "redirect": address})
        return HttpResponseRedirect(address)
