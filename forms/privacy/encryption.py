"""Encryption at rest: AES-256-GCM under the first key of ``FORMS_ENCRYPTION_KEYS``.

Each ciphertext is bound to what it belongs to (for answers, the submission's UUID is the associated data), so that one
cannot be put in another's place. The reasons are in docs/decisions/0004-encryption-of-answers.md.
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
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.dispatch import receiver
from django.utils.translation import gettext as _

NONCE_BYTES = 12  # NIST SP 800-38D, 8.2: the recommended length.
KEY_BYTES = 32


# Half the cost of json.loads, which counts in an export: it neither guesses an encoding nor looks for what may follow.
_from_json = json.JSONDecoder().raw_decode


class UnreadableError(Exception):
    """Something cannot be decrypted; the message says why, for the person who looks at it."""


class AnswersUnreadableError(UnreadableError):
    """The answers of one submission cannot be decrypted."""


@cache
def _keys() -> dict[str, bytes]:
    """Return the keys by id, the one that encrypts first.

    Raises ImproperlyConfigured when ``FORMS_ENCRYPTION_KEYS`` is empty or an entry is not ``id:base64 of 32 bytes``;
    the message names the entry's position and never its content.
    """
    keys: dict[str, bytes] = {}
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
        keys[key_id] = key
    if not keys:
        raise ImproperlyConfigured("FORMS_ENCRYPTION_KEYS is empty: answers cannot be stored without a key.")
    return keys


@cache
def keyring() -> dict[str, AESGCM]:
    """Return the ciphers by key id, the one that encrypts first. Raises ImproperlyConfigured as ``_keys`` does."""
    return {key_id: AESGCM(key) for key_id, key in _keys().items()}


@cache
def derived_key(purpose: str, key_id: str) -> bytes:
    """Return a key of 32 bytes for one ``purpose``, such as "audit", made of the key called ``key_id`` (RFC 5869).

    Raises KeyError where this site has no such key, and ImproperlyConfigured as ``keyring`` does.
    """
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"forms.{purpose}".encode()).derive(
        _keys()[key_id]
    )


@receiver(setting_changed)
def forget_keys(*, setting: str, **kwargs: Any) -> None:
    """Read the keys anew after a test changed the setting."""
    if setting == "FORMS_ENCRYPTION_KEYS":
        for cached in (_keys, keyring, derived_key):
            cached.cache_clear()


def seal(plain: bytes, context: bytes) -> tuple[str, bytes]:
    """Return the id of the key used and ``plain`` encrypted, to be opened with the same ``context`` only.

    Raises ImproperlyConfigured where there is no key.
    """
    key_id, cipher = next(iter(keyring().items()))
    nonce = os.urandom(NONCE_BYTES)
    return key_id, nonce + cipher.encrypt(nonce, plain, context)


def unseal(key_id: str, sealed: bytes, context: bytes) -> bytes:
    """Return what was sealed. Raises UnreadableError where the key is missing or the data was changed."""
    cipher = keyring().get(key_id)
    if cipher is None:
        raise UnreadableError(
            _("This cannot be read: the encryption key “%(key)s” is not among the keys of this site.") % {"key": key_id}
        )
    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context)
    except (InvalidTag, ValueError) as error:
        raise UnreadableError(
            _("This cannot be read: it was changed after it was stored, or the key “%(key)s” is another.")
            % {"key": key_id}
        ) from error


def encrypt(answers: dict[str, Any], submission: UUID) -> tuple[str, bytes]:
    """Return the id of the key used and the encrypted answers. Raises ImproperlyConfigured where there is no key."""
    plain = json.dumps(answers, ensure_ascii=False, separators=(",", ":")).encode()
    return seal(plain, submission.bytes)


def decrypt(key_id: str, encrypted: bytes, submission: UUID) -> dict[str, Any]:
    """Return the answers. Raises AnswersUnreadableError where the key is missing or the data was changed."""
    return decrypt_for(key_id, encrypted, submission.bytes)


def decrypt_for(key_id: str, encrypted: bytes, submission: bytes) -> dict[str, Any]:
    """Return the answers as ``decrypt`` does, for a submission whose UUID is known by its bytes."""
    cipher = keyring().get(key_id)
    if cipher is None:
        raise AnswersUnreadableError(
            _("The answers cannot be read: the encryption key “%(key)s” is not among the keys of this site.")
            % {"key": key_id}
        )
    try:
        plain = cipher.decrypt(encrypted[:NONCE_BYTES], encrypted[NONCE_BYTES:], submission)
        return _from_json(plain.decode())[0]
    except (InvalidTag, ValueError) as error:
        raise AnswersUnreadableError(
            _("The answers cannot be read: they were changed after they were stored, or the key “%(key)s” is another.")
            % {"key": key_id}
        ) from error
