"""An export as CSV (RFC 4180: CRLF, quotes where needed) in UTF-8."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, tzinfo

from django.utils import timezone

from forms.exports.columns import ExportColumn, Kind
from forms.exports.rows import Row, Rows

BOM = "\ufeff"
# https://owasp.org/www-community/attacks/CSV_Injection: a spreadsheet runs a cell that opens so; in Japanese also with
# the wide forms of = + - @.
OPENINGS = r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"
FORMULA = re.compile(OPENINGS)
# The same for a whole row, its cells joined by a sign that no text has: one search in place of one per cell.
FORMULA_IN_ROW = re.compile(f"\0{OPENINGS}")


def safe(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula: with an apostrophe before a risky opening.

    Text that already opens with apostrophes and then such a sign gets one more, so that taking one away always gives
    back what was typed.
    """
    return f"'{text}" if FORMULA.match(text) else text


class _Line:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


line_of: Callable[[Iterable[str]], str] = csv.writer(_Line()).writerow


def csv_file(rows: Rows, *, bom: bool = True) -> Iterator[bytes]:
    """Yield the heading and then the rows as CSV, in chunks.

    The byte order mark tells a spreadsheet that it is UTF-8.
    """
    yield csv_lines([[safe(heading) for heading in rows.plan.headings]], opening=BOM if bom else "")
    line = _line_writer(rows.plan.columns)
    for chunk in rows.chunks():
        yield _encoded("".join(map(line, chunk)))


def csv_lines(rows: Iterable[Iterable[str]], opening: str = "") -> bytes:
    """Return ``rows`` as lines of CSV."""
    return _encoded(opening + "".join(map(line_of, rows)))


def _encoded(text: str) -> bytes:
    # Half a character, which old requests may hold, has no place in UTF-8.
    return text.encode(errors="replace")


def _line_writer(columns: list[ExportColumn]) -> Callable[[Row], str]:
    """Return the function that writes a row as a line, its words made safe. A number stays one, minus sign and all."""
    zone = timezone.get_current_timezone()
    moments = [index for index, column in enumerate(columns) if column.kind is Kind.MOMENT]
    words = [index for index, column in enumerate(columns) if column.kind is Kind.TEXT]
    is_risky = FORMULA_IN_ROW.search

    def line(row: Row) -> str:
        for index in moments:
            row[index] = moment_text(row[index], zone)
        joined = "\0" + "\0".join(row)
        if is_risky(joined):
            for index in words:
                row[index] = safe(row[index])
            return line_of(row)
        # Most rows need no quotes: joining is quicker by half than having csv look at every sign.
        if '"' in joined or "," in joined or "\n" in joined or "\r" in joined or joined.count("\0") != len(row):
            return line_of(row)
        return joined[1:].replace("\0", ",") + "\r\n"

    return line


def moment_text(moment: datetime | None, zone: tzinfo) -> str:
    """Return a moment as ISO 8601 with the clinic's offset; nothing for None."""
    return moment.astimezone(zone).isoformat(timespec="seconds") if moment else ""
