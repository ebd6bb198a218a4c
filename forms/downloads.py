"""A patient's file, handed to a member of staff who may read requests. Never shown in the browser, only saved."""

from http import HTTPStatus
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from wagtail.admin import messages

from clinicsite.client_address import client_address
from forms import uploads
from forms.models import EventKind, Submission, SubmissionEvent
from forms.privacy import AnswersUnreadableError, UnreadableError

# Whatever is in the file: nothing of it runs or loads, should a browser show it after all.
NOTHING_RUNS = "default-src 'none'; sandbox"


@require_GET
def download_file(request: HttpRequest, pk: int, file_id: UUID) -> HttpResponse:
    """Return the file, recorded in the trail; status 403 for who may not read requests. Raises Http404."""
    if not request.user.has_perm("forms.view_submission"):
        return render(request, "forms/admin/forbidden.html", status=HTTPStatus.FORBIDDEN)
    submission = get_object_or_404(Submission.objects.select_related("definition"), pk=pk)
    upload = get_object_or_404(submission.uploads, uuid=file_id)
    try:
        content = uploads.read(upload)
        described = _described(submission, str(file_id))
    except UnreadableError as error:
        messages.error(request, str(error))
        return redirect("submissions:inspect", pk)
    SubmissionEvent.objects.record(
        EventKind.FILE_DOWNLOADED, submission, request.user, address=client_address(request) or "", file=str(file_id)
    )
    return _saved(content, described)


def _described(submission: Submission, file_id: str) -> dict[str, Any]:
    """Return what the answers say of a file. Raises AnswersUnreadableError."""
    for answer in submission.read_answers().values():
        for item in answer if isinstance(answer, list) else []:
            if isinstance(item, dict) and item.get("id") == file_id:
                return item
    raise AnswersUnreadableError(_("The answers of this request no longer name this file."))


def _saved(content: bytes, described: dict[str, Any]) -> HttpResponse:
    # By its content, not by what the patient's machine called it.
    name = f"{PurePath(described['name']).stem}.{uploads.ENDINGS.get(described['type'], 'bin')}"
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = NOTHING_RUNS
    response["Cache-Control"] = "no-store"
    return response
