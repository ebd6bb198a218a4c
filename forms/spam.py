"""What a post looks like that no patient has sent. Nothing is thrown away: what is caught goes to quarantine."""

import base64
import datetime as dt
import json
from collections.abc import Sequence

from altcha import v1 as altcha
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import connection
from django.utils import timezone

from forms.evidence import Evidence
from forms.models import QuarantineReason, RateCount
from forms.privacy import blind, derived_key, keyring
from forms.rows import Statement, run

# The work a browser is asked for: on average 25,000 SHA-256, a fraction of a second on an old phone.
PROOF_LARGEST_NUMBER = 50_000
PROOF_LIFETIME = dt.timedelta(hours=2)
# As long as a file may wait for its form.
ROOM_WINDOW = dt.timedelta(days=1)


class TooManyError(Exception):
    """So much comes from one address that nothing more is taken for a while; ``seconds`` says how long."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Try again in {seconds} s.")
        self.seconds = seconds


def count(kind: str, who: str, window: dt.timedelta, number: int = 1) -> int:
    """Count ``number`` more of ``kind`` by ``who`` and return how many there were in the current window, with these."""
    return run(counting(kind, who, window, number))[0][0][0]


def counting(kind: str, who: str, window: dt.timedelta, number: int = 1) -> Statement:
    """Return the statement that does what ``count`` does.

    One statement, in the database, so that all processes count together. ``who`` is kept as a keyed digest only.
    """
    now = timezone.now()
    length = int(window.total_seconds())
    nth = int(now.timestamp()) // length
    digest = blind.digest(f"rate:{kind}:{nth}", who)
    expires = dt.datetime.fromtimestamp((nth + 1) * length, dt.UTC)
    table = connection.ops.quote_name(RateCount._meta.db_table)
    return Statement(
        f"INSERT INTO {table} (digest, count, expires_at) VALUES (%s, %s, %s) "  # noqa: S608 - the model's own name
        f"ON CONFLICT (digest) DO UPDATE SET count = {table}.count + excluded.count RETURNING count",
        [digest, number, connection.ops.adapt_datetimefield_value(expires)],
        gives_rows=True,
    )


def seconds_left(window: dt.timedelta) -> int:
    """Return the seconds until the current window of this length ends."""
    length = int(window.total_seconds())
    return length - int(timezone.now().timestamp()) % length


def forget_old_counts(now: dt.datetime) -> int:
    """Remove the counts whose window is over and return how many there were."""
    return RateCount.objects.filter(expires_at__lt=now).delete()[0]


def counting_posts(address: str) -> Statement:
    """Return the statement that counts a post from this address, for ``is_too_many``."""
    return counting("post", address, settings.FORMS_RATE_WINDOW)


def is_too_many(posts: int) -> bool:
    """Return whether so many posts from one address are more than a household sends.

    Raises TooManyError where they are more than anybody should send.
    """
    if posts > settings.FORMS_RATE_HARD_LIMIT:
        raise TooManyError(seconds_left(settings.FORMS_RATE_WINDOW))
    return posts > settings.FORMS_RATE_SOFT_LIMIT


def count_files(address: str, files: Sequence[UploadedFile]) -> None:
    """Count files from this address, before any of them is stored: on every way in, whatever becomes of their form.

    Raises TooManyError where they are more, or take more room in a day, than anybody should send: nobody is to take up
    the room that the files of all patients share.
    """
    if count("file", address, settings.FORMS_RATE_WINDOW, len(files)) > settings.FORMS_RATE_HARD_LIMIT:
        raise TooManyError(seconds_left(settings.FORMS_RATE_WINDOW))
    # What is too large by itself is refused and takes no room.
    sizes = [file.size or 0 for file in files if (file.size or 0) <= settings.FORMS_UPLOAD_MAX_BYTES]
    kilobytes = sum(-(-size // 1024) for size in sizes)
    if count("file-room", address, ROOM_WINDOW, kilobytes) > settings.FORMS_UPLOAD_ADDRESS_MAX_BYTES // 1024:
        raise TooManyError(seconds_left(ROOM_WINDOW))


def suspicion(evidence: Evidence, *, proof_of_work: bool) -> QuarantineReason | None:
    """Return why a post does not look like a patient's; None where it does."""
    if evidence.honeypot:
        return QuarantineReason.HONEYPOT
    if evidence.seconds is not None and evidence.seconds < settings.FORMS_MINIMUM_SECONDS:
        return QuarantineReason.TOO_FAST
    if proof_of_work and not is_proof(evidence.proof):
        return QuarantineReason.NO_PROOF
    return None


def challenge() -> dict[str, object]:
    """Return work for a browser, as ALTCHA defines it (https://altcha.org/docs/v2/): to be solved within two hours."""
    made = altcha.create_challenge(
        altcha.ChallengeOptions(
            max_number=PROOF_LARGEST_NUMBER, hmac_key=_proof_key(), expires=timezone.now() + PROOF_LIFETIME
        )
    )
    return {
        "algorithm": made.algorithm,
        "challenge": made.challenge,
        "maxnumber": made.max_number,
        "salt": made.salt,
        "signature": made.signature,
    }


def is_proof(payload: str) -> bool:
    """Return whether ``payload`` is work done on a challenge of ours, in time and not used before."""
    try:
        work = json.loads(base64.b64decode(payload))
        is_right = altcha.verify_solution(work, _proof_key())[0]
    except (ValueError, TypeError, AttributeError, KeyError):
        return False  # The package trusts the shapes inside; what a robot sends may have any.
    return is_right and count("proof", work["challenge"], PROOF_LIFETIME * 2) == 1


def _proof_key() -> str:
    return derived_key("proof", next(iter(keyring()))).hex()


def content_digest(form_id: object, answers: dict[str, object], address: str) -> bytes:
    """Return a keyed digest by which the same answers to the same form are known again.

    ``address`` is empty for answers that say who somebody is: those are the same from wherever they come.
    """
    told = json.dumps([str(form_id), answers, address], sort_keys=True)
    return blind.digest("content", told)


def window_digest(content: bytes, window: int) -> bytes:
    """Return what stands for ``content`` in one window of time."""
    return blind.digest("window", f"{content.hex()}:{window}")
