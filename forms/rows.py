"""Statements of the way in, compiled once: building SQL costs the ORM several times what the database takes to run it.

They are made from the models, so that a changed field changes them too. Everything else uses the ORM as it is.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models


def insert(rows: Sequence[models.Model], *, ignore_conflicts: bool = False) -> bool:
    """Store ``rows``, all of one model, in one statement; return whether they were stored.

    Their primary keys are set. With ``ignore_conflicts``, a row that breaks a unique constraint is not stored and False
    is returned. No signals are sent.
    """
    if not rows:
        return True
    connection = connections[DEFAULT_DB_ALIAS]
    fields, head = _insert_parts(type(rows[0]))
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows for field in fields]
    group = f"({', '.join(['%s'] * len(fields))})"
    sql = head + ", ".join([group] * len(rows))
    if ignore_conflicts:
        sql += " ON CONFLICT DO NOTHING"
    key = rows[0]._meta.pk
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} RETURNING {connection.ops.quote_name(key.column)}", values)
        stored = cursor.fetchall()
    for row, (pk,) in zip(rows, stored, strict=False):
        row.pk = pk
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return len(stored) == len(rows)


@cache
def _insert_parts(model: type[models.Model]) -> tuple[list[models.Field], str]:
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(quote(field.column) for field in fields)
    return fields, f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES "  # noqa: S608 - the model's own names


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
