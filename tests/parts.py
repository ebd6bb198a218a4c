"""What the browser tests and the fault tests need besides Python, and where this machine keeps it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

BROWSER_TESTS = Path(__file__).parent / "browser"
FAULT_TESTS = Path(__file__).parent / "faults"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_PLACES = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",)
VNU_JAR = BROWSER_TESTS / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def in_ci() -> bool:
    """Return whether a missing part is a failure instead of a test left out."""
    return os.environ.get("CI", "").lower() in ("1", "true", "yes")


def find_chromium() -> str | None:
    """Return the path of the Chromium or Chrome to drive: ``CHROMIUM``, one installed, or Playwright's own."""
    candidates = [os.environ.get("CHROMIUM"), *map(shutil.which, CHROMIUM_NAMES), *CHROMIUM_PLACES]
    return next((path for path in candidates if path and Path(path).exists()), None) or _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def find_html_checker() -> list[str] | None:
    """Return the command that runs the Nu HTML checker, None where Java or the checker is missing."""
    java = shutil.which("java")
    return [java, "-jar", str(VNU_JAR)] if java and VNU_JAR.exists() else None


def find_postgres(program: str) -> str | None:
    """Return the path of a program of PostgreSQL's server, None where it is missing. Debian keeps them elsewhere."""
    kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    return shutil.which(program) or (str(kept[-1]) if kept else None)


def run_npm(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run npm in ``folder`` with the Node.js that is pinned among the tests' packages; return how it ended."""
    programs = Path(sys.executable).parent
    path = os.pathsep.join([str(programs), os.environ.get("PATH", "")])
    return subprocess.run(
        [str(programs / "npm"), *arguments],
        cwd=folder,
        env=os.environ | {"PATH": path, "NO_COLOR": "1"} | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
