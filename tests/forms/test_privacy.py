"""That answers are unreadable without the right key, and that rotating keys loses nothing."""

import uuid

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from forms import privacy
from forms.privacy import AnswersUnreadableError, decrypt, encrypt

OLD = "old:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
NEW = "new:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="
OWNER = uuid.uuid4()
ANSWERS = {"field": "Ünïcode 🦵", "days": ["monday"], "weeks": 0, "agreed": True}


def test_answers_come_back_as_they_were() -> None:
    assert decrypt(*encrypt(ANSWERS, OWNER), OWNER) == ANSWERS


def test_the_same_answers_never_look_the_same() -> None:
    assert encrypt(ANSWERS, OWNER)[1] != encrypt(ANSWERS, OWNER)[1]


def test_the_first_key_encrypts_and_all_decrypt() -> None:
    with override_settings(FORMS_ENCRYPTION_KEYS=[OLD]):
        stored = encrypt(ANSWERS, OWNER)
    with override_settings(FORMS_ENCRYPTION_KEYS=[NEW, OLD]):
        assert decrypt(*stored, OWNER) == ANSWERS
        assert encrypt(ANSWERS, OWNER)[0] == "new"
    with override_settings(FORMS_ENCRYPTION_KEYS=[NEW]), pytest.raises(AnswersUnreadableError, match="“old”"):
        decrypt(*stored, OWNER)


def test_answers_put_in_anothers_place_are_refused() -> None:
    with pytest.raises(AnswersUnreadableError, match="changed after they were stored"):
        decrypt(*encrypt(ANSWERS, OWNER), uuid.uuid4())


@pytest.mark.parametrize("broken", [b"", b"short", b"x" * 100])
def test_broken_data_is_refused(broken: bytes) -> None:
    with pytest.raises(AnswersUnreadableError):
        decrypt(encrypt(ANSWERS, OWNER)[0], broken, OWNER)


@pytest.mark.parametrize("keys", [[], ["no-colon"], ["id:not base64"], ["id:c2hvcnQ="], [":" + OLD[4:]]])
def test_a_malformed_key_is_named_by_its_place_and_never_shown(keys: list[str]) -> None:
    with override_settings(FORMS_ENCRYPTION_KEYS=keys), pytest.raises(ImproperlyConfigured) as caught:
        privacy.keyring()
    assert "FORMS_ENCRYPTION_KEYS" in str(caught.value)
    assert "c2hvcnQ" not in str(caught.value)
