"""Changing the key while patients send requests: nothing is lost, whatever the moment, and it can be broken off."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, connections
from django.test import override_settings

from forms.inbox.work import add_note
from forms.intake import submit
from forms.models import FormDefinition, Submission, SubmissionNote
from forms.privacy import rotation
from forms.privacy.verification import verify
from tests.conftest import Clinic
from tests.forms.builders import a_field, a_form

OLD = "test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
NEW = "new:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="
BEFORE = 300
# Ends a command in the middle of its work as a crash would, after so many rows: no handler runs, no transaction ends.
KILLED_AFTER = 120
RUN_AND_DIE = f"""
import os, signal, django
django.setup()
from forms.privacy import rotation
renew, done = rotation._renew_answers, 0
def dying(row):
    global done
    renew(row)
    done += 1
    if done == {KILLED_AFTER}:
        os.kill(os.getpid(), signal.SIGKILL)
rotation._renew_answers = dying
rotation.rotate()
"""


def filled(clinic: Clinic, requests: int) -> FormDefinition:
    page = a_form(clinic.home, a_field("email"), a_field("multi_line"))
    for number in range(requests):
        send(page.definition, number)
    add_note(Submission.objects.first(), "Called twice", User.objects.create_user("desk"))
    return page.definition


@pytest.fixture
def definition(committed_clinic: Clinic) -> FormDefinition:
    return filled(committed_clinic, BEFORE)


def send(definition: FormDefinition, number: int) -> Submission:
    email, text = definition.questions
    return submit(definition, {email["id"]: f"patient{number}@example.com", text["id"]: f"Story {number}"})


class Patients(threading.Thread):
    """Send requests without a pause from the start to the end of the block, and keep what was acknowledged."""

    def __init__(self, definition: FormDefinition, first: int) -> None:
        super().__init__()
        self.definition, self.first = definition, first
        self.sent: dict[int, str] = {}
        self.errors: list[BaseException] = []
        self.over = threading.Event()

    def run(self) -> None:
        try:
            number = self.first
            while not self.over.is_set():
                self.sent[send(self.definition, number).pk] = f"Story {number}"
                number += 1
        except BaseException as error:
            self.errors.append(error)
        finally:
            connections.close_all()

    def __enter__(self) -> "Patients":
        self.start()
        return self

    def __exit__(self, *args: object) -> None:
        self.over.set()
        self.join(60)


def stories() -> dict[int, str]:
    """Return what every stored request says, read with the keys there are now."""
    text_id = FormDefinition.objects.get().questions[1]["id"]
    return {each.pk: each.read_answers()[text_id] for each in Submission.objects.all()}


def keys_in_use() -> set[str]:
    return {key for counts in rotation.still_under().values() for key in counts}


def test_the_key_changes_while_requests_come_in(definition: FormDefinition) -> None:
    before = stories()
    with override_settings(FORMS_ENCRYPTION_KEYS=[NEW, OLD]):
        with Patients(definition, 1000) as one, Patients(definition, 5000) as two:
            while len(one.sent) < 3 or len(two.sent) < 3:
                time.sleep(0.01)
            assert rotation.rotate() == 0
        assert one.errors + two.errors == []
        assert verify().is_whole
    with override_settings(FORMS_ENCRYPTION_KEYS=[NEW]):
        assert stories() == before | one.sent | two.sent
        assert verify().is_whole
        assert keys_in_use() == {"new"}
        assert SubmissionNote.objects.get().read_text() == "Called twice"


def test_an_old_process_that_still_writes_under_the_old_key_loses_nothing(clinic: Clinic) -> None:
    definition = filled(clinic, 3)
    with override_settings(FORMS_ENCRYPTION_KEYS=[NEW, OLD]):
        assert rotation.rotate() == 0
    # A web server that was not restarted yet knows both, the old one first.
    with override_settings(FORMS_ENCRYPTION_KEYS=[OLD, NEW]):
        late = send(definition, 9999)
    with override_settings(FORMS_ENCRYPTION_KEYS=[NEW, OLD]):
        assert keys_in_use() == {"new", "test"}
        assert rotation.rotate() == 0
    with override_settings(FORMS_ENCRYPTION_KEYS=[NEW]):
        assert stories()[late.pk] == "Story 9999"
        assert verify().is_whole
        assert keys_in_use() == {"new"}


@pytest.fixture
def environment() -> dict[str, str]:
    """Return what a process needs to work on the test's own database with both keys."""
    place = connection.settings_dict
    if connection.vendor == "postgresql":
        user = f"{place['USER']}:{place['PASSWORD']}" if place["PASSWORD"] else place["USER"]
        url = f"postgres://{user}@{place['HOST']}:{place['PORT']}/{place['NAME']}"
    else:
        url = f"sqlite:///{place['NAME']}"
    connection.close()
    return os.environ | {
        "DATABASE_URL": url,
        "FORMS_ENCRYPTION_KEYS": f"{NEW},{OLD}",
        "SECRET_KEY": settings.SECRET_KEY,
        "PRIVATE_ROOT": str(settings.PRIVATE_ROOT),
        "DJANGO_SETTINGS_MODULE": "clinicsite.settings.dev",
    }


def test_a_rotation_that_is_killed_is_taken_up_where_it_ended(
    definition: FormDefinition, environment: dict[str, str]
) -> None:
    before = stories()
    command = [sys.executable, "-c", RUN_AND_DIE]
    root = Path(settings.BASE_DIR)
    with Patients(definition, 1000) as patients:
        ended = subprocess.run(command, env=environment, cwd=root, timeout=120, check=False, capture_output=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    assert patients.errors == []
    with override_settings(FORMS_ENCRYPTION_KEYS=[NEW, OLD]):
        assert rotation.still_under()["answers"]["new"] == KILLED_AFTER
        # In between, everything is read, under whichever key it is.
        assert stories() == before | patients.sent
        assert verify().is_whole
        assert rotation.rotate() == 0
    with override_settings(FORMS_ENCRYPTION_KEYS=[NEW]):
        assert stories() == before | patients.sent
        assert keys_in_use() == {"new"}
        assert verify().is_whole
