"""Small files of the kinds that patients send, and of some that they should not."""

import io
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def a_picture(kind: str) -> bytes:
    """Return a picture of one pixel, as "JPEG", "PNG" or "WEBP"."""
    buffer = io.BytesIO()
    Image.new("RGB", (1, 1), "white").save(buffer, kind)
    return buffer.getvalue()


def a_heic() -> bytes:
    """Return what a phone's HEIC photo opens with: its file type box (ISO/IEC 14496-12, 4.3)."""
    brands = b"heic" + struct.pack(">I", 0) + b"mif1heic"
    return struct.pack(">I", 8 + len(brands)) + b"ftyp" + brands + b"\0" * 64


PDF = b"%PDF-1.4\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n"
CONTENT = {
    "image/jpeg": a_picture("JPEG"),
    "image/png": a_picture("PNG"),
    "image/webp": a_picture("WEBP"),
    "image/heic": a_heic(),
    "application/pdf": PDF,
}
REFUSED = {
    "card.pdf": b"<html><script>alert(1)</script></html>",
    "card.svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "card.jpg": b"MZ" + b"\0" * 200,
    "card.gif": b"GIF89a" + zlib.compress(b"x" * 50),
}


def a_file(content: bytes = PDF, name: str = "referral.pdf") -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, content)
