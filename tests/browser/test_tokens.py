"""An administrator makes a token, keeps its value, sees it used, and revokes it; by keyboard, in every look."""

import datetime as dt
import re
import secrets
from http import HTTPStatus
from pathlib import Path

from django.utils.formats import date_format
from playwright.sync_api import APIRequestContext, Page, expect

from tests.browser.conftest import LogIn
from tests.browser.test_privacy import expect_readable

ADDRESS = "/admin/api_tokens/"


def answer_to(value: str, requests: APIRequestContext) -> int:
    """Return the status with which the API answers what a token opens."""
    return requests.get("/api/v1/token/", headers={"Authorization": f"Bearer {value}"}).status


def make_token(page: Page, name: str, tmp_path: Path) -> str:
    """Make a token, with a mistake first, and return its value."""
    page.goto(ADDRESS)
    expect(page.get_by_role("heading", name="API tokens", level=1)).to_be_visible()
    expect_readable(page, "list", tmp_path)
    page.goto(f"{ADDRESS}new/")
    page.get_by_role("textbox", name="Name").fill(name)
    last_day = page.get_by_label("Last day")
    last_day.fill((dt.date.today() + dt.timedelta(days=800)).isoformat())
    page.get_by_role("checkbox", name=re.compile("drafts", re.IGNORECASE)).first.check()
    page.get_by_role("button", name="Create").press("Enter")
    expect(page.get_by_text("A token works for a year at most.")).to_be_visible()
    expect(page.get_by_role("textbox", name="Name")).to_have_value(name)
    expect_readable(page, "refused", tmp_path)
    last_day.fill((dt.date.today() + dt.timedelta(days=8)).isoformat())
    page.get_by_role("button", name="Create").press("Enter")
    box = page.get_by_label("API token", exact=True)
    expect(box).to_be_visible()
    expect_readable(page, "created", tmp_path)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Copied.")).to_be_visible()
    value = box.input_value()
    assert page.evaluate("navigator.clipboard.readText()") == value
    page.get_by_role("link", name="Done").press("Enter")
    return value


def test_a_token_from_its_making_to_its_end(log_in: LogIn, tmp_path: Path) -> None:
    admin, name = log_in("admin"), f"Newsletter {secrets.token_hex(3)}"
    value = make_token(admin, name, tmp_path)
    row = admin.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text("Active")
    expect(row).to_contain_text(date_format(dt.date.today() + dt.timedelta(days=8), "DATE_FORMAT"))
    expect(row).not_to_contain_text(value)
    assert answer_to(value, admin.request) == HTTPStatus.OK
    admin.reload()
    expect_readable(admin, "list-one", tmp_path)

    admin.get_by_role("link", name=f"Revoke: {name}").press("Enter")
    keep = admin.get_by_role("link", name="No, keep it")
    expect(keep).to_be_visible()
    expect_readable(admin, "revoke", tmp_path)
    keep.click()
    assert answer_to(value, admin.request) == HTTPStatus.OK
    admin.get_by_role("link", name=f"Revoke: {name}").click()
    admin.get_by_role("button", name="Yes, revoke it").press("Enter")
    expect(admin.locator(".messages .success")).to_contain_text("is revoked: it opens nothing any more.")
    expect(row).to_contain_text("Revoked")
    expect(row.get_by_role("link", name="Revoke")).to_have_count(0)
    assert answer_to(value, admin.request) == HTTPStatus.UNAUTHORIZED
