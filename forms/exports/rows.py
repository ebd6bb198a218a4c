"""Submissions as rows, read in constant memory while others go on writing."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import starmap
from typing import Any

from django.db.models import Count, Max, QuerySet, Subquery
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from forms.exports import reading
from forms.exports.columns import FIXED_BY_KEY, Catalogue, FixedColumn, Kind, Layout, as_text
from forms.models import Submission
from forms.privacy import AnswersUnreadableError, decrypt_for

BASE = ("definition_id", "key_id", "answers_encrypted", "erased_at")
Row = list[Any]


def snapshot(submissions: QuerySet[Submission]) -> tuple[QuerySet[Submission], int]:
    """Return the submissions there are at this moment, and their number: the rows that an export of them will have."""
    # One statement, so that both are of one moment; the key apart from the count, which an index alone can then answer.
    newest = submissions.order_by("-pk").values("pk")[:1]
    found = submissions.order_by().aggregate(newest=Max(Subquery(newest)), count=Count("*"))
    return submissions.filter(pk__lte=found["newest"] or 0), found["count"]


class Reader:
    """Submissions as they were when it was made, to be read once.

    While they are read, ``done``, ``unreadable`` and ``erased`` count them.
    """

    def __init__(self, submissions: QuerySet[Submission]) -> None:
        self.submissions, self.total = snapshot(submissions)
        self.catalogue = Catalogue.of(self.submissions)
        self.done = self.unreadable = self.erased = 0

    def answers(
        self, uuid: bytes, key_id: str, encrypted: bytes, erased_at: datetime | None
    ) -> tuple[dict[str, Any], str]:
        """Return the answers by field id, or a note that says why there are none."""
        if erased_at:
            self.erased += 1
            return {}, erased_note(erased_at)
        try:
            return decrypt_for(key_id, encrypted, uuid), ""
        except AnswersUnreadableError as error:
            self.unreadable += 1
            return {}, str(error)


class Rows(Reader):
    """The rows of an export: a list per submission, a cell per column, the oldest first.

    What comes in after it was made is left out. A submission that cannot be read has its row too, with a note in place
    of its answers, so that the number of rows is always the number of submissions. A cell is text, or in a column of
    moments a datetime or None.
    """

    def __init__(self, submissions: QuerySet[Submission], keys: Sequence[str] = ()) -> None:
        super().__init__(submissions)
        self.plan = self.catalogue.plan(keys)
        place = {column.key: index for index, column in enumerate(self.plan.columns)}
        self._note = place["note"]
        stored = [FIXED_BY_KEY[key] for key in place if key in FIXED_BY_KEY and FIXED_BY_KEY[key].source]
        self._sources = [column.source for column in stored]
        self._fixed = [(place[column.key], _words(column)) for column in stored]

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows one by one."""
        for chunk in self.chunks():
            yield from chunk

    def chunks(self) -> Iterator[Iterator[Row]]:
        """Yield the rows in portions of up to ``reading.CHUNK``, each to be read to its end before the next.

        A row that is gone before the next is made costs the collector of garbage nothing: a list of them took a fifth
        of the time.
        """
        for records in reading.chunks(self.submissions, (*BASE, *self._sources)):
            yield starmap(self._row, records)
            self.done += len(records)

    def _row(
        self, _pk: int, uuid: bytes, definition_id: int, key_id: str, encrypted: bytes, erased_at: Any, *fixed: Any
    ) -> Row:
        layout = self.plan.layouts[definition_id]
        answers, note = self.answers(uuid, key_id, encrypted, erased_at)
        row = list(map(answers.get, layout.ids, layout.defaults))
        for (index, words), value in zip(self._fixed, fixed):  # noqa: B905  Once per row: both come of one list.
            row[index] = words.get(value, value) if words else value
        if note:
            row[self._note] = note
        elif layout.written:
            _write(row, layout, answers)
        return row


def _write(row: Row, layout: Layout, answers: dict[str, Any]) -> None:
    try:
        for index, write in layout.written:
            if (answer := row[index]) != "":
                row[index] = write(answer)
    except (TypeError, ValueError, KeyError, AttributeError, IndexError):
        # An answer in a shape that its type no longer writes must cost neither the file nor its own words.
        for index, write in layout.written:
            answer = answers.get(layout.ids[index] or "", "")
            row[index] = _written(write, answer) if answer != "" else ""


def _written(write: Callable[[Any], str], answer: Any) -> str:
    try:
        return write(answer)
    except (TypeError, ValueError, KeyError, AttributeError, IndexError):
        return as_text(answer)


def _words(column: FixedColumn) -> dict[Any, str]:
    """Return what to write for some values; where it is empty, all are written as they are."""
    words = {choice.value: str(choice.label) for choice in column.labels or ()}
    return words if column.kind is Kind.MOMENT else {**words, None: ""}


def erased_note(erased_at: datetime) -> str:
    """Return what stands in place of answers that were erased."""
    return _("The answers were erased on %(date)s.") % {"date": date_format(localtime(erased_at), "DATE_FORMAT")}
