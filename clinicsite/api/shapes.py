"""Objects of the API made from model fields: one list of names gives both the schema and the function that fills it."""

import datetime
import decimal
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from django.db import models
from pydantic import BaseModel, create_model
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import Page as WagtailPage

from clinicsite.api import registry
from clinicsite.api.block_schemas import stream_annotation, write_stream
from clinicsite.api.references import References
from clinicsite.api.schemas import Image, LocalTime, Out, PageLink

Write = Callable[[Any, References], Any]


@dataclass(frozen=True)
class Computed:
    """A field of an answer that no model field holds: its type, and the function that writes it."""

    annotation: Any
    write: Write


PLAIN_TYPES: dict[type[models.Field], type] = {
    models.BooleanField: bool,
    models.DecimalField: float,
    models.FloatField: float,
    models.IntegerField: int,
    models.DateTimeField: datetime.datetime,
    models.DateField: datetime.date,
    models.TimeField: LocalTime,
}


class Shape:
    """How objects of one model are written."""

    def __init__(
        self,
        name: str,
        model: type[models.Model],
        fields: Iterable[str],
        computed: dict[str, Computed] | None = None,
        base: type[Out] = Out,
    ) -> None:
        self.name = name
        self.model = model
        self._base = base
        self._parts = {field: _from_model(model, field) for field in fields} | (computed or {})

    def contribute(self, name: str, computed: Computed) -> None:
        """Add a field that another app, or another shape made later, knows how to write."""
        if "schema" in self.__dict__:
            raise RuntimeError(f"The schema of {self.name} is in use: {name} comes too late.")
        self._parts[name] = computed

    @cached_property
    def schema(self) -> type[BaseModel]:
        """The shape's schema, complete once every app has contributed."""
        return create_model(
            self.name,
            __base__=self._base,
            __doc__=(self.model.__doc__ or "").strip().split("\n")[0],
            **{field: (part.annotation, ...) for field, part in self._parts.items()},
        )

    def write(
        self, instance: models.Model, refs: References, is_wanted: Callable[[str], bool] = lambda _field: True
    ) -> dict[str, Any]:
        """Return ``instance`` as the schema describes it, with a ``Ref`` for whatever is still to be loaded.

        Fields that are not wanted are left out, and what they would refer to is not loaded.
        """
        return {field: part.write(instance, refs) for field, part in self._parts.items() if is_wanted(field)}


def list_of(shape: Shape, relation: str) -> Computed:
    """Return a field that lists the objects of ``relation`` in their own order, each written as ``shape`` says."""
    return Computed(
        list[shape.schema],  # type: ignore[name-defined]
        lambda instance, refs: [shape.write(item, refs) for item in getattr(instance, relation).all()],
    )


def _from_model(model: type[models.Model], name: str) -> Computed:
    field = model._meta.get_field(name)
    if isinstance(field, StreamField):
        return Computed(
            stream_annotation(field.stream_block),
            lambda instance, refs: write_stream(field.stream_block, getattr(instance, name), refs),
        )
    if isinstance(field, RichTextField):
        return Computed(str, lambda instance, refs: refs.rich_text(getattr(instance, name)))
    if isinstance(field, models.ForeignKey):
        return _from_foreign_key(field)
    if isinstance(field, models.AutoField):
        return Computed(int, lambda instance, _refs: instance.pk)
    return _plain(field)


def _plain(field: models.Field) -> Computed:
    name = field.attname
    if field.choices:
        annotation: Any = Literal[tuple(value for value, _label in field.flatchoices)]
    elif isinstance(field, models.CharField | models.TextField):
        annotation = str
    else:
        annotation = next((kind for base, kind in PLAIN_TYPES.items() if isinstance(field, base)), None)
    if annotation is None:
        raise TypeError(f"The API cannot write {field}: {type(field).__name__} has no type in clinicsite.api.shapes.")
    if isinstance(field, models.DecimalField):
        return Computed(annotation | None, lambda instance, _refs: _as_float(getattr(instance, name)))
    return Computed(annotation | None if field.null else annotation, lambda instance, _refs: getattr(instance, name))


def _as_float(value: decimal.Decimal | None) -> float | None:
    return None if value is None else float(value)


def _from_foreign_key(field: models.ForeignKey) -> Computed:
    target, attname = field.remote_field.model, field.attname
    if issubclass(target, get_image_model()):
        return Computed(Image | None, lambda instance, refs: refs.image(getattr(instance, attname)))
    if issubclass(target, WagtailPage):
        return Computed(PageLink | None, lambda instance, refs: refs.page(getattr(instance, attname)))
    shape = registry.snippet_shape(target)
    return Computed(shape.schema | None, lambda instance, refs: refs.snippet(target, getattr(instance, attname)))
