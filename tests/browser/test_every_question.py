"""Every type of question in a browser: readable on a phone and a desk, light and dark, right or wrong, to check."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.crawl import DESKTOP, NARROWEST, PHONE, UNZOOMED, ZOOMED, clipped_texts, too_wide
from tests.browser.site import Site
from tests.browser.watched import Watched, axe_violations
from tests.forms.files import PDF

FORM = "/every-question/"
MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def form(site: Site) -> None:
    """Build the form with every type of question."""
    site.build("build_every_field")


def faults(page: Page) -> list[str]:
    """Return what is wrong with the page as it is: by axe at two widths in both themes, and too wide when narrow."""
    found = []
    for width in (DESKTOP, PHONE):
        # As tall as the page: the bar at a phone's edge covers nothing that scrolling would bring into view.
        page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight")})
        for theme in ("dark", "light"):
            page.emulate_media(color_scheme=theme)
            found += [f"{width} {theme}: {line}" for line in axe_violations(page)]
    for width in (PHONE, NARROWEST, ZOOMED):
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width}: {line}" for line in too_wide(page)]
    page.set_viewport_size({"width": UNZOOMED, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found += [f"text at 200 %: {line}" for line in [*too_wide(page), *clipped_texts(page)]]
    page.evaluate("document.documentElement.style.fontSize = ''")
    return found


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def fill_person(page: Page) -> None:
    for label, text in {
        "First name": "Zoë",
        "Last name": "Ångström",
        "Month": "2",
        "Day": "29",
        "Year": "1980",
        "Email address": "zoe@example.org",
        "Phone number": "206 555 0187",
        "Street address": "1 Pine Street",
        "City": "Seattle",
        "State": "WA",
        "ZIP code": "98107",
    }.items():
        page.get_by_label(re.compile(f"^{label}")).first.fill(text)
    page.get_by_label("I am new here").check()


def fill_pain(page: Page) -> None:
    page.get_by_label("7", exact=True).check()
    page.get_by_label(re.compile("^What do you do when it is this bad")).fill("I lie down on the floor.")
    page.locator("[data-area=lower-back]").first.click()
    expect(page.get_by_label("Lower back")).to_be_checked()
    page.get_by_label(re.compile("^When did it start")).fill("2026-01-31")
    page.get_by_label(re.compile("^Weeks of pain")).fill("6")
    page.get_by_label("None of these").check()
    worse = page.get_by_role("group", name=re.compile("^What makes it worse"))
    worse.get_by_label("Something else", exact=True).check()
    expect(page.get_by_label("None of these")).not_to_be_checked()
    page.get_by_label("All at once").check()


def fill_visit(page: Page) -> None:
    page.get_by_label("Ballard").check()
    page.get_by_label(re.compile("^Who would you like to see")).select_option(index=1)
    page.get_by_label("Monday").check(force=True)
    page.get_by_label(re.compile("^Morning")).check(force=True)
    page.get_by_label(re.compile("^Insurance")).select_option(label="Medicare")
    page.get_by_label(re.compile("^Member number")).fill("AB-12345")
    page.get_by_label(re.compile("^ZIP code of your work")).fill("98101")
    page.get_by_label(re.compile("^What brings you to us")).fill("My knee")
    page.get_by_label(re.compile("^I agree")).check()


def test_every_question_is_readable_wrong_right_and_to_check(visitor: Watched) -> None:
    page = visitor.page
    page.goto(FORM)
    assert faults(page) == []
    press(page, "Next")
    expect(page.locator(".error-summary")).to_be_focused()
    assert faults(page) == []
    fill_person(page)
    press(page, "Next")

    press(page, "Next")
    expect(page.locator(".error-summary li")).to_have_count(6)
    assert faults(page) == []
    fill_pain(page)
    assert faults(page) == []
    press(page, "Next")
    # The choice was made; what is missing is the words beside it.
    summary = page.locator(".error-summary")
    expect(summary).to_have_text(re.compile("Write your answer beside “Something else”"))
    expect(summary.locator("li")).to_have_count(1)
    page.get_by_label("Your answer to “Something else”").first.fill("Coughing")
    press(page, "Next")

    press(page, "Next")
    expect(summary.locator("li")).to_have_count(10)
    assert faults(page) == []
    fill_visit(page)
    page.get_by_label(re.compile("^Your insurance card")).set_input_files(
        {"name": "card.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    press(page, "Next")
    expect(summary).to_have_text(re.compile("Enter it like AA-111111"))
    page.get_by_label(re.compile("^Member number")).fill("AB-123456")
    press(page, "Next")

    expect(page.get_by_role("heading", name="Check your answers")).to_be_focused()
    assert faults(page) == []
    answers = page.locator(".form__review")
    for text in ("Zoë Ångström", "1 Pine Street", "Something else: Coughing", "January 31, 2026", "card.pdf"):
        expect(answers).to_contain_text(text)
    page.locator("form.form button[type=submit]:visible").click()
    expect(page.locator(".confirmation__reference")).to_be_visible()


def test_what_does_not_fit_is_told_as_the_server_would_tell_it(visitor: Watched) -> None:
    page = visitor.page
    page.goto(FORM)
    fill_person(page)
    press(page, "Next")
    fill_pain(page)
    page.get_by_label("Your answer to “Something else”").first.fill("Coughing")
    day = page.get_by_label(re.compile("^When did it start"))
    day.fill("2019-12-31")
    press(page, "Next")
    expect(page.locator(".error-summary li")).to_have_text(["Enter Jan. 1, 2020 or a later date."])
    day.fill("2020-01-01")
    press(page, "Next")

    fill_visit(page)
    page.get_by_label(re.compile("^ZIP code of your work")).fill("98101 ")
    words = page.get_by_label(re.compile("^What brings you to us"))
    words.fill("")
    words.focus()
    page.keyboard.insert_text("x" * 501)
    assert len(words.input_value()) == 501
    too_long = page.get_by_role("alert").filter(has_text="Use at most 500 characters.")
    expect(too_long).to_be_visible()
    page.keyboard.press("Backspace")
    expect(too_long).to_have_count(0)
    page.get_by_label(re.compile("^Member number")).fill("AB-123456 ")
    page.get_by_label(re.compile("^Your insurance card")).set_input_files(
        {"name": "card.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    press(page, "Next")
    expect(page.get_by_role("heading", name="Check your answers")).to_be_focused()


def test_every_question_is_readable_without_scripts(new_context: NewContext) -> None:
    page = new_context(java_script_enabled=False, viewport={"width": PHONE, "height": 844}).new_page()
    page.goto(FORM)
    assert too_wide(page) == []
    press(page, "Check your answers")
    expect(page.locator(".error-summary")).to_be_visible()
    assert too_wide(page) == []
    fill_person(page)
    page.get_by_label("I am new here").check()
    press(page, "Check your answers")
    expect(page.locator(".error-summary li").first).to_have_text("Choose a number for “How bad is it?”.")
    expect(page.get_by_label(re.compile("^First name"))).to_have_value("Zoë")


def test_a_file_that_cannot_be_sent_is_told_of_when_it_is_chosen(visitor: Watched, tmp_path: Path) -> None:
    page = visitor.page
    page.goto(FORM)
    fill_person(page)
    press(page, "Next")
    fill_pain(page)
    page.get_by_label("Your answer to “Something else”").first.fill("Coughing")
    press(page, "Next")
    large = tmp_path / "scan.pdf"
    large.write_bytes(PDF + b"\0" * 11 * MEGABYTE)
    card = page.get_by_label(re.compile("^Your insurance card"))
    error = page.locator(".field--upload .field__error")
    card.set_input_files(large)
    expect(error).to_have_text("“scan.pdf” is too large. A file can have up to 10 MB.")
    expect(card).to_have_attribute("aria-describedby", re.compile("_error"))
    assert axe_violations(page) == []
    card.set_input_files({"name": "notes.txt", "mimeType": "text/plain", "buffer": b"Hello"})
    expect(error).to_have_text("“notes.txt” is not a photo (JPEG, PNG, HEIC, WebP) or a PDF. Choose another file.")
    card.set_input_files({"name": "empty.pdf", "mimeType": "application/pdf", "buffer": b""})
    expect(error).to_have_text("“empty.pdf” is empty. Choose another file.")
    good = {"name": "card.pdf", "mimeType": "application/pdf", "buffer": PDF}
    card.set_input_files([good, good, good])
    expect(error).to_have_text("Add no more than 2 files.")
    fill_visit(page)
    press(page, "Next")
    expect(page.locator(".error-summary")).to_contain_text("Add no more than 2 files.")
    card.set_input_files([good])
    expect(error).to_have_count(0)
