"""Who sees what patients wrote: every address of the site and every role, and every place that it could leak to."""

import json
import logging
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail, signing
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from clinicsite.api.main import api
from clinicsite.roles import ADMINISTRATORS, ALL_ROLES, CLINICIAN_REVIEWERS, FRONT_DESK, MARKETING_EDITORS
from forms.exports import Catalogue
from forms.models import Submission
from forms.notifications import deliver_due
from forms.persons.screens import SALT
from tests.conftest import Clinic
from tests.forms.matrix import CANARY, EMAIL, PHONE, World, addresses, browser_of, build, content_of, program_of, routes
from tokens.models import Scope

KNOWN_ROUTES = Path(__file__).parent / "routes_that_show_no_answers.txt"
DESK = {FRONT_DESK, ADMINISTRATORS}
# Whoever adds an address that shows answers says here who sees them there; everybody else is tried too.
SHOWS_ANSWERS_ON_GET = {
    "admin/submissions/<int:pk>/": DESK,
    "admin/submissions/<int:pk>/print/": DESK,
    "admin/submissions/<int:pk>/files/<uuid:file_id>/": DESK,
    "admin/exports/<uuid:uuid>/download/": DESK,
}
SHOWS_ANSWERS_ON_POST = {
    # The request comes back with what was typed where a change collides.
    "admin/submissions/<int:pk>/": DESK,
    "admin/submissions/<int:pk>/action/": DESK,
    "admin/exports/new/": DESK,
    "admin/privacy-requests/copy/": {ADMINISTRATORS},
    # It comes back with the contact that was typed where that is none.
    "admin/privacy-requests/": {ADMINISTRATORS},
}
# To a program with a token of the scope for requests, by the role of the user it acts for; to a session nothing.
SHOWS_ANSWERS_TO_TOKENS = {"api/v1/submissions/<reference>/": DESK}
OPERATIONS_THAT_SHOW_ANSWERS = {"GET /api/v1/submissions/{reference}/"}
ROLES = (None, MARKETING_EDITORS, CLINICIAN_REVIEWERS, FRONT_DESK, ADMINISTRATORS)
# They end the session in which the others are tried, or end in failure on purpose.
LEFT_OUT = ("admin/logout/", "admin/failwhale/")


@pytest.fixture
def world(clinic: Clinic) -> World:
    return build(clinic)


def operations() -> set[str]:
    """Return every operation of the API."""
    schema = api.get_openapi_schema()
    return {f"{method.upper()} {path}" for path, methods in schema["paths"].items() for method in methods}


def test_nobody_adds_an_address_without_saying_who_sees_answers_there() -> None:
    known = set(KNOWN_ROUTES.read_text().splitlines())
    found = {*routes(), *operations()}
    shows = SHOWS_ANSWERS_ON_GET.keys() | SHOWS_ANSWERS_ON_POST.keys()
    shows |= SHOWS_ANSWERS_TO_TOKENS.keys() | OPERATIONS_THAT_SHOW_ANSWERS
    words = (
        f"If answers can be seen there, say to whom in {Path(__file__).name}; if not, list it in {KNOWN_ROUTES.name}"
    )
    assert not found - known - shows, words
    assert not (known | shows) - found, f"Gone: take it out of {KNOWN_ROUTES.name}"
    assert not known & shows


def seen_at(browser: Client, world: World, method: str, under: str = "") -> set[str]:
    """Return the routes at which ``browser`` is shown something a patient wrote. Nothing it does stays done.

    With ``under``, only routes that begin with it are tried.
    """
    found = set()
    for route in {each for each in routes() if each.startswith(under)}.difference(LEFT_OUT):
        for address in addresses(route, world):
            with transaction.atomic():
                response = browser.generic(method, address)
                content = content_of(response).lower()
                transaction.set_rollback(True)
            if CANARY.encode() in content:
                found.add(route)
                assert "no-store" in response.get("Cache-Control", ""), f"{address} may be kept on the way"
    return found


@pytest.mark.parametrize("role", ROLES)
def test_answers_are_seen_by_those_who_may_and_by_nobody_else(world: World, role: str | None) -> None:
    expected = {route for route, roles in SHOWS_ANSWERS_ON_GET.items() if role in roles}
    assert seen_at(browser_of(role), world, "GET") == expected


@pytest.mark.parametrize("role", ALL_ROLES)
@pytest.mark.parametrize("scopes", [set(Scope), set(Scope) - {Scope.READ_SUBMISSIONS}])
def test_a_token_shows_answers_within_its_scope_to_programs_of_those_who_may(
    world: World, role: str, scopes: set[Scope]
) -> None:
    shows = {route for route, roles in SHOWS_ANSWERS_TO_TOKENS.items() if role in roles}
    expected = shows if Scope.READ_SUBMISSIONS in scopes else set()
    assert seen_at(program_of(role, scopes), world, "GET", under="api/") == expected


def posts(world: World) -> dict[str, dict[str, Any]]:
    """Return what to send to the routes that bring answers back to a POST."""
    columns = [column.key for column in Catalogue([world.page.form_id]).columns]
    one = {"shown": signing.dumps([world.submission.pk], salt=SALT)}
    stale = {"note": f"{CANARY} called", "seen": "0", "status": "contacted"}
    return {
        "admin/submissions/<int:pk>/": stale,
        "admin/submissions/<int:pk>/action/": {**stale, "action": "notify"},
        "admin/exports/new/": {"action": "now", "format": "csv", "columns": columns},
        "admin/privacy-requests/copy/": one,
        "admin/privacy-requests/": {"contact": f"{CANARY} of no kind"},
    }


@pytest.mark.parametrize("role", ROLES)
def test_what_is_sent_brings_answers_back_to_those_who_may(world: World, role: str | None) -> None:
    browser, data = browser_of(role), posts(world)
    assert data.keys() == SHOWS_ANSWERS_ON_POST.keys()
    found = set()
    for route, each in data.items():
        with transaction.atomic():
            response = browser.post(addresses(route, world)[0], each)
            content = content_of(response).lower()
            transaction.set_rollback(True)
        if CANARY.encode() in content:
            found.add(route)
            assert "no-store" in response["Cache-Control"]
    assert found == {route for route, roles in SHOWS_ANSWERS_ON_POST.items() if role in roles}


@pytest.mark.parametrize("role", [None, MARKETING_EDITORS, CLINICIAN_REVIEWERS])
def test_nothing_sent_to_any_address_brings_an_answer_back(world: World, role: str | None) -> None:
    assert seen_at(browser_of(role), world, "POST") == set()


def search(browser: Client, text: str) -> None:
    browser.post(reverse("submissions:contact"), {"contact": text})
    listed = browser.get(reverse("submissions:index"), {"contact": "1"})
    assert listed.context["object_list"].count() == 1


def take_the_way_of_a_request(world: World) -> list[Any]:
    """Do what patients and the front desk do with answers, wrong turns included; return all responses."""
    patient, desk = Client(), browser_of(FRONT_DESK)
    email = next(each["id"] for each in world.page.definition.questions if each["type"] == "email")
    own = reverse("submissions:inspect", args=[world.submission.pk])
    for text in (EMAIL, PHONE):
        search(desk, text)
    responses = [
        patient.post(world.page.url, {email: f"{CANARY} is no address"}),
        patient.post(f"/api/v1/forms/{world.page.pk}/submissions/", {"answers": {email: CANARY}}, "application/json"),
        patient.post(f"/api/v1/forms/{world.page.pk}/submissions/", f'{{"answers": {CANARY}', "application/json"),
        desk.get(own),
        desk.post(own, {"note": f"{CANARY} called", "seen": "0", "status": "contacted"}),
        desk.post(own, {"note": f"{CANARY} called", "seen": str(world.submission.revision), "status": "contacted"}),
        desk.post(reverse("submissions:contact"), {"contact": f"{CANARY} of no kind"}),
        desk.post(reverse("exports:new"), {"action": "now", "format": "csv", "order": []}),
        desk.get(reverse("exports:download", args=[world.job.uuid])),
    ]
    deliver_due()
    return responses


def text_in_database() -> Iterator[tuple[str, str]]:
    """Yield every value of every table, the search index's own included, with the table's name; sessions in plain."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            for row in cursor:
                for value in row:
                    is_bytes = isinstance(value, bytes | memoryview)
                    yield table, bytes(value).decode("latin-1") if is_bytes else str(value)
    for session in Session.objects.all():
        yield "a session", json.dumps(session.get_decoded())


def text_in_files() -> Iterator[tuple[str, str]]:
    for root in (settings.PRIVATE_ROOT, settings.MEDIA_ROOT):
        for path in Path(root).rglob("*"):
            yield str(path), str(path)
            # The test database of SQLite may stand there too: it is read by its tables.
            if path.is_file() and "sqlite3" not in path.name:
                yield str(path), path.read_bytes().decode("latin-1")


def text_in_cache() -> Iterator[tuple[str, str]]:
    """Yield what the cache holds: the local memory's, or Redis's where the site uses it."""
    if hasattr(cache, "_cache") and isinstance(cache._cache, dict):
        kept = {key: pickle.loads(value) for key, value in cache._cache.items()}  # noqa: S301
    else:
        client = cache._cache.get_client()
        kept = {key: client.get(key) for key in client.scan_iter()}
    yield from (("the cache", f"{key!r} {value!r}") for key, value in kept.items())


def text_in_mail() -> Iterator[tuple[str, str]]:
    """Yield each e-mail without the address it goes to."""
    for message in mail.outbox:
        source = message.message()
        del source["To"]
        yield f"an e-mail “{message.subject}”", source.as_string()


def test_answers_are_in_plain_text_nowhere(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    responses = take_the_way_of_a_request(world)
    assert Submission.objects.count() == 1
    assert len(mail.outbox) == 2
    places = [*text_in_database(), *text_in_files(), *text_in_cache(), *text_in_mail()]
    places += [("the log", record.getMessage() + str(record.__dict__.get("exc_text"))) for record in caplog.records]
    places += [("an address", response.get("Location", "")) for response in responses]
    assert {place for place, _text in places} >= {
        "the cache",
        "the log",
        "a session",
        "forms_submission",
        "webhooks_delivery",
    }
    # What is stored in plain text is found, so what is not found is not.
    assert any("desk@harbor.example" in text for _place, text in places)
    assert {place for place, text in places if CANARY in text.lower()} == set()
    assert {place for place, text in places if "2065550187" in text.replace(" ", "")} == set()
