"""``manage.py index_submissions``: make old requests findable by e-mail, phone and choices."""

from typing import Any

from django.core.management.base import BaseCommand

from forms.privacy.indexing import index_missing


class Command(BaseCommand):
    """Add the terms by which the inbox finds requests, where they are missing."""

    help = "Make requests findable that were stored without search terms. It can be broken off and run again."

    def handle(self, *args: Any, **options: Any) -> None:
        """Index, and say how many were."""
        completed, unreadable = index_missing(self.say)
        self.stdout.write(f"{completed} requests can now be found that could not before.")
        if unreadable:
            self.stderr.write(f"{unreadable} requests could not be read: their key is missing.")

    def say(self, done: int) -> None:
        """Print a line of progress."""
        self.stdout.write(f"{done} requests looked at")
