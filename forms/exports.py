"""The ONE way out in bulk: rows of text, one column per question that was ever asked, in an order that never shifts."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.fields import field_type
from forms.models import FormDefinition, Status, Submission
from forms.privacy import AnswersUnreadableError, decrypt

CHUNK = 2000
BOM = "\ufeff"
# https://owasp.org/www-community/attacks/CSV_Injection: a spreadsheet runs a cell that opens so; in Japanese also with
# the wide forms of = + - @.
FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


@dataclass
class Columns:
    """The columns of an export, and for each definition where its answers go and how they are written."""

    headers: list[str]
    plans: dict[int, list[tuple[str, int, Callable[[Any], str]]]] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)


def fixed_headers() -> list[str]:
    """Return the headers of the columns that every export opens with."""
    return [_("Reference"), _("Received"), _("Form"), _("Status"), _("Sent from"), _("Note")]


def columns(form_ids: Iterable[UUID]) -> Columns:
    """Return the columns for the forms: fixed ones, then every question in the order in which it was first asked.

    A column belongs to a field id. Its header is the newest wording; where two fields carry the same words, the later
    one is numbered, so that a field put back under an old label never takes over the old one's column.
    """
    definitions = list(FormDefinition.objects.filter(form_id__in=form_ids).order_by("form_id", "version"))
    fixed = fixed_headers()
    wording: dict[tuple[UUID, str], str] = {}
    for definition in definitions:
        for question in definition.questions:
            wording[definition.form_id, question["id"]] = question["label"]
    result = Columns(headers=fixed + _distinct(wording.values(), taken=fixed))
    position = {key: index for index, key in enumerate(wording, start=len(fixed))}
    for definition in definitions:
        result.titles[definition.pk] = definition.title
        result.plans[definition.pk] = [
            (question["id"], position[definition.form_id, question["id"]], _safe_writer(question))
            for question in definition.questions
        ]
    return result


def _distinct(labels: Iterable[str], taken: list[str]) -> list[str]:
    seen = set(taken)
    result = []
    for label in labels:
        name, number = label, 1
        while name in seen:
            number += 1
            name = f"{label} ({number})"
        seen.add(name)
        result.append(safe(name))
    return result


def safe(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula: with an apostrophe before a risky opening.

    Text that already opens with apostrophes and then such a sign gets one more, so that taking one away always gives
    back what was typed.
    """
    return f"'{text}" if FORMULA.match(text) else text


def _safe_writer(question: dict[str, Any]) -> Callable[[Any], str]:
    write = field_type(question).writer(question)
    if question["type"] == "number":  # A number is a number to a spreadsheet, minus sign and all.
        return write
    match = FORMULA.match

    def write_safely(answer: Any) -> str:
        text = write(answer)
        return f"'{text}" if match(text) else text

    return write_safely


def snapshot(submissions: QuerySet[Submission]) -> tuple[QuerySet[Submission], int]:
    """Return the submissions there are at this moment, and their number: the rows that an export of them will have."""
    found = submissions.order_by().aggregate(newest=Max("pk"), count=Count("pk"))
    return submissions.filter(pk__lte=found["newest"] or 0), found["count"]


def rows(submissions: QuerySet[Submission]) -> Iterator[list[str]]:
    """Yield the header and then one row per submission, the oldest first, in constant memory.

    A submission that cannot be decrypted has its row too, with a note in place of its answers, so that the number of
    rows is always the number of submissions. What comes in meanwhile is included: pass a ``snapshot`` to fix it.
    """
    plan = columns(submissions.order_by().values_list("form_id", flat=True).distinct())
    yield plan.headers
    for chunk in _chunks(submissions):
        yield from _chunk_rows(chunk, plan)


def _chunks(submissions: QuerySet[Submission]) -> Iterator[list[tuple[Any, ...]]]:
    # By key and not by a server-side cursor: that would hold a transaction, or copy the whole result, for as long as a
    # slow reader takes.
    query = submissions.order_by("pk").values_list(
        "pk", "uuid", "reference", "created_at", "definition_id", "status", "source", "key_id", "answers_encrypted"
    )
    last = 0
    while chunk := list(query.filter(pk__gt=last)[:CHUNK]):
        yield chunk
        last = chunk[-1][0]


def _chunk_rows(chunk: list[tuple[Any, ...]], plan: Columns) -> Iterator[list[str]]:
    width = len(plan.headers)
    statuses = {status.value: str(status.label) for status in Status}
    zone = timezone.get_current_timezone()
    for _pk, uuid, reference, created_at, definition_id, status, source, key_id, encrypted in chunk:
        row = [""] * width
        row[0] = reference
        row[1] = created_at.astimezone(zone).isoformat(timespec="seconds")
        row[2] = safe(plan.titles[definition_id])
        row[3] = statuses[status]
        row[4] = safe(source)
        try:
            answers = decrypt(key_id, bytes(encrypted), uuid)
        except AnswersUnreadableError as error:
            row[5] = str(error)
        else:
            for field_id, index, write in plan.plans[definition_id]:
                if field_id in answers:
                    row[index] = write(answers[field_id])
        yield row


class _Line:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(submissions: QuerySet[Submission], *, bom: bool = True) -> Iterator[bytes]:
    """Yield the export as CSV (RFC 4180: CRLF, quotes where needed) in UTF-8, in chunks of some rows.

    The byte order mark tells a spreadsheet that it is UTF-8.
    """
    writer = csv.writer(_Line())
    lines: list[str] = [BOM] if bom else []
    for number, row in enumerate(rows(submissions)):
        lines.append(writer.writerow(row))
        if number == 0 or len(lines) >= 500:
            yield "".join(lines).encode()
            lines.clear()
    if lines:
        yield "".join(lines).encode()
