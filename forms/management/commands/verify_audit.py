"""``manage.py verify_audit``: whether the audit trail is whole."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forms.privacy.verification import verify


class Command(BaseCommand):
    """Follow the audit trail and say where it is broken."""

    help = "Check that no event of the audit trail was changed, removed, put in or moved. Ends with 1 where one was."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take an end of the trail that was printed earlier."""
        parser.add_argument("--expect", default="", help="The end that an earlier check printed, number:digest.")

    def handle(self, *args: Any, expect: str, **options: Any) -> None:
        """Check, and print the end of the trail to be kept in another place."""
        verdict = verify(expect)
        if not verdict.is_whole:
            raise CommandError(f"{verdict.problem} {verdict.events} events before it are in order.")
        self.stdout.write(f"The trail is whole: {verdict.events} events. Keep its end elsewhere: {verdict.head}")
