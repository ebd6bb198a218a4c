"""What keeps patients' answers theirs: encryption at rest, blind indexes, and the chain of the audit trail."""

from forms.privacy.encryption import (
    AnswersUnreadableError,
    UnreadableError,
    decrypt,
    decrypt_for,
    derived_key,
    encrypt,
    keyring,
    seal,
    unseal,
)

__all__ = [
    "AnswersUnreadableError",
    "UnreadableError",
    "decrypt",
    "decrypt_for",
    "derived_key",
    "encrypt",
    "keyring",
    "seal",
    "unseal",
]
