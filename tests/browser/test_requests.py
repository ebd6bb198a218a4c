"""From a patient's request to the front desk's spreadsheet."""

import csv
import re
import secrets
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LogIn, NewContext
from tests.browser.site import Site
from tests.browser.watched import axe_violations, watch

FORM = "/appointment/"
REASON = "My upper back aches, worst on waking;\nsince Tuesday, =1+1"


def fill_first_step(page: Page) -> None:
    """Answer what brings the patient."""
    page.get_by_label("New patient").check()
    page.get_by_label(re.compile("^What would you like help with")).fill(REASON)


def fill_second_step(page: Page) -> None:
    """Answer when the patient is free."""
    page.get_by_label("Monday").check()
    page.get_by_label("Thursday").check()


def fill_last_step(page: Page, name: str) -> None:
    """Answer how to reach the patient."""
    first, _space, last = name.partition(" ")
    page.get_by_label(re.compile("^First name")).fill(first)
    page.get_by_label(re.compile("^Last name")).fill(last)
    page.get_by_label(re.compile("^Phone number")).fill("206 555 0187")
    page.get_by_label(re.compile("^I agree")).check()


def send(page: Page) -> None:
    """Go on to the answers, which the demo's form lets patients check, and send them."""
    check_answers(page)
    page.get_by_role("button", name="Request an appointment").click()


def check_answers(page: Page) -> None:
    """Go on from the last step to the answers."""
    page.get_by_role("button", name=re.compile("^(Next|Check your answers)$")).click()
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()


def reference_on(page: Page) -> str:
    """Return the reference number of the confirmation page that ``page`` shows."""
    shown = page.locator(".confirmation__reference").first
    expect(shown).to_be_visible()
    return re.findall(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", shown.inner_text())[0]


def has_name(row: dict[str, str], name: str) -> bool:
    """Return whether a row is of the patient of that name, whose parts have columns of their own."""
    first, _space, last = name.partition(" ")
    return {first, last} <= set(row.values())


def exported_rows(desk: Page, folder: Path) -> list[dict[str, str]]:
    """Download the front desk's CSV for spreadsheets and return its rows."""
    desk.goto("/admin/submissions/")
    desk.get_by_role("link", name="Export…").first.click()
    desk.get_by_label("CSV", exact=True).check()
    with desk.expect_download() as download:
        desk.get_by_role("button", name="Download now").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_request_travels_from_the_patient_to_the_spreadsheet(
    new_context: NewContext, log_in: LogIn, site: Site, tmp_path: Path
) -> None:
    patient = watch(new_context(viewport={"width": 390, "height": 844}), site.url)
    page = patient.page
    page.goto(FORM)
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".field__error").first).to_be_visible()
    fill_first_step(page)
    page.get_by_role("button", name="Next").click()
    fill_second_step(page)
    page.get_by_role("button", name="Next").click()
    name = f"Zoë Ängström {secrets.token_hex(3)}"
    fill_last_step(page, name)
    send(page)
    reference = reference_on(page)
    assert axe_violations(page) == []
    page.reload()
    page.reload()
    assert patient.take_complaints() == []

    desk = log_in("frontdesk")
    desk.goto("/admin/")
    desk.get_by_role("link", name="Requests", exact=True).click()
    desk.get_by_role("link", name=reference).click()
    for text in (name, "New patient", "My upper back aches"):
        expect(desk.locator("main")).to_contain_text(text)
    assert axe_violations(desk) == []
    desk.locator("select[name=status]").select_option(label="Contacted")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".messages .success")).to_contain_text("Contacted")

    rows = exported_rows(desk, tmp_path)
    mine = [row for row in rows if has_name(row, name)]
    assert len(mine) == 1
    assert {reference, "Contacted", "New patient"} <= set(mine[0].values())
    assert REASON in [value.replace("\r\n", "\n") for value in mine[0].values()]
    assert any("Monday" in value and "Thursday" in value for value in mine[0].values())


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_nothing_typed_is_lost_when_the_form_comes_back_with_errors(
    new_context: NewContext, log_in: LogIn, tmp_path: Path, scripts: bool
) -> None:
    page = new_context(java_script_enabled=scripts).new_page()
    name = f"Patient {'with' if scripts else 'without'} scripts"
    page.goto(FORM)
    fill_first_step(page)
    if scripts:
        page.get_by_role("button", name="Next").click()
        fill_second_step(page)
        page.get_by_role("button", name="Next").click()
    else:
        fill_second_step(page)
    fill_last_step(page, name)
    page.get_by_label(re.compile("^Phone number")).fill("12")
    if scripts:
        # What the browser's own checks would catch must also be caught, and answered well, by the server.
        page.evaluate("document.querySelector('form.form').submit()")
    else:
        page.get_by_role("button", name="Check your answers").click()
    expect(page.locator(".error-summary")).to_be_visible()
    assert page.get_by_label(re.compile("^What would you like help with")).input_value() == REASON
    assert page.get_by_label("Thursday").is_checked()
    first, _space, last = name.partition(" ")
    assert page.get_by_label(re.compile("^First name")).input_value() == first
    assert page.get_by_label(re.compile("^Last name")).input_value() == last
    page.locator(".error-summary a").first.click()
    page.get_by_label(re.compile("^Phone number")).fill("206 555 0187")
    send(page)
    reference_on(page)
    page.reload()
    rows = exported_rows(log_in("frontdesk"), tmp_path)
    assert len([row for row in rows if has_name(row, name)]) == 1


def test_the_front_desk_cannot_change_pages(log_in: LogIn) -> None:
    desk = log_in("frontdesk")
    expect(desk.get_by_role("button", name="Pages")).to_have_count(0)
    desk.goto("/admin/pages/")
    expect(desk.locator("a[title='Edit this page']")).to_have_count(0)
