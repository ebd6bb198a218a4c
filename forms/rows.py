"""Statements of the way in, compiled once: building SQL costs the ORM several times what the database takes to run it.

They are made from the models, so that a changed field changes them too. Everything else uses the ORM as it is.
"""

from collections.abc import Sequence
from functools import cache
from operator import attrgetter
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models

# Fields that hand a value of these types to the database as it is; asking each of them costs more than all the rest.
PLAIN_FIELDS = (
    models.BigIntegerField,
    models.BooleanField,
    models.CharField,
    models.ForeignKey,
    models.PositiveIntegerField,
    models.PositiveSmallIntegerField,
    models.TextField,
)
PLAIN_VALUES = (str, int, bool, type(None))


def insert(rows: Sequence[models.Model], *, ignore_conflicts: bool = False) -> bool:
    """Store ``rows``, all of one model, in one statement; return whether they were stored.

    Their primary keys are set. With ``ignore_conflicts``, a row that breaks a unique constraint is not stored and False
    is returned. No signals are sent.
    """
    if not rows:
        return True
    model = type(rows[0])
    names = _names(model)
    values_of = attrgetter(*names)
    stored = insert_values(model, names, [values_of(row) for row in rows], ignore_conflicts=ignore_conflicts)
    for row, pk in zip(rows, stored, strict=False):
        row.pk = pk
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return len(stored) == len(rows)


def insert_values(
    model: type[models.Model], names: tuple[str, ...], rows: Sequence[tuple], *, ignore_conflicts: bool = False
) -> list[Any]:
    """Store ``rows`` of values of the attributes ``names`` in one statement, and return the primary keys they got.

    As ``insert`` does, for rows that nobody needs as objects. The model's defaults are not filled in.
    """
    if not rows:
        return []
    connection = connections[DEFAULT_DB_ALIAS]
    fields, head, tail = _insert_parts(model, names)
    values = [
        value if is_plain and type(value) in PLAIN_VALUES else field.get_db_prep_save(value, connection)
        for row in rows
        for (field, is_plain), value in zip(fields, row, strict=True)
    ]
    group = f"({', '.join(['%s'] * len(fields))})"
    conflict = " ON CONFLICT DO NOTHING" if ignore_conflicts else ""
    with connection.cursor() as cursor:
        cursor.execute(f"{head}{', '.join([group] * len(rows))}{conflict}{tail}", values)
        return [pk for (pk,) in cursor.fetchall()]


@cache
def _names(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields if not field.primary_key)


@cache
def _insert_parts(
    model: type[models.Model], names: tuple[str, ...]
) -> tuple[list[tuple[models.Field, bool]], str, str]:
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    fields = [by_name[name] for name in names]
    columns = ", ".join(quote(field.column) for field in fields)
    head = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES "  # noqa: S608 - the model's own names
    return (
        [(field, type(field) in PLAIN_FIELDS) for field in fields],
        head,
        f" RETURNING {quote(model._meta.pk.column)}",
    )


def update(model: type[models.Model], pk: Any, **values: Any) -> None:
    """Set ``values`` on the row of ``model`` with this primary key, in one statement. No signals are sent."""
    connection = connections[DEFAULT_DB_ALIAS]
    quote = connection.ops.quote_name
    fields = [model._meta.get_field(name) for name in values]
    columns = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    prepared = [field.get_db_prep_save(value, connection) for field, value in zip(fields, values.values(), strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {quote(model._meta.db_table)} SET {columns} WHERE {quote(model._meta.pk.column)} = %s",  # noqa: S608
            [*prepared, pk],
        )


class Lookup:
    """A query whose SQL is compiled once and run with other values.

    ``query`` is a ``values_list`` filtered by samples; ``samples`` are these values with their fields, in the order of
    the query's conditions. Each sample must differ from every constant of the query.
    """

    def __init__(self, query: models.QuerySet, *samples: tuple[models.Field, Any]) -> None:
        self._query = query
        self._samples = samples
        self._compiled: tuple[Any, str, list[Any], list[int], dict[int, Any]] | None = None

    def rows(self, *values: Any) -> list[tuple[Any, ...]]:
        """Return the rows found for ``values``, one per sample, converted as the ORM does."""
        connection = connections[DEFAULT_DB_ALIAS]
        if self._compiled is None:
            self._compiled = self._compile()
        compiler, sql, constants, places, converters = self._compiled
        parameters = constants.copy()
        for place, (field, _sample), value in zip(places, self._samples, values, strict=True):
            parameters[place] = field.get_db_prep_value(value, connection)
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            found = cursor.fetchall()
        return [tuple(row) for row in compiler.apply_converters(found, converters)] if converters else found

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

    def first(self, *values: Any) -> tuple[Any, ...] | None:
        """Return the first row; None where there is none."""
        found = self.rows(*values)
        return found[0] if found else None


def _plain(parameter: Any) -> Any:
    # psycopg wraps bytes in an object that equals nothing else.
    return getattr(parameter, "obj", parameter)
