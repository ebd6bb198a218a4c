"""An export as an Excel workbook (Office Open XML, ECMA-376), written row by row in constant memory.

A library would keep a sheet in memory or in a file on disk, unencrypted. What a sheet of text, numbers and dates needs
is little: cells with their text inside them, and one style for headings and one for moments.

A cell of text is text: Excel takes a leading ``=`` for a formula only when somebody types it or when it reads CSV. So
nothing is put before it here.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, tzinfo
from xml.sax.saxutils import escape

from django.utils import timezone

from forms.exports.columns import ExportColumn, Kind
from forms.exports.rows import Row, Rows
from forms.exports.zipstream import zipped

MAX_ROWS = 1_048_576  # https://support.microsoft.com/office/excel-specifications-and-limits
MAX_CELL = 32_767
MAX_BYTES = 1_900_000_000  # See zipstream: a part must stay below 2 GiB.
EPOCH = datetime(1899, 12, 30)

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# A part is a sheet unless said otherwise, so that this can be written before the number of sheets is known.
CONTENT_TYPES = (
    f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="{TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/></Types>'
)
RELATIONSHIPS = (
    f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
# Styles: 0 plain, 1 a heading, 2 a moment, 3 a text that wraps.
STYLES = (
    f'{DECLARATION}<styleSheet xmlns="{MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment wrapText="1"/></xf>'
    "</cellXfs></styleSheet>"
)

# What XML 1.0 cannot hold at all.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel reads "_x0041_" as "A"; the underscore written in that way is an underscore.
CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
UNUSUAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
NUMBER = re.compile(r"-?\d{1,15}(\.\d+)?([eE][-+]?\d+)?")


def text_of(text: str) -> str:
    """Return ``text`` as the content of a cell.

    Escaped, within Excel's limit, with its one kind of line end, and with U+FFFD for what XML cannot hold.
    """
    text = text[:MAX_CELL].replace("\r\n", "\n").replace("\r", "\n")
    return CODED.sub("_x005F_", escape(ILLEGAL.sub("\ufffd", text)))


class Sheets:
    """The sheets of a workbook, and their names in order."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def part(self, name: str) -> str:
        """Take a sheet of this ``name`` into the workbook and return where it is written."""
        self.names.append(name)
        return f"xl/worksheets/sheet{len(self.names)}.xml"

    def workbook(self) -> str:
        """Return the part that lists the sheets."""
        sheets = "".join(
            f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>'
            for number, name in enumerate(self.names, start=1)
        )
        return f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'

    def relationships(self) -> str:
        """Return the part that says where the sheets are."""
        found = "".join(
            f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
            for number in range(1, len(self.names) + 1)
        )
        styles = f'<Relationship Id="rId{len(self.names) + 1}" Type="{OFFICE}/styles" Target="styles.xml"/>'
        return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{found}{styles}</Relationships>'


def workbook(tables: Iterable[tuple[str, Iterable[bytes]]], sheets: Sheets) -> Iterator[bytes]:
    """Yield a workbook of ``tables``: the parts that ``sheets`` named, and what is in them."""

    def members() -> Iterator[tuple[str, Iterable[bytes]]]:
        yield "[Content_Types].xml", [CONTENT_TYPES.encode()]
        yield "_rels/.rels", [RELATIONSHIPS.encode()]
        yield "xl/styles.xml", [STYLES.encode()]
        yield from tables
        yield "xl/workbook.xml", [sheets.workbook().encode()]
        yield "xl/_rels/workbook.xml.rels", [sheets.relationships().encode()]

    return zipped(members())


def _opening(widths: Iterable[int]) -> str:
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(widths, start=1)
    )
    # The heading stays in view.
    return (
        f'{DECLARATION}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>"
    )


ENDING = b"</sheetData></worksheet>"


def styled_row(cells: Iterable[str], style: int) -> str:
    """Return a row of text cells in one style."""
    opening = f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">'
    return f"<row>{''.join(f'{opening}{text_of(cell)}</t></is></c>' for cell in cells)}</row>"


def table(headings: list[str], rows: Iterable[list[str]], widths: Iterable[int]) -> Iterator[bytes]:
    """Yield a small sheet of text under ``headings``."""
    yield (_opening(widths) + styled_row(headings, 1)).encode()
    for row in rows:
        yield styled_row(row, 3).encode()
    yield ENDING


class RowSheets:
    """The rows of an export as sheets: one, and more where Excel's limits ask for them."""

    def __init__(self, rows: Rows) -> None:
        self.columns = rows.plan.columns
        self.chunks = map(list, rows.chunks())
        self.rest: list[Row] = []
        self.is_over = False
        self.opening = (_opening(map(_width, self.columns)) + styled_row(rows.plan.headings, 1)).encode()
        self.written = _row_writer(self.columns)

    def sheet(self) -> Iterator[bytes]:
        """Yield the next sheet."""
        yield self.opening
        count, size = 1, len(self.opening)
        while count < MAX_ROWS and size < MAX_BYTES:
            batch = self.rest or next(self.chunks, [])
            taken, self.rest = batch[: MAX_ROWS - count], batch[MAX_ROWS - count :]
            if not batch:
                break
            data = "".join(map(self.written, taken)).encode()
            count, size = count + len(taken), size + len(data)
            yield data
        self.rest = self.rest or next(self.chunks, [])
        self.is_over = not self.rest
        yield ENDING


def _width(column: ExportColumn) -> int:
    return 20 if column.kind is Kind.MOMENT else min(max(len(column.heading) + 2, 12), 40)


def _row_writer(columns: list[ExportColumn]) -> Callable[[Row], str]:
    """Return the function that writes a row: moments as Excel's days, numbers as numbers, the rest as text."""
    zone = timezone.get_current_timezone()
    moments = [index for index, column in enumerate(columns) if column.kind is Kind.MOMENT]
    numbers = [index for index, column in enumerate(columns) if column.kind is Kind.NUMBER]
    is_unusual = UNUSUAL.search

    def written(row: Row) -> str:
        days = [(index, _day(row[index], zone)) for index in moments]
        for index in moments:
            row[index] = ""
        try:
            joined = "\n".join(row)
        except TypeError:  # Something is not text, such as an assignee there is none of.
            row = ["" if cell is None else str(cell) for cell in row]
            joined = "\n".join(row)
        if len(joined) > MAX_CELL or is_unusual(joined):
            row = [text_of(cell) for cell in row]
        cells = [
            f'<c t="inlineStr"><is><t xml:space="preserve">{cell}</t></is></c>' if cell else "<c/>" for cell in row
        ]
        for index in numbers:
            if NUMBER.fullmatch(row[index]):
                cells[index] = f"<c><v>{row[index]}</v></c>"
        for index, day in days:
            cells[index] = day
        return f"<row>{''.join(cells)}</row>"

    return written


def _day(moment: datetime | None, zone: tzinfo) -> str:
    """Return the clinic's time as Excel counts: in days since the end of 1899, without a zone."""
    if moment is None:
        return "<c/>"
    since = moment.astimezone(zone).replace(tzinfo=None) - EPOCH
    return f'<c s="2"><v>{since.days + (since.seconds) / 86400:.9f}</v></c>'
