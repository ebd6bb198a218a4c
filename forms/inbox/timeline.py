"""What happened to a request and what was noted on it, as one line of time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forms.models import EventKind, Submission, SubmissionEvent, SubmissionNote
from forms.privacy import UnreadableError

# Somebody who opens a request again within this time has looked at it once, to a reader of its timeline.
ONE_LOOK = timedelta(hours=12)


@dataclass(frozen=True)
class Happening:
    """A line of the timeline: an event, or a note."""

    at: datetime
    what: str
    who: str
    note: str = ""
    problem: str = ""


def timeline(submission: Submission) -> list[Happening]:
    """Return what happened to a request and what was noted on it, the newest first.

    Views of one person that follow each other are one line; the audit trail has each of them.
    """
    notes = [_note(note) for note in submission.notes.all()]
    return sorted([*_events(submission), *notes], key=lambda happening: happening.at, reverse=True)


def _events(submission: Submission) -> list[Happening]:
    lines: list[tuple[list[SubmissionEvent], Happening]] = []
    for event in submission.events.exclude(kind=EventKind.NOTE_ADDED).order_by("at", "sequence"):
        before = lines[-1][0] if lines else []
        together = [*before, event] if before and _is_same_look(before[-1], event) else [event]
        if len(together) > 1:
            lines.pop()
        lines.append((together, Happening(event.at, _words(together), event.actor)))
    return [happening for _together, happening in lines]


def _is_same_look(one: SubmissionEvent, other: SubmissionEvent) -> bool:
    is_view = one.kind == other.kind == EventKind.VIEWED
    return is_view and one.actor == other.actor and other.at - one.at < ONE_LOOK


def _words(events: list[SubmissionEvent]) -> str:
    words = events[-1].description
    if len(events) == 1:
        return words
    return ngettext("%(what)s %(count)d time", "%(what)s %(count)d times", len(events)) % {
        "what": words,
        "count": len(events),
    }


def _note(note: SubmissionNote) -> Happening:
    try:
        return Happening(note.at, _("Note"), note.author_name, note=note.read_text())
    except UnreadableError as error:
        return Happening(note.at, _("Note"), note.author_name, problem=str(error))
