"""Secrets of a development machine: generated on first use and kept in ``var/``, so that none is in the repository."""

import base64
import secrets
from pathlib import Path


def local_secret(path: Path) -> str:
    """Return the secret kept at ``path``, readable by its owner alone; a new random one where there is none."""
    return _read_or_create(path, secrets.token_urlsafe(50))


def local_encryption_key(path: Path) -> str:
    """Return the encryption key kept at ``path`` as ``id:base64``; a new random 256-bit one where there is none."""
    return _read_or_create(path, "dev:" + base64.b64encode(secrets.token_bytes(32)).decode())


def _read_or_create(path: Path, new: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x") as file:
            path.chmod(0o600)
            file.write(new)
    except FileExistsError:
        return path.read_text()
    return new
