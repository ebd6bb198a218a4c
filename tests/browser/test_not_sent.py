"""When a form cannot be sent: it filled up or closed meanwhile, too much came from here, or the network hangs."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import NewContext
from tests.browser.crawl import PHONE, too_wide
from tests.browser.site import Site
from tests.browser.test_filling_in import (
    FORM,
    POSTS,
    fill_all,
    fill_visit,
    look_closely,
    press_next,
    reference_on,
    send,
)
from tests.browser.watched import axe_violations

REASON = "My knee,\nsince <May>"
# The patience of the page, thirty seconds, made short.
IMPATIENT = "const later = setTimeout; window.setTimeout = (call, ms) => later(call, ms === 30_000 ? 1000 : ms);"


@pytest.fixture(autouse=True)
def pages(site: Site) -> None:
    """Build the forms of these tests."""
    site.build("build", "build_limited")


@pytest.fixture
def exhausted(site: Site, new_context: NewContext) -> Iterator[None]:
    """Let too much have come from this address, until the test ends."""
    page = new_context().new_page()
    page.goto("/call-me-back/")
    page.get_by_label(re.compile("^Your first name")).fill("Bo")
    page.get_by_role("button", name="Call me").click()
    reference_on(page)
    site.call("exhaust_the_address")
    yield
    site.call("forgive_the_address")


def fill_short(page: Page, name: str) -> None:
    page.get_by_label(re.compile("^Your first name")).fill(name)
    page.get_by_label(re.compile("^What brings you to us?")).fill(REASON)


def press_send(page: Page) -> None:
    page.locator("form.form [type=submit]").click()


@pytest.mark.parametrize("scripted", [True, False])
def test_a_form_that_filled_up_meanwhile_keeps_what_was_written(new_context: NewContext, *, scripted: bool) -> None:
    path = "/one-place/" if scripted else "/one-place-unscripted/"
    options = {"java_script_enabled": scripted, "viewport": {"width": PHONE, "height": 844}}
    first, late = new_context(**options).new_page(), new_context(**options).new_page()
    for page, name in ((first, "Ada"), (late, "Zoë")):
        page.goto(path)
        fill_short(page, name)
    press_send(first)
    reference_on(first)
    press_send(late)
    summary = late.locator(".error-summary")
    expect(summary).to_be_visible()
    expect(summary).to_contain_text("This form takes no more requests")
    expect(summary).to_contain_text("Nothing was sent. What you wrote is still below, for you to copy.")
    expect(summary.get_by_role("link", name=re.compile("206 555 0142"))).to_be_visible()
    expect(late.get_by_label(re.compile("^What brings you to us?"))).to_have_value(REASON)
    expect(late).to_have_title(re.compile("^Error: "))
    assert too_wide(late) == []
    if scripted:
        expect(summary).to_be_focused()
        assert look_closely(late) == []
    late.goto(path)
    expect(late.locator(".form-closed")).to_contain_text("This form takes no more requests")
    expect(late.locator("form.form")).to_have_count(0)


@pytest.mark.usefixtures("exhausted")
def test_too_much_from_one_address_is_told_and_loses_nothing(new_context: NewContext, site: Site) -> None:
    page = new_context(viewport={"width": PHONE, "height": 844}).new_page()
    page.goto(FORM)
    fill_all(page)
    send(page)
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Your answers are still below: please send them again in an hour, or call us.")
    assert look_closely(page) == []
    page.reload()
    expect(page.get_by_label(re.compile("^What brings you to us?"))).to_have_value(REASON)
    site.call("forgive_the_address")
    while page.get_by_role("button", name="Next").is_visible():
        press_next(page)
    send(page)
    reference_on(page)


@pytest.mark.usefixtures("exhausted")
def test_too_much_from_one_address_is_told_without_scripts(new_context: NewContext) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/call-me-back/")
    page.get_by_label(re.compile("^Your first name")).fill("Zoë")
    page.get_by_role("button", name="Call me").click()
    expect(page.locator(".error-summary")).to_contain_text("We cannot take your request right now")
    expect(page.get_by_label(re.compile("^Your first name"))).to_have_value("Zoë")


def test_a_network_that_hangs_is_told_and_a_second_try_is_the_same_request(new_context: NewContext, site: Site) -> None:
    page = new_context(viewport={"width": PHONE, "height": 844}).new_page()
    page.add_init_script(IMPATIENT)
    page.goto(FORM)
    fill_all(page)
    # The same answers as another test's would be known as a repetition, whatever their key.
    page.get_by_role("button", name="Change What brings you to us?").click()
    page.get_by_label(re.compile("^What brings you to us?")).fill("My hip, since the network hangs")
    press_next(page)
    before, taken = site.ask("pages", "requests_of_the_form"), []

    def take_and_keep_silent(route: Route) -> None:
        taken.append(route.fetch().json()["location"])

    page.route(POSTS, take_and_keep_silent, times=1)
    send(page)
    message = page.locator(".form__message")
    expect(message).to_be_focused()
    expect(message).to_contain_text("There was no answer yet")
    assert axe_violations(page) == []
    page.get_by_role("button", name="Try again").click()
    assert reference_on(page) in taken[0]
    assert site.ask("pages", "requests_of_the_form") == before + 1


def test_the_steps_that_were_reached_are_counted_once_each(new_context: NewContext, site: Site) -> None:
    before = site.ask("pages", "steps_reached")
    page = new_context().new_page()
    page.goto(FORM)
    with page.expect_response("**/reached/") as begun:
        fill_visit(page)
    assert begun.value.status == 204
    with page.expect_response("**/reached/"):
        press_next(page)
    page.get_by_role("button", name="Back").click()
    press_next(page)
    page.reload()
    after = site.ask("pages", "steps_reached")
    assert sum(after) == sum(before) + 2
    assert re.fullmatch(r"step=[0-9a-f-]{36}", begun.value.request.post_data or "")
