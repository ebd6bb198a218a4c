"""Streams of blocks are checked by one thread at a time."""

import threading
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks

from clinicsite.fields import ContentStreamField

SECONDS = 0.3


class SlowBlock(blocks.CharBlock):
    """A text whose check waits in other threads than the test's own, so that another check begins meanwhile."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.begun, self.go_on = threading.Event(), threading.Event()

    def clean(self, value: str) -> str:
        """Return the checked text when told to go on, at the latest after a moment."""
        if threading.current_thread() is not threading.main_thread():
            self.begun.set()
            self.go_on.wait(SECONDS)
        return super().clean(value)


def checked_meanwhile(is_draft: bool) -> ValidationError | None:
    """Return how a text that is missing was refused while the same was saved as a draft; None where it was taken."""
    slow = SlowBlock()
    draft, field = (ContentStreamField([("text", slow)]).formfield() for _number in range(2))
    draft.is_deferred_validation, field.is_deferred_validation = True, is_draft
    empty = field.block.to_python([{"type": "text", "value": ""}])
    saving = threading.Thread(target=draft.clean, args=[empty])
    saving.start()
    assert slow.begun.wait(10)
    try:
        field.clean(empty)
    except ValidationError as error:
        return error
    finally:
        slow.go_on.set()
        saving.join()
        assert slow.required
    return None


def test_a_draft_that_is_saved_does_not_loosen_what_is_published_meanwhile() -> None:
    assert checked_meanwhile(is_draft=False) is not None


def test_two_drafts_are_taken_at_once() -> None:
    assert checked_meanwhile(is_draft=True) is None
