"""Paging by cursor: a list goes on where it stopped, whatever has been published in between.

A cursor names the place by the values that the list is ordered by, so that nothing is left out or comes twice. It is
signed: only one that the API gave is taken, and only for the list that gave it.
"""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from clinicsite.api.errors import FieldErrors, field_error

SALT = "api.cursor"
NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Order:
    """How a list is ordered: by ``field``, then by the id; ``descending`` puts the largest first."""

    name: str
    field: str
    descending: bool = False

    def sorted(self, pages: QuerySet, *, backwards: bool = False) -> QuerySet:
        """Return ``pages`` in this order, each with its place as ``place``."""
        key = Coalesce(self.field, Value(NEVER)) if self.descending else F(self.field)
        direction = "-" if self.descending != backwards else ""
        return pages.annotate(place=key).order_by(f"{direction}place", f"{direction}pk")

    def read(self, place: Any) -> Any:
        """Return a place as the database compares it; raises ValueError for one that is none."""
        return dt.datetime.fromisoformat(place) if self.descending else str(place)


@dataclass(frozen=True)
class Page:
    """A part of a list: the ids in it, and the cursors of the parts before and after it."""

    ids: list[int]
    next: str | None
    prev: str | None


def part(pages: QuerySet, order: Order, limit: int, cursor: str | None, list_name: str) -> Page:
    """Return at most ``limit`` of ``pages``, from where ``cursor`` leads, or from the start.

    ``list_name`` tells this list from others. Raises FieldErrors at ``cursor`` for one that this list did not give.
    """
    place, backwards = _read(cursor, order, list_name) if cursor else (None, False)
    found = order.sorted(pages, backwards=backwards)
    if place is not None:
        found = found.filter(_beyond(place, larger=order.descending == backwards))
    rows = list(found.values_list("pk", "place")[: limit + 1])
    is_more = len(rows) > limit
    rows = rows[:limit][::-1] if backwards else rows[:limit]
    if not rows:
        return Page([], None, None)
    has_next, has_prev = (True, is_more) if backwards else (is_more, cursor is not None)
    return Page(
        [pk for pk, _place in rows],
        written(order, rows[-1], list_name, backwards=False) if has_next else None,
        written(order, rows[0], list_name, backwards=True) if has_prev else None,
    )


def written(order: Order, row: tuple[int, Any], list_name: str, *, backwards: bool) -> str:
    """Return the cursor that goes on after ``row``, or before it."""
    pk, place = row
    told = [order.name, place.isoformat() if order.descending else place, pk, backwards, _short(list_name)]
    # Without a time in it: the same answer has the same bytes.
    return Signer(salt=SALT).sign_object(told)


def _read(cursor: str, order: Order, list_name: str) -> tuple[tuple[Any, int], bool]:
    try:
        name, place, pk, backwards, told = Signer(salt=SALT).unsign_object(cursor)
        if (name, told) != (order.name, _short(list_name)):
            raise ValueError("The cursor of another list.")
        return (order.read(place), int(pk)), bool(backwards)
    except (BadSignature, ValueError, TypeError, json.JSONDecodeError, UnicodeError) as error:
        message = "This is no cursor of this list: take one from next or prev, with the same filters and order."
        raise FieldErrors([field_error("query", "cursor", message)]) from error


def _beyond(place: tuple[Any, int], *, larger: bool) -> Q:
    key, pk = place
    name = "gt" if larger else "lt"
    return Q(**{f"place__{name}": key}) | Q(place=key, **{f"pk__{name}": pk})


def _short(list_name: str) -> str:
    return hashlib.blake2b(list_name.encode(), digest_size=8).hexdigest()
