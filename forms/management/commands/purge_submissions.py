"""``manage.py purge_submissions``: erase what has been kept for as long as its form says."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Count
from django.utils import timezone

from forms import quarantine
from forms.privacy import erasure


class Command(BaseCommand):
    """Erase the answers whose time is up. The worker does it every hour by itself."""

    help = "Erase answers whose time is up, and what is over in quarantine. Requests under legal hold are kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether only to count."""
        parser.add_argument("--dry-run", action="store_true", help="Only say what would be erased.")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        """Erase, or count by form."""
        if not dry_run:
            self.stdout.write(f"Erased the answers of {erasure.purge()} requests.")
            return
        now = timezone.now()
        for why, found in (
            ("kept long enough", erasure.due(timezone.localdate(now))),
            ("over in quarantine", quarantine.overdue(now)),
        ):
            for title, number in found.order_by().values_list("definition__title").annotate(Count("pk")):
                self.stdout.write(f"{title}: {number} {why}")
