"""What a form answers to a patient's browser: the page, the taking of what was sent, and the confirmation."""

import re
import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache
from wagtail.models import Site

from clinicsite.client_address import counted_address
from forms import confirmations, drop_off, intake, rendering, review, spam
from forms.answer_checker import NO_FILES
from forms.answer_form import AnswerForm
from forms.availability import Availability
from forms.evidence import HONEYPOT, Evidence
from forms.models import FormDefinition, FormPage, Submission
from forms.receiving import OutdatedError, Receiver, Remembered, received_by, remembered

View = Callable[..., HttpResponse]


def takes_public_posts(view: View) -> View:
    """Mark a view that anybody may post to: its posts are checked by their origin (see forms.middleware)."""
    view.takes_public_posts = True  # type: ignore[attr-defined]
    return view


def form_view(page: FormPage, request: HttpRequest) -> HttpResponse:
    """Return the form; for a POST, a redirect to the confirmation, or the form again with what is wrong."""
    if request.method == "POST":
        _state, receiver, seen = received_by(page.form_id, request.POST.get("version", ""))
        if receiver is None:
            raise Http404
        return _receive(receiver, seen, request)
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    return page.render(request)


@takes_public_posts
def receive(request: HttpRequest, form_id: uuid.UUID) -> HttpResponse:
    """Take what was sent with a form, wherever the form stands; lead anything but a POST to the form's own page.

    A form's page takes posts too; this address spares the way down the page tree.
    """
    _state, receiver, seen = received_by(form_id, request.POST.get("version", ""))
    site = receiver.site if receiver and receiver.live else None
    if receiver is None or site is None or not _is_asked_here(request, receiver, site[0]):
        raise Http404
    if request.method != "POST" or receiver.is_private:
        # A private page asks for its password itself; 307 has the browser post the same again there.
        status = HTTPStatus.TEMPORARY_REDIRECT if request.method == "POST" else HTTPStatus.FOUND
        return _not_stored(HttpResponseRedirect(site[1], status=status))
    return _receive(receiver, seen, request)


def stored_from_memory(request: HttpRequest, form_id: uuid.UUID) -> HttpResponse | None:
    """Store what was sent by what this process remembers of the form; None, with nothing stored, where that cannot be.

    Storing confirms what is remembered. Every other answer is worked out by ``receive``, from what is so now.
    """
    if "stage" in request.POST:
        return None
    _state, receiver, definition = known = remembered(form_id, request.POST.get("version", ""))
    site = receiver.site if receiver and receiver.live and not receiver.is_private else None
    if receiver is None or definition is None or site is None or not _is_asked_here(request, receiver, site[0]):
        return None
    try:
        return _sent(request, site[1], _submitted(request, receiver, definition, site[1], known))
    except (OutdatedError, intake.InvalidSubmissionError, intake.ClosedFormError, spam.TooManyError):
        return None


def _is_asked_here(request: HttpRequest, receiver: Receiver, site_id: int) -> bool:
    """Return whether the request was made to the site of this id; with one site, every host is its own."""
    if len({root.site_id for root in receiver.roots}) == 1:
        return True
    asked = Site.find_for_request(request)
    return asked is not None and asked.pk == site_id


@never_cache
def challenge(request: HttpRequest) -> HttpResponse:
    """Return work against spam for a browser to do (see forms.spam.challenge)."""
    return JsonResponse(spam.challenge())


@takes_public_posts
def reached(request: HttpRequest, form_id: uuid.UUID) -> HttpResponse:
    """Count that somebody reached a step, without a trace of who (see forms.drop_off); answer with nothing."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    drop_off.reached(form_id, request.POST.get("step", ""), counted_address(request) or "")
    return _not_stored(HttpResponse(status=HTTPStatus.NO_CONTENT))


def confirmation_view(page: FormPage, request: HttpRequest, reference: str) -> HttpResponse:
    """Return the confirmation of one submission of this form: its sender's own, and for all others the usual one."""
    submission = get_object_or_404(
        Submission.objects.select_related("definition"), form_id=page.form_id, reference=reference.upper()
    )
    is_sender = confirmations.is_sender(submission, request.GET.get("seen", ""))
    shown = confirmations.of_submission(page, submission) if is_sender else None
    response = render_confirmation(page, request, submission.reference, shown)
    response["X-Robots-Tag"] = "noindex"
    return _not_stored(response)


def render_confirmation(
    page: FormPage, request: HttpRequest, reference: str, confirmation: confirmations.Confirmation | None = None
) -> HttpResponse:
    """Return the page of a confirmation, the usual one unless another is given, with ``reference`` in it."""
    shown = confirmation or confirmations.usual(page, reference)
    context = {"reference": reference, "confirmation": shown}
    return page.render(request, template="forms/confirmation.html", context_overrides=context)


def _receive(receiver: Receiver, seen: FormDefinition | None, request: HttpRequest) -> HttpResponse:
    definition = seen or FormDefinition.objects.current(receiver.form_id)
    if definition is None or receiver.site is None:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    path = receiver.site[1]
    if request.FILES and (refusal := _files_refused(receiver, definition, request)):
        return refusal
    if stage := request.POST.get("stage"):
        return _before_sending(receiver, definition, request, stage)
    try:
        submission = _submitted(request, receiver, definition, path)
    except intake.InvalidSubmissionError as invalid:
        # 422, so that neither a cache nor a script takes the page for the form's own.
        return _form_again(request, receiver, HTTPStatus.UNPROCESSABLE_ENTITY, definition=definition, form=invalid.form)
    except intake.ClosedFormError as closed:
        return _form_again(
            request,
            receiver,
            HTTPStatus.CONFLICT,
            definition=definition,
            form=_without_files(definition, request),
            availability=closed.availability,
        )
    except spam.TooManyError as too_many:
        form = intake.filled(definition, request.POST, request.FILES)
        return _too_many(request, receiver, too_many, definition=definition, form=form)
    return _sent(request, path, submission)


def _files_refused(receiver: Receiver, definition: FormDefinition, request: HttpRequest) -> HttpResponse | None:
    """Count the files of a post; return the form again, with none of them stored, where it takes none now."""
    now = timezone.now()
    availability = receiver.availability(now)
    # A form that is full, or closed just now, may have taken this very post a moment ago, which storing finds out.
    before = receiver.availability(now - settings.FORMS_RESEND_WINDOW)
    if not {availability, before} & {Availability.OPEN, Availability.FULL}:
        form = _without_files(definition, request)
        return _form_again(
            request, receiver, HTTPStatus.CONFLICT, definition=definition, form=form, availability=availability
        )
    try:
        spam.count_files(
            counted_address(request) or "", [file for _name, files in request.FILES.lists() for file in files]
        )
    except spam.TooManyError as too_many:
        form = _without_files(definition, request)
        return _too_many(request, receiver, too_many, definition=definition, form=form, are_files_refused=True)
    return None


def _without_files(definition: FormDefinition, request: HttpRequest) -> AnswerForm:
    return intake.filled(definition, request.POST, NO_FILES)


def _too_many(request: HttpRequest, receiver: Receiver, too_many: spam.TooManyError, **embed: Any) -> HttpResponse:
    response = _form_again(request, receiver, HTTPStatus.TOO_MANY_REQUESTS, is_too_many=True, **embed)
    response["Retry-After"] = str(too_many.seconds)
    return response


def _submitted(
    request: HttpRequest, receiver: Receiver, definition: FormDefinition, path: str, known: Remembered | None = None
) -> Submission:
    """Store what was sent; ``path`` is where the form's page stands. Raises what ``intake.submit`` does."""
    return intake.submit(
        definition,
        request.POST,
        files=request.FILES,
        source=_source(path, request.POST.get("source", "")),
        locale=receiver.language_code,
        idempotency_key=_key(request.POST.get("key", "")),
        evidence=_evidence(request),
        receiver=receiver,
        remembered=known,
    )


def _sent(request: HttpRequest, path: str, submission: Submission) -> HttpResponse:
    """Return the way to the confirmation: a redirect, or its address for a script, which goes there itself."""
    location = f"{path}received/{submission.reference}/?seen={confirmations.token(submission)}"
    if _wants_data(request):
        return _not_stored(JsonResponse({"location": location}, status=HTTPStatus.CREATED))
    return _not_stored(HttpResponseRedirect(location, status=HTTPStatus.SEE_OTHER))


def _wants_data(request: HttpRequest) -> bool:
    """Return whether our script has sent the form: it takes a page too, of which it shows the form in its own place."""
    accepts_data = "application/" in request.headers.get("Accept", "")
    return accepts_data and request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _before_sending(receiver: Receiver, definition: FormDefinition, request: HttpRequest, stage: str) -> HttpResponse:
    """Return the answers to check, or the form with them to change: without scripts, both are pages of their own."""
    form = intake.filled(definition, request.POST, request.FILES)
    availability = receiver.availability(timezone.now())
    if availability != Availability.OPEN:
        return _form_again(
            request, receiver, HTTPStatus.CONFLICT, definition=definition, form=form, availability=availability
        )
    if not form.is_valid():
        return _form_again(request, receiver, HTTPStatus.UNPROCESSABLE_ENTITY, definition=definition, form=form)
    if stage != "review":
        return _form_again(request, receiver, HTTPStatus.OK, definition=definition, form=form)
    page = FormPage.objects.get(pk=receiver.page_id)
    place = _place(request.POST.get("place", "")) or "f1"
    context = {"review": review.of_form(form, request.POST, place), "action": request.path, "form_page": page}
    return _not_stored(page.render(request, template="forms/review.html", context_overrides=context))


def _form_again(request: HttpRequest, receiver: Receiver, status: HTTPStatus, **embed: Any) -> HttpResponse:
    """Return the form's page with everything typed still in it."""
    page = FormPage.objects.get(pk=receiver.page_id)
    context = rendering.embed_context(
        page,
        key=request.POST.get("key", "")[:36],
        source=_source(page.url or "", request.POST.get("source", "")),
        place=_place(request.POST.get("place", "")),
        level=_level(request.POST.get("level", "")) if _wants_data(request) else None,
        **embed,
    )
    response = page.render(request, context_overrides={"embed": context})
    response.status_code = status
    return _not_stored(response)


def _evidence(request: HttpRequest) -> Evidence:
    try:
        seconds = float(request.POST["seconds"])
    except (KeyError, ValueError):
        seconds = None  # No script ran: nothing can be said.
    return Evidence(
        address=counted_address(request) or "",
        honeypot=request.POST.get(HONEYPOT, ""),
        seconds=seconds,
        proof=request.POST.get("proof", "")[:2000],
    )


def _source(own: str, path: str) -> str:
    return path.split("?")[0] if path.startswith("/") and not path.startswith("//") else own


def _place(text: str) -> str:
    return text if re.fullmatch(r"f[0-9]{1,2}", text, re.ASCII) else ""


def _level(text: str) -> int | None:
    return int(text) if text in ("2", "3", "4", "5") else None


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _not_stored(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
