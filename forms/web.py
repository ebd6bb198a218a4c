"""What a form's page answers to a patient's browser."""

import uuid
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from forms import intake, rendering
from forms.models import FormDefinition, Submission

if TYPE_CHECKING:
    from forms.models import FormPage


def form_view(page: "FormPage", request: HttpRequest) -> HttpResponse:
    """Return the form; for a POST, a redirect to the confirmation, or the form again with what is wrong."""
    if request.method == "POST":
        return _receive(page, request)
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    return page.render(request)


def confirmation_view(page: "FormPage", request: HttpRequest, reference: str) -> HttpResponse:
    """Return the confirmation of one submission of this form. It shows nothing but its reference."""
    submission = get_object_or_404(
        Submission.objects.only("reference"), form_id=page.form_id, reference=reference.upper()
    )
    response = render_confirmation(page, request, submission.reference)
    response["X-Robots-Tag"] = "noindex"
    return _not_stored(response)


def render_confirmation(page: "FormPage", request: HttpRequest, reference: str) -> HttpResponse:
    """Return the confirmation page with ``reference`` in it."""
    return page.render(request, template="forms/confirmation.html", context_overrides={"reference": reference})


def _receive(page: "FormPage", request: HttpRequest) -> HttpResponse:
    definition = _definition_seen(page, request.POST.get("version", ""))
    if definition is None:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    try:
        submission = intake.submit(
            definition,
            request.POST,
            source=_source(page, request.POST.get("source", "")),
            locale=page.locale.language_code,
            idempotency_key=_key(request.POST.get("key", "")),
        )
    except intake.InvalidSubmissionError as invalid:
        embed = rendering.embed_context(
            page, definition=definition, form=invalid.form, key=request.POST.get("key", "")[:36]
        )
        # 422, so that neither a cache nor a script takes the page for the form's own.
        response = page.render(request, context_overrides={"embed": embed})
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return _not_stored(response)
    location = page.url + page.reverse_subpage("received", args=[submission.reference])
    return _not_stored(HttpResponseRedirect(location, status=HTTPStatus.SEE_OTHER))


def _definition_seen(page: "FormPage", version: str) -> FormDefinition | None:
    seen = None
    if version.isascii() and version.isdigit() and len(version) < 9:
        seen = FormDefinition.objects.filter(form_id=page.form_id, version=int(version)).first()
    return seen or page.definition


def _source(page: "FormPage", path: str) -> str:
    own = page.url or ""
    return path.split("?")[0] if path.startswith("/") and not path.startswith("//") else own


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _not_stored(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
