"""``manage.py worker``: everything the site does in the background."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forms.workers import BackgroundWorker, is_missed


class Command(BaseCommand):
    """Run jobs, send e-mails and webhooks and do the regular chores, until told to end."""

    help = "Run background jobs, send notifications and webhooks and do the regular chores until TERM or Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how long to run."""
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--once", action="store_true", help="Do what is due now, then end (for cron).")
        how.add_argument("--check", action="store_true", help="Only say whether a worker is running, by the exit code.")

    def handle(self, *args: Any, once: bool, check: bool, **options: Any) -> None:
        """Work. Raises CommandError where ``check`` finds that none is running."""
        if check:
            if is_missed():
                raise CommandError("No worker has been running for five minutes.")
            return
        worker = BackgroundWorker()
        if once:
            worker.run_once()
        else:
            worker.stop_on_signals()
            worker.run()
