"""The copy that a person gets: a zip file with a page to read, the same as JSON, and the files they sent.

Made while it is sent, one request in memory at a time. The notes of the staff are in it, without their authors: what is
written about a person is theirs to know (GDPR, Article 15; 45 CFR 164.524).
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from forms import uploads
from forms.exports.zipstream import zipped
from forms.inbox.answers import shown_steps
from forms.models import Submission, SubmissionNote
from forms.privacy import UnreadableError

READABLE = "requests.html"
DATA = "requests.json"


def file_name() -> str:
    """Return what the copy is called: nothing of the person."""
    return f"copy-of-requests-{timezone.localdate():%Y-%m-%d}.zip"


def archive(pks: list[int]) -> Iterator[bytes]:
    """Yield the zip file with the requests of these ids, in their order."""
    return zipped(_members(pks))


def _members(pks: list[int]) -> Iterator[tuple[str, Iterable[bytes]]]:
    # The files first: the page then says of each whether it could be read.
    lost: dict[str, str] = {}
    for request in _requests(pks):
        yield from _files(request, lost)
    yield READABLE, _page(pks, lost)
    yield DATA, _data(pks, lost)


def _requests(pks: list[int]) -> Iterator[Submission]:
    for pk in pks:
        found = Submission.objects.select_related("definition").filter(pk=pk).first()
        if found is not None:
            yield found


def _answered_files(request: Submission) -> list[dict[str, Any]]:
    try:
        steps = shown_steps(request)
    except UnreadableError:
        return []
    return [file for step in steps for answer in step.answers for file in answer.files]


def place_of(request: Submission, file: dict[str, Any]) -> str:
    """Return where a file stands in the zip file: under a name that leads nowhere else, with the ending of its kind."""
    stem = re.sub(r"[^\w\- ]+", "_", PurePath(file["name"]).stem).strip() or "file"
    return f"files/{request.reference}/{file['id'][:8]}-{stem[:80]}.{uploads.ENDINGS.get(file['type'], 'bin')}"


def _files(request: Submission, lost: dict[str, str]) -> Iterator[tuple[str, Iterable[bytes]]]:
    stored = {str(upload.uuid): upload for upload in request.uploads.all()}
    for file in _answered_files(request):
        upload = stored.get(file["id"])
        try:
            content = uploads.read(upload) if upload else None
        except UnreadableError as error:
            lost[file["id"]] = str(error)
            continue
        if content is None:
            lost[file["id"]] = _("This file is not where it was stored.")
            continue
        yield place_of(request, file), [content]


def _account(request: Submission, lost: dict[str, str]) -> dict[str, Any]:
    """Return all that is kept of one request, ready to be written as JSON."""
    account: dict[str, Any] = {
        "reference": request.reference,
        "form": request.definition.title,
        "received": timezone.localtime(request.created_at).isoformat(timespec="seconds"),
        "status": request.get_status_display(),
        "sent_from": request.source,
        "kept_until": request.expires_on.isoformat() if request.expires_on else None,
        "answers": [],
        "notes": [_note(note) for note in request.notes.all()],
    }
    try:
        steps = shown_steps(request)
    except UnreadableError as error:
        return account | {"problem": str(error)}
    account["answers"] = [
        {
            "question": answer.question,
            "answer": answer.answer,
            "files": [_file(request, file, lost) for file in answer.files],
        }
        for step in steps
        for answer in step.answers
        if answer.was_asked
    ]
    return account


def _file(request: Submission, file: dict[str, Any], lost: dict[str, str]) -> dict[str, Any]:
    if problem := lost.get(file["id"]):
        return {"name": file["name"], "problem": problem}
    return {"name": file["name"], "file": place_of(request, file)}


def _note(note: SubmissionNote) -> dict[str, str]:
    at = timezone.localtime(note.at).isoformat(timespec="seconds")
    try:
        return {"at": at, "text": note.read_text()}
    except UnreadableError as error:
        return {"at": at, "problem": str(error)}


def _page(pks: list[int], lost: dict[str, str]) -> Iterator[bytes]:
    """Yield the page to read, request by request."""
    opening, closing = render_to_string("forms/persons/copy.html", {"number": len(pks)}).split("<!-- requests -->")
    yield opening.encode()
    for request in _requests(pks):
        context = {"account": _account(request, lost), "request_in_hand": request}
        yield render_to_string("forms/persons/copy_request.html", context).encode(errors="replace")
    yield closing.encode()


def _data(pks: list[int], lost: dict[str, str]) -> Iterator[bytes]:
    made = timezone.localtime().isoformat(timespec="seconds")
    yield f'{{"made": "{made}", "requests": ['.encode()
    for number, request in enumerate(_requests(pks)):
        text = json.dumps(_account(request, lost), ensure_ascii=False, indent=1)
        yield (",\n" if number else "\n").encode() + text.encode(errors="replace")
    yield b"\n]}\n"
