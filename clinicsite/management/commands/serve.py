"""``manage.py serve``: from an empty directory to a running clinic, for development and for a first look."""

import contextlib
import http.client
import os
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from wagtail.models import PageLogEntry, Site

from clinicsite.devserver.logins import KeptPasswords, Login, ensure_logins
from clinicsite.devserver.preflight import database_name, require_database, require_free_port
from clinicsite.devserver.processes import Part, run_together
from clinicsite.models import HomePage

SECONDS_TO_ANSWER = 60
LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")


class Command(BaseCommand):
    """Set up what is missing, then run web server and worker until Ctrl-C."""

    help = "Set up what is missing, then run the web server and the background worker together."
    # The web server runs the checks again after every change; here they would only delay the start.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address to listen on."""
        parser.add_argument("--host", default="127.0.0.1", help="The address to listen on.")
        parser.add_argument("--port", type=int, default=8000, help="The port to listen on.")

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        """Prepare the database, the demo clinic and the logins, then serve."""
        if not settings.DEBUG:
            raise CommandError(
                "manage.py serve is for development; docs/operations.md says how to run the site in production."
            )
        try:
            self.prepare_and_run(host, port)
        except KeyboardInterrupt:
            raise CommandError("Stopped.") from None

    def prepare_and_run(self, host: str, port: int) -> None:
        """Check, prepare, then run both processes until they are told to end."""
        require_free_port(host, port)
        require_database()
        self.migrate()
        self.load_demo_once()
        self.name_the_address(host, port)
        logins = ensure_logins(KeptPasswords(settings.VAR_DIR / "logins.json", database_name()))
        web = Part("web server", ["runserver", address(host, port)])
        worker = Part("background worker", ["worker"])
        run_together([web, worker], when_started=lambda: self.announce(web, host, port, logins), say=self.say)

    def say(self, text: str) -> None:
        """Print a line at once, also into a pipe."""
        self.stdout.write(text)
        self.stdout.flush()

    @contextlib.contextmanager
    def progress(self, text: str) -> Iterator[None]:
        """Name a slow step when it begins, and how long it took when it ends."""
        self.say(f"{text} …")
        begin = time.monotonic()
        yield
        self.say(f"  done in {time.monotonic() - begin:.1f} s")

    def migrate(self) -> None:
        """Bring the database up to the code, skipping Django's slow command where there is nothing to do."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            with self.progress(f"Preparing the database {database_name()}"):
                call_command("migrate", verbosity=0, interactive=False)

    def load_demo_once(self) -> None:
        """Fill a database that never held a page of ours; whatever was edited or deleted since is left alone."""
        if HomePage.objects.exists() or PageLogEntry.objects.exists():
            return
        with self.progress("Loading the demo clinic"), transaction.atomic():
            call_command("load_demo", verbosity=0)

    def name_the_address(self, host: str, port: int) -> None:
        """Let e-mails, canonical links and the sitemap name the address served here, unless they have a real name."""
        os.environ.setdefault("ADMIN_BASE_URL", f"http://{address(reachable(host), port)}")
        site = Site.objects.filter(is_default_site=True).first()
        if site and site.hostname in LOCAL_NAMES and (site.hostname, site.port) != (reachable(host), port):
            site.hostname, site.port = reachable(host), port
            site.save()

    def announce(self, web: Part, host: str, port: int, logins: list[Login]) -> None:
        """Wait for the first answer, then print where to go and how to log in."""
        status = wait_for_answer(web, reachable(host), port)
        if status is None:
            return
        site = f"http://{address(reachable(host), port)}"
        if status >= http.client.INTERNAL_SERVER_ERROR:
            self.say(f"The home page answers with an error (status {status}): open {site}/ to see what is wrong.")
        places = {
            _("Website"): f"{site}/",
            _("Admin"): f"{site}/admin/",
            _("API docs"): f"{site}/api/docs",
            _("Sent e-mail"): getattr(settings, "EMAIL_FILE_PATH", None) or settings.EMAIL_BACKEND,
        }
        self.say("")
        for name, place in places.items():
            self.say(f"  {name:<14}{place}")
        self.say("")
        for login in logins:
            self.say(f"  {login.role:<22}{login.username:<12}{login.password}")
        self.say("\n" + _("Ctrl-C ends the site."))


def reachable(host: str) -> str:
    """Return where a server that listens on ``host`` is reached from this machine."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104


def address(host: str, port: int) -> str:
    """Return host and port as they stand in a URL, an IPv6 address in brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def wait_for_answer(web: Part, host: str, port: int) -> int | None:
    """Return the status of the home page as soon as the server answers, None where the server has ended instead."""
    while web.is_running:
        request = http.client.HTTPConnection(host, port, timeout=SECONDS_TO_ANSWER)
        try:
            request.request("GET", "/")
            return request.getresponse().status
        except OSError:
            time.sleep(0.05)
        finally:
            request.close()
    return None
