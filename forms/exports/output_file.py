"""Where a command writes a file with health information: whole or not at all, and for its owner alone."""

import sys
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

OWN_FILE = 0o600


def write(chunks: Iterable[bytes], output: str, stdout: Any) -> None:
    """Write to a command's ``stdout`` for "-", or to a file that appears once it is whole and nobody else can read."""
    if output == "-":
        _copy(chunks, getattr(stdout._out, "buffer", sys.stdout.buffer))
        return
    target = Path(output)
    part = target.with_name(f".{target.name}.{uuid.uuid4().hex}.part")
    part.touch(mode=OWN_FILE, exist_ok=False)
    try:
        with part.open("wb") as file:
            _copy(chunks, file)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _copy(chunks: Iterable[bytes], file: BinaryIO) -> None:
    for chunk in chunks:
        file.write(chunk)
    file.flush()
