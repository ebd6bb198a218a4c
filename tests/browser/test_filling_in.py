"""Filling a form in: on a phone, by keyboard, without scripts, with a bad connection, and over a reload."""

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.conftest import NewContext
from tests.browser.crawl import NARROWEST, PHONE, too_wide
from tests.browser.site import Site
from tests.browser.watched import Watched, axe_violations, watch
from tests.forms.files import PDF

FORM = "/before-your-visit/"
REASON = "My knee,\nsince <May>"
POSTS = "**/forms/*/"


@pytest.fixture(autouse=True)
def pages(site: Site) -> None:
    """Build the forms that these tests fill in."""
    site.build("build")


@pytest.fixture
def phone(new_context: NewContext, site: Site) -> Iterator[Watched]:
    """Return a patient's phone."""
    watched = watch(new_context(viewport={"width": PHONE, "height": 844}, has_touch=True), site.url)
    yield watched
    assert watched.take_complaints() == []


def press_next(page: Page) -> None:
    page.get_by_role("button", name="Next").click()


def fill_visit(page: Page, referral: str = "No") -> None:
    page.get_by_label(referral, exact=True).check()
    page.get_by_label(re.compile("^What brings you to us?")).fill(REASON)


def fill_pain(page: Page) -> None:
    page.get_by_label("7", exact=True).check()
    page.get_by_label("Neck").check()
    page.get_by_label("Knee").check()


def fill_person(page: Page) -> None:
    page.get_by_label(re.compile("^First name")).fill("Zoë")
    page.get_by_label(re.compile("^Last name")).fill("Ångström")
    page.get_by_label("Month").fill("2")
    page.get_by_label("Day").fill("29")
    page.get_by_label("Year").fill("1980")
    page.get_by_label(re.compile("^Phone number")).fill("206 555 0187")
    page.get_by_label(re.compile("^I agree")).check()


def fill_all(page: Page) -> None:
    """Answer all steps, up to the answers to check."""
    for fill in (fill_visit, fill_pain, fill_person):
        fill(page)
        press_next(page)
    expect(page.get_by_role("heading", name="Check your answers")).to_be_focused()


def send(page: Page) -> None:
    page.get_by_role("button", name="Send my answers").click()


def reference_on(page: Page) -> str:
    shown = page.locator(".confirmation__reference")
    expect(shown).to_be_visible()
    return shown.inner_text()


def look_closely(page: Page) -> list[str]:
    """Return what is wrong with the page as it is now, at two widths, in both themes and at 320 px."""
    faults = []
    for width in (1440, PHONE):
        page.set_viewport_size({"width": width, "height": 844})
        for theme in ("dark", "light"):
            page.emulate_media(color_scheme=theme)
            faults += [f"{width} {theme}: {line}" for line in axe_violations(page)]
    page.set_viewport_size({"width": NARROWEST, "height": 844})
    faults += too_wide(page)
    page.set_viewport_size({"width": PHONE, "height": 844})
    return faults + [f"{page.locator('h1').count()} h1" for _once in [1] if page.locator("h1").count() != 1]


def test_a_patient_walks_through_the_form_on_a_phone(phone: Watched) -> None:
    page = phone.page
    page.goto("/")
    page.goto(FORM)
    progress = page.locator(".form__progress")
    expect(progress).to_have_text("Step 1 of 4")
    press_next(page)
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: Before your visit"))
    assert look_closely(page) == []
    summary.get_by_role("link", name="Enter an answer to “What brings you to us?”.").click()
    expect(page.get_by_label(re.compile("^What brings you to us?"))).to_be_focused()
    assert page.url.endswith(FORM)

    fill_visit(page, "Yes")
    page.get_by_label(re.compile("^Your referral")).set_input_files(
        {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    press_next(page)
    expect(page.get_by_role("heading", name="Your pain")).to_be_focused()
    expect(page).to_have_title(re.compile("^Before your visit"))
    assert look_closely(page) == []
    fill_pain(page)
    page.go_back()
    expect(progress).to_have_text("Step 1 of 4")
    page.go_forward()
    expect(progress).to_have_text("Step 2 of 4")
    press_next(page)
    page.get_by_role("button", name="Back").click()
    expect(progress).to_have_text("Step 2 of 4")
    press_next(page)
    fill_person(page)
    assert look_closely(page) == []
    press_next(page)

    expect(page.get_by_role("heading", name="Check your answers")).to_be_focused()
    answers = page.locator(".form__review")
    for text in ("letter.pdf", "Neck; Knee", "Zoë Ångström", "February 29, 1980", "206 555 0187", "I agree"):
        expect(answers).to_contain_text(text)
    expect(answers.locator(".answers__row", has_text="When did it start?")).to_contain_text("Not answered")
    assert look_closely(page) == []
    page.get_by_role("button", name="Change How bad is it?").click()
    page.get_by_label("3", exact=True).check()
    press_next(page)
    expect(answers.locator(".answers__row", has_text="How bad is it?")).to_contain_text("3")
    send(page)
    reference_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, Zoë. Bring your referral.")
    assert look_closely(page) == []
    page.go_back()
    expect(page).to_have_url(re.compile(r":\d+/$"))
    page.goto(FORM)
    expect(page.get_by_label(re.compile("^What brings you to us?"))).to_have_value("")
    assert page.evaluate("sessionStorage.length") == 0


def test_a_changed_answer_that_leads_to_new_questions_asks_them(phone: Watched) -> None:
    page = phone.page
    page.goto(FORM)
    fill_all(page)
    expect(page.locator(".form__review")).not_to_contain_text("Your referral")
    page.get_by_role("button", name="Change Do you have a referral?").click()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label(re.compile("^What brings you to us?")).fill("")
    press_next(page)
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_label(re.compile("^What brings you to us?")).fill("My knee")
    press_next(page)
    expect(page.locator(".form__review")).to_contain_text("Your referral")


def test_a_reload_loses_nothing_and_another_tab_knows_nothing(phone: Watched) -> None:
    page = phone.page
    page.goto(FORM)
    fill_visit(page)
    press_next(page)
    fill_pain(page)
    page.reload()
    expect(page.locator(".form__progress")).to_have_text("Step 2 of 4")
    expect(page.get_by_label("7", exact=True)).to_be_checked()
    expect(page.get_by_label("Knee")).to_be_checked()
    assert look_closely(page) == []
    page.go_back()
    expect(page.get_by_label(re.compile("^What brings you to us?"))).to_have_value(REASON)

    other = page.context.new_page()
    other.goto(FORM)
    expect(other.get_by_label(re.compile("^What brings you to us?"))).to_have_value("")
    other.close()

    page.get_by_role("button", name="Clear my answers").click()
    expect(page.get_by_label(re.compile("^What brings you to us?"))).to_have_value("")
    page.reload()
    expect(page.locator(".form__progress")).to_have_text("Step 1 of 4")
    expect(page.get_by_role("button", name="Clear my answers")).to_have_count(0)
    assert page.get_by_label("No", exact=True).is_checked() is False


def test_answers_are_forgotten_after_two_hours(phone: Watched) -> None:
    page = phone.page
    page.goto(FORM)
    fill_visit(page)
    page.evaluate(
        """() => { for (const name of Object.keys(sessionStorage)) {
            const kept = JSON.parse(sessionStorage.getItem(name));
            sessionStorage.setItem(name, JSON.stringify({ ...kept, at: kept.at - 2 * 60 * 60 * 1000 }));
        } }"""
    )
    page.goto("/")
    page.goto(FORM)
    expect(page.get_by_label(re.compile("^What brings you to us?"))).to_have_value("")
    assert page.evaluate("sessionStorage.length") == 0


def test_without_a_connection_the_answers_stay_until_it_is_back(phone: Watched) -> None:
    page = phone.page
    page.goto(FORM)
    fill_all(page)
    page.context.set_offline(True)
    send(page)
    message = page.locator(".form__message")
    expect(message).to_be_focused()
    expect(message).to_contain_text("You seem to be offline")
    assert look_closely(page) == []
    page.context.set_offline(False)
    expect(message).to_contain_text("You are online again.")
    page.get_by_role("button", name="Try again").click()
    reference_on(page)


def test_a_lost_answer_and_a_second_try_are_one_request(new_context: NewContext) -> None:
    page = new_context().new_page()
    page.goto(FORM)
    fill_all(page)
    taken: list[str] = []

    def lose(route: Route) -> None:
        taken.append(route.fetch().json()["location"])
        route.abort()

    page.route(POSTS, lose, times=1)
    send(page)
    expect(page.locator(".form__message")).to_contain_text("Your request could not be sent")
    page.get_by_role("button", name="Try again").click()
    assert reference_on(page) in taken[0]


def test_a_browser_of_2021_sends_the_form_and_tries_again(phone: Watched) -> None:
    page = phone.page
    page.add_init_script(
        "delete AbortSignal.timeout; delete HTMLFormElement.prototype.requestSubmit; delete Array.prototype.findLast;"
    )
    page.goto(FORM)
    fill_all(page)
    page.route(POSTS, lambda route: route.fulfill(status=503, body="Busy"), times=1)
    send(page)
    expect(page.locator(".form__message")).to_contain_text("Your request could not be sent")
    page.get_by_role("button", name="Try again").click()
    reference_on(page)
    phone.take_complaints()  # The 503 above.


def test_where_the_script_fails_the_browser_sends_the_form(new_context: NewContext) -> None:
    page = new_context().new_page()
    page.add_init_script("window.FormData = undefined")
    page.goto(FORM)
    fill_all(page)
    send(page)
    reference_on(page)


def test_a_slow_answer_is_told_for_all_to_see(new_context: NewContext) -> None:
    page = new_context().new_page()
    page.clock.install()
    page.goto(FORM)
    fill_all(page)
    held: list[Route] = []
    page.route(POSTS, lambda route: held.append(route))
    send(page)
    expect(page.locator("form.form [type=submit]")).to_have_text("Sending…")
    page.clock.fast_forward(7_000)
    words = page.get_by_text("This takes longer than usual. Please keep this page open.")
    expect(words).to_be_visible()
    # Of the size that eyes can read: what is there for screen readers alone is "visible" too, at one pixel.
    assert words.bounding_box()["width"] > 100
    page.clock.fast_forward(30_000)
    expect(page.locator(".form__message")).to_contain_text("There was no answer yet")
    expect(words).to_have_count(0)


def test_a_server_in_trouble_is_told_apart_from_wrong_answers(new_context: NewContext) -> None:
    page = new_context().new_page()
    page.goto(FORM)
    fill_all(page)
    page.route(POSTS, lambda route: route.fulfill(status=503, body="Busy"), times=1)
    send(page)
    expect(page.locator(".form__message")).to_contain_text("Your answers are still here")
    page.get_by_role("button", name="Back").click()
    expect(page.locator(".form__message")).to_have_count(0)
    press_next(page)
    send(page)
    reference_on(page)


def test_a_double_click_on_a_slow_network_sends_once(phone: Watched) -> None:
    page = phone.page
    page.goto(FORM)
    fill_all(page)
    posts: list[Request] = []
    page.on("request", lambda request: posts.append(request) if request.method == "POST" else None)

    def delay(route: Route) -> None:
        time.sleep(1)
        route.continue_()

    page.route(POSTS, delay)
    page.get_by_role("button", name="Send my answers").dblclick()
    expect(page.locator("form.form [type=submit]")).to_have_text("Sending…")
    reference_on(page)
    assert len(posts) == 1


def test_what_only_the_server_finds_is_told_in_place(new_context: NewContext) -> None:
    page = new_context(viewport={"width": PHONE, "height": 844}).new_page()
    page.goto(FORM)
    fill_visit(page, "Yes")
    page.get_by_label(re.compile("^Your referral")).set_input_files(
        {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    press_next(page)
    fill_pain(page)
    press_next(page)
    fill_person(page)
    press_next(page)
    page.evaluate(
        "document.querySelector('[name$=_first]').value = ''; document.querySelector('[type=tel]').value = '1'"
    )
    # What the browser's own checks would catch must also be caught, and answered well, by the server.
    page.evaluate("for (const box of document.querySelectorAll('[required]')) box.required = false")
    page.evaluate("document.querySelector('[type=tel]').pattern = '.*'")
    send(page)
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator(".form__progress")).to_have_text("Step 3 of 4")
    assert look_closely(page) == []
    summary.get_by_role("link").last.click()
    expect(page.get_by_label(re.compile("^Phone number"))).to_be_focused()
    fill_person(page)
    press_next(page)
    expect(page.locator(".form__review")).to_contain_text("letter.pdf")
    send(page)
    reference_on(page)


def test_the_form_is_filled_in_by_keyboard_alone(visitor: Watched) -> None:
    page = visitor.page
    page.goto(FORM)
    keys = page.keyboard
    page.get_by_label("Yes", exact=True).focus()
    for key in ("ArrowDown", "Tab"):
        keys.press(key)
    keys.type("My knee")
    keys.press("Tab")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Your pain")).to_be_focused()
    keys.press("Tab")
    keys.press("ArrowRight")
    for key in ("Tab", "Space", "Tab", "Tab", "Tab"):
        keys.press(key)
    keys.press("Enter")  # In a text box: as the button would.
    expect(page.get_by_role("heading", name="About you")).to_be_focused()
    keys.press("Tab")
    for text in ("Zoë", "Ångström", "2", "29", "1980", "206 555 0187"):
        keys.type(text)
        keys.press("Tab")
    keys.press("Space")
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Check your answers")).to_be_focused()
    focused = page.locator(":focus")
    while focused.inner_text() != "Send my answers":
        keys.press("Tab")
    keys.press("Enter")
    reference_on(page)


def test_without_scripts_the_server_shows_the_answers_to_check(new_context: NewContext, site: Site) -> None:
    watched = watch(new_context(java_script_enabled=False), site.url)
    page = watched.page
    page.goto(FORM)
    fill_visit(page, "Yes")
    page.get_by_label(re.compile("^Your referral")).set_input_files(
        {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    fill_pain(page)
    page.get_by_role("button", name="Check your answers").click()
    expect(page.locator(".error-summary")).to_be_visible()
    assert page.title().startswith("Error: ")
    fill_person(page)
    page.get_by_role("button", name="Check your answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    expect(page.locator(".form__answers")).to_contain_text("letter.pdf")
    page.get_by_role("button", name="Change What brings you to us?").click()
    box = page.get_by_label(re.compile("^What brings you to us?"))
    expect(box).to_have_value(REASON)
    expect(box).to_be_in_viewport()
    box.fill("My hip")
    page.get_by_role("button", name="Check your answers").click()
    expect(page.locator(".form__answers")).to_contain_text("My hip")
    expect(page.locator(".form__answers")).to_contain_text("letter.pdf")
    send(page)
    reference_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, Zoë. Bring your referral.")


def test_forms_in_one_page_keep_apart(visitor: Watched, site: Site) -> None:
    page = visitor.page
    page.goto("/two-forms/")
    assert page.evaluate("document.querySelectorAll('[id]').length") == page.evaluate(
        "new Set([...document.querySelectorAll('[id]')].map(({ id }) => id)).size"
    )
    first, second, third = (page.locator(f"[data-form-area=f{number}]") for number in (1, 2, 3))
    first.get_by_label(re.compile("^Your first name")).fill("Ada")
    second.get_by_role("button", name="Call me").click()
    expect(second.locator(".error-summary")).to_be_focused()
    expect(first.locator(".error-summary")).to_have_count(0)
    # What only the server finds comes back into this page, under its headings.
    second.locator("[required]").evaluate("box => { box.required = false; }")
    second.get_by_role("button", name="Call me").click()
    expect(second.locator("form[data-filled][data-embedded]")).to_be_visible()
    expect(second.locator("h3.error-summary__title")).to_be_visible()
    expect(second.locator("h2")).to_have_count(0)
    assert all("status 422" in complaint for complaint in visitor.take_complaints())
    fill_visit(third.page)
    third.get_by_role("button", name="Next").click()
    page.reload()
    expect(first.get_by_label(re.compile("^Your first name"))).to_have_value("Ada")
    expect(second.get_by_label(re.compile("^Your first name"))).to_have_value("")
    expect(third.locator(".form__progress")).to_have_text("Step 2 of 4")
    assert look_closely(page) == []
    first.get_by_role("button", name="Call me").click()
    reference_on(page)
    site.call("expect_nothing_in_quarantine")
    page.go_back()
    expect(page).to_have_url(f"{site.url}/two-forms/")
    expect(first.get_by_label(re.compile("^Your first name"))).to_have_value("")


def test_a_form_published_anew_meanwhile_loses_nothing(visitor: Watched, site: Site) -> None:
    page, other = visitor.page, visitor.page.context.new_page()
    for tab in (page, other):
        tab.goto("/reworded-form/")
        tab.get_by_label(re.compile("^Old words")).fill("Ada")
    site.call("reword")
    press_next(page)
    page.get_by_role("button", name="Send my request").click()
    reference_on(page)

    other.reload()
    expect(other.get_by_label(re.compile("^New words"))).to_have_value("Ada")
    press_next(other)
    expect(other.locator(".error-summary")).to_contain_text("Enter your email address")
