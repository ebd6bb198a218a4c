"""Wagtail's admin in the words of somebody who uses it: panels, blocks, choosers, publishing."""

import contextlib
from collections.abc import Iterator

from playwright.sync_api import FrameLocator, Locator, Page, TimeoutError, expect

# How often a person would press again before they call.
TRIES = 4


@contextlib.contextmanager
def previews_drawn_at(address: str, admin: Page) -> Iterator[None]:
    """Have the front end at ``address`` draw all previews while the block runs; ``admin`` is an administrator's."""
    _enter_preview_page(admin, address)
    try:
        yield
    finally:
        _enter_preview_page(admin, "")


def _enter_preview_page(admin: Page, address: str) -> None:
    admin.goto("/admin/settings/clinicsite/apisettings/")
    admin.get_by_role("textbox", name="Preview page of the front end").fill(address)
    admin.get_by_role("button", name="Save").click()
    expect(admin.locator(".messages .success")).to_be_visible()


def note_when_edits_are_watched(page: Page) -> None:
    """Have each page that ``page`` opens say on its root element from when on Wagtail notices what is typed."""
    page.add_init_script(
        "addEventListener('w-unsaved:watch-edits', () => { document.documentElement.dataset.isWatched = 'true' })"
    )


class PageEditor:
    """The edit screen of a page, used as an editor uses it: by typing and clicking."""

    def __init__(self, page: Page) -> None:
        self.page = page
        # Wagtail compares with what stands in the form two seconds after it opened: what is typed sooner is no change.
        page.locator("html[data-is-watched]").wait_for()

    @classmethod
    def add_under(cls, page: Page, parent: str) -> "PageEditor":
        """Open the screen for a new page under the page called ``parent``."""
        page.goto("/admin/pages/")
        for title in ("Heronfield Physical Therapy", parent):
            page.get_by_role("link", name=f"Explore child pages of '{title}'").click()
        page.get_by_role("link", name="Add child page").first.click()
        return cls(page)

    @classmethod
    def open(cls, page: Page, title: str) -> "PageEditor":
        """Find the page called ``title`` with the admin's search and open its edit screen."""
        page.goto("/admin/pages/search/")
        page.locator("main input[name=q]").fill(title)
        page.keyboard.press("Enter")
        page.locator("a[title='Edit this page']", has_text=title).first.click()
        page.wait_for_url("**/edit/")
        return cls(page)

    def field(self, name: str, where: Locator | None = None) -> Locator:
        """Return the field ``name`` of the page, or of the block ``where``."""
        return (where or self.page.locator("form#page-edit-form, main")).locator(f"[data-contentpath='{name}']").first

    def type_into(self, name: str, text: str, where: Locator | None = None) -> None:
        """Type ``text`` into the field ``name``, plain or rich."""
        field = self.field(name, where)
        box = field.locator("[contenteditable=true]")
        if box.count() == 0:
            field.locator("input:not([type=hidden]), textarea").first.fill(text)
            return
        box.first.click()
        self.page.keyboard.insert_text(text)
        expect(box.first).to_contain_text(text)

    def add_block(self, name: str, kind: str | None = None, where: Locator | None = None) -> Locator:
        """Add a block at the end of the stream ``name``, ``kind`` as the picker calls it; return the new block."""
        stream = self.field(name, where).locator("[data-streamfield-stream-container]").first
        blocks = stream.locator("> [data-streamfield-child]")
        number = blocks.count()
        for _attempt in range(TRIES):
            self._ask_for_block(stream, kind)
            if self._appears(blocks.nth(number)):
                break
        expect(blocks).to_have_count(number + 1)
        return blocks.nth(number)

    def _ask_for_block(self, stream: Locator, kind: str | None) -> None:
        """Press the button that adds a block and pick ``kind``; an autosave that ends just now closes the picker."""
        stream.locator("> div > button.c-sf-add-button").last.click()
        if kind is None:
            return
        option = self.page.get_by_role("option", name=kind, exact=True)
        if self._appears(option):
            with contextlib.suppress(TimeoutError):
                option.click(timeout=5_000)

    @staticmethod
    def _appears(part: Locator) -> bool:
        try:
            part.wait_for(timeout=5_000)
        except TimeoutError:
            return False
        return True

    def add_related(self, relation: str, title: str) -> None:
        """Add one of the pages that belong to this one, such as a clinician, and choose ``title``."""
        number = self.page.locator(f"#id_{relation}-FORMS > *").count()
        self.page.locator(f"#id_{relation}-ADD").click()
        self.choose(self.page.locator(f"#inline_child_{relation}-{number}"), title)

    def choose(self, where: Locator, title: str) -> None:
        """Choose ``title`` in the chooser inside ``where``."""
        begin = where.locator("[data-chooser-action-choose]:visible").first
        begin.click()
        dialog = self.page.locator(".modal-dialog").last
        words = dialog.get_by_role("searchbox").or_(dialog.locator("input[name=q]")).first
        if not self._appears(words):
            # A block that was added just now may not listen yet; a person would press again.
            begin.click()
        words.fill(title)
        dialog.get_by_role("link", name=title, exact=True).first.click()
        expect(where.locator("[data-chooser-title]").first).to_contain_text(title)

    def open_preview(self) -> FrameLocator:
        """Open the panel that shows the draft; return what the front end draws in it."""
        self.page.get_by_role("button", name="Toggle preview").click()
        return self.page.frame_locator("iframe.w-preview__iframe").first.frame_locator("iframe")

    def publish(self) -> None:
        """Publish, and see that the admin says so."""
        self._menu_action("Publish")

    def submit_for_review(self) -> None:
        """Hand the page to the reviewers, and see that the admin says so."""
        self._menu_action("Submit")

    def approve(self) -> None:
        """Approve the page under review, and see that the admin says so."""
        self.page.locator("footer nav").get_by_role("button", name="More actions").click()
        self.page.get_by_role("button", name="Approve and Publish", exact=True).click()
        expect(self.page.locator(".messages .success")).to_be_visible()

    def _menu_action(self, name: str) -> None:
        footer = self.page.locator("footer nav")
        button = footer.get_by_role("button", name=name)
        if button.count() == 0 or not button.first.is_visible():
            footer.get_by_role("button", name="More actions").click()
        # What an earlier action said may still be there.
        said = "document.querySelectorAll('.messages .success').forEach(each => each.classList.add('said-before'))"
        self.page.evaluate(said)
        button.first.click()
        expect(self.page.locator(".messages .success:not(.said-before)")).to_be_visible()
