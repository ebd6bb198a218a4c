"""The addresses of drafts."""

import datetime
from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Body, Header, Path, Query, Router
from pydantic import Field, create_model
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from clinicsite.api import registry
from clinicsite.api.auth import needs
from clinicsite.api.drafts import saving
from clinicsite.api.drafts.form_data import fields_of
from clinicsite.api.drafts.history import WrittenWith
from clinicsite.api.drafts.inputs import In, fields_model
from clinicsite.api.http import private_answer
from clinicsite.api.page_types import PageType, one_of
from clinicsite.api.params import ObjectId, Paging
from clinicsite.api.schemas import FieldProblem, Out, Problem
from clinicsite.models import ClinicPage
from tokens.models import Scope

IfMatch = Annotated[
    str | None,
    Header(None, alias="If-Match", description="The ETag of the draft that was read: nobody's change is overwritten."),
]
PROBLEMS = dict.fromkeys((401, 403, 404, 422), Problem)
CHANGE_PROBLEMS = PROBLEMS | dict.fromkeys((409, 412, 428), Problem)


class DraftSummary(Out):
    """A page that the token's user may edit, as it was last saved.

    ``workflow`` says how far a review is; ``locked`` that this user cannot change the page at the moment.
    """

    id: int
    type: str
    parent: int
    title: str
    live: bool
    has_unpublished_changes: bool
    locked: bool
    workflow: Literal["in_progress", "needs_changes"] | None
    saved_at: datetime.datetime | None


def build_router() -> Router:
    """Return the router of drafts. Call it once every app has entered its page types."""
    router = Router(tags=["drafts"])
    page_types = registry.page_types()
    any_draft: Any = one_of("Draft", [_draft_model(page_type) for page_type in page_types])
    new_draft: Any = one_of("NewDraft", [_sent_model(page_type, is_new=True) for page_type in page_types])
    changes: Any = one_of("DraftChanges", [_sent_model(page_type, is_new=False) for page_type in page_types])
    filters: Any = _filters_model(page_types)
    summaries = create_model("DraftList", __base__=Out, total=(int, ...), items=(list[DraftSummary], ...))

    @router.get("/", response={200: summaries, **PROBLEMS}, **needs(Scope.READ_DRAFTS))
    def list_drafts(request: HttpRequest, filters: Query[filters]) -> HttpResponse:  # type: ignore[valid-type]
        """The pages that the token's user may edit, published or not, in the order of the site's tree."""
        pages = _editable(request.user, filters)
        part = pages[filters.offset : filters.offset + filters.limit]
        items = [_summary(page.get_latest_revision_as_object(), request.user) for page in part]
        return private_answer({"total": pages.count(), "items": items}, None, status=HTTPStatus.OK)

    @router.get("/{int:page_id}/", response={200: any_draft, **PROBLEMS}, **needs(Scope.READ_DRAFTS))
    def get_draft(request: HttpRequest, page_id: Path[ObjectId]) -> HttpResponse:
        """A page as it was last saved, with all fields that the token's user may change."""
        return _answer(request, saving.readable(page_id, request.user))

    @router.post("/", response={201: any_draft, **PROBLEMS}, **needs(Scope.WRITE_CONTENT))
    def create_draft(request: HttpRequest, payload: Body[new_draft]) -> HttpResponse:  # type: ignore[valid-type]
        """Add a page as a draft. It may be incomplete; whatever is left out begins as in the editor."""
        model = _model_called(payload.type)
        with WrittenWith(request.api_token):
            page, warnings = saving.create(model, payload.parent, _sent_fields(payload), request.user)
        return _answer(request, saving.readable(page.pk, request.user), warnings, HTTPStatus.CREATED)

    @router.patch("/{int:page_id}/", response={200: any_draft, **CHANGE_PROBLEMS}, **needs(Scope.WRITE_CONTENT))
    def update_draft(
        request: HttpRequest,
        page_id: Path[ObjectId],
        payload: Body[changes],  # type: ignore[valid-type]
        if_match: IfMatch = None,
    ) -> HttpResponse:
        """Save fields of a page as its newest draft; fields left out stay as they are. Nothing is published."""
        with WrittenWith(request.api_token), saving.changing(page_id, request.user, if_match) as page:
            saving.require_type(page, payload.type)
            _page, warnings = saving.update(page, _sent_fields(payload), request.user)
        return _answer(request, saving.readable(page_id, request.user), warnings)

    @router.post("/{int:page_id}/submit/", response={200: any_draft, **CHANGE_PROBLEMS}, **needs(Scope.WRITE_CONTENT))
    def submit_draft(request: HttpRequest, page_id: Path[ObjectId], if_match: IfMatch = None) -> HttpResponse:
        """Submit the draft to the review that is set for this page. A draft that is not complete is refused."""
        return _do(request, page_id, if_match, saving.submit)

    @router.post(
        "/{int:page_id}/publish/", response={200: any_draft, **CHANGE_PROBLEMS}, **needs(Scope.PUBLISH_CONTENT)
    )
    def publish_draft(request: HttpRequest, page_id: Path[ObjectId], if_match: IfMatch = None) -> HttpResponse:
        """Publish the draft, where the token's user may. A draft that is not complete is refused."""
        return _do(request, page_id, if_match, saving.publish)

    return router


def _draft_model(page_type: PageType) -> type[Out]:
    kind: Any = Literal[page_type.name]
    return create_model(
        f"{page_type.name}Draft",
        __base__=DraftSummary,
        type=(kind, ...),
        fields=(fields_model(page_type), ...),
        warnings=(list[FieldProblem], Field(..., description="What was left out of rich text, and where.")),
    )


def _sent_model(page_type: PageType, *, is_new: bool) -> type[In]:
    kind: Any = Literal[page_type.name]
    parent = {"parent": (ObjectId, Field(..., description="The page to put it under."))} if is_new else {}
    title = f"New{page_type.name}" if is_new else f"{page_type.name}Changes"
    return create_model(title, __base__=In, type=(kind, ...), **parent, fields=(fields_model(page_type), ...))


def _filters_model(page_types: list[PageType]) -> type[Paging]:
    names = tuple(page_type.name for page_type in page_types)
    return create_model(
        "DraftFilters",
        __base__=Paging,
        type=(Literal[names] | None, Field(None, description="Only pages of this type.")),
        parent=(ObjectId | None, Field(None, description="Only pages directly under the page with this id.")),
    )


def _editable(user: Any, filters: Any) -> QuerySet[Page]:
    pages = PagePermissionPolicy().instances_user_has_any_permission_for(user, {"change"}).filter(depth__gt=1)
    pages = pages.type(*(page_type.model for page_type in registry.page_types()))
    if filters.type:
        pages = pages.exact_type(_model_called(filters.type))
    if filters.parent:
        parent = Page.objects.filter(pk=filters.parent).first()
        pages = pages.child_of(parent) if parent else pages.none()
    return pages.select_related("latest_revision").order_by("path")


def _model_called(name: str) -> type[ClinicPage]:
    return next(page_type.model for page_type in registry.page_types() if page_type.name == name)


def _sent_fields(payload: Any) -> dict[str, Any]:
    return payload.fields.model_dump(mode="json", exclude_unset=True)


def _do(
    request: HttpRequest, page_id: int, if_match: str | None, act: Callable[[ClinicPage, Any], None]
) -> HttpResponse:
    with WrittenWith(request.api_token), saving.changing(page_id, request.user, if_match) as page:
        act(page, request.user)
    return _answer(request, saving.readable(page_id, request.user))


def _summary(page: ClinicPage, user: Any) -> dict[str, Any]:
    lock, state = page.get_lock(), page.current_workflow_state
    return {
        "id": page.pk,
        "type": type(page).__name__,
        "parent": page.get_parent().pk,
        "title": page.title,
        "live": page.live,
        "has_unpublished_changes": page.has_unpublished_changes,
        "locked": bool(lock and lock.for_user(user)),
        "workflow": state.status if state else None,
        "saved_at": page.latest_revision.created_at if page.latest_revision else None,
    }


def _answer(
    request: HttpRequest, page: ClinicPage, warnings: saving.Warnings | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    fields = fields_of(page, saving.shown_form(page, request.user))
    draft = _summary(page, request.user) | {"fields": fields, "warnings": warnings or []}
    response = private_answer(draft, None, status=status)
    response["ETag"] = saving.tag_of(page)
    if status == HTTPStatus.CREATED:
        response["Location"] = request.build_absolute_uri(reverse("api:get_draft", args=[page.pk]))
    return response
