"""Signatures as Standard Webhooks has them (https://www.standardwebhooks.com): receivers need no code of ours."""

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Iterable

PREFIX = "whsec_"
# The specification asks for 24 to 64 bytes.
SECRET_BYTES = 32
FEWEST_BYTES, MOST_BYTES = 24, 64


def new_secret() -> str:
    """Return a secret as it is shown to the administrator, once."""
    return PREFIX + base64.b64encode(os.urandom(SECRET_BYTES)).decode()


def headers(message_id: str, timestamp: int, body: bytes, secrets: Iterable[str]) -> dict[str, str]:
    """Return the three headers of a message, with one signature per secret: two while a secret is being replaced.

    ``timestamp`` is of this attempt, in seconds; ``message_id`` stays the same over all attempts, so that a receiver
    knows a repetition. Raises ValueError where a secret is not one.
    """
    signed = b".".join([message_id.encode(), str(timestamp).encode(), body])
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(f"v1,{_signature(_key(secret), signed)}" for secret in secrets),
    }


def _signature(key: bytes, signed: bytes) -> str:
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def _key(secret: str) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not secret.startswith(PREFIX) or not FEWEST_BYTES <= len(key) <= MOST_BYTES:
        # From None: the decoder's error would show the secret in a traceback.
        raise ValueError("The signing secret is not whsec_ and 24 to 64 bytes in base64.") from None
    return key
