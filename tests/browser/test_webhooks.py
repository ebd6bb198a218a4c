"""An administrator sets up a webhook, tries it, reads what became of each message, and sends one again."""

import secrets
import time
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.admin_ui import PageEditor
from tests.browser.conftest import LogIn
from tests.browser.crawl import PHONE
from tests.browser.test_privacy import expect_readable
from tests.webhooks.receiver import Receiver, receiving

MILLISECONDS_FOR_A_WORKER = 60_000


def add_webhook(page: Page, name: str, receiver: Receiver, tmp_path: Path) -> None:
    """Add a webhook by the menu, with a mistake first."""
    page.goto("/admin/webhooks/")
    expect_readable(page, "list-empty", tmp_path)
    page.get_by_role("link", name="Add a webhook").click()
    page.get_by_role("textbox", name="Description").fill(name)
    page.get_by_role("textbox", name="Address").fill("https://10.0.0.1/hooks")
    page.get_by_role("checkbox", name="A page was published, or published anew").check()
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_text("This host leads into a private network.")).to_be_visible()
    expect(page.get_by_role("textbox", name="Description")).to_have_value(name)
    expect(page.get_by_role("checkbox", name="A page was published, or published anew")).to_be_checked()
    expect_readable(page, "form-refused", tmp_path)
    page.set_viewport_size({"width": PHONE, "height": 844})
    box = page.locator("select[name=site]").bounding_box()
    assert box
    assert box["x"] + box["width"] <= PHONE
    page.get_by_role("textbox", name="Address").fill(receiver.url)
    page.get_by_role("button", name="Create").click()
    expect(page.locator(".messages .success")).to_contain_text(f"“{name}” was added")


def wait_for(page: Page, address: str, wanted: Locator) -> None:
    """Load ``address`` until the worker has done what makes ``wanted`` appear on it."""
    deadline = time.monotonic() + MILLISECONDS_FOR_A_WORKER / 1000
    while True:
        page.goto(address)
        if wanted.count() or time.monotonic() > deadline:
            return
        page.wait_for_timeout(500)


def test_a_webhook_from_its_first_test_to_a_message_sent_again(log_in: LogIn, tmp_path: Path) -> None:
    admin, name = log_in("admin"), f"Newsletter {secrets.token_hex(3)}"
    with receiving() as receiver:
        add_webhook(admin, name, receiver, tmp_path)
        own = admin.url
        expect_readable(admin, "endpoint", tmp_path)
        admin.get_by_role("button", name="Show the secret").press("Enter")
        secret = admin.get_by_label("Secret", exact=True).input_value()
        assert secret.startswith("whsec_")
        expect(admin.get_by_role("button", name="Copy the secret")).to_be_visible()
        expect_readable(admin, "secret", tmp_path)
        admin.context.grant_permissions(["clipboard-read", "clipboard-write"])
        admin.get_by_role("button", name="Copy the secret").click()
        expect(admin.get_by_text("Copied", exact=True)).to_be_visible()
        assert admin.evaluate("navigator.clipboard.readText()") == secret
        admin.get_by_role("link", name="Hide it").click()
        expect(admin.get_by_label("Secret", exact=True)).to_have_count(0)

        # The page shows by itself what came of it.
        admin.get_by_role("button", name="Send a test message").click()
        expect(admin.get_by_text("Answered 204")).to_be_visible(timeout=MILLISECONDS_FOR_A_WORKER)
        assert receiver.types == ["webhook.test"]
        assert receiver.got[0].is_signed_with(secret)
        expect_readable(admin, "message", tmp_path)

        receiver.answers = [410]
        editor = PageEditor.open(admin, "Insurance and costs")
        editor.publish()
        failed = admin.get_by_role("row").filter(has_text=name)
        wait_for(admin, "/admin/webhook-messages/?state=failed", failed)
        expect(failed).to_contain_text("Answered 410")
        expect_readable(admin, "log", tmp_path)
        admin.goto("/admin/")
        notice = admin.get_by_role("link", name=f"The webhook “{name}” was switched off.")
        expect(notice).to_be_visible()
        expect_readable(admin, "dashboard", tmp_path)
        notice.click()
        assert admin.url == own
        expect_readable(admin, "switched-off", tmp_path)
        admin.get_by_role("link", name="Edit", exact=True).first.click()
        admin.get_by_role("checkbox", name="On").check()
        admin.get_by_role("button", name="Save", exact=True).click()
        expect(admin.locator(".messages .success")).to_contain_text("was saved")

        admin.goto("/admin/webhook-messages/?state=failed")
        admin.get_by_role("row").filter(has_text=name).get_by_role("checkbox").check()
        admin.locator(".bulk-actions-buttons").get_by_text("Send again").click()
        expect_readable(admin, "again", tmp_path)
        admin.get_by_role("button", name="Yes, send again").click()
        expect(admin.locator(".messages .success")).to_contain_text("1 message is being sent again")
        admin.goto(own)
        admin.get_by_role("link", name="page.published").click()
        expect(admin.get_by_role("heading", name="Delivered")).to_be_visible(timeout=MILLISECONDS_FOR_A_WORKER)
        assert receiver.types == ["webhook.test", "page.published", "page.published"]
        assert receiver.ids[1] == receiver.ids[2]

        admin.goto(own)
        admin.get_by_role("link", name="Replace the secret").click()
        expect_readable(admin, "replace", tmp_path)
        admin.get_by_role("button", name="Yes, replace it").click()
        expect(admin.get_by_text("the one before signs as well.")).to_be_visible()
        admin.goto("/admin/webhooks/")
        expect_readable(admin, "list", tmp_path)
