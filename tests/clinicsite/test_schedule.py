"""What editors set to a time happens at that time, by the worker."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from clinicsite import schedule
from clinicsite.models import ContentPage, ContentState
from forms import housekeeping
from tests.conftest import Clinic
from tests.factories import ContentPageFactory
from tests.forms.builders import a_field, a_form
from tests.webhooks.conftest import add_endpoint
from webhooks.models import Delivery

HOUR = dt.timedelta(hours=1)


def at(monkeypatch: pytest.MonkeyPatch, hours: float) -> None:
    """Let so many more hours pass, and a worker do its chores."""
    moment = timezone.now() + hours * HOUR
    monkeypatch.setattr(timezone, "now", lambda: moment)
    housekeeping.do_due()


def planned(page: Page, **times: Any) -> Page:
    """Save and approve ``page`` with these times, in hours from now, as the editor's Publish does."""
    for name, hours in times.items():
        setattr(page, name, timezone.now() + hours * HOUR)
    page.save_revision().publish()
    return page


def test_a_page_goes_live_and_expires_at_its_time(
    clinic: Clinic, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned(ContentPageFactory(parent=clinic.home, slug="flu", live=False), go_live_at=1, expire_at=3)
    add_endpoint(clinic, "https://203.0.113.5/")
    statuses, versions = [], []
    for hours in (0.5, 1, 2):
        at(monkeypatch, hours)
        statuses.append(client.get("/flu/").status_code)
        versions.append(ContentState.current())
    assert statuses == [404, 200, 404]
    assert len(set(versions)) == 3
    assert list(Delivery.objects.order_by("pk").values_list("type", flat=True)) == [
        "page.published",
        "page.unpublished",
    ]


def test_a_new_text_of_a_live_form_replaces_the_old_one_hours_late(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = a_form(clinic.home, a_field("email"), title="Before")
    form.save_revision().publish()
    form.refresh_from_db()
    form.title = "After"
    planned(form, go_live_at=1)
    assert type(form).objects.get().title == "Before"
    at(monkeypatch, 30)
    assert type(form).objects.get().title == "After"


def test_what_should_have_come_and_gone_meanwhile_stays_away(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    page = planned(ContentPageFactory(parent=clinic.home, live=False), go_live_at=1, expire_at=2)
    at(monkeypatch, 30)
    page.refresh_from_db()
    assert (page.live, page.expired) == (False, True)


@pytest.mark.parametrize("what", ["_publish", "_expire"])
def test_a_page_that_fails_holds_up_no_other(
    what: str, clinic: Clinic, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    time = {"_publish": "go_live_at", "_expire": "expire_at"}[what]
    starts_live = what == "_expire"
    bad, good = (
        planned(ContentPageFactory(parent=clinic.home, title=title, live=starts_live), **{time: hours})
        for title, hours in (("Bad", 1), ("Good", 2))
    )
    save = ContentPage.save if what == "_publish" else Page.save

    def fail(self: Any, *args: Any, **kwargs: Any) -> None:
        save(self, *args, **kwargs)
        if self.pk == bad.pk:
            raise ValueError("words of the page")

    monkeypatch.setattr(ContentPage if what == "_publish" else Page, "save", fail)
    at(monkeypatch, 3)
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.live, good.live) == (starts_live, not starts_live)
    assert "could not be changed at its time: ValueError" in caplog.text
    assert "words" not in caplog.text
    assert housekeeping.failing() == ["publishing at the time set"]


def test_what_another_worker_has_published_already_is_left_alone(clinic: Clinic) -> None:
    page = ContentPageFactory(parent=clinic.home)
    schedule._publish(page.save_revision().pk)
    page.refresh_from_db()
    assert page.has_unpublished_changes
