"""``manage.py subject_access``: a copy of all that one person sent."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from forms.exports import output_file
from forms.persons import copy, records
from forms.persons.command import PersonCommand


class Command(PersonCommand):
    """Write a zip file with a page to read, JSON and the person's files."""

    help = "Write all that one person sent to a zip file. The contact is read from standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to write it."""
        parser.add_argument("--output", default=copy.file_name(), help="The file to write; “-” for standard output.")

    def handle(self, *args: Any, output: str, **options: Any) -> None:
        """Write the file, recorded at each request as done by the system. Raises CommandError."""
        found = self.found()
        records.record_copy(found)
        try:
            output_file.write(copy.archive([each.pk for each in found]), output, self.stdout)
        except OSError as error:
            raise CommandError(f"The file could not be written: {error.strerror}.") from error
        self.say(f"{len(found)} requests, as health information in plain text. Mind where it goes.")
