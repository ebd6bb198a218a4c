"""The data of the export's measurement: a form of eight fields and the same answers to it, kept in both ways."""

import json
import random
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, User
from django.db import connection
from django.urls import reverse
from wagtail.contrib.forms.models import FormSubmission
from wagtail.models import Page, Site

from bench.contrib.models import ContribFormField, ContribFormPage
from clinicsite.models import HomePage
from forms.exports import Catalogue
from forms.models import FormDefinition, FormPage, Submission
from forms.privacy import encrypt

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
WORDS = "pain in the lower back since spring and it wakes me at night when I turn over to the left side".split()  # noqa: SIM905


@dataclass
class Data:
    """Who asks for which columns, and the addresses of the two exports."""

    user: AbstractBaseUser
    columns: list[str]
    url: str
    contrib_url: str
    contrib_names: list[str]


def load(rows: int, *, ours_alone: bool = False) -> Data:
    """Fill the database with ``rows`` submissions of both kinds, or of ours alone."""
    home = _home()
    page, contrib = _our_page(home), _contrib_page(home)
    definition = page.definition
    assert definition is not None
    _insert(Submission, _ours(definition, rows))
    names = [field.clean_name for field in contrib.get_form_fields()]
    _insert(FormSubmission, _theirs(contrib, names, 0 if ours_alone else rows))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    user = User.objects.create_superuser("bench")
    columns = [column.key for column in Catalogue([page.form_id]).columns if column.is_default]
    return Data(
        user, columns, reverse("exports:new"), reverse("wagtailforms:list_submissions", args=[contrib.pk]), names
    )


def _home() -> HomePage:
    Page.objects.filter(depth=2).delete()
    home = Page.objects.get(depth=1).add_child(
        instance=HomePage(title="Clinic", hero_heading="Well", hero_text="Again")
    )
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "testserver", "root_page": home})
    return home


def _our_page(home: HomePage) -> FormPage:
    def field(kind: str, label: str, **options: Any) -> dict[str, Any]:
        return {"type": kind, "id": str(uuid.uuid4()), "value": {"label": label, **options}}

    fields = [
        field("single_line", "Your name", required=True),
        field("email", "Email address", required=True),
        field("phone", "Phone number", required=True),
        field("radios", "Are you a new or an existing patient?", choices=["New patient", "Existing patient"]),
        field("days_of_week", "What days are you free?", offered=[day.lower() for day in DAYS]),
        field("number", "How many weeks have you had this?", minimum=0, whole=True),
        field("date", "When did it start?", limit="past"),
        field("multi_line", "What brings you to us?"),
    ]
    steps = [{"type": "step", "id": str(uuid.uuid4()), "value": {"title": "You", "fields": fields}}]
    return home.add_child(instance=FormPage(title="Request an appointment", slug="ours", steps=steps))


def _contrib_page(home: HomePage) -> ContribFormPage:
    page = home.add_child(
        instance=ContribFormPage(
            title="Request an appointment",
            slug="theirs",
            to_address="desk@harbor.example",
            from_address="site@harbor.example",
            subject="New request",
        )
    )
    kinds = ("singleline", "email", "singleline", "radio", "checkboxes", "number", "date", "multiline")
    labels = ("Name", "Email", "Phone", "Patient", "Days", "Weeks", "Start", "Reason")
    for order, (kind, label) in enumerate(zip(kinds, labels, strict=True)):
        choices = {"radio": "New patient\nExisting patient", "checkboxes": "\n".join(DAYS)}.get(kind, "")
        ContribFormField.objects.create(page=page, sort_order=order, label=label, field_type=kind, choices=choices)
    return page


def answers(number: int) -> list[Any]:
    """Return the eight answers of one patient, the same for the same ``number``."""
    dice = random.Random(number)
    return [
        f"Patient Number {number}",
        f"patient{number}@example.com",
        f"206 555 {number % 10000:04}",
        dice.randrange(2),
        sorted(dice.sample(range(5), 2)),
        dice.randrange(60),
        f"2025-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}",
        " ".join(dice.choices(WORDS, k=20)),
    ]


def _moments() -> Iterator[datetime]:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    while True:
        yield moment
        moment += timedelta(seconds=20)


def _ours(definition: FormDefinition, rows: int) -> Iterator[Submission]:
    ids = [question["id"] for question in definition.questions]
    kinds = [choice["id"] for choice in definition.questions[3]["choices"]]
    for number, moment in zip(range(rows), _moments(), strict=False):
        values = answers(number)
        values[3], values[4] = kinds[values[3]], [DAYS[day].lower() for day in values[4]]
        # Counted: of a million drawn at random two are often the same, which intake draws again and COPY does not.
        reference = f"{number // 10000:04}-{number % 10000:04}"
        submission = Submission(
            definition=definition,
            form_id=definition.form_id,
            created_at=moment,
            source="/request/",
            reference=reference,
        )
        submission.key_id, submission.answers_encrypted = encrypt(dict(zip(ids, values, strict=True)), submission.uuid)
        yield submission


def _theirs(page: ContribFormPage, names: list[str], rows: int) -> Iterator[FormSubmission]:
    for number, moment in zip(range(rows), _moments(), strict=False):
        values = answers(number)
        values[3] = ("New patient", "Existing patient")[values[3]]
        values[4] = [DAYS[day] for day in values[4]]
        form_data = dict(zip(names, values, strict=True))
        yield FormSubmission(page_id=page.pk, submit_time=moment, form_data=form_data)


def _insert(model: Any, instances: Iterable[Any]) -> None:
    """Store the rows the quick way: COPY on PostgreSQL."""
    iterator = iter(instances)
    if connection.vendor != "postgresql":
        while batch := list(islice(iterator, 2000)):
            model.objects.bulk_create(batch)
        return
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN') as copy:
        for instance in iterator:
            copy.write_row([_stored(field, instance) for field in fields])


def _stored(field: Any, instance: Any) -> Any:
    value = field.pre_save(instance, add=True)
    return json.dumps(value) if field.get_internal_type() == "JSONField" else value
