"""What the two commands about one person share: the contact is read from standard input, never from the command line.

A command line ends up in the shell's history and in the list of processes.
"""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forms.models import Submission
from forms.persons import records


class PersonCommand(BaseCommand):
    """A command about all that one person sent."""

    def found(self) -> list[Submission]:
        """Return the requests of the contact that is typed or piped in, and record the search.

        Raises CommandError where it is no contact, or nothing names it.
        """
        if sys.stdin.isatty():
            self.stderr.write("E-mail address or phone number: ", ending="")
            self.stderr.flush()
        submissions = records.of_contact(sys.stdin.readline())
        if submissions is None:
            raise CommandError("Give a whole e-mail address or phone number, on one line of standard input.")
        found = list(submissions)
        records.record_search(len(found))
        if not found:
            raise CommandError("Nothing that is kept names this e-mail address or phone number.")
        return found

    def say(self, words: Any) -> None:
        """Say something to the person, apart from what the command puts out."""
        self.stderr.write(str(words))
