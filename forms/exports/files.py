"""An export as the file that somebody asked for: its name, its type, and its bytes as they come."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.exports import codebook, fhir, xlsx
from forms.exports.csvfile import BOM, csv_file, csv_lines, safe
from forms.exports.rows import Reader, Rows
from forms.exports.zipstream import zipped
from forms.models import ExportFormat, Submission


class Counts(Protocol):
    """What counts the requests of a file while it is written."""

    total: int
    done: int
    unreadable: int
    erased: int


@dataclass(frozen=True)
class Choice:
    """What somebody wants of an export: the format, the columns by their keys (none for the usual ones), and extras."""

    format: str = ExportFormat.CSV
    columns: tuple[str, ...] = ()
    bom: bool = True
    codebook: bool = False


@dataclass(frozen=True)
class ExportFile:
    """A file that is written while ``chunks`` is read; ``counts`` counts along."""

    name: str
    content_type: str
    counts: Counts
    chunks: Iterator[bytes]


def make_file(submissions: QuerySet[Submission], choice: Choice) -> ExportFile:
    """Return the file of ``submissions`` as they are at this moment."""
    if choice.format == ExportFormat.FHIR:
        reader = Reader(submissions)
        return ExportFile(_name("ndjson"), "application/fhir+ndjson", reader, fhir.ndjson(reader))
    rows = Rows(submissions, choice.columns)
    if choice.format == ExportFormat.XLSX:
        content_type = f"{xlsx.TYPE}.sheet"
        return ExportFile(_name("xlsx"), content_type, rows, _workbook(rows))
    if choice.codebook:
        return ExportFile(_name("zip"), "application/zip", rows, _csv_files(rows, choice))
    return ExportFile(_name("csv"), "text/csv; charset=utf-8", rows, csv_file(rows, bom=choice.bom))


def _name(ending: str) -> str:
    return f"requests-{timezone.localdate():%Y-%m-%d}.{ending}"


def _csv_files(rows: Rows, choice: Choice) -> Iterator[bytes]:
    opening = BOM if choice.bom else ""

    def table(lines: Iterator[list[str]]) -> Iterator[bytes]:
        yield csv_lines(([safe(cell) for cell in line] for line in lines), opening)

    def wordings() -> Iterator[list[str]]:
        yield codebook.headings()
        yield from codebook.lines(rows)

    # What is about the file comes last: only then is it known.
    yield from zipped(
        (
            ("requests.csv", csv_file(rows, bom=choice.bom)),
            ("codebook.csv", table(wordings())),
            ("about.csv", table(codebook.about(rows))),
        )
    )


def _workbook(rows: Rows) -> Iterator[bytes]:
    sheets = xlsx.Sheets()

    def tables() -> Iterator[tuple[str, Iterator[bytes]]]:
        requests = xlsx.RowSheets(rows)
        while not requests.is_over:
            number = len(sheets.names) + 1
            name = _("Requests") if number == 1 else _("Requests %(number)s") % {"number": number}
            yield sheets.part(name), requests.sheet()
        wordings = xlsx.table(codebook.headings(), codebook.lines(rows), (30, 25, 40, 30, 50, 25, 25, 12, 40))
        yield sheets.part(_("Codebook")), wordings
        yield sheets.part(_("About this file")), xlsx.table([_("About this file"), ""], codebook.about(rows), (40, 30))

    return xlsx.workbook(tables(), sheets)
