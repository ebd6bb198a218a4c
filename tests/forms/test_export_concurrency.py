"""A reader may be slow, and patients may be quick: neither holds the other up."""

import csv
import io
import threading

import pytest
from django.db import connection, connections

from forms.exports import Rows, csv_file, reading
from forms.models import FormDefinition, Submission

QUESTION = {"id": "10000000-0000-4000-8000-000000000000", "type": "single_line", "label": "Name"}


def a_definition() -> FormDefinition:
    steps = [{"id": "1", "title": "You", "introduction": "", "fields": [QUESTION]}]
    content = {"title": "Call me back", "steps": steps}
    return FormDefinition.objects.create(
        form_id="20000000-0000-4000-8000-000000000000", title="Call me back", version=1, content=content
    )


def send(definition: FormDefinition, name: str) -> None:
    submission = Submission(definition=definition, form_id=definition.form_id)
    submission.set_answers({QUESTION["id"]: name})
    submission.save()


def in_another_connection(work: object) -> list[BaseException]:
    """Do ``work`` in a thread of its own, and return what went wrong."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(30)
    assert not thread.is_alive()
    return failed


@pytest.fixture
def definition(real_transactions: None) -> FormDefinition:
    definition = a_definition()
    for number in range(6):
        send(definition, f"Patient {number}")
    return definition


def test_a_slow_reader_holds_no_transaction_and_sees_what_there_was(
    definition: FormDefinition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "CHUNK", 2)
    content = csv_file(Rows(Submission.objects.all()))
    read = [next(content), next(content)]
    assert not connection.in_atomic_block
    if connection.vendor == "postgresql":
        assert connection.connection.info.transaction_status.name == "IDLE"
    # On SQLite a reader that held on would make this writer wait, and in the end fail.
    assert in_another_connection(lambda: [send(definition, f"Late {number}") for number in range(5)]) == []
    rows = list(csv.reader(io.StringIO((b"".join(read) + b"".join(content)).decode("utf-8-sig"), newline="")))
    assert [row[-1] for row in rows[1:]] == [f"Patient {number}" for number in range(6)]
    assert Submission.objects.count() == 11


def test_rows_that_come_in_all_the_time_never_change_the_number_that_was_said(definition: FormDefinition) -> None:
    stop = threading.Event()

    def keep_sending() -> None:
        number = 0
        while not stop.is_set() and number < 500:
            send(definition, f"Late {number}")
            number += 1

    failed: list[list[BaseException]] = []
    writer = threading.Thread(target=lambda: failed.append(in_another_connection(keep_sending)))
    writer.start()
    try:
        for _time in range(20):
            rows = Rows(Submission.objects.all())
            assert len(list(rows)) == rows.total == rows.done
    finally:
        stop.set()
        writer.join(60)
    assert failed == [[]]
