"""The form fields and widgets of questions with choices: one may have a box to write in, one may rule out others."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from forms.fields.text import refuse_half_characters

OTHER_MAX = 200


def choice_ids(answer: Any) -> list[str]:
    """Return the ids of the choices that an answer made, whatever its shape."""
    if isinstance(answer, dict):
        answer = answer.get("choices", answer.get("choice"))
    return answer if isinstance(answer, list) else [answer]


def other_text(answer: Any) -> str:
    """Return what was written beside a choice; empty where nothing was."""
    return answer.get("other", "") if isinstance(answer, dict) else ""


class _WithOther:
    """Reads and shows the box to write in, which is called ``<field id>_other``."""

    other_id = ""
    exclusive: tuple[str, ...] = ()

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """Return what was chosen; with the choice that has a box to write in, an object of both."""
        if not isinstance(data, MultiValueDict):
            return data.get(name)
        chosen = super().value_from_datadict(data, files, name)
        text = data.get(f"{name}_other", "")
        if self.other_id and self.other_id in choice_ids(chosen):
            return {"choices" if isinstance(chosen, list) else "choice": chosen, "other": text}
        return chosen

    def format_value(self, value: Any) -> list[str]:
        """Return the ids to show as chosen."""
        return super().format_value(choice_ids(value) if isinstance(value, dict) else value)

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return an option; the one that rules out the others is marked for fields.js."""
        option = super().create_option(name, value, *args, **kwargs)
        if value in self.exclusive:
            option["attrs"]["data-exclusive"] = True
        return option


class RadioSelect(_WithOther, forms.RadioSelect):
    """Radio buttons, one of which may have a box to write in."""


class Select(_WithOther, forms.Select):
    """A select, one of whose options may have a box to write in."""


class Checkboxes(_WithOther, forms.CheckboxSelectMultiple):
    """Checkboxes, one of which may have a box to write in."""


class _OtherField:
    """Takes what is written beside one of the choices."""

    def __init__(self, *, other_id: str = "", words: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        self.other_id, self.words = other_id, words or {}
        super().__init__(**kwargs)
        self.widget.other_id = other_id

    def clean(self, value: Any) -> Any:
        """Return the id or ids; with the choice that has a box, an object of both. Raises ValidationError."""
        ids = choice_ids(value) if isinstance(value, dict) else value
        chosen = super().clean(ids[0] if isinstance(value, dict) and "choice" in value else ids)
        if not self.other_id or self.other_id not in choice_ids(chosen):
            return chosen
        text = str(other_text(value)).strip()
        if not text:
            raise ValidationError(
                _("Write your answer beside “%(choice)s”.") % {"choice": self.words[self.other_id]}, code="other"
            )
        if len(text) > OTHER_MAX:
            raise ValidationError(_("Use at most %(limit)s characters.") % {"limit": OTHER_MAX}, code="other")
        refuse_half_characters(text)
        ProhibitNullCharactersValidator()(text)
        return {"choices" if isinstance(chosen, list) else "choice": chosen, "other": text}


class ChoiceField(_OtherField, forms.ChoiceField):
    """One of several choices."""


class ManyChoicesField(_OtherField, forms.MultipleChoiceField):
    """Any of several choices, each once; one that rules out the others stands alone."""

    def __init__(self, *, exclusive: list[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.exclusive = self.widget.exclusive = tuple(exclusive)

    def clean(self, value: Any) -> Any:
        """Return what was chosen. Raises ValidationError."""
        cleaned = super().clean(value)
        chosen = list(dict.fromkeys(choice_ids(cleaned)))
        if len(chosen) > 1 and (alone := set(chosen) & set(self.exclusive)):
            words = self.words[min(alone)]
            raise ValidationError(
                _("“%(choice)s” cannot go together with other answers. Choose one or the other.") % {"choice": words},
                code="exclusive",
            )
        return cleaned | {"choices": chosen} if isinstance(cleaned, dict) else chosen
