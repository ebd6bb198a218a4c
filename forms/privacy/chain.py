"""The chain of the audit trail: each event carries a keyed digest of itself and of the event before it.

Changing, removing or reordering a row breaks every digest after it; without the key nobody can mend them. The head
keeps the newest digest, so that a trail cut short at its end shows too.
"""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

from forms.privacy.encryption import derived_key

START = b"\0" * 32


def mac(previous: bytes, content: dict[str, Any], key_id: str) -> bytes:
    """Return the HMAC-SHA-256 of an event's ``content`` and of the digest before it.

    Raises KeyError where this site has no key called ``key_id``.
    """
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.digest(derived_key("audit", key_id), previous + text.encode(), hashlib.sha256)


def content(
    sequence: int,
    kind: str,
    at: datetime,
    submission_id: int | None,
    actor: str,
    address: str,
    details: dict[str, Any],
) -> dict[str, Any]:
    """Return what of an event its digest covers: everything but the link to an account, which may be deleted."""
    return {
        "sequence": sequence,
        "kind": kind,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "submission": submission_id,
        "actor": actor,
        "address": address,
        "details": details,
    }
