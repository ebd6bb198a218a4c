"""The columns an export can have: a few that every request has, and one or more for each question ever asked.

A column belongs to a form, a field's id and a part of its answer, and its key is made of these. So it never moves and
never takes over another's answers, whatever happens to the form: definitions only ever add columns at the end.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms.fields import Frozen, field_type
from forms.fields.base import Column
from forms.models import Channel, FormDefinition, QuarantineReason, Status, Submission


class Kind(Enum):
    """What a cell holds: words, a number, or a moment in time."""

    TEXT = "text"
    NUMBER = "number"
    MOMENT = "moment"


@dataclass(frozen=True)
class FixedColumn:
    """A column that is of the request and not of a question: the model's field it shows, and its words for values."""

    key: str
    heading: Promise
    source: str = ""
    kind: Kind = Kind.TEXT
    labels: type[Any] | None = None
    is_default: bool = True


FIXED = (
    FixedColumn("reference", gettext_lazy("Reference"), "reference"),
    FixedColumn("received", gettext_lazy("Received"), "created_at", Kind.MOMENT),
    FixedColumn("form", gettext_lazy("Form")),
    FixedColumn("status", gettext_lazy("Status"), "status", labels=Status),
    FixedColumn("source", gettext_lazy("Sent from"), "source"),
    FixedColumn("note", gettext_lazy("Note")),
    FixedColumn("assignee", gettext_lazy("Assigned to"), "assignee__username", is_default=False),
    FixedColumn("respond_by", gettext_lazy("Respond by"), "respond_by", Kind.MOMENT, is_default=False),
    FixedColumn("first_contact", gettext_lazy("First contact"), "first_contact_at", Kind.MOMENT, is_default=False),
    FixedColumn("quarantine", gettext_lazy("Reason for quarantine"), "quarantine_reason", labels=QuarantineReason,
                is_default=False),
    FixedColumn("channel", gettext_lazy("Came in by"), "channel", labels=Channel, is_default=False),
    FixedColumn("locale", gettext_lazy("Language"), "locale", is_default=False),
    FixedColumn("version", gettext_lazy("Version of the form"), kind=Kind.NUMBER, is_default=False),
)  # fmt: skip
FIXED_BY_KEY = {column.key: column for column in FIXED}
# Says why a row has no answers; an export without it could be taken for complete.
ALWAYS = "note"


@dataclass(frozen=True)
class ExportColumn:
    """One column on offer: its stable key, its heading, and the title of its form ("" for a fixed one)."""

    key: str
    heading: str
    form: str = ""
    kind: Kind = Kind.TEXT
    is_default: bool = True


@dataclass
class Layout:
    """Where the answers to one definition go in a row.

    ``ids`` names for each column the field whose answer it takes, None for a column that takes none, and ``defaults``
    what stands there without an answer. ``written`` are the columns whose answers are not yet text.
    """

    ids: list[str | None]
    defaults: list[str]
    written: list[tuple[int, Callable[[Any], str]]]


@dataclass
class Plan:
    """The columns of one export in their order, and the layout for each definition by its primary key."""

    columns: list[ExportColumn]
    layouts: dict[int, Layout] = field(default_factory=dict)

    @property
    def headings(self) -> list[str]:
        """The first row of the file."""
        return [column.heading for column in self.columns]


def key_of(form_id: UUID, field_id: str, part: str = "") -> str:
    """Return the stable key of a question's column."""
    return ":".join(filter(None, (str(form_id), field_id, part)))


def columns_of(question: Frozen) -> list[Column]:
    """Return the columns a question fills; one with the bare answer for a type that this version does not know."""
    try:
        return field_type(question).columns(question)
    except KeyError:
        return [Column("", "", as_text)]


def as_text(answer: Any) -> str:
    """Return any answer as text, for want of a better way to write it."""
    return answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)


def forms_of(submissions: QuerySet[Submission]) -> list[UUID]:
    """Return the forms that ``submissions`` answer, the one published first in front."""
    # Looked up per definition through an index: telling the forms of a million rows apart would read them all.
    answered = submissions.order_by().filter(form_id=OuterRef("form_id"), definition=OuterRef("pk"))
    found = FormDefinition.objects.filter(Exists(answered)).values_list("form_id", flat=True).distinct()
    oldest = FormDefinition.objects.filter(form_id__in=list(found), version=1).order_by("pk")
    known = list(oldest.values_list("form_id", flat=True))
    return known + sorted(set(found) - set(known))


class Catalogue:
    """Every column that the export of some forms can have, in an order that never shifts."""

    def __init__(self, form_ids: Sequence[UUID]) -> None:
        order = {form_id: index for index, form_id in enumerate(form_ids)}
        found = FormDefinition.objects.filter(form_id__in=form_ids)
        self.definitions = sorted(found, key=lambda each: (order[each.form_id], each.version))
        self.columns = self._fixed() + self._asked()

    @classmethod
    def of(cls, submissions: QuerySet[Submission]) -> "Catalogue":
        """Return the columns for the forms that ``submissions`` answer."""
        return cls(forms_of(submissions))

    def _fixed(self) -> list[ExportColumn]:
        return [ExportColumn(each.key, str(each.heading), "", each.kind, each.is_default) for each in FIXED]

    def _asked(self) -> list[ExportColumn]:
        titles = {definition.form_id: definition.title for definition in self.definitions}
        newest: dict[str, tuple[str, str, Kind]] = {}
        for definition in self.definitions:
            for question in definition.questions:
                for column in columns_of(question):
                    key = key_of(definition.form_id, question["id"], column.part)
                    heading = f"{question['label']} – {column.heading}" if column.heading else question["label"]
                    # Words of an older version must be made safe, even where the newest asks for a number.
                    were_numbers = key not in newest or newest[key][2] is Kind.NUMBER
                    kind = Kind.NUMBER if column.is_number and were_numbers else Kind.TEXT
                    newest[key] = (heading, titles[definition.form_id], kind)
        taken = [str(each.heading) for each in FIXED]
        headings = distinct((heading for heading, _title, _kind in newest.values()), taken)
        return [
            ExportColumn(key, heading, title, kind)
            for heading, (key, (_words, title, kind)) in zip(headings, newest.items(), strict=True)
        ]

    def chosen(self, keys: Sequence[str]) -> list[ExportColumn]:
        """Return the columns with these ``keys`` in their order, all usual ones for none; the note is always there.

        Keys that these forms do not have are passed over: a saved choice may be used for other forms.
        """
        by_key = {column.key: column for column in self.columns}
        if not keys:
            return [column for column in self.columns if column.is_default]
        found = [by_key[key] for key in dict.fromkeys(keys) if key in by_key]
        return found if any(column.key == ALWAYS for column in found) else [*found, by_key[ALWAYS]]

    def plan(self, keys: Sequence[str] = ()) -> Plan:
        """Return the plan of an export with the columns of these ``keys``."""
        plan = Plan(self.chosen(keys))
        place = {column.key: index for index, column in enumerate(plan.columns)}
        for definition in self.definitions:
            plan.layouts[definition.pk] = self._layout(definition, place)
        return plan

    def _layout(self, definition: FormDefinition, place: dict[str, int]) -> Layout:
        layout = Layout([None] * len(place), [""] * len(place), [])
        for key, text in (("form", definition.title), ("version", str(definition.version))):
            if key in place:
                layout.defaults[place[key]] = text
        for question in definition.questions:
            for column in columns_of(question):
                index = place.get(key_of(definition.form_id, question["id"], column.part))
                if index is not None:
                    layout.ids[index] = question["id"]
                    if column.write is not str or column.is_number:
                        layout.written.append((index, column.write))
        return layout


def distinct(headings: Iterable[str], taken: Iterable[str]) -> Iterator[str]:
    """Yield each heading, numbered where it is ``taken`` or came before.

    So a field put back under an old label is told from the old one.
    """
    seen = set(taken)
    for heading in headings:
        name, number = heading, 1
        while name in seen:
            number += 1
            name = _("%(heading)s (%(number)s)") % {"heading": heading, "number": number}
        seen.add(name)
        yield name
