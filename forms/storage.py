"""Where patients' files lie: a folder, or a bucket, that no address leads to."""

from typing import Any

from django.core.files.storage import FileSystemStorage


class PrivateStorage(FileSystemStorage):
    """A folder that only the site's own account can read; its files have no address."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700, **kwargs)

    def url(self, name: str | None) -> str:
        """Raise ValueError: there is no address."""
        raise ValueError("A private file has no address.")
