"""The steps and other lists of a file as raw stream data; what the blocks do not know is refused."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail import blocks

from forms.building.files.ids import Ids, new_id
from forms.building.files.parts import sanitised
from forms.building.files.places import Problem, part_of, place_of
from forms.rules import Rule
from forms.rules.block import RuleBlock, RuleField

CONDITION_KEYS = {"question", "operator", "value"}
LONGEST_ID = 100


@dataclass
class StreamReader:
    """Reads one file: gives new ids, keeps the rules for later, and collects problems."""

    ids: Ids
    problems: list[Problem]

    def stream(self, block: blocks.StreamBlock, items: Any, name: str, parent: str = "") -> list[dict[str, Any]]:
        """Return the raw data of a stream that the page, or the item at ``parent``, has under ``name``."""
        raw = []
        for index, item in enumerate(self._list(items, parent or name)):
            place = place_of(parent, name, index, _words(item))
            # A stream of one type need not name it.
            only = next(iter(block.child_blocks)) if len(block.child_blocks) == 1 else None
            kind = item.get("type", only) if isinstance(item, dict) else None
            if not isinstance(kind, str) or kind not in block.child_blocks:
                self._wrong(place, _("There is no type of question “%(kind)s”.") % {"kind": kind})
                continue
            old_id, item_id = item.get("id"), new_id()
            self._remember(self.ids.questions if name == "fields" else None, old_id, item_id, place)
            value = self._struct(block.child_blocks[kind], item, place, {"id", "type"}, owner=old_id)
            raw.append({"type": kind, "id": item_id, "value": value})
        return raw

    def _struct(self, block: Any, item: dict[str, Any], place: str, extra: set[str], owner: Any) -> dict[str, Any]:
        for name in sorted(item.keys() - block.child_blocks.keys() - extra):
            self._wrong(place, _("There is no part “%(name)s” here.") % {"name": name})
        return {
            name: self._part(child, item[name], name, place, owner)
            for name, child in block.child_blocks.items()
            if name in item
        }

    def _part(self, block: blocks.Block, value: Any, name: str, place: str, owner: Any) -> Any:
        if isinstance(block, blocks.StreamBlock):
            return self.stream(block, value, name, place)
        if isinstance(block, blocks.ListBlock):
            return self._choices(block, value, name, place, owner)
        if isinstance(block, RuleBlock):
            return self._rule(value, part_of(place, block))
        if not _is_of_kind(block, value):
            return self._wrong(part_of(place, block), _("This is not a value of the kind that belongs here."))
        if isinstance(block, blocks.RichTextBlock):
            return sanitised(str(value or ""), block.features)
        return self._plain(block, value, place)

    def _plain(self, block: blocks.Block, value: Any, place: str) -> Any:
        try:
            # Wagtail reads a date that is none as no date at all.
            is_read = value in (None, "") or block.to_python(value) is not None
        except (ValueError, TypeError):
            is_read = False
        if not is_read:
            return self._wrong(part_of(place, block), _("This is not a value of the kind that belongs here."))
        return value

    def _choices(self, block: blocks.ListBlock, items: Any, name: str, parent: str, owner: Any) -> list[dict[str, Any]]:
        raw = []
        known = self.ids.choices.setdefault(owner, {}) if isinstance(owner, str) else {}
        for index, item in enumerate(self._list(items, parent)):
            place = place_of(parent, name, index, _words(item))
            if not isinstance(item, dict):
                self._wrong(place, _("This must be an object."))
                continue
            item_id = new_id()
            self._remember(known, item.get("id"), item_id, place)
            value = self._struct(block.child_block, item, place, {"id"}, owner=None)
            raw.append({"type": "item", "id": item_id, "value": value})
        return raw

    def _rule(self, rule: Any, place: str) -> Rule | None:
        if rule is None:
            return None
        if not _is_whole_rule(rule) or RuleField().clean(rule) is None:
            return self._wrong(place, _("This is not a rule: it needs “match” and “conditions”."))
        copied = _copy(rule)
        self.ids.rules.append((copied, place))
        return copied

    def _remember(self, known: dict[str, str] | None, old_id: Any, item_id: str, place: str) -> None:
        if old_id is None:
            return
        if not isinstance(old_id, str) or not 0 < len(old_id) <= LONGEST_ID:
            self._wrong(place, _("An id must be a short text."))
        elif known is not None and old_id in known:
            self._wrong(place, _("The id “%(id)s” stands here a second time.") % {"id": old_id})
        elif known is not None:
            known[old_id] = item_id

    def _list(self, items: Any, place: str) -> list[Any]:
        if not isinstance(items, list):
            self._wrong(place, _("This must be a list."))
            return []
        return items

    def _wrong(self, place: str, message: str) -> None:
        self.problems.append(Problem(place, message))


def _words(item: Any) -> Any:
    return (item.get("label") or item.get("title")) if isinstance(item, dict) else None


def _is_text_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _is_of_kind(block: blocks.Block, value: Any) -> bool:
    if isinstance(block, blocks.MultipleChoiceBlock):
        return _is_text_list(value)
    if isinstance(block, blocks.BooleanBlock):
        return isinstance(value, bool)
    if isinstance(block, blocks.IntegerBlock | blocks.FloatBlock | blocks.DecimalBlock):
        return isinstance(value, int | float | None) and not isinstance(value, bool)
    return isinstance(value, str | None)


def _is_whole_rule(rule: Any, *, in_group: bool = False) -> bool:
    if not isinstance(rule, dict) or rule.keys() != {"match", "conditions"} or rule["match"] not in ("all", "any"):
        return False
    if not isinstance(rule["conditions"], list) or not rule["conditions"]:
        return False
    return all(
        (not in_group and _is_whole_rule(part, in_group=True))
        if isinstance(part, dict) and "conditions" in part
        else _is_condition(part)
        for part in rule["conditions"]
    )


def _is_condition(part: Any) -> bool:
    if not isinstance(part, dict) or not {"question", "operator"} <= part.keys() <= CONDITION_KEYS:
        return False
    value = part.get("value")
    is_value = _is_text_list(value) or isinstance(value, str | int | float | None)
    return is_value and isinstance(part["question"], str) and isinstance(part["operator"], str)


def _copy(rule: Rule) -> Rule:
    parts = [
        _copy(part) if "conditions" in part else {"value": None, **part} for part in rule["conditions"]
    ]  # fmt: skip
    return {"match": rule["match"], "conditions": parts}
