"""What must be true of every public page, whoever wrote it."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.crawl import Findings, walk
from tests.browser.site import Site
from tests.browser.watched import watch
from tests.parts import find_html_checker


@pytest.fixture(scope="session")
def findings(browser: Browser, site: Site) -> Iterator[Findings]:
    """Return what a walk over all public pages found."""
    context = browser.new_context(base_url=site.url, ignore_https_errors=True, reduced_motion="reduce")
    yield walk(watch(context, site.url))
    context.close()


def fail_with(faults: list[str]) -> None:
    """Fail where there are faults, listing them all."""
    __tracebackhide__ = True
    if faults:
        pytest.fail(f"{len(faults)} faults:\n" + "\n".join(faults), pytrace=False)


def test_the_walk_saw_the_whole_clinic(findings: Findings) -> None:
    for part in ("/", "/conditions/", "/staff/", "/no-such-page/", "/search/?q=back"):
        assert any(path.startswith(part) for path in findings.html), part
    assert len(findings.html) > 25


def test_no_page_has_an_accessibility_violation(findings: Findings) -> None:
    fail_with(findings.violations)


def test_no_page_makes_the_browser_complain_or_asks_another_host(findings: Findings) -> None:
    fail_with(findings.complaints)


def test_no_page_sets_a_cookie(findings: Findings) -> None:
    fail_with(findings.cookies)


def test_every_page_has_one_main_heading(findings: Findings) -> None:
    fail_with(findings.headings)


def test_the_skip_link_leads_to_the_main_content(findings: Findings) -> None:
    fail_with(findings.skip_links)


def test_every_page_fits_a_small_window_and_large_text(findings: Findings) -> None:
    fail_with(findings.overflows)


def test_every_page_is_valid_html(findings: Findings, tmp_path: Path) -> None:
    checker = find_html_checker()
    if checker is None:
        pytest.skip("the Nu HTML checker needs Java and npm")
    paths = {}
    for number, (path, html) in enumerate(findings.html.items()):
        file = tmp_path / f"{number}.html"
        file.write_text(html)
        paths[file.name] = path
    command = [*checker, "--format", "json", "--stdout", "--exit-zero-always", *map(str, tmp_path.glob("*.html"))]
    report = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    errors = [message for message in report["messages"] if message["type"] != "info"]
    lines = [
        f"{paths.get(Path(e.get('url', '')).name, '?')}: {e['message']} {e.get('extract', '').strip()!r}"
        for e in errors
    ]
    fail_with(lines)
