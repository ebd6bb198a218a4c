"""A browser page that remembers everything a careful visitor would complain about."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
IS_DARK = "matchMedia('(prefers-color-scheme: dark)').matches"


@dataclass
class Watched:
    """A page, with what went wrong on it: console messages, script errors, failed and foreign requests."""

    page: Page
    host: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        self.page.on("request", self._on_request)
        self.page.on("response", self._on_response)
        self.page.on("requestfailed", self._on_failure)

    def _on_console(self, message: ConsoleMessage) -> None:
        # A navigation that answers 404 on purpose is reported by the browser itself.
        if message.type in ("error", "warning") and "the server responded with a status of 4" not in message.text:
            self.complaints.append(f"console {message.type}: {message.text}")

    def _on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != self.host:
            self.complaints.append(f"request to another host: {request.url}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.complaints.append(f"status {response.status}: {response.url}")

    def _on_failure(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"failed ({request.failure}): {request.url}")

    def take_complaints(self) -> list[str]:
        """Return what was collected since the last time, and forget it."""
        taken, self.complaints = self.complaints, []
        return taken


def watch(context: BrowserContext, url: str) -> Watched:
    """Return a new watched page in ``context``; every host but that of ``url`` is foreign to it."""
    return Watched(context.new_page(), urlsplit(url).hostname or "")


def axe_violations(page: Page) -> list[str]:
    """Return the accessibility violations axe finds on ``page`` as it is now, one line each.

    In the dark theme, of the colours alone: nothing else differs from the light one, which is looked at as well.
    """
    kind, values = ("rule", COLOUR_RULES) if page.evaluate(IS_DARK) else ("tag", AXE_TAGS)
    options = {"runOnly": {"type": kind, "values": values}, "resultTypes": ["violations"]}
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in Axe().run(page, options=options).response["violations"]
        for node in violation["nodes"]
    ]
