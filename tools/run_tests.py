"""``make test``: find or set up what the tests need, then run pytest. Arguments are passed on to pytest."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.parts import (  # noqa: E402
    BROWSER_TESTS,
    FAULT_TESTS,
    find_chromium,
    find_html_checker,
    find_postgres,
    in_ci,
    run_npm,
)


def main() -> None:
    """Prepare, then become pytest; end with one sentence where the database or, under CI, a part is missing."""
    require_database()
    # A file stays on one worker: what its tests share, such as the walk over all pages, is made once. In the order of
    # tests/conftest.py: else the files with few tests come last, and those are the long ones.
    arguments = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", *sys.argv[1:]]
    chromium = find_chromium() or set_up_chromium()
    if chromium:
        os.environ["CHROMIUM"] = chromium
        set_up_html_checker()
    else:
        leave_out("the browser tests", "no Chromium or Chrome was found or could be installed (CHROMIUM= names one)")
        arguments += ["--ignore", str(BROWSER_TESTS)]
    if on_postgres() and not find_postgres("initdb") and not set_up_postgres():
        leave_out("the tests of faults", "they restart a PostgreSQL server of their own, and its programs are missing")
        arguments += ["--ignore", str(FAULT_TESTS)]
    os.chdir(ROOT)
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *arguments])  # noqa: S606


def leave_out(what: str, why: str) -> None:
    """Say in one line which tests are left out and why; under CI that is a failure."""
    if in_ci():
        sys.exit(f"CI needs {what}, but {why}.")
    print(f"Leaving out {what}: {why}.", flush=True)


def on_postgres() -> bool:
    """Return whether the tests run on PostgreSQL."""
    return os.environ.get("DATABASE_URL", "").startswith("postgres")


def require_database() -> None:
    """End with one sentence where ``DATABASE_URL`` names a PostgreSQL server that does not answer."""
    if not on_postgres():
        return
    import psycopg

    url = os.environ["DATABASE_URL"]
    server, _slash, _name = url.partition("?")[0].rpartition("/")
    try:
        psycopg.connect(f"{server}/postgres", connect_timeout=5).close()
    except psycopg.Error as error:
        sys.exit(f"PostgreSQL cannot be reached ({' '.join(str(error).split())}): check DATABASE_URL.")


def set_up_chromium() -> str | None:
    """Install a browser: Debian's package as root, else Playwright's own; return its path, None where neither works."""
    print("No Chromium or Chrome here: setting one up …", flush=True)
    install("chromium")
    return find_chromium() or (run([sys.executable, "-m", "playwright", "install", "chromium"]) and find_chromium())


def set_up_postgres() -> bool:
    """Install PostgreSQL's server programs where that may be done; return whether they are there."""
    print("No PostgreSQL server programs here: setting them up …", flush=True)
    install("postgresql")
    return bool(find_postgres("initdb"))


def install(package: str) -> None:
    """Install a package of Debian's, as root only."""
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        run([apt, "update", "-qq"])
        run([apt, "install", "-y", "-qq", "--no-install-recommends", package])


def set_up_html_checker() -> None:
    """Install the Nu HTML checker with npm where it is missing; it needs Java to run."""
    if not find_html_checker():
        succeeded(run_npm("ci", "--silent", "--no-fund", "--no-audit", folder=BROWSER_TESTS))
    if not find_html_checker():
        leave_out("the HTML checker", "it needs Java")


def run(command: list[str]) -> bool:
    """Run ``command``, its output shown only where it fails, and return whether it succeeded."""
    return succeeded(subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False))


def succeeded(result: subprocess.CompletedProcess[str]) -> bool:
    """Return whether a command succeeded; show what it said where it did not."""
    if result.returncode:
        print(f"{' '.join(result.args)} failed:\n{result.stderr.strip()[-500:]}", flush=True)
    return result.returncode == 0


if __name__ == "__main__":
    main()
