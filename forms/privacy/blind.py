"""Blind indexes: keyed digests by which what is encrypted can still be found, if one knows exactly what one looks for.

A digest is HMAC-SHA-256 under a key derived from the encryption key, cut to 16 bytes. Whoever reads the database alone
can neither reverse it nor try out values; equal values give equal digests, so the frequency of a choice shows.
"""

import hashlib
import hmac

from forms.privacy.encryption import derived_key, keyring

DIGEST_BYTES = 16


def digest(kind: str, value: str, key_id: str | None = None) -> bytes:
    """Return the digest of ``value``; ``kind`` keeps an e-mail address apart from a phone number or a choice.

    ``key_id`` names the key, by default the one that encrypts. Raises KeyError for a key this site does not have.
    """
    key = derived_key("blind", key_id or next(iter(keyring())))
    return hmac.digest(key, f"{kind}\0{value}".encode(), hashlib.sha256)[:DIGEST_BYTES]


def digests(kind: str, value: str) -> list[bytes]:
    """Return the digest under every key of this site: what was indexed before a key change is found too."""
    return [digest(kind, value, key_id) for key_id in keyring()]
