"""What the one way in takes, refuses and stores."""

import uuid

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.datastructures import MultiValueDict

from forms import intake
from forms.evidence import Evidence
from forms.intake import InvalidSubmissionError, submit
from forms.models import Channel, EventKind, FormDefinition, Notification, Submission
from forms.receiving import received_by, remembered
from forms.rows import FLUSH
from tests.conftest import Clinic
from tests.forms.builders import ANSWERING_TYPES, a_field, a_form, only_field


def definition_of(clinic: Clinic, *fields: dict) -> FormDefinition:
    return a_form(clinic.home, *fields).definition


def told(clinic: Clinic, *fields: dict) -> FormDefinition:
    return a_form(clinic.home, *fields, notification_recipients="desk@harbor.example").definition


def test_a_valid_post_stores_answers_event_and_notification_together(clinic: Clinic) -> None:
    definition = told(clinic, a_field("single_line", required=True))
    question = only_field(definition)

    submission = submit(definition, {question["id"]: " Ada "}, source="/request/", locale="en")

    stored = Submission.objects.get()
    assert stored == submission
    assert stored.read_answers() == {question["id"]: "Ada"}
    assert (stored.source, stored.locale, stored.channel) == ("/request/", "en", Channel.WEB)
    assert b"Ada" not in bytes(stored.answers_encrypted)
    assert [event.kind for event in stored.events.all()] == [EventKind.SUBMITTED]
    assert Notification.objects.get().submission == stored


def test_the_number_of_queries_of_a_post_is_known(clinic: Clinic) -> None:
    """Of every post from a browser: limits, repetitions, answers, terms, notifications and event in one transaction."""
    choices = a_field("radios", required=True)
    rule = {"match": "all", "conditions": [{"question": choices["id"], "operator": "answered", "value": None}]}
    fields = [choices, a_field("email"), a_field("phone", rule=rule), *[a_field("single_line") for _index in range(5)]]
    definition = told(clinic, *fields)
    question = definition.questions[0]
    data = {question["id"]: question["choices"][0]["id"], definition.questions[1]["id"]: "ada@example.com"}
    submit(definition, data, evidence=Evidence(address="192.0.2.1"))  # Statements are compiled once.
    data[definition.questions[1]["id"]] = "grace@example.com"
    received_by(definition.form_id, "1")  # Asked once, it is remembered.
    known = remembered(definition.form_id, "1")
    kept = {"receiver": known.receiver, "remembered": known}
    with CaptureQueriesContext(connection) as captured:
        submit(definition, data, idempotency_key=uuid.uuid4(), evidence=Evidence(address="192.0.2.1"), **kept)
    queries = [query for query in captured if "SAVEPOINT" not in query["sql"]]
    work = [statement.split()[:3] for query in queries for statement in query["sql"].split(";")]
    tables = [words[2].strip('"') if words[0] == "INSERT" else words[0] for words in work]
    is_postgres = connection.vendor == "postgresql"
    assert tables == [
        "forms_ratecount",
        "SELECT",  # the same answers, sent before
        "SELECT",  # the state of the content, and with it the form's page
        *(["SELECT"] if is_postgres else []),  # the key of the submission
        "forms_submission",
        "forms_indexterm",
        "forms_notification",
        "SELECT",  # the end of the trail
        "forms_submissionevent",
        "UPDATE",
    ]
    if is_postgres:
        # One round trip each: limits and repetitions; the answers and what belongs to them; the trail.
        assert len(queries) == 3


def test_whether_the_same_was_sent_before_is_found_by_an_index(clinic: Clinic) -> None:
    """However many requests came in that day: neither database may go through them for each new one."""
    definition = told(clinic, a_field("email"))
    submit(definition, {}, evidence=Evidence(address="192.0.2.1"))
    asking = intake._same_content().asking(b"digest")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan TO off")  # What it would do with few rows.
            cursor.execute("EXPLAIN " + asking.sql, asking.values)
        else:
            cursor.execute("EXPLAIN QUERY PLAN " + asking.sql, asking.values)
        plan = " ".join(str(row) for row in cursor.fetchall())
    assert "index_term_digest" in plan
    assert "created" not in plan


def test_a_post_commits_with_its_last_statement_and_never_what_stands_around_it(committed_clinic: Clinic) -> None:
    definition = told(committed_clinic, a_field("single_line"))
    with transaction.atomic():
        taken_back = submit(definition, {}, evidence=Evidence(address="192.0.2.1"))
        transaction.set_rollback(True)
    assert not Submission.objects.filter(pk=taken_back.pk).exists()

    with CaptureQueriesContext(connection) as captured:
        kept = submit(definition, {}, evidence=Evidence(address="192.0.2.1"))
    if connection.vendor == "postgresql":
        # Neither beginning nor ending costs a round trip of its own.
        texts = [query["sql"] for query in captured if query["sql"] not in ("BEGIN", "COMMIT")]
        assert [text for text in texts if text.startswith("BEGIN;")] == [texts[1]]
        assert [text for text in texts if text.endswith(f";COMMIT;{FLUSH}")] == [texts[-1]]
        with connection.cursor() as cursor:
            # The locks ended before the log was flushed, the answer came after it.
            cursor.execute("SHOW synchronous_commit")
            assert cursor.fetchone() == ("on",)
    assert connection.get_autocommit()
    connection.close()
    assert Submission.objects.get() == kept
    assert kept.events.count() == Notification.objects.count() == 1


def test_a_failing_store_leaves_nothing_behind(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    definition = definition_of(clinic, a_field("single_line"))

    def fail(*args: object) -> None:
        raise OSError("trail down")

    monkeypatch.setattr("forms.models.events.storing", fail)
    with pytest.raises(OSError, match="trail down"):
        submit(definition, {})
    assert not Submission.objects.exists()


def test_one_key_gives_one_submission(clinic: Clinic) -> None:
    definition = told(clinic, a_field("single_line"))
    key = uuid.uuid4()
    first = submit(definition, {}, idempotency_key=key)
    with CaptureQueriesContext(connection) as captured:
        assert submit(definition, {}, idempotency_key=key) == first
    if connection.vendor == "postgresql":
        # The other post's transaction can be seen before the disk has it.
        assert captured[-1]["sql"] == FLUSH
    assert submit(definition, {}, idempotency_key=uuid.uuid4()) != first
    assert Notification.objects.count() == 2


def test_a_correction_sent_with_the_key_of_the_first_try_is_not_dropped(clinic: Clinic) -> None:
    definition = definition_of(clinic, a_field("phone"))
    field_id, key = only_field(definition)["id"], uuid.uuid4()
    first = submit(definition, {field_id: "206 555 0141"}, idempotency_key=key)
    corrected = submit(definition, {field_id: "206 555 0142"}, idempotency_key=key)
    assert corrected != first
    assert corrected.read_answers() == {field_id: "206 555 0142"}
    assert submit(definition, {field_id: "206 555 0142"}, idempotency_key=key) == corrected
    assert Submission.objects.count() == 2


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("/neck/\x00", "/neck/"),
        ("/a\r\nSet-Cookie: b", "/aSet-Cookie: b"),
        ("/\u202eneck/", "/neck/"),
        ("/\ud800", "/"),
    ],
)
def test_a_source_keeps_only_signs_that_can_be_seen(clinic: Clinic, sent: str, kept: str) -> None:
    submission = submit(definition_of(clinic, a_field("email")), {}, source=sent)
    submission.refresh_from_db()
    assert submission.source == kept


@pytest.mark.parametrize("kind", ["single_line", "multi_line", "email", "phone"])
@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
def test_what_no_database_and_no_file_can_hold_is_refused_at_its_field(clinic: Clinic, kind: str, text: str) -> None:
    definition = definition_of(clinic, a_field(kind))
    field_id = only_field(definition)["id"]
    with pytest.raises(InvalidSubmissionError) as caught:
        submit(definition, {field_id: text})
    assert list(caught.value.errors) == [field_id]
    assert not Submission.objects.exists()


def test_two_forms_may_see_the_same_key(clinic: Clinic) -> None:
    key = uuid.uuid4()
    for slug in ("one", "two"):
        submit(a_form(clinic.home, a_field("email"), slug=slug).definition, {}, idempotency_key=key)
    assert Submission.objects.count() == 2


def test_unknown_names_are_refused_by_name_only_when_asked(clinic: Clinic) -> None:
    definition = definition_of(clinic, a_field("single_line"))
    submit(definition, {"utm": "x"})
    with pytest.raises(InvalidSubmissionError) as caught:
        submit(definition, {"utm": "x"}, refuse_unknown=True)
    assert caught.value.errors == {"utm": ["This form has no such field."]}


def test_a_question_left_out_is_a_question_left_empty(clinic: Clinic) -> None:
    definition = definition_of(clinic, a_field("phone", required=True))
    field_id = only_field(definition)["id"]
    for data in ({}, {field_id: ""}, {field_id: None}, MultiValueDict({field_id: [""]})):
        with pytest.raises(InvalidSubmissionError) as caught:
            submit(definition, data)
        assert caught.value.errors == {field_id: ["Enter your phone number, such as 206 555 0142"]}


WRONG_TYPES = [{"a": {"b": [1]}}, [["x"]], ["\x00"], 10**400, -1.5, float("inf"), True]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (kind, value)
        for kind in ANSWERING_TYPES
        for value in WRONG_TYPES
        if (kind, value) not in (("consent", True), ("number", -1.5))
    ],
)
def test_json_of_another_type_is_refused(clinic: Clinic, kind: str, value: object) -> None:
    definition = definition_of(clinic, a_field(kind))
    field_id = only_field(definition)["id"]
    with pytest.raises(InvalidSubmissionError) as caught:
        submit(definition, {field_id: value})
    assert list(caught.value.errors) == [field_id]


def test_the_definition_a_patient_saw_still_validates(clinic: Clinic) -> None:
    page = a_form(clinic.home, a_field("single_line"))
    seen = page.definition
    page.steps = [page.steps.raw_data[0] | {"value": {"title": "New", "fields": [a_field("phone", required=True)]}}]
    page.save_revision().publish()
    submission = submit(seen, {only_field(seen)["id"]: "Ada"})
    assert submission.definition == seen
