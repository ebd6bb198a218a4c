"""How a patient's file comes in: through memory only, and no more of it than we would take."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from forms.fields.upload import MOST_FILES


class PatientFileHandler(FileUploadHandler):
    """Keeps each file in memory up to the largest size, and of a larger one only the size.

    Django's own handlers write what is larger than 2.5 MB to a temporary folder, unencrypted. All files of one request
    together may take the room of as many as one question takes.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.room = settings.FORMS_UPLOAD_MAX_BYTES * MOST_FILES

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self.content: BytesIO | None = BytesIO()
        self.size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a part of the file; let go of all of it once it is too large."""
        self.size += len(raw_data)
        if self.content is None:
            return
        if self.size > settings.FORMS_UPLOAD_MAX_BYTES or len(raw_data) > self.room:
            self.room += self.content.tell()
            self.content = None
            return
        self.room -= len(raw_data)
        self.content.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Return the file; of one that was too large its size, without content."""
        is_whole = self.content is not None
        content = self.content or BytesIO()
        content.seek(0)
        size = file_size if is_whole else max(file_size, settings.FORMS_UPLOAD_MAX_BYTES + 1)
        return InMemoryUploadedFile(
            content, self.field_name, self.file_name, self.content_type, size, self.charset, self.content_type_extra
        )
