"""A form begun ready-made, changed, checked, published and carried over as a file."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.admin_ui import PageEditor
from tests.browser.conftest import LogIn
from tests.browser.crawl import DESKTOP, PHONE, THEMES, too_wide
from tests.browser.watched import Watched, axe_violations

NEW_FORM = "/admin/form_pages/choose_parent/"
STARTER = "Ask us to call you"
LABEL = "What should we call you?"


def begin(page: Page) -> PageEditor:
    """Begin with the ready-made form and return its editor."""
    page.goto(NEW_FORM)
    page.get_by_role("button", name=f"Use this form “{STARTER}”").click()
    page.wait_for_url("**/edit/")
    return PageEditor(page)


def faults_of(page: Page, part: str) -> list[str]:
    """Return what is wrong with ``part`` of the screen in every size and theme."""
    faults = []
    for width in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            faults += [f"{width} {theme}: {line}" for line in axe_violations(page) if part in line]
        faults += [f"{width}: {fault}" for fault in too_wide(page)]
    page.set_viewport_size({"width": DESKTOP, "height": 900})
    page.emulate_media(color_scheme=THEMES[0])
    return faults


def test_a_ready_made_form_is_shown_beside_its_editor_changed_and_published(log_in: LogIn, visitor: Watched) -> None:
    page = log_in("editor")
    page.goto(NEW_FORM)
    assert faults_of(page, "") == []
    editor = begin(page)
    page.get_by_role("button", name="Toggle preview").click()
    preview = page.frame_locator("iframe.w-preview__iframe").first
    expect(preview.get_by_role("heading", level=1)).to_have_text(STARTER)
    editor.type_into("label", LABEL)
    page.get_by_role("button", name="Toggle form check").click()
    assert faults_of(page, "form-check") == []
    editor.publish()

    patient = visitor.page
    # Another test may have begun with the same form, and so have taken the address.
    live = page.locator(".messages .success").get_by_role("link", name="View live").get_attribute("href")
    assert live is not None
    patient.goto(live)
    expect(patient.get_by_text(LABEL)).to_be_visible()


def test_what_keeps_a_form_from_being_published_is_named_where_one_can_go_there(log_in: LogIn) -> None:
    page = log_in("editor")
    begin(page)
    label = page.locator("[data-contentpath='label'] input").first
    page.get_by_role("button", name="Toggle form check").click()
    check = page.locator("[data-form-check]")
    expect(check.locator("[data-form-check-results]")).not_to_be_empty()
    label.fill("")
    check.get_by_role("button", name="Check again").click()
    expect(check.get_by_text("Keeps it from being published").first).to_be_visible()
    check.get_by_role("button", name="Go there").first.click()
    expect(label).to_be_focused()
    expect(label).to_be_in_viewport()


def test_a_form_is_carried_over_as_a_file(log_in: LogIn, tmp_path: Path) -> None:
    page = log_in("editor")
    begin(page)
    number = page.url.rstrip("/").split("/")[-2]
    file = tmp_path / "call-back.form.json"
    file.write_bytes(page.request.get(f"/admin/form_pages/{number}/file/").body())

    page.goto(NEW_FORM)
    page.get_by_label("Form's file").set_input_files(file)
    page.get_by_role("button", name="Make a form of this file").click()
    page.wait_for_url("**/edit/")
    assert page.url.rstrip("/").split("/")[-2] != number
    expect(page.locator(".messages .success")).to_contain_text(f"“{STARTER}” is here as a draft")

    broken = tmp_path / "broken.json"
    broken.write_text('{"format": "something else"}')
    page.goto(NEW_FORM)
    page.get_by_label("Form's file").set_input_files(broken)
    page.get_by_role("button", name="Make a form of this file").click()
    expect(page.get_by_role("alert")).to_contain_text("No form can be made of this file")
    assert axe_violations(page) == []
