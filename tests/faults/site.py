"""A site of real processes, on one database, to break parts of; and what became of what was sent to it."""

import contextlib
import http.client
import os
import resource
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from django.db import connections
from django.db.models import QuerySet

from forms.models import Notification, NotificationState, Submission
from tests.faults.prepare import FORM, NAME
from tests.forms.mail import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
HOST = "127.0.0.1"
ALIAS = "faults"
SECONDS_TO_ANSWER = 60
SECONDS_TO_RETRY = 40


@dataclass
class Site:
    """One database, and the processes a test runs on it."""

    work: Path
    database: str
    mail_port: int = field(default_factory=free_port)
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """The environment of its processes."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "VIRTUAL_ENV") if name in os.environ}
        return kept | {
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            "DATABASE_URL": self.database,
            "VAR_DIR": str(self.work),
            "EMAIL_URL": f"smtp://{HOST}:{self.mail_port}",
            "EMAIL_TIMEOUT": "5",
            "FORMS_RATE_SOFT_LIMIT": "100000",
            "FORMS_RATE_HARD_LIMIT": "100000",
            **self.more,
        }

    @contextlib.contextmanager
    def server(self, file_limit: int | None = None) -> Iterator[str]:
        """Run a web server and give its address; it can write no file larger than ``file_limit``."""
        port = free_port()
        command = [
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            HOST,
            "--port",
            str(port),
            "--log-level",
            "warning",
            "--blocking-threads",
            "8",
        ]
        with self._process([*command, "clinicsite.wsgi:application"], file_limit):
            wait_until(lambda: _answers(port), SECONDS_TO_ANSWER, "The server did not answer", self.log)
            yield f"http://{HOST}:{port}"

    @contextlib.contextmanager
    def worker(self) -> Iterator[subprocess.Popen]:
        """Run a background worker and give its process."""
        with self._process(["manage.py", "worker"]) as process:
            yield process

    @contextlib.contextmanager
    def _process(self, command: list[str], file_limit: int | None = None) -> Iterator[subprocess.Popen]:
        def limit() -> None:
            if file_limit:
                resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, file_limit))

        with (self.work / "log").open("a") as log:
            process = subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=limit,
            )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def log(self) -> str:
        """Return the end of what the processes wrote."""
        return (self.work / "log").read_text()[-3000:]

    def submissions(self) -> QuerySet[Submission]:
        """Return what is stored."""
        return Submission.objects.using(ALIAS).select_related("definition")

    def notifications(self) -> QuerySet[Notification]:
        """Return the queue of e-mails."""
        return Notification.objects.using(ALIAS)

    def wait_until_sent(self, seconds: float = 30) -> None:
        """Wait until every notification is marked as sent."""
        left = self.notifications().exclude(state=NotificationState.SENT)
        wait_until(
            lambda: not left.exists(), seconds, "Not everything was sent", lambda: f"{list(left[:9])}\n{self.log()}"
        )


@contextlib.contextmanager
def looking_into(site: Site, config: dict[str, Any]) -> Iterator[Site]:
    """Let the test read the database of a site, under another alias than its own."""
    connections.databases[ALIAS] = connections.databases["default"] | config
    connections[ALIAS].close()
    try:
        yield site
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.databases[ALIAS]


def _answers(port: int) -> bool:
    request = http.client.HTTPConnection(HOST, port, timeout=SECONDS_TO_ANSWER)
    with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(request):
        request.request("GET", "/healthz", headers={"Host": HOST})
        return request.getresponse().status == http.client.OK
    return False


def wait_until(done: Callable[[], bool], seconds: float, complaint: str, details: Callable[[], str] = str) -> None:
    """Wait until ``done()``; fail with ``complaint`` after ``seconds``."""
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, f"{complaint} within {seconds} s:\n{details()}"
        time.sleep(0.1)


def post(address: str, name: str, key: uuid.UUID | None = None, **options: Any) -> requests.Response:
    """Send the form once, as a browser does."""
    data = {NAME: name, "key": str(key or uuid.uuid4())}
    return requests.post(f"{address}/forms/{FORM}/", data=data, allow_redirects=False, timeout=30, **options)


def reference_of(response: requests.Response) -> str:
    """Return the reference that a post was acknowledged with."""
    assert response.status_code == http.client.SEE_OTHER, response.status_code
    return urlsplit(response.headers["Location"]).path.rstrip("/").rpartition("/")[2]


def send(address: str, name: str) -> str:
    """Send the form as a patient does who tries again until it is acknowledged; return the reference."""
    key = uuid.uuid4()
    deadline = time.monotonic() + SECONDS_TO_RETRY
    while time.monotonic() < deadline:
        with contextlib.suppress(requests.RequestException):
            response = post(address, name, key)
            if response.status_code == http.client.SEE_OTHER:
                return reference_of(response)
        time.sleep(0.2)
    raise AssertionError(f"{name} was never acknowledged.")


def assert_stored(site: Site, acknowledged: dict[str, str]) -> None:
    """Check that what was acknowledged, name by reference, is all there is, and can be read."""
    stored = {each.reference: each.read_answers()[NAME] for each in site.submissions()}
    assert stored == acknowledged
