"""The first ten minutes: one command from an empty folder to a running clinic, and again."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import Browser, expect

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS_OF_A_SECOND_START = 5
# Two busy cores make everything slower than a newcomer's idle machine.
LEEWAY = 4


class Served:
    """A ``manage.py serve`` in a process group of its own, as a terminal would start it."""

    def __init__(self, var: Path, port: int) -> None:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.begin = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(port)],
            cwd=ROOT,
            env=kept | {"VAR_DIR": str(var), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.output = self._read_until("Ctrl-C ends the site.")
        self.seconds = time.monotonic() - self.begin

    def _read_until(self, end: str) -> str:
        lines = []
        for line in self.process.stdout or ():
            lines.append(line)
            if end in line:
                return "".join(lines)
        raise AssertionError("".join(lines))

    def end(self, number: signal.Signals) -> None:
        """Send the signal and see that nothing of the group is left."""
        self.process.send_signal(number)
        self.process.communicate(timeout=30)
        assert self.process.returncode == 0
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return
        raise AssertionError("a process was left behind")


def test_serve_sets_everything_up_once_and_starts_fast_the_second_time(browser: Browser, tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"

    first = Served(tmp_path, port)
    assert "Preparing the database" in first.output
    assert "Loading the demo clinic" in first.output
    for address in (f"{url}/", f"{url}/admin/", f"{url}/api/docs", f"{tmp_path}/mail"):
        assert address in first.output
    logins = dict(re.findall(r"\b(editor|reviewer|frontdesk|admin)\s+(\S+)$", first.output, re.MULTILINE))
    assert len(logins) == 4

    page = browser.new_page()
    page.goto(f"{url}/admin/")
    page.locator("input[name=username]").fill("admin")
    page.locator("input[name=password]").fill(logins["admin"])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="Requests", exact=True)).to_be_visible()
    assert f"<loc>{url}/" in page.request.get(f"{url}/sitemap.xml").text()
    assert page.request.get(f"{url}/api/docs").ok
    first.end(signal.SIGTERM)

    second = Served(tmp_path, port)
    assert "Loading" not in second.output
    assert "Preparing" not in second.output
    assert dict(re.findall(r"\b(editor|reviewer|frontdesk|admin)\s+(\S+)$", second.output, re.MULTILINE)) == logins
    assert second.seconds < SECONDS_OF_A_SECOND_START * LEEWAY
    page.close()
    second.end(signal.SIGINT)
