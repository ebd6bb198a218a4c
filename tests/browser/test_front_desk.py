"""The front desk at work: by the keyboard alone, two at once, in every size and theme, and told of what comes in."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import LogIn, open_browser, sign_in
from tests.browser.crawl import DESKTOP, NARROWEST, PHONE, THEMES, ZOOMED, too_wide
from tests.browser.site import Site
from tests.browser.watched import axe_violations

LIST = "/admin/submissions/"
MOST_TABS = 60


@pytest.fixture(scope="module")
def desk(browser: Browser, site: Site) -> Iterator[Page]:
    """Return the browser of somebody at the front desk, with one of each to see; signed in once for all tests."""
    site.call("fill_the_inbox")
    context = open_browser(browser, site, viewport={"width": DESKTOP, "height": 900})
    page = context.new_page()
    sign_in(page, site, "frontdesk")
    yield page
    context.close()


def first_request(page: Page, query: str = "") -> str:
    """Return the address of the first request of the list."""
    page.goto(f"{LIST}?{query}")
    return str(page.locator("td.title a").first.get_attribute("href"))


def screens(page: Page) -> dict[str, str]:
    """Return the address of each screen of the front desk, by what it shows."""
    request, caught = first_request(page, "status=contacted"), first_request(page, "status=quarantine")
    form = page.locator("select[name=form_id] option", has_text="Request an appointment").get_attribute("value")
    chosen = request.strip("/").rpartition("/")[2]
    page.goto("/admin/notifications/?state=failed")
    failed = str(page.get_by_role("link", name="Try again").first.get_attribute("href"))
    return {
        "dashboard": "/admin/",
        "list": LIST,
        "list of one form": f"{LIST}?form_id={form}&status=new&status=contacted",
        "list of quarantine": f"{LIST}?status=quarantine",
        "empty list": f"{LIST}?created_at_from=2020-01-01&created_at_to=2020-01-02",
        "request": request,
        "request in quarantine": caught,
        "print": f"{request}print/",
        "several": f"/admin/bulk/forms/submission/set_status/?id={chosen}",
        "refused": f"/admin/bulk/forms/submission/erase/?id={chosen}",
        "report": f"/admin/reports/requests/?form_id={form}",
        "export": f"/admin/exports/new/?form_id={form}",
        "exports": "/admin/exports/",
        "notifications": "/admin/notifications/",
        "try again": failed,
    }


def width_faults(page: Page) -> list[str]:
    """Return what does not fit the window, or is cut off where it cannot be scrolled to."""
    is_cut_off = page.evaluate(
        "[...document.querySelectorAll('main')].some(main => main.scrollWidth > main.clientWidth + 1"
        " && getComputedStyle(main).overflowX === 'hidden')"
    )
    return too_wide(page) + (["something is cut off at the side"] if is_cut_off else [])


def test_every_screen_can_be_used_by_everybody_in_every_size_and_theme(desk: Page) -> None:
    faults = []
    for name, address in screens(desk).items():
        desk.set_viewport_size({"width": DESKTOP, "height": 900})
        desk.goto(address)
        for width in (DESKTOP, ZOOMED, PHONE):
            desk.set_viewport_size({"width": width, "height": 900})
            for theme in THEMES if width != ZOOMED else THEMES[:1]:
                desk.emulate_media(color_scheme=theme)
                faults += [f"{name} {width} {theme}: {fault}" for fault in axe_violations(desk)]
            faults += [f"{name} {width}: {fault}" for fault in width_faults(desk)]
        desk.set_viewport_size({"width": NARROWEST, "height": 900})
        faults += [f"{name} {NARROWEST}: {fault}" for fault in width_faults(desk)]
    desk.set_viewport_size({"width": DESKTOP, "height": 900})
    desk.emulate_media(color_scheme=THEMES[0])
    assert faults == []


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until ``wanted`` has the focus, which must be seen."""
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            assert wanted.evaluate(
                "element => { const style = getComputedStyle(element);"
                " return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2; }"
            )
            return
    raise AssertionError(f"no Tab of {MOST_TABS} reaches {wanted}")


def test_a_request_is_worked_on_by_the_keyboard_alone(desk: Page) -> None:
    desk.goto(f"{LIST}?status=new")
    link = desk.locator("td.title a").first
    reference = link.inner_text()
    tab_to(desk, desk.get_by_role("link", name="Skip to main content"))
    desk.keyboard.press("Enter")
    tab_to(desk, link)
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_contain_text(reference)

    status, note = desk.get_by_label("Status"), "Left a voicemail; call again on Friday."
    tab_to(desk, status)
    desk.keyboard.type("Contacted")
    expect(status).to_have_value("contacted")
    tab_to(desk, desk.get_by_label("Note for colleagues"))
    desk.keyboard.type(note)
    tab_to(desk, desk.get_by_role("button", name="Save", exact=True))
    desk.keyboard.press("Enter")
    expect(desk.locator(".messages .success")).to_contain_text("Contacted")
    expect(desk.locator(".request-timeline")).to_contain_text(note)

    tab_to(desk, desk.get_by_role("link", name="Back to the list"))
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("navigation", name="Requests by status").locator("[aria-current=page]")).to_contain_text(
        "New"
    )
    expect(desk.get_by_role("link", name=reference)).to_have_count(0)


def test_what_can_be_done_to_several_is_at_hand_on_a_phone(desk: Page) -> None:
    desk.set_viewport_size({"width": PHONE, "height": 800})
    desk.goto(LIST)
    desk.locator("td input[type=checkbox]").first.check()
    for name in ("Set the status of the selected requests", "Assign the selected requests to somebody"):
        expect(desk.get_by_role("link", name=name)).to_be_in_viewport()
    assert axe_violations(desk) == []
    desk.set_viewport_size({"width": DESKTOP, "height": 900})


def test_the_second_of_two_people_is_told_and_loses_nothing(desk: Page, log_in: LogIn) -> None:
    address = first_request(desk, "status=contacted")
    colleague = log_in("admin")
    for page in (desk, colleague):
        page.goto(address)
    colleague.get_by_label("Status").select_option(label="Booked")
    colleague.get_by_role("button", name="Save", exact=True).click()
    expect(colleague.locator(".messages .success")).to_contain_text("Booked")

    note = "Does not want to be called before noon."
    desk.get_by_label("Status").select_option(label="Closed")
    desk.get_by_label("Note for colleagues").fill(note)
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".messages .error")).to_contain_text("admin has changed this request meanwhile")
    assert axe_violations(desk) == []
    expect(desk.get_by_label("Status")).to_have_value("booked")
    expect(desk.get_by_label("Note for colleagues")).to_have_value(note)
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".request-timeline")).to_contain_text(note)
    expect(desk.locator(".request-timeline")).not_to_contain_text("Closed")


def test_new_requests_are_announced_without_loading_the_list_again(desk: Page, site: Site) -> None:
    desk.clock.install()
    desk.goto(LIST)
    desk.evaluate("window.isStillTheSamePage = true")
    expect(desk.get_by_role("link", name="Show new requests")).to_be_hidden()
    newest = desk.locator("td.title a").first.inner_text()
    site.call("send_a_request")
    desk.clock.fast_forward("00:30")
    expect(desk.locator(".request-news")).to_contain_text("1 new request has come in.")
    assert desk.title().startswith("(1) ")
    assert desk.evaluate("window.isStillTheSamePage")
    assert axe_violations(desk) == []
    desk.get_by_role("link", name="Show new requests").click()
    expect(desk.get_by_role("link", name="Show new requests")).to_be_hidden()
    expect(desk.locator("#listing-results")).to_be_focused()
    link = desk.locator("td.title a").first
    expect(link).not_to_have_text(newest)
    expect(desk.locator("td.title").first).to_contain_text("unread")
    assert desk.evaluate("window.isStillTheSamePage")
