"""A walk over every public page at several sizes and in both themes, noting what is wrong with each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.browser.watched import Watched, axe_violations

# Pages no sitemap names: the error page, and the search with and without results.
UNLISTED_PATHS = ["/no-such-page/", "/search/", "/search/?q=back", "/search/?q=zzzz"]

THEMES = ("light", "dark")
PHONE, DESKTOP, NARROWEST = 390, 1440, 320
# A window 1280 px wide shows 640 px when the reader zooms to 200 %.
UNZOOMED, ZOOMED = 1280, 640


@dataclass
class Findings:
    """What the walk found, one line per fault, by kind; and the HTML of every page by path."""

    complaints: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    overflows: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    skip_links: list[str] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    html: dict[str, str] = field(default_factory=dict, repr=False)


def public_paths(page: Page) -> list[str]:
    """Return the path of every page the sitemap names, and of those it does not."""
    sitemap = page.request.get("/sitemap.xml").text()
    listed = [urlsplit(location).path for location in re.findall(r"<loc>(.*?)</loc>", sitemap)]
    return [*listed, *UNLISTED_PATHS]


def walk(watched: Watched) -> Findings:
    """Visit every public page in the browser of ``watched`` and return what was found."""
    findings = Findings()
    for path in public_paths(watched.page):
        for width in (PHONE, DESKTOP):
            _visit(watched, path, width, findings)
    return findings


def _visit(watched: Watched, path: str, width: int, findings: Findings) -> None:
    page = watched.page
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="light")
    response = page.goto(path, wait_until="load")
    if response is None or (response.status != 200 and path != "/no-such-page/"):
        findings.complaints.append(f"{path}: answered {response and response.status}")
        return
    # As tall as the page: a bar fixed to the window's edge covers no control that scrolling would bring into view.
    page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight")})
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        findings.violations += [f"{path} {width} {theme}: {line}" for line in axe_violations(page)]
    if width == DESKTOP:
        findings.html[path] = response.text()
        findings.headings += [f"{path}: {count} h1" for count in [page.locator("h1").count()] if count != 1]
        findings.skip_links += [f"{path}: {fault}" for fault in skip_link_faults(page)]
    else:
        findings.overflows += [f"{path}: {fault}" for fault in _overflow_faults(page)]
    findings.cookies += [f"{path}: {cookie['name']}" for cookie in page.context.cookies()]
    findings.complaints += [f"{path} {width}: {line}" for line in watched.take_complaints()]


def skip_link_faults(page: Page) -> Iterator[str]:
    """Yield what is wrong with the skip link: the first Tab must show it, and Enter must move to the main content."""
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    target = link.get_attribute("href") if link.count() else None
    if not target or not target.startswith("#"):
        yield f"the first Tab reaches {target!r}, not a link into the page"
        return
    box = link.bounding_box()
    if not box or box["y"] < 0 or box["x"] < 0:
        yield "the focused skip link cannot be seen"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    if not page.evaluate("id => document.querySelector(id)?.matches('main, main *')", target):
        yield f"{target} is not in the main content"
    elif page.evaluate("!!document.activeElement.closest('body > header')"):
        yield "the Tab after the skip link is still in the header"


def _overflow_faults(page: Page) -> Iterator[str]:
    for width, what in ((NARROWEST, "at 320 px"), (ZOOMED, "at 200 % zoom")):
        page.set_viewport_size({"width": width, "height": 900})
        for fault in too_wide(page):
            yield f"{what}: {fault}"
    # WCAG 2.2, 1.4.4: text alone at 200 %, in the window it was made for.
    page.set_viewport_size({"width": UNZOOMED, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    yield from (f"with text at 200 %: {fault}" for fault in [*too_wide(page), *clipped_texts(page)])


def too_wide(page: Page) -> list[str]:
    """Return what makes the page wider than its window, so that a reader would have to scroll sideways."""
    return page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) return [];
            return [...document.body.querySelectorAll('*')]
                .filter(element => element.getBoundingClientRect().right > width + 1)
                .slice(0, 3).map(element => `${element.tagName}.${element.className} is wider than the window`);
        }"""
    )


def clipped_texts(page: Page) -> list[str]:
    """Return the texts that are cut off at the bottom of their box."""
    return page.evaluate(
        """() => [...document.body.querySelectorAll('p, li, a, button, h1, h2, h3, label, td, th')]
            .filter(element => {
                const style = getComputedStyle(element);
                const hidden = style.position === 'absolute' && element.clientHeight <= 1;
                return !hidden && style.overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 2;
            })
            .slice(0, 3).map(element => `text cut off: ${element.textContent.trim().slice(0, 60)}`)"""
    )
