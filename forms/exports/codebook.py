"""What a file of rows cannot say by itself: how each question was worded when, and how many rows could not be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from forms.exports.columns import Catalogue, ExportColumn, columns_of, key_of
from forms.exports.csvfile import moment_text
from forms.exports.rows import Rows
from forms.fields import Frozen


@dataclass
class Wording:
    """One wording of a question, in one or more versions of a form that followed each other."""

    column: ExportColumn
    form: str
    words: tuple[str, str, str]
    versions: list[int]
    since: datetime
    until: datetime | None = None


def headings() -> list[str]:
    """Return the first row of a codebook."""
    return [
        _("Column"), _("Form"), _("Question"), _("Hint"), _("Choices, or the words agreed to"), _("Asked from"),
        _("Asked until"), _("Versions of the form"), _("Key of the column"),
    ]  # fmt: skip


def lines(rows: Rows) -> Iterator[list[str]]:
    """Yield a row for each wording of each question that has a column in the export, in the order of the columns."""
    zone = timezone.get_current_timezone()
    found = wordings(rows.catalogue)
    for column in rows.plan.columns:
        for each in found.get(column.key, []):
            question, hint, choices = each.words
            versions = get_text_list([str(version) for version in each.versions], _("and"))
            times = [moment_text(each.since, zone), moment_text(each.until, zone)]
            yield [column.heading, each.form, question, hint, choices, *times, versions, column.key]


def wordings(catalogue: Catalogue) -> dict[str, list[Wording]]:
    """Return the wordings of each column by its key, the oldest first.

    A wording lasts until a version of the form has another or leaves the question out.
    """
    columns = {column.key: column for column in catalogue.columns}
    found: dict[str, list[Wording]] = {}
    for definition in catalogue.definitions:
        asked = set()
        for question in definition.questions:
            for part in columns_of(question):
                key = key_of(definition.form_id, question["id"], part.part)
                asked.add(key)
                known = found.setdefault(key, [])
                words = _words(question)
                if known and known[-1].until is None and known[-1].words == words:
                    known[-1].versions.append(definition.version)
                    continue
                if known and known[-1].until is None:
                    known[-1].until = definition.created_at
                known.append(
                    Wording(columns[key], definition.title, words, [definition.version], definition.created_at)
                )
        for key, known in found.items():
            if key.startswith(str(definition.form_id)) and key not in asked and known[-1].until is None:
                known[-1].until = definition.created_at
    return found


def _words(question: Frozen) -> tuple[str, str, str]:
    choices = "; ".join(
        f"{choice['value']} = {choice['label']}" if choice.get("value") else choice["label"]
        for choice in question.get("choices") or []
    )
    return question["label"], question.get("help_text") or "", choices or question.get("statement") or ""


def about(rows: Rows) -> Iterator[list[str]]:
    """Yield what is to be known of the file as a whole. The numbers are right once its rows were read."""
    yield [_("Made on"), moment_text(timezone.now(), timezone.get_current_timezone())]
    yield [_("Requests in this file"), str(rows.done)]
    yield [_("Requests that could not be read"), str(rows.unreadable)]
    yield [_("Requests whose answers were erased"), str(rows.erased)]
