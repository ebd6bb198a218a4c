"""Stored rows by the thousand, quickly: a query per chunk, and nothing held open between two of them."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BinaryField, Func, QuerySet

from forms.models import Submission

CHUNK = 2000
# Making a UUID of each only to take its bytes would be the dearest part of reading.
UUID_BYTES = Func("uuid", function="uuid_send", output_field=BinaryField())
Record = tuple[Any, ...]


def chunks(submissions: QuerySet[Submission], fields: tuple[str, ...]) -> Iterator[list[Record]]:
    """Yield the primary key, the UUID's bytes and ``fields`` of submissions in lists of up to ``CHUNK``, by their key.

    Each is a query of its own: a server-side cursor would hold a transaction, or copy the whole result, for as long as
    a slow reader takes.
    """
    is_postgresql = connections[submissions.db].vendor == "postgresql"
    fetch, uuid = (_fetch_binary, UUID_BYTES) if is_postgresql else (_fetch, "uuid")
    query = submissions.order_by("pk").values_list("pk", uuid, *fields)
    last = 0
    while found := fetch(query.filter(pk__gt=last)[:CHUNK]):
        yield found
        last = found[-1][0]


def _fetch(query: QuerySet[Submission, Record]) -> list[Record]:
    return [(pk, uuid.bytes, *rest) for pk, uuid, *rest in query]


def _fetch_binary(query: QuerySet[Submission, Record]) -> list[Record]:
    """Return the result of ``query`` in PostgreSQL's binary form, which takes a third of the time to read.

    For fields that need none of Django's conversions, such as text, numbers, bytes and moments.
    """
    from psycopg import ClientCursor, Cursor

    connection: BaseDatabaseWrapper = connections[query.db]
    try:
        statement, parameters = query.query.get_compiler(using=query.db).as_sql()
    except EmptyResultSet:
        return []
    connection.ensure_connection()
    raw = connection.connection
    # Values are written into the statement as Django itself does it; what it sends asks for text.
    written = ClientCursor(raw).mogrify(statement, parameters)
    with connection.wrap_database_errors, Cursor(raw) as cursor:
        return cursor.execute(written, binary=True).fetchall()
