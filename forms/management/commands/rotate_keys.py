"""``manage.py rotate_keys``: encrypt everything under the first of FORMS_ENCRYPTION_KEYS."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forms.privacy.rotation import TrailBrokenError, rotate, still_under


class Command(BaseCommand):
    """Encrypt answers, notes and files anew, and seal the audit trail anew."""

    help = "Encrypt everything under the first key. It can be broken off and run again while the site serves."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether only to count."""
        parser.add_argument("--check", action="store_true", help="Only say how many rows need which key.")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        """Rotate, or count."""
        if not check:
            try:
                unreadable = rotate(self.say)
            except TrailBrokenError as error:
                raise CommandError(f"The audit trail is broken, so it was not sealed anew. {error}") from error
            if unreadable:
                self.stderr.write(f"{unreadable} rows could not be read and stay as they are: their key is missing.")
        for name, counts in still_under().items():
            for key_id, number in sorted(counts.items()):
                self.stdout.write(f"{name}: {number} under key {key_id or '(none)'}")

    def say(self, what: str, done: int, unreadable: int) -> None:
        """Print a line of progress."""
        self.stdout.write(f"{what}: {done} encrypted anew, {unreadable} unreadable")
