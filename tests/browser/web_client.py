"""The example front end: built against a running site as a newcomer would, and served from another origin."""

import contextlib
import functools
import hashlib
import http.server
import json
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.browser.site import HOST, ROOT
from tests.parts import run_npm

SOURCE = ROOT / "examples" / "web-client"
DOCUMENT = ROOT / "tests" / "api" / "snapshots" / "openapi.json"
VAR_DIR = Path(os.environ.get("VAR_DIR", ROOT / "var"))
NOT_COPIED = shutil.ignore_patterns("node_modules", "dist", "schema.d.ts")


def copy_to(folder: Path) -> Path:
    """Copy the front end, its packages and the API's document into ``folder``, to be built there; return its path."""
    copy = folder / SOURCE.relative_to(ROOT)
    shutil.copytree(SOURCE, copy, ignore=NOT_COPIED)
    (copy / "node_modules").symlink_to(_packages())
    document = folder / DOCUMENT.relative_to(ROOT)
    document.parent.mkdir(parents=True)
    shutil.copy(DOCUMENT, document)
    return copy


def _packages() -> Path:
    """Return the folder of the front end's packages, installed once for each content of its lock file."""
    lock = SOURCE / "package-lock.json"
    kept = VAR_DIR / "web-client" / hashlib.sha256(lock.read_bytes()).hexdigest()[:16]
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        begun = Path(tempfile.mkdtemp(dir=kept.parent))
        for file in (lock, SOURCE / "package.json"):
            shutil.copy(file, begun)
        _succeed(run_npm("ci", "--silent", "--no-fund", "--no-audit", folder=begun))
        try:
            begun.rename(kept)
        except OSError:  # Another worker of the tests was quicker.
            shutil.rmtree(begun)
    return kept / "node_modules"


def build(copy: Path, api_origin: str) -> Path:
    """Build the front end for the API of a site; return the folder to serve. Raises RuntimeError where that fails."""
    _succeed(run_npm("run", "build", folder=copy, VITE_API_ORIGIN=api_origin))
    return copy / "dist"


def _succeed(result: subprocess.CompletedProcess[str]) -> None:
    if result.returncode:
        raise RuntimeError(f"{' '.join(result.args)} failed:\n{result.stdout}\n{result.stderr}")


def faults_of_types(copy: Path, document: dict[str, Any]) -> str:
    """Return what TypeScript finds wrong where the API's document is ``document``; empty if nothing."""
    (copy.parent.parent / DOCUMENT.relative_to(ROOT)).write_text(json.dumps(document))
    result = run_npm("run", "--silent", "typecheck", folder=copy)
    return result.stdout + result.stderr if result.returncode else ""


class _Files(http.server.SimpleHTTPRequestHandler):
    """Answers with a file, and with the one page of the front end where there is none."""

    def send_head(self) -> Any:
        """Return the file to send."""
        if not Path(self.translate_path(self.path)).is_file():
            self.path = "/index.html"
        return super().send_head()

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a built front end while the block runs; give its origin."""
    handler = functools.partial(_Files, directory=str(folder))
    with http.server.ThreadingHTTPServer((HOST, 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://{HOST}:{server.server_port}"
        server.shutdown()
        thread.join()
