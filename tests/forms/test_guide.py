"""The editors' guide knows every kind of question and everything that can be set, by the words of the editor."""

from pathlib import Path

import pytest
from django.conf import settings

from forms.fields import FIELD_TYPES
from forms.fields.choices import ChoiceBlock

GUIDE = (Path(settings.BASE_DIR) / "docs" / "editors.md").read_text("utf-8")


@pytest.mark.parametrize("name", FIELD_TYPES)
def test_the_guide_names_a_kind_of_question_and_all_its_parts(name: str) -> None:
    block = FIELD_TYPES[name].block_class()
    # The rule is told of under the words that open it.
    parts = [str(part.label) for part_name, part in block.child_blocks.items() if part_name != "rule"]
    assert [words for words in (str(block.label), *parts) if f"**{words}**" not in GUIDE] == []


def test_the_guide_names_what_can_be_set_of_a_choice() -> None:
    assert [str(part.label) for part in ChoiceBlock().child_blocks.values() if str(part.label) not in GUIDE] == []
    assert "**Show this only when…**" in GUIDE
