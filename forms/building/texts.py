"""The texts of a form that patients read, each with its place in the editor."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from forms.building import reading

if TYPE_CHECKING:
    from forms.models import FormPage

# The parts of a question that hold words for patients.
PARTS = ("label", "help_text", "statement", "error_text")


@dataclass(frozen=True)
class Text:
    """One text: its words, and the block or the field of the page that it is written in."""

    words: str
    block: str = ""
    field: str = ""
    is_before_sending: bool = True

    @property
    def opening(self) -> str:
        """The first words, to know the text by."""
        line = " ".join(self.words.split())
        return line if len(line) <= 50 else line[:50].rsplit(" ", 1)[0] + "…"

    def grade(self, clinic: str) -> float | None:
        """Return how hard the text is to read (see ``reading.grade``); the clinic's name makes it no harder."""
        return reading.grade(self.words.replace(clinic, "we") if clinic else self.words)


def texts_of(page: "FormPage") -> Iterator[Text]:
    """Yield the texts of a form, in the order in which patients meet them."""
    yield Text(reading.plain_text(page.introduction), field="introduction")
    for step in page.steps:
        yield from _texts_of_step(step)
    yield Text(page.promise, field="promise")
    for name in ("confirmation_text", "closed_text"):
        yield Text(reading.plain_text(getattr(page, name)), field=name, is_before_sending=False)
    for confirmation in page.confirmations:
        yield Text(_rich(confirmation.value.get("text")), block=confirmation.id, is_before_sending=False)


def _texts_of_step(step: Any) -> Iterator[Text]:
    yield Text(_rich(step.value.get("introduction")), block=step.id)
    for field in step.value["fields"]:
        if field.block_type == "hidden":
            continue
        for name in PARTS:
            yield Text(field.value.get(name) or "", block=field.id)
        yield Text(_rich(field.value.get("text")), block=field.id)
        for choice in field.value.get("choices") or ():
            yield Text(choice.get("label") or "", block=field.id)


def _rich(value: Any) -> str:
    return reading.plain_text(value.source) if value else ""
