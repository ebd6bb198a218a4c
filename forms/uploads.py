"""Files of patients: known by their content, encrypted, kept in a private place, and gone when nobody sent them.

A file is stored as soon as a form with it arrives, even where another answer is wrong: a *token* then stands for it, so
that it need not be sent twice. It belongs to nobody until ``claim`` gives it to a submission, and is removed after a
day. The reasons are in docs/decisions/0013-uploads.md.
"""

import datetime as dt
import hashlib
import logging
import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import filetype
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q, Sum
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from filetype.types import archive, image

from forms import privacy

if TYPE_CHECKING:
    from forms.models import Submission, Upload

# What an insurance card or a referral comes as: photos of phones, scans, and documents of other offices.
MATCHERS = (image.Jpeg(), image.Png(), image.Heic(), image.Webp(), archive.Pdf())
ENDINGS = {kind.mime: kind.extension for kind in MATCHERS}
NAME_MAX = 120
KEPT_FOR = dt.timedelta(days=1)
# Past the token's age, so that nothing is removed that a form may still claim.
REMOVED_AFTER = KEPT_FOR + dt.timedelta(hours=1)
SALT = "forms.uploads"
# As ``file_name`` makes it.
FILE_NAME = re.compile(r"[0-9a-f]{2}/(?P<uuid>[0-9a-f]{32})-[0-9a-f]{8}")
# The form of a file whose request was erased: no form has this id, so nobody can claim it while it waits to be removed.
NO_FORM = uuid.UUID(int=0)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kept:
    """A stored file as an answer holds it. ``sha256`` is of its content: two files may be one, sent twice."""

    id: str
    name: str
    type: str
    size: int
    sha256: str

    @property
    def token(self) -> str:
        """What stands for the file in a form that is not sent yet; good for a day."""
        return signing.dumps(list(asdict(self).values()), salt=SALT)


class NotRemovedError(Exception):
    """Some files could not be removed. They are tried again."""


class UploadsGoneError(Exception):
    """Some files of a form cannot be given to its submission: another has them, or they were removed meanwhile.

    ``field_ids`` names the questions they answer.
    """

    def __init__(self, field_ids: set[str]) -> None:
        super().__init__("Some files are no longer there.")
        self.field_ids = field_ids


def storage() -> Storage:
    """Return the place of patients' files: the storage called "private" in the settings."""
    return storages["private"]


def most_bytes() -> int:
    """Return how large one file may be."""
    return settings.FORMS_UPLOAD_MAX_BYTES


def most_words() -> str:
    """Return how large one file may be, as people write it: 10 MB, not 10.0 MB."""
    number, unit = filesizeformat(most_bytes()).split("\xa0")
    return f"{number.removesuffix('.0')}\xa0{unit}"


def check(file: UploadedFile) -> None:
    """Raise ValidationError, with the file's name, for one that is empty, too large or of a kind we do not take."""
    if file.size and file.size > most_bytes():
        code = "too_large"
    elif not file.size:
        code = "empty"
    elif not type_of(file):
        code = "type"
    else:
        return
    raise ValidationError(refusals(clean_name(file.name))[code], code=code)


def refusals(name: str) -> dict[str, str]:
    """Return what to say of a file called ``name`` that is not taken, by the reason."""
    words = {"name": name, "limit": most_words()}
    return {
        "too_large": _("“%(name)s” is too large. A file can have up to %(limit)s.") % words,
        "empty": _("“%(name)s” is empty. Choose another file.") % words,
        "type": _("“%(name)s” is not a photo (JPEG, PNG, HEIC, WebP) or a PDF. Choose another file.") % words,
    }


def type_of(file: UploadedFile) -> str:
    """Return the file's type by its first bytes, whatever it is called; empty for one we do not take."""
    file.seek(0)
    kind = filetype.match(file.read(8192), MATCHERS)
    file.seek(0)
    return kind.mime if kind else ""


def clean_name(name: str | None) -> str:
    """Return a file's name in one printable line, its ending kept where it is cut short."""
    text = "".join(letter for letter in PurePath(name or "").name if letter.isprintable()).strip() or _("file")
    text = text.encode("utf-8", "ignore").decode()
    ending = PurePath(text).suffix[:10]
    return text if len(text) <= NAME_MAX else text[: NAME_MAX - len(ending)] + ending


def keep(file: UploadedFile, form_id: uuid.UUID, field_id: str) -> Kept:
    """Encrypt and store a checked file, and return what its answer says of it.

    Raises ValidationError where it cannot be stored: the form comes back with everything else in it.
    """
    from forms.models import Upload

    file.seek(0)
    plain = file.read()
    if waiting_bytes() + len(plain) > settings.FORMS_UPLOAD_WAITING_MAX_BYTES:
        logger.error("Patients' files are refused: those not yet sent take up all the room they may have.")
        raise _not_stored()
    upload = Upload(form_id=form_id, field_id=field_id, size=len(plain))
    upload.key_id, sealed = privacy.seal(plain, upload.uuid.bytes)
    # The row first: a file without one would never be found again.
    upload.save()
    try:
        storage().save(file_name(upload), ContentFile(sealed))
    except Exception:
        # Whatever the storage raises (a full disk, a bucket out of reach): the patient's request must not fail with it.
        logger.exception("A patient's file could not be stored.")
        _remove([upload])
        raise _not_stored() from None
    return Kept(str(upload.uuid), clean_name(file.name), type_of(file), len(plain), hashlib.sha256(plain).hexdigest())


def _not_stored() -> ValidationError:
    words = _("We cannot store files just now. Try again in a few minutes, or send the form without the file.")
    return ValidationError(words, code="storage")


def waiting_bytes() -> int:
    """Return how much room the files take up whose form was never sent."""
    from forms.models import Upload

    return Upload.objects.filter(submission=None).aggregate(total=Sum("size"))["total"] or 0


def from_token(token: str, form_id: uuid.UUID | None, field_id: str) -> Kept | None:
    """Return the file a token stands for; None where it is none of ours, older than a day, or another question's."""
    from forms.models import Upload

    try:
        kept = Kept(*signing.loads(token, salt=SALT, max_age=KEPT_FOR))
    except signing.BadSignature:
        return None
    found = Upload.objects.filter(uuid=kept.id, field_id=field_id)
    return kept if (found.filter(form_id=form_id) if form_id else found).exists() else None


def ids_of(answers: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the field id and the file id of each file in stored answers."""
    for field_id, answer in answers.items():
        if isinstance(answer, list):
            for item in answer:
                if isinstance(item, dict) and "sha256" in item:
                    yield field_id, item["id"]


def claim(submission: "Submission", answers: dict[str, Any]) -> None:
    """Give the files in ``answers`` to ``submission``, inside the transaction that stores it.

    Raises UploadsGoneError where one is not free to take.
    """
    from forms.models import Upload

    wanted = list(ids_of(answers))
    if not wanted:
        return
    ids = [file_id for _field_id, file_id in wanted]
    free = Upload.objects.filter(uuid__in=ids, form_id=submission.form_id, submission=None)
    if free.update(submission=submission) != len(set(ids)):
        ours = Upload.objects.filter(uuid__in=ids, submission=submission).values_list("uuid", flat=True)
        found = {str(each) for each in ours}
        raise UploadsGoneError({field_id for field_id, file_id in wanted if file_id not in found})


def same_content(answers: dict[str, Any]) -> dict[str, Any]:
    """Return ``answers`` with each file named by its content, so that one form sent twice has the same answers."""
    with_files = {field_id for field_id, _file_id in ids_of(answers)}
    return {
        field_id: [{key: part for key, part in item.items() if key != "id"} for item in answer]
        if field_id in with_files
        else answer
        for field_id, answer in answers.items()
    }


def file_name(upload: "Upload", key_id: str = "") -> str:
    """Return the name of a file in the private storage. It tells nothing, and is another under another key."""
    key = hashlib.sha256((key_id or upload.key_id).encode()).hexdigest()[:8]
    return f"{upload.uuid.hex[:2]}/{upload.uuid.hex}-{key}"


def read(upload: "Upload") -> bytes:
    """Return the content of a file. Raises privacy.UnreadableError where it is gone or cannot be decrypted."""
    try:
        with storage().open(file_name(upload)) as file:
            sealed = file.read()
    except OSError as error:
        raise privacy.UnreadableError(_("This file is not where it was stored.")) from error
    return privacy.unseal(upload.key_id, sealed, upload.uuid.bytes)


def _remove(uploads: Iterable["Upload"]) -> int:
    """Delete files and their rows, whether or not the files are there, and return how many could not be."""
    failed = 0
    for upload in uploads:
        try:
            for name in {file_name(upload), *_copies(upload)}:
                storage().delete(name)
        except Exception:
            # Whatever the storage raises: the others are removed all the same.
            logger.exception("A file could not be removed; it is tried again.")
            failed += 1
        else:
            upload.delete()
    return failed


def _copies(upload: "Upload") -> list[str]:
    """Return the names of a row's files, also of one left under an earlier key; none where nothing can be listed."""
    folder = upload.uuid.hex[:2]
    return [name for name in _listed(storage(), folder) if FILE_NAME.fullmatch(name)["uuid"] == upload.uuid.hex]


def _listed(place: Storage, folder: str) -> list[str]:
    """Return the names of patients' files in a folder of the place; what else lies there is not ours."""
    try:
        names = place.listdir(folder)[1]
    except (FileNotFoundError, NotImplementedError):
        return []
    return [name for name in (f"{folder}/{each}" for each in names) if FILE_NAME.fullmatch(name)]


def erase(submission: "Submission") -> int:
    """Take all files from a submission and return their number; they are deleted once the transaction has succeeded.

    Until then, and where that fails, they belong to nobody: ``purge_unclaimed`` finds them.
    """
    from forms.models import Upload

    ids = list(submission.uploads.values_list("pk", flat=True))
    Upload.objects.filter(pk__in=ids).update(submission=None, form_id=NO_FORM)
    if ids:
        transaction.on_commit(lambda: _remove(Upload.objects.filter(pk__in=ids, form_id=NO_FORM)), robust=True)
    return len(ids)


def left_of_erased() -> int:
    """Return how many files of erased requests are still to be removed."""
    from forms.models import Upload

    return Upload.objects.filter(submission=None, form_id=NO_FORM).count()


def reseal(upload: "Upload") -> bool:
    """Encrypt a file anew under the key that now encrypts; return whether it was under another.

    Safe to repeat after a crash: the new file stands beside the old one until the row names it, and ``sweep`` removes
    whichever is left over. Erased files are left alone. Raises privacy.UnreadableError.
    """
    from forms.models import Upload

    with transaction.atomic():
        # Locked: erased meanwhile, the new file would stay.
        current = Upload.objects.select_for_update().filter(pk=upload.pk).exclude(form_id=NO_FORM).first()
        if current is None:
            return False
        before = file_name(current)
        key_id, sealed = privacy.seal(read(current), current.uuid.bytes)
        if key_id == current.key_id:
            return False
        after = file_name(current, key_id)
        storage().delete(after)
        storage().save(after, ContentFile(sealed))
        Upload.objects.filter(pk=current.pk).update(key_id=key_id)
    storage().delete(before)
    return True


def sweep(now: dt.datetime | None = None) -> int:
    """Remove what a change of keys that broke off has left behind, a day after it was written; return the number.

    That is a second file of a row, beside the one that the row names. A file of no row stays: the database may be one
    that is just being restored, or another's that shares the place. Where the storage cannot say what is in it, nothing
    is done. Raises NotRemovedError, once all were tried, where some could not be removed.
    """
    place = storage()
    before = (now or timezone.now()) - REMOVED_AFTER
    removed = failed = 0
    for name in _left_over(place):
        try:
            if place.get_modified_time(name) < before:
                place.delete(name)
                removed += 1
        except Exception:
            # As in _remove: whatever the storage raises.
            logger.exception("A file left over by a change of keys could not be removed; it is tried again.")
            failed += 1
    if failed:
        raise NotRemovedError(f"{failed} files left over by a change of keys could not be removed.")
    return removed


def _left_over(place: Storage) -> Iterator[str]:
    """Yield the names of files that stand beside the one that their row names."""
    from forms.models import Upload

    for folder in _folders(place):
        names = _listed(place, folder)
        rows = Upload.objects.filter(uuid__in=[FILE_NAME.fullmatch(name)["uuid"] for name in names])
        named = {upload.uuid.hex: file_name(upload) for upload in rows}
        present = set(names)
        for name in names:
            current = named.get(FILE_NAME.fullmatch(name)["uuid"])
            if current in present and current != name:
                yield name


def _folders(place: Storage) -> list[str]:
    try:
        return place.listdir("")[0]
    except (FileNotFoundError, NotImplementedError):
        return []


def purge_unclaimed(now: dt.datetime | None = None) -> int:
    """Remove the files of erased requests, and a day after they came those whose form was never sent.

    Returns their number. Raises NotRemovedError, once all were tried, where some could not be removed.
    """
    from forms.models import Upload

    old = Q(created_at__lt=(now or timezone.now()) - REMOVED_AFTER)
    waiting = list(Upload.objects.filter(old | Q(form_id=NO_FORM), submission=None))
    if failed := _remove(waiting):
        raise NotRemovedError(f"{failed} of {len(waiting)} files could not be removed.")
    return len(waiting)
