"""There is no room for a patient's file: the request itself is not lost."""

from http import HTTPStatus

from tests.faults.prepare import PHOTO
from tests.faults.site import Site, assert_stored, post, reference_of, send
from tests.forms.mail import Mailbox

MEGABYTE = 1024 * 1024
# More than the SQLite database and its journal take, which the server writes too.
ROOM = 16 * MEGABYTE
PNG = b"\x89PNG\r\n\x1a\n"


def test_a_file_that_cannot_be_stored_costs_the_patient_nothing_else(site: Site, mailbox: Mailbox) -> None:
    site.more["FORMS_UPLOAD_MAX_BYTES"] = str(40 * MEGABYTE)
    large, small = PNG + bytes(24 * MEGABYTE), PNG + bytes(1000)
    # The operating system refuses to write more: to the program, the same as a full disk.
    with site.server(file_limit=ROOM) as address, site.worker():
        refused = post(address, "Ana Ruiz", files={PHOTO: ("card.png", large, "image/png")})
        assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "We cannot store files just now" in refused.text
        assert "Ana Ruiz" in refused.text, "What was typed is still there."
        assert not site.submissions().exists()
        # Without the file it goes, and so does another with a file for which there is room.
        acknowledged = {send(address, "Ana Ruiz"): "Ana Ruiz"}
        taken = post(address, "Ben", files={PHOTO: ("card.png", small, "image/png")})
        acknowledged[reference_of(taken)] = "Ben"
        site.wait_until_sent()
    assert_stored(site, acknowledged)
    kept = [path.stat().st_size for path in (site.work / "private").rglob("*") if path.is_file()]
    assert len(kept) == 1
    assert kept[0] < MEGABYTE, "Nothing is left of what did not fit."
