"""Fills an empty database for the fault tests: ``python -m tests.faults.prepare``."""

import django

# The form's questions, and the staff it tells.
NAME = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"
PHOTO = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"
FORM = "cccccccc-cccc-4ccc-8ccc-cccccccccccc"
STAFF = ["desk@example.com", "lead@example.com"]


def main() -> None:
    """Migrate, and publish one form."""
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.conftest import build_clinic
    from tests.forms.builders import a_field, a_form

    a_form(
        build_clinic().home,
        a_field("single_line", field_id=NAME),
        a_field("upload", field_id=PHOTO, label="Your insurance card"),
        form_id=FORM,
        notification_recipients="\n".join(STAFF),
    )


if __name__ == "__main__":
    main()
