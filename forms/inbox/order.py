"""The orders of the list of requests, and which request comes before and after one in it."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable, OrderBy

from forms.models import OPEN_STATUSES, Submission

MOST_URGENT_FIRST = "respond_by"
NEWEST_FIRST = "-created_at"
# What the list can be sorted by; with a minus the other way round.
SORTABLE = ("created_at", "definition__title", "status", "respond_by", "assignee__username")


@dataclass(frozen=True)
class Key:
    """One thing to sort by. Where it is empty, a request comes last, whichever way round."""

    name: str
    expression: Combinable
    is_descending: bool = False
    may_be_empty: bool = False

    def ordering(self) -> OrderBy:
        """Return it for ``order_by``."""
        last = True if self.may_be_empty else None
        field = F(self.name)
        return field.desc(nulls_last=last) if self.is_descending else field.asc(nulls_last=last)

    def same(self, value: Any) -> Q:
        """Return what requests have in common that stand beside one with ``value``."""
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})

    def beyond(self, value: Any, *, forward: bool) -> Q | None:
        """Return what is true of requests that come after (or before) one with ``value``; None where none can."""
        empty = Q(**{f"{self.name}__isnull": True})
        if value is None:
            return None if forward else ~empty
        comparison = "lt" if self.is_descending is forward else "gt"
        found = Q(**{f"{self.name}__{comparison}": value})
        return found | empty if forward and self.may_be_empty else found


def keys_of(ordering: str) -> list[Key]:
    """Return what the list is sorted by; no two requests are alike in all of it."""
    if ordering == MOST_URGENT_FIRST:
        is_waiting = Q(status__in=OPEN_STATUSES, first_contact_at=None)
        return [
            Key("order_settled", Case(When(is_waiting, then=Value(0)), default=Value(1))),
            Key("order_respond_by", F("respond_by"), may_be_empty=True),
            Key("order_created_at", F("created_at")),
            Key("order_pk", F("pk")),
        ]
    name, is_descending = ordering.removeprefix("-"), ordering.startswith("-")
    if name not in SORTABLE:
        name, is_descending = "created_at", True
    keys = [Key("order_first", F(name), is_descending, name in ("respond_by", "assignee__username"))]
    if name != "created_at":
        keys.append(Key("order_created_at", F("created_at"), is_descending=True))
    return [*keys, Key("order_pk", F("pk"), is_descending=is_descending)]


def in_order(submissions: QuerySet[Submission], ordering: str) -> QuerySet[Submission]:
    """Return the requests sorted."""
    keys = keys_of(ordering)
    return submissions.alias(**{key.name: key.expression for key in keys}).order_by(*(key.ordering() for key in keys))


def neighbours(submissions: QuerySet[Submission], ordering: str, pk: int) -> tuple[int | None, int | None]:
    """Return the ids of the requests before and after one in a sorted list, which it need not be in itself any more."""
    keys = keys_of(ordering)
    expressions = {key.name: key.expression for key in keys}
    values = Submission.objects.annotate(**expressions).values(*expressions).get(pk=pk)
    found = submissions.alias(**expressions)
    before = _beyond(found, keys, values, forward=False)
    return before, _beyond(found, keys, values, forward=True)


def _beyond(submissions: QuerySet[Submission], keys: list[Key], values: dict[str, Any], *, forward: bool) -> int | None:
    """Return the id of the next request in one direction: beyond in one key and alike in all keys before it."""
    cases = []
    alike = Q()
    for key in keys:
        beyond = key.beyond(values[key.name], forward=forward)
        if beyond is not None:
            cases.append(alike & beyond)
        alike &= key.same(values[key.name])
    order = [key.ordering() for key in keys]
    if not forward:
        order = [_reversed(each) for each in order]
    return submissions.filter(reduce(or_, cases)).order_by(*order).values_list("pk", flat=True).first()


def _reversed(order: OrderBy) -> OrderBy:
    turned = order.copy()
    turned.reverse_ordering()
    return turned
