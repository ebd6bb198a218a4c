"""Encryption of answers at rest: AES-256-GCM under the first key of ``FORMS_ENCRYPTION_KEYS``.

Each ciphertext is bound to its submission (the submission's UUID is the associated data), so that one cannot be put in
another's place. The reasons are in docs/decisions/0004-encryption-of-answers.md.
"""

import base64
import binascii
import json
import os
from functools import cache
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.dispatch import receiver
from django.utils.translation import gettext as _

NONCE_BYTES = 12  # NIST SP 800-38D, 8.2: the recommended length.
KEY_BYTES = 32


class AnswersUnreadableError(Exception):
    """The answers of one submission cannot be decrypted; the message says why, for the person who looks at it."""


@cache
def keyring() -> dict[str, AESGCM]:
    """Return the ciphers by key id, the one that encrypts first.

    Raises ImproperlyConfigured when ``FORMS_ENCRYPTION_KEYS`` is empty or an entry is not ``id:base64 of 32 bytes``;
    the message names the entry's position and never its content.
    """
    ciphers: dict[str, AESGCM] = {}
    for position, entry in enumerate(settings.FORMS_ENCRYPTION_KEYS, start=1):
        key_id, _colon, encoded = entry.partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError):
            key = b""
        if not key_id or len(key) != KEY_BYTES:
            raise ImproperlyConfigured(
                f"Entry {position} of FORMS_ENCRYPTION_KEYS is not id:key, where key is {KEY_BYTES} bytes in base64."
            )
        ciphers[key_id] = AESGCM(key)
    if not ciphers:
        raise ImproperlyConfigured("FORMS_ENCRYPTION_KEYS is empty: answers cannot be stored without a key.")
    return ciphers


@receiver(setting_changed)
def forget_keys(*, setting: str, **kwargs: Any) -> None:
    """Read the keys anew after a test changed the setting."""
    if setting == "FORMS_ENCRYPTION_KEYS":
        keyring.cache_clear()


def encrypt(answers: dict[str, Any], submission: UUID) -> tuple[str, bytes]:
    """Return the id of the key used and the encrypted answers. Raises ImproperlyConfigured where there is no key."""
    key_id, cipher = next(iter(keyring().items()))
    nonce = os.urandom(NONCE_BYTES)
    plain = json.dumps(answers, ensure_ascii=False, separators=(",", ":")).encode()
    return key_id, nonce + cipher.encrypt(nonce, plain, submission.bytes)


def decrypt(key_id: str, encrypted: bytes, submission: UUID) -> dict[str, Any]:
    """Return the answers. Raises AnswersUnreadableError where the key is missing or the data was changed."""
    cipher = keyring().get(key_id)
    if cipher is None:
        raise AnswersUnreadableError(
            _("The answers cannot be read: the encryption key “%(key)s” is not among the keys of this site.")
            % {"key": key_id}
        )
    try:
        return json.loads(cipher.decrypt(encrypted[:NONCE_BYTES], encrypted[NONCE_BYTES:], submission.bytes))
    except (InvalidTag, ValueError) as error:
        raise AnswersUnreadableError(
            _("The answers cannot be read: they were changed after they were stored, or the key “%(key)s” is another.")
            % {"key": key_id}
        ) from error
