"""What of an answer a reader asks for: some fields only, other pages with it, rich text as Markdown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AfterValidator, Field, WithJsonSchema, create_model

from clinicsite.api.schemas import Out

# An answer with some fields only has a media type of its own: its schema is another, in which they may be absent.
PARTIAL_JSON = "application/vnd.clinic.partial+json"
# Where the routes declare that schema; the document shows it as another content of status 200.
PARTIAL = 299
# What tells one kind of page from another is always there.
ALWAYS = frozenset({"id", "type"})

RichTextFormat = Literal["html", "markdown"]


@dataclass(frozen=True)
class Selection:
    """What to answer. ``fields`` None stands for all."""

    fields: frozenset[str] | None = None
    expand: frozenset[str] = frozenset()
    rich_text: RichTextFormat = "html"

    def has(self, name: str) -> bool:
        """Return whether the field of that name was asked for."""
        return self.fields is None or name in self.fields or name in self.expand or name in ALWAYS

    def of(self, written: dict[str, Any]) -> dict[str, Any]:
        """Return those fields of ``written`` that were asked for."""
        return written if self.fields is None else {name: value for name, value in written.items() if self.has(name)}


WHOLE = Selection()


def names_of(known: Iterable[str]) -> Any:
    """Return the type of a parameter that takes some of the names ``known``, with commas between."""
    allowed = sorted(known)

    def split(value: str) -> frozenset[str]:
        names = value.split(",")
        if unknown := [name for name in names if name not in allowed]:
            raise ValueError(f"There is no “{unknown[0][:60]}” here. Choose among {', '.join(allowed)}.")
        return frozenset(names)

    schema = {"type": "array", "minItems": 1, "items": {"type": "string", "enum": allowed}}
    return Annotated[str, AfterValidator(split), WithJsonSchema(schema)]


def selecting(name: str, base: type[Schema], fields: Iterable[str], expand: Iterable[str]) -> Any:
    """Return the parameters ``base`` with ``fields``, ``expand`` and ``rich_text``."""
    return create_model(
        name,
        __base__=base,
        fields=(
            names_of(fields) | None,
            Field(None, description=f"Only these fields, in a {PARTIAL_JSON} answer; id and type are always there."),
        ),
        expand=(
            names_of(expand) | None,
            Field(None, description="Other pages to answer with it; of whole pages in a list at most 20 come at once."),
        ),
        rich_text=(
            RichTextFormat | None,
            Field(None, description="How rich text is written: as clean HTML (the usual way) or as Markdown."),
        ),
    )


def selection_of(parameters: Any) -> Selection:
    """Return what was asked for in ``parameters`` of a model that ``selecting`` made."""
    return Selection(parameters.fields, parameters.expand or frozenset(), parameters.rich_text or "html")


def partial(schema: type[Out]) -> type[Out]:
    """Return ``schema`` with every field but ``id`` and ``type`` left to the reader's choice."""
    fields = {
        name: (field.annotation, ...) if name in ALWAYS else (field.annotation, Field(default_factory=lambda: None))
        for name, field in schema.model_fields.items()
    }
    return create_model(
        f"Partial{schema.__name__}", __base__=Out, __doc__=f"Some fields of {schema.__name__}.", **fields
    )
