"""Which requests an export is of: the inbox's filters, or those that were ticked there."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from forms.inbox.filters import SubmissionFilterSet
from forms.models import Submission

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
    from django_filters import FilterSet

# What the address of the inbox says beside its filters.
NOT_FILTERS = ("p", "ordering", "export", "preset", "use_preset", "next", "_w_filter_fragment", "plain")
TICKED = "id"
# Says that a search by contact is in this person's session, where an export made later cannot follow.
CONTACT = "contact"
SEARCH = "q"

Filters = dict[str, list[str]]


class InvalidFiltersError(Exception):
    """The filters make no sense, such as a date that is none."""


def filters_of(query: QueryDict) -> Filters:
    """Return the filters in an address of the inbox."""
    return {name: [value for value in query.getlist(name) if value] for name in query
            if name not in NOT_FILTERS and any(query.getlist(name))}  # fmt: skip


def query_of(filters: Mapping[str, list[str]]) -> QueryDict:
    """Return filters as an address of the inbox has them."""
    query = QueryDict(mutable=True)
    for name, values in filters.items():
        query.setlist(name, values)
    return query


def select(filters: Filters, user: "AbstractBaseUser | AnonymousUser | None") -> QuerySet[Submission]:
    """Return the requests that ``filters`` let through, as the inbox of ``user`` would.

    Raises InvalidFiltersError.
    """
    if CONTACT in filters:
        raise InvalidFiltersError
    if ticked := filters.get(TICKED):
        if not all(each.isdecimal() for each in ticked):
            raise InvalidFiltersError
        return Submission.objects.filter(pk__in=ticked)
    filterset = _filterset(filters, user)
    if not filterset.is_valid():
        raise InvalidFiltersError
    found: QuerySet[Submission] = filterset.qs
    for text in filters.get(SEARCH, []):
        found = found.filter(reference__icontains=text.strip())
    return found


def without_contact(filters: Filters, request: HttpRequest) -> Filters:
    """Return ``filters``; in place of a search by contact, the requests that it finds.

    Raises InvalidFiltersError.
    """
    if CONTACT not in filters:
        return filters
    filterset = SubmissionFilterSet(query_of(filters), queryset=Submission.objects.all(), request=request)
    if not filterset.is_valid():
        raise InvalidFiltersError
    # None is a number that no request has: nothing found must not become everything.
    return {TICKED: [str(pk) for pk in filterset.qs.order_by("pk").values_list("pk", flat=True)] or ["0"]}


def _filterset(filters: Filters, user: "AbstractBaseUser | AnonymousUser | None") -> "FilterSet":
    request = HttpRequest()
    request.user = user  # type: ignore[assignment]
    request.GET = query_of(filters)
    return SubmissionFilterSet(request.GET, queryset=Submission.objects.all(), request=request)


def in_words(filters: Filters, user: "AbstractBaseUser | AnonymousUser | None") -> list[tuple[str, str]]:
    """Return each filter's label and what it lets through, in words.

    Raises InvalidFiltersError.
    """
    filterset = _filterset(filters, user)
    if not filterset.is_valid():
        raise InvalidFiltersError
    found = []
    for name, value in filterset.form.cleaned_data.items():
        words = _words(filterset.form.fields[name], value)
        if words:
            found.append((str(filterset.form.fields[name].label or name), words))
    return found


def _words(field: object, value: object) -> str:
    if value in (None, "", [], False):
        return ""
    if value is True:
        return _("Yes")
    if isinstance(value, slice):
        start, stop = (date_format(each, "DATE_FORMAT") if each else "…" for each in (value.start, value.stop))
        return f"{start} – {stop}"
    chosen = value if isinstance(value, list | tuple) else [value]
    labels = {str(key): str(label) for key, label in getattr(field, "choices", None) or []}
    return ", ".join(labels.get(str(each), str(each)) for each in chosen)
