"""Fixtures for all tests: a small clinic to stand pages in. Under CI a skipped test fails."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.contrib.auth.models import AbstractUser, Group
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.color import no_style
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, transaction
from django.test import Client
from django.utils.text import slugify
from wagtail.models import Page, Site

from clinicsite.models import HomePage
from conditions.models import ConditionIndexPage
from staff.models import StaffIndexPage
from tests import factories
from tests.parts import in_ci

NAME_OUTSIDE_TESTS = connection.settings_dict["NAME"]


@dataclass
class Clinic:
    """A site with its home page and the two index pages under it."""

    site: Site
    home: HomePage
    conditions: ConditionIndexPage
    staff: StaffIndexPage


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    """Empty the cache: rolled-back rows give their ids, which name cached pictures and site roots, to others."""
    cache.clear()


@pytest.fixture
def kept_connection(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep the test's connection, and so its transaction, through a worker's or a served request's end.

    Both close connections that are not in autocommit mode, which a test's never is; Django's test client makes the
    same exception for itself.
    """
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.fixture
def real_transactions(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Let the test commit, for threads and processes to see; in the end, the database is put back as it was.

    Django's own way empties the database for good, and with it what migrations have put there.
    """
    with django_db_blocker.unblock():
        # pytest-django makes one only for tests that ask for its own fixtures: run them together with such a test.
        assert connection.settings_dict["NAME"] != NAME_OUTSIDE_TESTS, "There is no test database to flush."
        before = connection.creation.serialize_db_to_string()
        yield
        call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
        ContentType.objects.clear_cache()
        connection.creation.deserialize_db_from_string(before)
        # While rows come back, signals look content types up that are not there yet, and make some.
        ContentType.objects.clear_cache()
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
                cursor.execute(statement)


def build_clinic() -> Clinic:
    """Return a site with a home page, an empty list of conditions and an empty list of staff."""
    Page.objects.filter(depth=2).delete()
    Site.objects.all().delete()
    root = Page.objects.get(depth=1)
    home = factories.HomePageFactory(parent=root)
    site = Site.objects.create(hostname="localhost", port=80, root_page=home, is_default_site=True, site_name="Harbor")
    return Clinic(
        site=site,
        home=home,
        conditions=factories.ConditionIndexPageFactory(parent=home),
        staff=factories.StaffIndexPageFactory(parent=home),
    )


@pytest.fixture
def clinic(db: None) -> Clinic:
    """Return a site with a home page, an empty list of conditions and an empty list of staff."""
    return build_clinic()


@pytest.fixture
def committed_clinic(real_transactions: None) -> Clinic:
    """Return the same as ``clinic``, for threads and processes to see."""
    return build_clinic()


@pytest.fixture(scope="module")
def built_demo(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Build the demo once for the module, in a transaction that is rolled back after its last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", verbosity=0)
        yield
        transaction.set_rollback(True)
        cache.clear()


@pytest.fixture
def demo(built_demo: None, db: None) -> HomePage:
    """Return the home page of the demo clinic."""
    return HomePage.objects.get()


@pytest.fixture
def role_client(db: None, django_user_model: type[AbstractUser]) -> Callable[[str], Client]:
    """Return a function that gives a browser signed in as somebody in the group of that name (see clinicsite.roles)."""

    def sign_in(role: str) -> Client:
        user = django_user_model.objects.create_user(username=role, email=f"{slugify(role)}@example.com")
        user.groups.add(Group.objects.get(name=role))
        client = Client()
        client.force_login(user)
        return client

    return sign_in


# Few tests that take long: begun first, so that no worker is left with one of them in the end.
LONG = ("tests/browser/test_every_page.py", "tests/browser/", "tests/faults/", "tests/forms/test_permission_matrix.py")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take long, in the order of ``LONG``; the others stay shuffled."""
    items.sort(
        key=lambda item: next((place for place, name in enumerate(LONG) if item.nodeid.startswith(name)), len(LONG))
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip under CI into a failure: there everything a test needs is installed or an error."""
    report = yield
    if report.skipped and in_ci() and not hasattr(report, "wasxfail"):
        reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"No test may be left out under CI: {reason}"
    return report
