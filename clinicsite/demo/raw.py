"""From the demo's records to the raw data of a StreamField."""

import json
import random
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from clinicsite.demo.markup import rich_text
from clinicsite.demo.vocabulary import Block, PageRef, PictureRef, Rich


@dataclass
class Raw:
    """Puts ids into records. ``random`` gives the blocks' own ids, so that a seed always gives the same ones."""

    random: random.Random
    page_ids: dict[str, int] = field(default_factory=dict)
    picture_ids: dict[str, int] = field(default_factory=dict)

    def stream(self, blocks: Iterable[Block]) -> str:
        """Return the blocks as the JSON that a StreamField stores; KeyError at an unknown page or picture."""
        return json.dumps([self.value(block) for block in blocks])

    def rich(self, text: str) -> str:
        """Return rich text for a model field."""
        return rich_text(text, self.page_ids)

    def id(self) -> str:
        """Return the id of the next block."""
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))

    def value(self, value: Any) -> Any:
        """Return ``value`` with ids and rich text in place of records."""
        match value:
            case Rich(text):
                return self.rich(text)
            case PageRef(key):
                return self.page_ids[key]
            case PictureRef(name, alt_text):
                image = self.picture_ids[name] if name else None
                return {"image": image, "alt_text": alt_text, "decorative": bool(name and not alt_text)}
            case Block(kind, content):
                return {"type": kind, "value": self.value(content), "id": self.id()}
            case tuple():
                return [{"type": "item", "value": self.value(item), "id": self.id()} for item in value]
            case list():
                return [self.value(item) for item in value]
            case dict():
                return {key: self.value(item) for key, item in value.items()}
        return value
