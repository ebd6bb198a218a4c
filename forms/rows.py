"""Statements of the way in, compiled once: building SQL costs the ORM several times what the database takes to run it.

They are made from the models, so that a changed field changes them too. Everything else uses the ORM as it is.
"""

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX
from django.db.backends.utils import CursorWrapper
from psycopg.pq import TransactionStatus

# Fields that hand a value of these types to the database as it is; asking each of them costs more than all the rest.
PLAIN_FIELDS = {
    models.BigAutoField,
    models.BigIntegerField,
    models.BinaryField,
    models.BooleanField,
    models.CharField,
    models.ForeignKey,
    models.PositiveIntegerField,
    models.PositiveSmallIntegerField,
    models.TextField,
}
PLAIN_ON_POSTGRESQL = {models.DateField, models.DateTimeField, models.GenericIPAddressField, models.UUIDField}
PLAIN_VALUES = dict.fromkeys((str, int, bool, bytes, dt.date, dt.datetime, UUID, type(None)))
# What the other fields make of these types; None: the value as it is.
QUICK_VALUES: dict[type, Callable[[Any], Any] | None] = {
    type(None): None,
    dt.date: str,
    dt.datetime: lambda value: connections[DEFAULT_DB_ALIAS].ops.adapt_datetimefield_value(value),
    UUID: attrgetter("hex"),
}
NO_VALUES: dict[type, Callable[[Any], Any] | None] = {type(None): None}
QUICK_ON_SQLITE = {models.DateField, models.DateTimeField, models.UUIDField}
# A commit holds its locks until the disk has the log, and whoever waits for them waits for the disk. So the locks end
# first, and what follows in the same trip is flushed as this server does by default, and with it all that stands before
# it in the log: nothing is acknowledged sooner (https://www.postgresql.org/docs/current/wal-async-commit.html).
FLUSH = "SELECT pg_logical_emit_message(true, 'clinic', '')"
DURABLE_COMMIT = ("SET LOCAL synchronous_commit TO OFF", "COMMIT", FLUSH)


class Statement(NamedTuple):
    """SQL with its values; ``gives_rows`` where it finds or returns some."""

    sql: str
    values: list[Any]
    gives_rows: bool = False


def run(*statements: Statement, ends: bool = False) -> list[list[tuple[Any, ...]]]:
    """Run the statements in order and return the rows of each; on PostgreSQL all of them in one round trip.

    A statement that fails ends them all, as it does the transaction; outside of one, it takes the others back too.
    With ``ends`` they are the last of the transaction and may commit it, where it stands within no other.
    """
    if not statements:
        return []
    connection = connections[DEFAULT_DB_ALIAS]
    run_all = _run_together if connection.vendor == "postgresql" else _run_each
    if connection.execute_wrappers or connection.queries_logged:  # Somebody watches the queries.
        with connection.cursor() as cursor:
            return run_all(connection, cursor, statements, ends=ends)
    with connection.wrap_database_errors:
        return run_all(connection, _kept_cursor(connection), statements, ends=ends)


def _kept_cursor(connection: BaseDatabaseWrapper) -> Any:
    """Return a cursor of the driver's own, the same for as long as the connection lasts.

    Each of Django's cursors costs as much as a small statement, and looks for placeholders and errors at every step.
    """
    # What Django's own cursors begin with.
    connection.validate_no_broken_transaction()
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    of, cursor = vars(connection).get("_kept_cursor", (None, None))
    if of is not connection.connection:
        cursor = connection.create_cursor()
        vars(connection)["_kept_cursor"] = connection.connection, cursor
    return cursor


def _run_together(
    connection: BaseDatabaseWrapper, cursor: Any, statements: Sequence[Statement], *, ends: bool
) -> list[list[tuple[Any, ...]]]:
    """Run the statements in one round trip to PostgreSQL."""
    parts = [statement.sql for statement in statements]
    begins = _is_still_to_begin(connection)
    if begins:
        # Else psycopg begins the transaction by itself, in a round trip of its own.
        connection.connection.autocommit = True
        parts.insert(0, "BEGIN")
    if ends and len(connection.atomic_blocks) == 1:
        parts += DURABLE_COMMIT  # Django's own commit then finds nothing left to do.
    cursor.execute(";".join(parts), [value for statement in statements for value in statement.values])
    # All of it is here already, so psycopg's own cursor is asked.
    results = cursor.cursor if isinstance(cursor, CursorWrapper) else cursor
    at, found = (-1 if begins else 0), []
    for index, statement in enumerate(statements):
        if statement.gives_rows:
            for _step in range(at, index):
                results.nextset()
            at = index
        found.append(results.fetchall() if statement.gives_rows else [])
    return found


def _is_still_to_begin(connection: BaseDatabaseWrapper) -> bool:
    """Return whether Django is in a transaction of which PostgreSQL has heard nothing yet."""
    return connection.in_atomic_block and connection.connection.pgconn.transaction_status == TransactionStatus.IDLE


def _run_each(
    _connection: BaseDatabaseWrapper, cursor: Any, statements: Sequence[Statement], *, ends: bool
) -> list[list[tuple[Any, ...]]]:
    """Run the statements one by one on SQLite, which has no trips to spare and is told of the end by Django."""
    is_watched = isinstance(cursor, CursorWrapper)
    found: list[list[tuple[Any, ...]]] = []
    for sql, values, gives_rows in statements:
        if is_watched:
            cursor.execute(sql, values)
        else:
            # Django's cursor would look for its placeholders each time.
            sqlite3.Cursor.execute(cursor, _with_marks(sql), values)
        found.append(cursor.fetchall() if gives_rows else [])
    return found


@lru_cache(maxsize=256)
def _with_marks(sql: str) -> str:
    """Return the SQL with SQLite's own placeholders."""
    return FORMAT_QMARK_REGEX.sub("?", sql).replace("%%", "%")


def make_durable() -> None:
    """Return once the disk has all that this process has seen committed; in a transaction, once that ends.

    On PostgreSQL what another post stored is seen a moment before the log is flushed (see DURABLE_COMMIT).
    """
    if connections[DEFAULT_DB_ALIAS].vendor == "postgresql":
        run(Statement(FLUSH, [], gives_rows=True))


def set_keys(rows: Sequence[models.Model], keys: Sequence[tuple[Any, ...]]) -> None:
    """Note in ``rows`` the primary keys that ``inserting`` them gave."""
    for row, (pk,) in zip(rows, keys, strict=True):
        row.pk = pk
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def inserting(rows: Sequence[models.Model], *, ignore_conflicts: bool = False, returning: bool = False) -> Statement:
    """Return the statement that stores ``rows``, one or more of one model; with ``returning`` it gives their keys.

    With ``ignore_conflicts``, a row that breaks a unique constraint is not stored and has no key.
    """
    model = type(rows[0])
    columns = zip(_names(model), zip(*map(_values_of(model), rows), strict=True), strict=True)
    # What no row has is NULL anyway: each value less is one less to write, to send and to read.
    names, values = zip(
        *[(name, column) for name, column in columns if any(v is not None for v in column)], strict=True
    )
    return inserting_values(
        model, names, list(zip(*values, strict=True)), ignore_conflicts=ignore_conflicts, returning=returning
    )


def inserting_values(
    model: type[models.Model],
    names: tuple[str, ...],
    rows: Sequence[tuple],
    *,
    ignore_conflicts: bool = False,
    returning: bool = False,
) -> Statement:
    """Return the statement that stores ``rows`` of values of the attributes ``names``, as ``inserting`` does.

    For rows that nobody needs as objects. The model's defaults are not filled in.
    """
    head, group, tail = _insert_parts(model, names)
    values = [value for row in rows for value in _prepared(model, names, row)]
    conflict = " ON CONFLICT DO NOTHING" if ignore_conflicts else ""
    sql = f"{head}{', '.join([group] * len(rows))}{conflict}{tail if returning else ''}"
    return Statement(sql, values, gives_rows=returning)


@cache
def _names(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields)


@cache
def _values_of(model: type[models.Model]) -> Callable[[models.Model], tuple[Any, ...]]:
    return attrgetter(*_names(model))


def _prepared(model: type[models.Model], names: tuple[str, ...], row: Iterable[Any]) -> Iterator[Any]:
    """Yield the values of ``row`` as the database takes them."""
    for (field, quick), value in zip(_columns(model, names), row, strict=True):
        kind = type(value)
        if kind not in quick:
            yield field.get_db_prep_save(value, connections[DEFAULT_DB_ALIAS])
        elif prepare := quick[kind]:
            yield prepare(value)
        else:
            yield value


@cache
def _columns(
    model: type[models.Model], names: tuple[str, ...]
) -> list[tuple[models.Field, dict[type, Callable[[Any], Any] | None]]]:
    """Return the fields of the attributes ``names``, each with what makes values for the database of common types."""
    is_sqlite = connections[DEFAULT_DB_ALIAS].vendor == "sqlite"
    quick = dict.fromkeys(PLAIN_FIELDS if is_sqlite else PLAIN_FIELDS | PLAIN_ON_POSTGRESQL, PLAIN_VALUES)
    quick |= dict.fromkeys(QUICK_ON_SQLITE if is_sqlite else (), QUICK_VALUES)
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    return [(by_name[name], quick.get(type(by_name[name]), NO_VALUES)) for name in names]


def reserving_key(model: type[models.Model]) -> list[Statement]:
    """Return the statement that gives a key for a row to come, so that what belongs to it can go with it in one trip.

    SQLite has no trips to spare and gives keys to rows that are stored only: then it is none.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql":
        return []
    table = connection.ops.quote_name(model._meta.db_table)
    return [
        Statement("SELECT nextval(pg_get_serial_sequence(%s, %s))", [table, model._meta.pk.column], gives_rows=True)
    ]


@cache
def _insert_parts(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, str, str]:
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    columns = ", ".join(quote(field.column) for field, _quick in _columns(model, names))
    return (
        f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ",  # noqa: S608 - the model's own names
        f"({', '.join(['%s'] * len(names))})",
        f" RETURNING {quote(model._meta.pk.column)}",
    )


def updating(model: type[models.Model], pk: Any, **values: Any) -> Statement:
    """Return the statement that sets ``values`` on the row of ``model`` with this primary key."""
    names = tuple(values)
    return Statement(_update(model, names), [*_prepared(model, names, values.values()), pk])


@cache
def _update(model: type[models.Model], names: tuple[str, ...]) -> str:
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    columns = ", ".join(f"{quote(field.column)} = %s" for field, _quick in _columns(model, names))
    return f"UPDATE {quote(model._meta.db_table)} SET {columns} WHERE {quote(model._meta.pk.column)} = %s"  # noqa: S608


class Lookup:
    """A query whose SQL is compiled once and run with other values.

    ``query`` is a ``values_list`` filtered by samples; ``samples`` are these values with their fields, in the order of
    the query's conditions. Each sample must differ from every constant of the query.
    """

    def __init__(self, query: models.QuerySet, *samples: tuple[models.Field, Any]) -> None:
        self._query = query
        self._samples = samples
        self._compiled: tuple[Any, str, list[Any], list[int], dict[int, Any]] | None = None

    def asking(self, *values: Any) -> Statement:
        """Return the statement that asks for ``values``, one per sample; ``read`` is for what it finds."""
        connection = connections[DEFAULT_DB_ALIAS]
        if self._compiled is None:
            self._compiled = self._compile()
        _compiler, sql, constants, places, _converters = self._compiled
        parameters = constants.copy()
        for place, (field, _sample), value in zip(places, self._samples, values, strict=True):
            parameters[place] = field.get_db_prep_value(value, connection)
        return Statement(sql, parameters, gives_rows=True)

    def read(self, found: list[tuple[Any, ...]]) -> tuple[Any, ...] | None:
        """Return the first of the rows that were found, converted as the ORM does; None where there is none."""
        if not found or self._compiled is None:
            return None
        compiler, _sql, _constants, _places, converters = self._compiled
        return next(tuple(row) for row in compiler.apply_converters(found[:1], converters)) if converters else found[0]

    def first(self, *values: Any) -> tuple[Any, ...] | None:
        """Return the first row; None where there is none."""
        return self.read(run(self.asking(*values))[0])

    def _compile(self) -> tuple[Any, str, list[Any], list[int], dict[int, Any]]:
        connection = connections[DEFAULT_DB_ALIAS]
        compiler = self._query.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        expressions = [select[0] for select in compiler.select[: compiler.col_count]]
        plain = [_plain(parameter) for parameter in parameters]
        places: list[int] = []
        for field, sample in self._samples:
            after = places[-1] + 1 if places else 0
            places.append(plain.index(_plain(field.get_db_prep_value(sample, connection)), after))
        return compiler, sql, list(parameters), places, compiler.get_converters(expressions)


def _plain(parameter: Any) -> Any:
    # psycopg wraps bytes in an object that equals nothing else.
    return getattr(parameter, "obj", parameter)
