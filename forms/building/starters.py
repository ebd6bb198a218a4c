"""The ready-made forms: files like any other, in forms/starters, with places for the clinic's own names."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from wagtail.models import Page

from clinicsite.models import ClinicSettings
from forms.fields import FIELD_TYPES
from forms.fields.pickers import PickerType, live_pages

FOLDER = Path(__file__).parent.parent / "starters"
# In the order in which they are offered: the most wanted first.
NAMES = ("appointment", "call_back", "referral", "feedback", "pain_intake")


@dataclass(frozen=True)
class Starter:
    """A ready-made form: its name, what it is for, and its file's data."""

    name: str
    data: dict[str, Any]

    @property
    def title(self) -> str:
        """The title of the form."""
        return self.data["title"]

    @property
    def description(self) -> str:
        """What the form asks, for an editor who looks for one."""
        return self.data["description"]

    @property
    def questions(self) -> int:
        """How many questions it has."""
        return sum(field["type"] != "static_text" for step in self.data["steps"] for field in step["fields"])

    def filled_in(self, clinic: ClinicSettings, beside: Page | None = None) -> dict[str, Any]:
        """Return the file's data with the clinic's name and emergency number in their places.

        A question for a location or a clinician is left out where fewer than two are published in the site of the page
        ``beside``: there is nothing to choose.
        """
        data = _filled_in(self.data, {"{clinic}": clinic.name, "{emergency_number}": clinic.emergency_number})
        for step in data["steps"]:
            step["fields"] = [field for field in step["fields"] if _has_choice(field["type"], beside)]
        return data


@cache
def starters() -> dict[str, Starter]:
    """Return the ready-made forms by name."""
    return {name: Starter(name, json.loads((FOLDER / f"{name}.json").read_text("utf-8"))) for name in NAMES}


def _has_choice(kind: str, beside: Page | None) -> bool:
    return not isinstance(FIELD_TYPES[kind], PickerType) or len(live_pages(kind, beside)) > 1


def _filled_in(data: Any, words: dict[str, str]) -> Any:
    if isinstance(data, dict):
        return {key: _filled_in(value, words) for key, value in data.items()}
    if isinstance(data, list):
        return [_filled_in(each, words) for each in data]
    if isinstance(data, str):
        for place, word in words.items():
            data = data.replace(place, word)
    return data
