"""Query sets whose SQL is made once per process: building it costs the ORM several times what the database takes.

They are made from the models, so a changed field changes them too. What depends on the state of the site, such as which
sections are private, stands in no such query: it is decided by whoever runs it.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

# Stands in a query where a value will be: no id comes near, and every integer field takes it.
SAMPLE = 2_000_000_001


class Compiled:
    """A query compiled once and run with other values.

    ``make`` returns the query set with samples (``SAMPLE``, ``SAMPLE + 1``, …) where the values of a run will stand.
    """

    def __init__(self, make: Callable[..., QuerySet], samples: int = 1) -> None:
        self._make = make
        self._samples = samples
        self._parts: tuple[Any, ...] | None = None

    def rows(self, *values: Any) -> list[tuple[Any, ...]]:
        """Return the rows of a ``values_list``, converted as the ORM does."""
        compiler, sql, parameters, places, _build = self._compiled()
        return list(compiler.results_iter([_fetch(sql, _filled(parameters, places, values))], tuple_expected=True))

    def objects(self, *values: Any) -> list[Any]:
        """Return the objects found, with what the query selects of related tables and its annotations."""
        compiler, sql, parameters, places, build = self._compiled()
        rows = compiler.results_iter([_fetch(sql, _filled(parameters, places, values))])
        return [build(row) for row in rows]

    def _compiled(self) -> tuple[Any, ...]:
        if self._parts is None:
            samples = range(SAMPLE, SAMPLE + self._samples)
            compiler = self._make(*samples).query.get_compiler(DEFAULT_DB_ALIAS)
            sql, parameters = compiler.as_sql()
            places = [(place, value - SAMPLE) for place, value in enumerate(parameters) if value in samples]
            if {index for _place, index in places} != set(range(self._samples)):
                raise ValueError("A sample is missing in the compiled query.")
            build = _builder(compiler) if compiler.klass_info else None
            self._parts = compiler, sql, list(parameters), places, build
        return self._parts


class CompiledByIds:
    """A query for the rows of some ids, compiled once for every few lengths: one id more makes no new SQL."""

    def __init__(self, make: Callable[[list[int]], QuerySet]) -> None:
        self._make = make
        self._sizes: dict[int, Compiled] = {}

    def objects(self, ids: Iterable[int]) -> list[Any]:
        """Return the objects of ``ids``, in the order of the query; none for no ids."""
        wanted = list(dict.fromkeys(ids))
        if not wanted:
            return []
        size = 1 << (len(wanted) - 1).bit_length()
        if size not in self._sizes:
            self._sizes[size] = Compiled(lambda *samples: self._make(list(samples)), size)
        # Asking for one of them several times finds it once.
        return self._sizes[size].objects(*wanted, *[wanted[-1]] * (size - len(wanted)))


def _filled(parameters: list[Any], places: list[tuple[int, int]], values: tuple[Any, ...]) -> list[Any]:
    filled = parameters.copy()
    for place, index in places:
        filled[place] = values[index]
    return filled


def _fetch(sql: str, parameters: list[Any]) -> list[Any]:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def _builder(compiler: Any) -> Callable[[Any], Model]:
    """Return the function that makes an object of a row, as ``django.db.models.query.ModelIterable`` does."""
    info = compiler.klass_info
    model, selected = info["model"], info["select_fields"]
    start, end = selected[0], selected[-1] + 1
    names = [column[0].target.attname for column in compiler.select[start:end]]
    populators = get_related_populators(info, compiler.select, DEFAULT_DB_ALIAS)
    annotations = list(compiler.annotation_col_map.items())

    def build(row: Any) -> Model:
        found = model.from_db(DEFAULT_DB_ALIAS, names, row[start:end])
        for populator in populators:
            populator.populate(row, found)
        for name, place in annotations:
            setattr(found, name, row[place])
        return found

    return build
