"""Fixtures of the browser tests: one running site and one Chromium for all of them."""

import os
from collections.abc import Callable, Generator, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.admin_ui import note_when_edits_are_watched
from tests.browser.site import Site, running_site
from tests.browser.watched import Watched, watch
from tests.parts import find_chromium

MILLISECONDS_TO_WAIT = 20_000
CHARACTERS_OF_LOG = 6_000
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Return the running site with the demo clinic."""
    with running_site(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add what the site wrote to its log to the report of a test that failed."""
    report = yield
    site = getattr(item, "funcargs", {}).get("site")
    if report.failed and site:
        report.sections.append(("The site's log", site.log.read_text()[-CHARACTERS_OF_LOG:]))
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the Chromium of this machine; skip where there is none."""
    executable = find_chromium()
    if executable is None:
        pytest.skip("no Chromium or Chrome found (CHROMIUM= names one)")
    # Playwright keeps an event loop in this thread for the whole session, which Django's own tests must not mind.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=MILLISECONDS_TO_WAIT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


NewContext = Callable[..., BrowserContext]


def open_browser(browser: Browser, site: Site, **options: object) -> BrowserContext:
    """Return a browser of its own, as another visitor has; whoever asks closes it."""
    defaults = {"base_url": site.url, "ignore_https_errors": True, "reduced_motion": "reduce"}
    context = browser.new_context(**defaults | options)
    context.set_default_timeout(MILLISECONDS_TO_WAIT)
    return context


@pytest.fixture
def new_context(browser: Browser, site: Site) -> Iterator[NewContext]:
    """Return a function that opens a browser of its own, as another visitor would."""
    contexts = []

    def open_context(**options: object) -> BrowserContext:
        contexts.append(open_browser(browser, site, **options))
        return contexts[-1]

    yield open_context
    for context in contexts:
        context.close()


@pytest.fixture
def visitor(new_context: NewContext, site: Site) -> Iterator[Watched]:
    """Return a patient's browser; the test fails where the browser had something to complain about."""
    watched = watch(new_context(viewport={"width": 1280, "height": 900}), site.url)
    yield watched
    assert watched.take_complaints() == []


LogIn = Callable[[str], Page]


@pytest.fixture
def log_in(new_context: NewContext, site: Site) -> LogIn:
    """Return a function that logs a role's user in to the admin, in a browser of their own."""

    def as_user(username: str) -> Page:
        page = new_context(viewport={"width": 1440, "height": 1000}).new_page()
        sign_in(page, site, username)
        return page

    return as_user


def sign_in(page: Page, site: Site, username: str) -> None:
    """Log a role's user in to the admin."""
    note_when_edits_are_watched(page)
    page.goto("/admin/login/?next=/admin/")
    page.get_by_label("Username").fill(username)
    page.locator("input[name=password]").fill(site.passwords[username])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/admin/")
