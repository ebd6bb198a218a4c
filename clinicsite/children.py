"""The parts of a page that stand in tables of their own, read in the query of the page itself, as JSON.

What ``prefetch_related`` reads with one query per relation. The page ends up the same: its managers give the parts
without a query.
"""

from collections.abc import Iterable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import F, JSONField, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from wagtail.models import Page

# Fields whose value JSON gives back as it was; all others are asked to read it.
AS_THEY_ARE = (models.AutoField, models.CharField, models.ForeignKey, models.IntegerField, models.TextField)


class JSONRows(Subquery):
    """The rows of a query of one JSON object each, ``row``, as one JSON array in the query's order."""

    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """Return the SQL for SQLite."""
        template = '(SELECT JSON_GROUP_ARRAY(JSON("row")) FROM (%(subquery)s) AS "rows")'
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """Return the SQL for PostgreSQL."""
        template = """(SELECT COALESCE(JSONB_AGG("row"), '[]'::jsonb) FROM (%(subquery)s) AS "rows")"""
        return self.as_sql(compiler, connection, template=template, **context)


class Children:
    """One relation of a page to many rows of another table: its parts, or snippets and pages that it chooses.

    Of pages only the ids are read (see ``chosen_ids``): what an answer shows of them is its own question.
    """

    def __init__(self, model: type[Page], relation: str) -> None:
        field = model._meta.get_field(relation)
        self.relation = relation
        self.annotation = f"json_{relation}"
        self._related = field.related_model
        self._is_page = issubclass(self._related, Page)
        self._parent = None if field.many_to_many else field.field.name
        self._back = field.remote_field.name if field.many_to_many else self._parent
        self._fields = [] if self._is_page else list(self._related._meta.concrete_fields)
        self._names = [column.attname for column in self._fields]
        self._readers = [None if _is_plain(column) else column.to_python for column in self._fields]

    def rows(self) -> JSONRows:
        """Return the expression that reads the rows of the outer query's page."""
        row = JSONObject(**{name: F(name) for name in self._names or ["pk"]})
        found = self._related._default_manager.filter(**{self._back: OuterRef("pk")}).annotate(row=row)
        order = ["path"] if self._is_page else self._related._meta.ordering
        return JSONRows(found.order_by(*order).values("row"))

    def settle(self, page: Page) -> None:
        """Give ``page`` the rows that were read with it, as a prefetch would."""
        read: list[dict[str, Any]] = page.__dict__.pop(self.annotation)
        if self._is_page:
            page.__dict__[f"chosen_{self.relation}"] = [row["pk"] for row in read]
            return
        found = [self._object(row, page) for row in read]
        settle_relation(page, self.relation, self._related, found)

    def _object(self, row: dict[str, Any], page: Page) -> models.Model:
        values = [
            row[name] if reader is None else reader(row[name])
            for name, reader in zip(self._names, self._readers, strict=True)
        ]
        found = self._related.from_db(DEFAULT_DB_ALIAS, self._names, values)
        if self._parent:
            found._state.fields_cache[self._parent] = page
        return found


def settle_relation(page: Page, relation: str, model: type[models.Model], found: Iterable[models.Model]) -> None:
    """Let the manager ``relation`` of ``page`` give the objects ``found`` without asking for them."""
    known: QuerySet = QuerySet(model=model)
    known._result_cache, known._prefetch_done = list(found), True
    page.__dict__.setdefault("_prefetched_objects_cache", {})[relation] = known


def chosen_ids(page: Page, relation: str) -> list[int]:
    """Return the ids of the pages that ``relation`` chooses, in the order of the tree."""
    read = page.__dict__.get(f"chosen_{relation}")
    if read is not None:
        return read
    return [chosen.pk for chosen in sorted(getattr(page, relation).all(), key=lambda chosen: chosen.path)]


def children_of(model: type[Page], relations: Iterable[str | models.Prefetch]) -> list[Children]:
    """Return the children for what ``ClinicPage.relations`` names."""
    names = [entry if isinstance(entry, str) else entry.prefetch_to for entry in relations]
    return [Children(model, name) for name in names]


def _is_plain(field: models.Field) -> bool:
    return isinstance(field, AS_THEY_ARE)
