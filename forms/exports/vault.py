"""A large file kept encrypted, written and read in constant memory.

It is a series of frames, each its length and then some of the file, sealed for the file's ``context``, its own place in
the series, and whether it is the last. So no frame can be left out, moved, taken from another file or cut off unseen.
"""

import io
from collections.abc import Iterable, Iterator
from typing import IO

from forms.privacy import UnreadableError, seal, unseal

FRAME_BYTES = 256 * 1024
LENGTH_BYTES = 4


def sealed(chunks: Iterable[bytes], context: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the id of the key used, and a frame, for all that is in ``chunks``. There is always a last frame."""
    waiting, number = bytearray(), 0
    for chunk in chunks:
        waiting += chunk
        # The last frame is known only once nothing follows.
        while len(waiting) > FRAME_BYTES:
            yield _frame(bytes(waiting[:FRAME_BYTES]), context, number, is_last=False)
            del waiting[:FRAME_BYTES]
            number += 1
    yield _frame(bytes(waiting), context, number, is_last=True)


def _frame(plain: bytes, context: bytes, number: int, *, is_last: bool) -> tuple[str, bytes]:
    key_id, content = seal(plain, _place(context, number, is_last=is_last))
    return key_id, len(content).to_bytes(LENGTH_BYTES, "big") + content


def _place(context: bytes, number: int, *, is_last: bool) -> bytes:
    return context + number.to_bytes(8, "big") + (b"\1" if is_last else b"\0")


def opened(file: IO[bytes], key_id: str, context: bytes) -> Iterator[bytes]:
    """Yield what was sealed. Raises privacy.UnreadableError where the key is missing or the file was changed."""
    header, number = file.read(LENGTH_BYTES), 0
    if not header:
        raise UnreadableError("The file is empty.")
    while header:
        content = file.read(int.from_bytes(header, "big"))
        header = file.read(LENGTH_BYTES)
        yield unseal(key_id, content, _place(context, number, is_last=not header))
        number += 1


class Spring(io.RawIOBase):
    """Chunks as a file that can be read once, for a storage that takes nothing else."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._rest = b""

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill ``buffer`` with what comes next, and return how many bytes; 0 at the end."""
        data = self._rest or next(self._chunks, b"")
        count = min(len(data), len(buffer))
        buffer[:count], self._rest = data[:count], data[count:]
        return count
