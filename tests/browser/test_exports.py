"""The front desk takes requests out: columns chosen and kept, a file made in the background, nothing left behind."""

import csv
import secrets
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LogIn
from tests.browser.watched import axe_violations

MILLISECONDS_FOR_A_WORKER = 60_000


def open_export(desk: Page) -> None:
    desk.goto("/admin/submissions/")
    desk.get_by_role("link", name="Export…").first.click()
    expect(desk.get_by_role("heading", name="Columns")).to_be_visible()


def ticked(desk: Page) -> list[str]:
    boxes = desk.locator(".export__columns li:has(input:checked) label")
    return [label.split("\n")[0] for label in boxes.all_inner_texts()]


def test_columns_are_chosen_kept_and_exported_in_the_background(log_in: LogIn, tmp_path: Path) -> None:
    desk = log_in("frontdesk")
    open_export(desk)
    assert axe_violations(desk) == []
    desk.get_by_label("CSV", exact=True).check()
    desk.get_by_role("button", name="Tick none").click()
    for column in ("Reference", "Status"):
        desk.get_by_label(column, exact=True).check()
    # By the keyboard: the column goes up, and the key can be pressed again.
    for _place in range(3):
        desk.get_by_role("button", name="Move up: Status", exact=True).press("Enter")
    assert ticked(desk) == ["Status", "Reference"]

    preset = f"Statuses {secrets.token_hex(3)}"
    desk.get_by_label("Name of the preset").fill(preset)
    desk.get_by_role("button", name="Save the preset").click()
    expect(desk.locator(".messages .success")).to_contain_text(preset)
    open_export(desk)
    desk.get_by_label("Start from").select_option(label=preset)
    desk.get_by_role("button", name="Use", exact=True).click()
    expect(desk.get_by_label("CSV", exact=True)).to_be_checked()
    assert ticked(desk) == ["Status", "Reference"]

    desk.get_by_role("button", name="Make it in the background").click()
    link = desk.get_by_role("link", name="Download", exact=True)
    expect(link).to_be_visible(timeout=MILLISECONDS_FOR_A_WORKER)
    assert axe_violations(desk) == []
    with desk.expect_download() as download:
        link.click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines, strict=True))
    assert rows[0] == ["Status", "Reference", "Note"]
    assert len(rows) > 1

    desk.get_by_role("button", name="Delete", exact=True).click()
    expect(desk.locator(".messages .success")).to_contain_text("deleted")
    assert axe_violations(desk) == []
    open_export(desk)
    desk.get_by_label("Start from").select_option(label=preset)
    desk.get_by_role("button", name="Use", exact=True).click()
    desk.get_by_role("button", name=f"Delete the preset “{preset}”").click()
    expect(desk.locator(".messages .success")).to_contain_text(preset)
    expect(desk.get_by_role("option", name=preset)).to_have_count(0)


@pytest.mark.parametrize("kind", ["Excel (XLSX)", "FHIR R4B questionnaires (NDJSON)"])
def test_other_kinds_of_file_are_sent_at_once(log_in: LogIn, tmp_path: Path, kind: str) -> None:
    desk = log_in("frontdesk")
    open_export(desk)
    desk.get_by_label(kind, exact=True).check()
    with desk.expect_download() as download:
        desk.get_by_role("button", name="Download now").click()
    name = download.value.suggested_filename
    assert name.endswith((".xlsx", ".ndjson"))
    file = tmp_path / name
    download.value.save_as(file)
    assert file.read_bytes()[:2] in (b"PK", b'{"')
