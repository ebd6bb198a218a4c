"""``manage.py export_submissions``: requests as a file, for scripts."""

import datetime as dt
import uuid
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from forms.exports import Catalogue, audit, output_file
from forms.exports.files import Choice, make_file
from forms.inbox.filters import form_choices
from forms.models import ExportFormat, FormPage, Status, Submission


def day(text: str) -> dt.datetime:
    """Return the start of a day in the clinic's time zone. Raises ArgumentTypeError."""
    try:
        return timezone.make_aware(dt.datetime.fromisoformat(text))
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is not a date such as 2026-11-24.") from None


class Command(BaseCommand):
    """Write requests to a file or to standard output. Recorded in the audit trail as done by the system."""

    help = "Write requests with their answers to a file, as CSV, XLSX or FHIR."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take which requests, which columns, and where to."""
        parser.add_argument(
            "--form", action="append", default=[], help="A form's id or its page's slug; may be repeated."
        )
        parser.add_argument("--since", type=day, help="Only requests received on this day (2026-11-24) or later.")
        parser.add_argument("--until", type=day, help="Only requests received before this day.")
        parser.add_argument("--status", action="append", choices=Status.values, help="Only this; may be repeated.")
        parser.add_argument("--include-quarantine", action="store_true", help="Also what was caught as spam.")
        parser.add_argument("--format", choices=ExportFormat.values, default=ExportFormat.CSV.value)
        parser.add_argument("--columns", default="", help="Keys of columns in order, separated by commas.")
        parser.add_argument(
            "--list-columns", action="store_true", help="Print the keys and headings there are, and end."
        )
        parser.add_argument("--codebook", action="store_true", help="CSV in a ZIP file with its codebook.")
        parser.add_argument(
            "--bom", action="store_true", help="Open the CSV with a byte order mark, as Excel needs it."
        )
        parser.add_argument("--output", default="-", help="The file to write; “-” for standard output.")

    def handle(self, *args: Any, output: str, list_columns: bool, **options: Any) -> None:
        """Write the file, and on standard error how many requests it holds. Raises CommandError."""
        submissions, filters = self.select(**options)
        if list_columns:
            for column in Catalogue.of(submissions).columns:
                self.stdout.write(f"{column.key}\t{column.heading}")
            return
        columns = tuple(filter(None, options["columns"].split(",")))
        if unknown := set(columns) - {column.key for column in Catalogue.of(submissions).columns}:
            raise CommandError(
                f"There is no column {', '.join(sorted(unknown))}; --list-columns prints those there are."
            )
        choice = Choice(options["format"], columns, bom=options["bom"], codebook=options["codebook"])
        file = make_file(submissions, choice)
        audit.exported(None, choice, filters, file.counts.total, delivery="command")
        try:
            output_file.write(file.chunks, output, self.stdout)
        except BrokenPipeError:
            raise CommandError("Whoever read the output has ended before all of it was written.") from None
        counts = file.counts
        self.stderr.write(
            f"{counts.done} requests, of which {counts.unreadable} could not be read and {counts.erased} were erased."
        )

    def select(
        self,
        form: list[str],
        since: dt.datetime | None,
        until: dt.datetime | None,
        status: list[str] | None,
        include_quarantine: bool,
        **_options: Any,
    ) -> tuple[Any, dict[str, list[str]]]:
        """Return the requests, and what they were chosen by, for the trail. Raises CommandError."""
        found = Submission.objects.all()
        form_ids = [self.form_id(each) for each in form]
        if form_ids:
            found = found.filter(form_id__in=form_ids)
        if since:
            found = found.filter(created_at__gte=since)
        if until:
            found = found.filter(created_at__lt=until)
        if status:
            found = found.filter(status__in=status)
        elif not include_quarantine:
            found = found.exclude(status=Status.QUARANTINE)
        said = {
            "form_id": [str(each) for each in form_ids],
            "since": [since.isoformat()] if since else [],
            "until": [until.isoformat()] if until else [],
            "status": status or [],
            "quarantine": ["included"] if include_quarantine else [],
        }
        return found, {name: values for name, values in said.items() if values}

    def form_id(self, named: str) -> uuid.UUID:
        """Return the id of the form that is called so. Raises CommandError with the forms there are."""
        known = dict(form_choices())
        pages = list(FormPage.objects.filter(slug=named).values_list("form_id", flat=True))
        if named in known or len(pages) == 1:
            return uuid.UUID(named) if named in known else pages[0]
        listed = "\n".join(f"  {form_id}  {title}" for form_id, title in known.items())
        raise CommandError(f"“{named}” is not the id or slug of one form. There are:\n{listed}")
