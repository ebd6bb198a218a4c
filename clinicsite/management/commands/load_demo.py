"""``manage.py load_demo``: a whole clinic to look at and to try things on."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clinicsite.demo import builder
from clinicsite.models import HomePage


class Command(BaseCommand):
    """Builds the demo clinic once; where a home page exists already, it changes nothing."""

    help = "Load the demo clinic: pages, staff, pictures, a form and sample requests. A second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare ``--seed``."""
        parser.add_argument("--seed", type=int, default=7, help="The same seed gives the same clinic. Default: 7.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build the clinic, or say that there is one; CommandError where the site holds other pages."""
        if HomePage.objects.exists():
            self.stdout.write("This site already has a home page: nothing was changed.")
            return
        try:
            counts = builder.build(seed=options["seed"])
        except builder.SiteInUseError as error:
            raise CommandError("This site already has pages of its own. Load the demo into a new database.") from error
        if not options["verbosity"]:
            return
        summary = ", ".join(f"{number} {thing}" for thing, number in counts.items())
        self.stdout.write(self.style.SUCCESS(f"The demo clinic is ready: {summary}."))
