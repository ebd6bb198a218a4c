"""Lists of pages: filters, order, search, and which part to answer."""

from typing import Any, Literal

from django.db.models import Count, QuerySet, Window
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field, create_model
from wagtail.models import Page
from wagtail.query import PageQuerySet

from clinicsite.api import cursors, registry
from clinicsite.api.errors import FieldErrors, field_error
from clinicsite.api.highlights import Highlight, highlights
from clinicsite.api.http import answer
from clinicsite.api.page_types import one_of
from clinicsite.api.params import Cursor, Moment, ObjectId, Paging, Words
from clinicsite.api.references import References
from clinicsite.api.schemas import Out, Problem
from clinicsite.api.selection import PARTIAL, PARTIAL_JSON, Selection, partial, selecting, selection_of
from clinicsite.api.visibility import PublicSite
from clinicsite.api.wholes import load_whole
from clinicsite.views import search_terms

ORDERS = {
    "tree": cursors.Order("tree", "path"),
    "title": cursors.Order("title", "title"),
    "newest": cursors.Order("newest", "first_published_at", descending=True),
}
# Whole pages are large, and those of some types look others up.
MOST_WHOLE_PAGES = 20


def add_page_list(router: Router, any_page: Any, any_card: Any) -> None:
    """Give ``router`` the list of pages. Call it once every app has entered its page types and filters."""
    filters: Any = _filters_model()
    some_card = one_of("SomeCard", [partial(page_type.card_schema) for page_type in registry.page_types()])
    whole = _list_model("PageList", any_card, any_page)
    some = _list_model("PartialPageList", some_card, any_page)

    @router.get("/", response={200: whole, PARTIAL: some, 422: Problem})
    def list_pages(request: HttpRequest, filters: Query[filters]) -> HttpResponse:  # type: ignore[valid-type]
        """Cards of the pages that fit all filters."""
        selection = selection_of(filters)
        refs = References(PublicSite.of(request), Selection(rich_text=selection.rich_text))
        data = _listed(refs, filters, selection)
        media_type = PARTIAL_JSON if selection.fields is not None else "application/json"
        return answer(request, data, refs, media_type=media_type)


def _list_model(name: str, item: Any, page: Any) -> type[Out]:
    return create_model(
        name,
        __base__=Out,
        total=(int, ...),
        items=(list[item], ...),
        next=(str | None, Field(description="The cursor of the next part; null at the end and in a search.")),
        prev=(str | None, Field(description="The cursor of the part before; null at the start and in a search.")),
        pages=(list[page], Field(description="With expand=page: the whole pages, in the order of the items.")),
        highlights=(
            list[Highlight],
            Field(description="In a search: where the words stand, one per item."),
        ),
    )


def _filters_model() -> type[Paging]:
    names = tuple(page_type.name for page_type in registry.page_types())
    own = {
        entry.name: (entry.annotation | None, Field(None, description=entry.description))
        for entry in registry.page_filters()
    }
    filters = create_model(
        "PageFilters",
        __base__=Paging,
        cursor=(
            Cursor | None,
            Field(None, description="Where to go on: next or prev of the answer before, with the same filters."),
        ),
        type=(Literal[names] | None, Field(None, description="Only pages of this type.")),
        parent=(ObjectId | None, Field(None, description="Only pages directly under the page with this id.")),
        ancestor=(ObjectId | None, Field(None, description="Only pages anywhere under the page with this id.")),
        updated_since=(
            Moment | None,
            Field(None, description="Only pages published again at or after this moment, with its offset from UTC."),
        ),
        q=(Words | None, Field(None, description="Only pages with these words.")),
        order=(
            Literal[tuple(ORDERS)] | None,
            Field(
                None,
                description="As in the site's tree (the usual order), by title, or the newest first; "
                "left out in a search: the best match first.",
            ),
        ),
        **own,
    )
    cards = frozenset().union(*(page_type.card_names for page_type in registry.page_types()))
    return selecting("SelectedPageFilters", filters, cards, ("page",))


def _listed(refs: References, filters: Any, selection: Selection) -> dict[str, Any]:
    refs.depends_on_pages()
    is_expanded = "page" in selection.expand
    if is_expanded:
        filters.limit = min(filters.limit, MOST_WHOLE_PAGES)
    total, part = _part(refs, filters)
    if not is_expanded:
        # Cards stand nowhere else in this answer.
        refs.card_fields = selection.fields
    wholes = load_whole(refs.public, part.ids) if is_expanded or (filters.q and part.ids) else []
    cards = refs.cards(part.ids)
    return {
        "total": total,
        "items": refs.later(lambda: [selection.of(card) for card in cards.resolve()]),
        "next": part.next,
        "prev": part.prev,
        "pages": [registry.page_type_of(type(page)).write(page, refs) for page in wholes] if is_expanded else [],
        "highlights": highlights(wholes, filters.q) if filters.q else [],
    }


def _matching(public: PublicSite, filters: Any) -> PageQuerySet:
    """Return the pages that fit ``filters``, but for the words of a search."""
    wanted = [entry.model for entry in registry.page_types() if filters.type in (None, entry.name)]
    pages = public.pages().exact_type(*wanted)
    for name, children_only in (("parent", True), ("ancestor", False)):
        if page_id := getattr(filters, name):
            pages = _under(public, pages, page_id, children_only=children_only)
    if filters.updated_since:
        pages = pages.filter(last_published_at__gte=filters.updated_since)
    for entry in registry.page_filters():
        value = getattr(filters, entry.name)
        if value is not None:
            pages = pages.filter(entry.condition(public, value))
    return pages


def _part(refs: References, filters: Any) -> tuple[int, cursors.Page]:
    """Return how many pages match in all, and which of them were asked for. Raises FieldErrors at ``cursor``."""
    matching = _matching(refs.public, filters)
    if filters.q:
        matching = _found(matching, filters)
        if not filters.order:
            return _best_matches(matching, filters)
    order = ORDERS[filters.order or "tree"]
    name = filters.model_dump_json(exclude={"limit", "offset", "cursor", "fields", "expand", "rich_text", "order"})
    if filters.cursor:
        _refuse(filters.offset, "offset", "Send either a cursor or an offset.")
        return matching.count(), cursors.part(matching, order, filters.limit, filters.cursor, name)
    rows = list(
        order.sorted(matching).values_list("pk", "place", Window(Count("*")))[filters.offset :][: filters.limit]
    )
    if not rows:  # Past the end no row tells how many there are.
        return matching.count() if filters.offset else 0, cursors.Page([], None, None)
    (first, last), total = (rows[0], rows[-1]), rows[0][2]
    is_more = filters.offset + len(rows) < total
    following = cursors.written(order, last[:2], name, backwards=False) if is_more else None
    before = cursors.written(order, first[:2], name, backwards=True) if filters.offset else None
    return total, cursors.Page([row[0] for row in rows], following, before)


def _refuse(value: Any, field: str, message: str) -> None:
    if value:
        raise FieldErrors([field_error("query", field, message)])


def _under(public: PublicSite, pages: PageQuerySet, page_id: int, *, children_only: bool) -> PageQuerySet:
    page = public.pages().filter(pk=page_id).first()
    if page is None:
        return pages.none()
    return pages.child_of(page) if children_only else pages.descendant_of(page)


def _found(pages: PageQuerySet, filters: Any) -> QuerySet:
    """Return those of ``pages`` that hold the words; for no order of its own, best match first."""
    # The search index knows only some fields, so the filters are settled before it is asked.
    fitting = Page.objects.filter(pk__in=list(pages.values_list("pk", flat=True)))
    terms = search_terms(filters.q)
    if not terms:
        return fitting.none()
    if not filters.order:
        return fitting.search(terms)
    found = fitting.search(terms, order_by_relevance=False)
    return Page.objects.filter(pk__in=[page.pk for page in found])


def _best_matches(found: Any, filters: Any) -> tuple[int, cursors.Page]:
    _refuse(filters.cursor, "cursor", "The best matches have no cursor: use offset, or give an order.")
    part = found[filters.offset : filters.offset + filters.limit]
    return found.count(), cursors.Page([page.pk for page in part], None, None)
