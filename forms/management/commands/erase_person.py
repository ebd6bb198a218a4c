"""``manage.py erase_person``: erase all that one person sent."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from forms.persons import records
from forms.persons.command import PersonCommand


class Command(PersonCommand):
    """Erase the answers, notes and files of all requests that name one contact."""

    help = "Erase all that one person sent, but for what is under legal hold. The contact is read from standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the reason, and whether only to say what would be erased."""
        parser.add_argument("--reason", required=True, help="Kept in the trail for good. Do not name the person.")
        parser.add_argument("--dry-run", action="store_true", help="Only say what would be erased.")

    def handle(self, *args: Any, reason: str, dry_run: bool, **options: Any) -> None:
        """Erase, and say by reference what became of each request. Raises CommandError where files are left."""
        found = self.found()
        if dry_run:
            for each in found:
                kept = ", kept: under legal hold" if each.legal_hold else ""
                self.stdout.write(f"{each.reference} of {each.created_at:%Y-%m-%d}{kept}")
            return
        outcome = records.erase_all(found, reason=reason)
        self.stdout.write(f"Erased {len(outcome.erased)} requests.")
        for reference in outcome.held:
            self.stdout.write(f"{reference} is under legal hold and was kept.")
        if outcome.files_left:
            raise CommandError(f"{outcome.files_left} files are not removed yet. The worker tries again every hour.")
