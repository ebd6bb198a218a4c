"""An administrator answers a patient who asks what is kept of them, and reads who did what, by keyboard too."""

import csv
import re
import secrets
import zipfile
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import LogIn, NewContext
from tests.browser.site import Site
from tests.browser.test_requests import FORM, fill_first_step, fill_last_step, fill_second_step, reference_on, send
from tests.browser.watched import axe_violations, watch

SIZES = ((1440, 1000), (390, 844))


def a_request_by(email: str, new_context: NewContext, site: Site) -> str:
    """Send the demo's form as a patient with this address, and return the reference."""
    patient = watch(new_context(), site.url).page
    patient.goto(FORM)
    fill_first_step(patient)
    patient.get_by_role("button", name="Next").click()
    fill_second_step(patient)
    patient.get_by_role("button", name="Next").click()
    fill_last_step(patient, "Ada Lovelace")
    patient.get_by_label(re.compile("^Email address")).fill(email)
    send(patient)
    return reference_on(patient)


def expect_readable(page: Page, name: str = "", folder: Path | None = None) -> None:
    """Find nothing that axe minds, and nothing wider than the window, light and dark, on a desk and on a phone."""
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for theme in ("dark", "light"):
            page.emulate_media(color_scheme=theme)
            # The admin's buttons change their colours slowly.
            page.evaluate("Promise.allSettled(document.getAnimations().map(each => each.finished))")
            assert axe_violations(page) == [], (width, theme)
            if folder:
                page.screenshot(path=folder / f"{name}-{width}-{theme}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), width
    page.set_viewport_size({"width": 1440, "height": 1000})


def test_a_person_gets_a_copy_and_is_forgotten(
    log_in: LogIn, new_context: NewContext, site: Site, tmp_path: Path
) -> None:
    email = f"ada.{secrets.token_hex(4)}@example.com"
    reference = a_request_by(email, new_context, site)
    admin = log_in("admin")
    admin.get_by_role("link", name="Privacy requests").click()
    box = admin.get_by_label("E-mail address or phone number")
    expect(box).to_be_visible()
    expect_readable(admin, "empty", tmp_path)
    box.fill("Ada Lovelace")
    box.press("Enter")
    expect(admin.get_by_text("Enter a whole e-mail address")).to_be_visible()
    expect(box).to_be_focused()
    expect(box).to_have_value("Ada Lovelace")
    expect_readable(admin, "wrong", tmp_path)

    box.fill(email)
    box.press("Enter")
    expect(admin.get_by_role("heading", name="1 request")).to_be_focused()
    expect(admin.get_by_role("rowheader", name=reference)).to_be_visible()
    assert email not in admin.url
    expect_readable(admin, "found", tmp_path)
    with admin.expect_download() as download:
        admin.keyboard.press("Tab")
        expect(admin.get_by_role("button", name="Download everything")).to_be_focused()
        admin.keyboard.press("Enter")
    copy = tmp_path / download.value.suggested_filename
    download.value.save_as(copy)
    page = zipfile.ZipFile(copy).extract("requests.html", tmp_path)
    reader = new_context().new_page()
    reader.goto(Path(page).as_uri())
    expect(reader.get_by_text(email)).to_be_visible()
    expect_readable(reader, "copy", tmp_path)

    admin.get_by_role("button", name="Erase everything").press("Enter")
    erase = admin.get_by_role("button", name="Erase 1 request for good")
    expect(erase).to_be_visible()
    expect_readable(admin, "erase", tmp_path)
    erase.click()
    expect(admin.get_by_text("This field is required")).to_be_visible()
    admin.get_by_label("Reason").fill("Asked by letter")
    erase.click()
    expect(admin.locator(".messages .success")).to_contain_text("1 request was erased.")
    box.fill(email)
    box.press("Enter")
    expect(admin.get_by_text("Nothing that is kept names this")).to_be_visible()

    admin.goto(f"/admin/reports/audit/?reference={reference}")
    for event in ("Copy made for the patient", "Answers erased: Asked by letter"):
        expect(admin.get_by_role("cell", name=event, exact=True)).to_be_visible()
    expect_readable(admin, "audit", tmp_path)
    admin.get_by_role("button", name="Check the trail").click()
    expect(admin.locator(".messages .success")).to_contain_text("The trail is whole")
    with admin.expect_download() as download:
        admin.get_by_role("button", name="Actions", exact=False).first.click()
        admin.get_by_role("link", name="Download CSV").click()
    trail = tmp_path / "trail.csv"
    download.value.save_as(trail)
    with trail.open(newline="") as lines:
        assert [reference, "Answers erased"] in [[row[5], row[2]] for row in csv.reader(lines)]


def test_a_request_is_held_on_its_own_page(log_in: LogIn, new_context: NewContext, site: Site, tmp_path: Path) -> None:
    reference = a_request_by(f"grace.{secrets.token_hex(4)}@example.com", new_context, site)
    admin = log_in("admin")
    admin.goto("/admin/submissions/")
    admin.get_by_role("link", name=reference).click()
    keeping = admin.get_by_role("region", name="Keep or erase").or_(admin.locator("#panel-keeping-section"))
    expect_readable(admin, "request", tmp_path)
    keeping.get_by_role("link", name="Legal hold").first.click()
    admin.get_by_label("Reason").fill("Claim 12")
    admin.get_by_role("button", name="Put under legal hold").click()
    expect(keeping.get_by_text("nothing of this request is erased")).to_be_visible()
    expect(keeping.get_by_role("link", name="Erase answers")).to_have_count(0)
    keeping.get_by_role("link", name="Lift legal hold").click()
    admin.get_by_label("Reason").fill("Settled")
    admin.get_by_role("button", name="Lift the hold").click()
    expect(keeping.get_by_role("link", name="Erase answers")).to_be_visible()
