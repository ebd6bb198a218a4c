"""A clinic full of a patient's words, and every address of the site filled in so that it could show them."""

import datetime as dt
import itertools
import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group, User
from django.http import QueryDict
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from wagtail.models import Revision, Workflow

from clinicsite.roles import CLINICAL_REVIEW, FRONT_DESK
from forms.exports import jobs
from forms.exports.files import Choice
from forms.inbox import work
from forms.intake import submit
from forms.models import ExportFormat, ExportJob, ExportPreset, FormPage, Notification, Submission, Upload
from tests.conftest import Clinic
from tests.forms.builders import a_field, a_form, republish
from tests.forms.files import PDF, a_file
from tokens.models import ApiToken, Scope
from webhooks.models import Endpoint, EventType

# In every answer, note and file, and nowhere else. A word that also is an e-mail address, in lower case as those are.
CANARY = "zanzibarian"
EMAIL = f"{CANARY}@patients.example"
PHONE = "206 555 0187"
# The one answer that an e-mail to the patient may hold.
FIRST_NAME = "Ada"
FIELDS = ("name", "email", "phone", "single_line", "multi_line", "address", "upload", "consent")


@dataclass
class World:
    """What there is to look for, and to look with."""

    page: FormPage
    submission: Submission
    upload: Upload
    job: ExportJob
    ids: dict[str, list[Any]]


def patients_answers(page: FormPage) -> tuple[QueryDict, MultiValueDict]:
    """Return a POST with the canary in every field that takes words, and a file with it."""
    ids = {question["type"]: question["id"] for question in page.definition.questions}
    data = QueryDict(mutable=True)
    data.update({ids["email"]: EMAIL, ids["phone"]: PHONE, ids["consent"]: "on"})
    data.update({ids["single_line"]: f"{CANARY} hurts", ids["multi_line"]: f"My {CANARY}\nhurts"})
    for kind, parts in (("name", (FIRST_NAME, CANARY)), ("address", (CANARY, "", CANARY, "WA", "98101"))):
        data.update({f"{ids[kind]}_{index}": part for index, part in enumerate(parts)})
    content = PDF + f"% {CANARY}\n".encode()
    return data, MultiValueDict({ids["upload"]: [a_file(content, f"{CANARY}.pdf")]})


def build(clinic: Clinic) -> World:
    """Return a clinic with one request, worked on in every way, and with all that refers to it."""
    desk = User.objects.create_user("front-desk")
    desk.groups.add(Group.objects.get(name=FRONT_DESK))
    told = {"site": clinic.site, "description": "Everything", "url": "https://203.0.113.5/", "events": EventType.values}
    endpoint = Endpoint.objects.create(**told)
    page = a_form(
        clinic.home,
        *(a_field(kind) for kind in FIELDS),
        retention_days=90,
        response_hours=24,
        notification_recipients="desk@harbor.example",
        patient_email=True,
    )
    republish(page, introduction="<p>Changed once.</p>")
    answers, files = patients_answers(page)
    submission = submit(page.definition, answers, files=files, source="/appointment/")
    seen = submission.revision
    work.apply(submission, work.Change(note=f"Says {CANARY}", sets_assignee=True, assignee=desk), seen=seen, user=desk)
    job = jobs.ask_for(desk, Choice(ExportFormat.CSV), {}, 1, "127.0.0.1")
    jobs.make_export.call(job.pk)
    job.refresh_from_db()
    preset = ExportPreset.objects.create(name="All", format=ExportFormat.CSV, columns=[], filters={})
    Workflow.objects.get(name=CLINICAL_REVIEW).start(page, desk)
    revisions = list(Revision.objects.page_revisions().filter(object_id=str(page.pk)).values_list("pk", flat=True))
    upload = submission.uploads.get()
    ids = _ids(page, submission, job, upload, desk, preset, revisions)
    ids["pk"] += [endpoint.pk, endpoint.deliveries.get(type=EventType.SUBMISSION_RECEIVED).pk]
    return World(page, submission, upload, job, ids)


def _ids(
    page: FormPage,
    submission: Submission,
    job: ExportJob,
    upload: Upload,
    desk: User,
    preset: ExportPreset,
    revisions: list[int],
) -> dict[str, list[Any]]:
    """Return by a route's parameter what to fill in; those of the same name in several routes have several."""
    state = page.current_workflow_state
    return {
        "pk": [submission.pk, page.pk, Notification.objects.first().pk, desk.pk],
        "page_id": [page.pk],
        "parent_page_id": [page.pk],
        "page_to_move_id": [page.pk],
        "page_pk": [page.pk],
        "object_id": [page.pk, submission.pk],
        "destination_id": [page.get_parent().pk],
        "revision_id": revisions,
        "workflow_state_id": [state.pk],
        "task_state_id": [state.current_task_state.pk],
        "task_id": [state.current_task_state.task_id],
        "workflow_pk": [state.workflow_id],
        "uuid": [job.uuid],
        "form_id": [page.form_id],
        "file_id": [upload.uuid],
        "app_label": ["forms"],
        "app_name": ["forms"],
        "content_type_app_name": ["forms"],
        "model_name": ["submission", "formpage", "notification", "exportjob", "submissionnote", "submissionevent"],
        "content_type_model_name": ["formpage", "submission"],
        "action": ["export", "erase", "hold", "lift_hold", "set_status", "retry", "set_aside", "replay", "delete"],
        "action_name": ["approve", "copy"],
        "path": [f"{upload.uuid.hex[:2]}/{upload.uuid.hex}", "private"],
        "preset": [preset.pk],
        "reference": [submission.reference],
    }


def routes(patterns: Iterable[URLPattern | URLResolver] | None = None, before: str = "") -> Iterator[str]:
    """Yield every route there is, as written in the URL configurations."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


# Wagtail's own route for all that is published.
PUBLIC_PAGES = r"^((?:[\w\-]+/)*)$"
# A parameter as Django's paths and its regular expressions write one.
PARAMETER = re.compile(r"<(?:\w+:)?(?P<path>\w+)>|\(\?P<(?P<named>\w+)>[^)]*\)|\([^()]*(?:\([^()]*\)[^()]*)*\)")


def addresses(route: str, world: World) -> list[str]:
    """Return the addresses that ``route`` has in this world, one for each way to fill in its parameters."""
    if route == PUBLIC_PAGES:
        return ["/", world.page.url]
    names = [match["path"] or match["named"] or "" for match in PARAMETER.finditer(route)]
    found = []
    for values in itertools.product(*(_values(name, world) for name in names)):
        filled = iter(values)
        text = PARAMETER.sub(lambda _match, filled=filled: str(next(filled)), route)
        query = f"?id={world.submission.pk}&next=/admin/" if "/bulk/" in text else ""
        found.append("/" + re.sub(r"[\^$\\?]|\.\*", "", text) + query)
    return found


def _values(name: str, world: World) -> list[Any]:
    if name.startswith("revision_id_"):
        return ["earliest" if name.endswith("a") else "latest"]
    if name in world.ids:
        return world.ids[name]
    # Of things that hold no answer; where it is a number, there is one.
    return [uuid.uuid4()] if "uuid" in name else [1]


def program_of(role: str, scopes: Iterable[Scope]) -> Client:
    """Return a program with a token of ``scopes`` that acts for somebody of ``role``."""
    user = User.objects.create_user(f"program for {role}")
    user.groups.add(Group.objects.get(name=role))
    _token, value = ApiToken.issue(user, "A program", list(scopes), timezone.now() + dt.timedelta(days=1))
    return Client(headers={"Authorization": f"Bearer {value}"})


def content_of(response: Any) -> bytes:
    """Return all that a response says: its body, streamed or not, and the addresses it leads to."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body + response.get("Location", "").encode()


def browser_of(role: str | None) -> Client:
    """Return a browser in which somebody of ``role`` is logged in; nobody for None."""
    browser = Client()
    if role is not None:
        user, _created = User.objects.get_or_create(username=role.lower().replace(" ", "-"))
        user.groups.add(Group.objects.get(name=role))
        browser.force_login(user)
    # Some of Wagtail's own addresses fail on what is made up here.
    browser.raise_request_exception = False
    return browser
