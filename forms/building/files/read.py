"""From a form's file to its page. Nothing in the file is trusted, and each problem is told with its place."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinicsite.fields import clean_block
from forms.blocks import later_rule_errors
from forms.building.files.ids import Ids
from forms.building.files.parts import FORMAT, PLAIN, RICH_TEXTS, STREAMS, sanitised
from forms.building.files.places import Problem, flattened
from forms.building.files.streams import StreamReader

if TYPE_CHECKING:
    from forms.models import FormPage

LARGEST_FILE = 256 * 1024
LARGEST_NUMBER = 10**9
DEEPEST = 50  # Lists and objects in each other; a form needs a dozen.
LATER_PARTS = {"confirmations": gettext_lazy("Text after sending %(number)s")}
WHOLE = ""


@dataclass
class FormFileError(Exception):
    """A file that no form can be made of, with everything that is wrong with it."""

    problems: list[Problem]

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def parse(content: bytes) -> Any:
    """Return the JSON in a file. Raises FormFileError."""
    if len(content) > LARGEST_FILE:
        _refuse(_("The file is larger than a form's file can be (256 kB)."))
    try:
        data = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except json.JSONDecodeError as error:
        place = _("Line %(line)s, column %(column)s") % {"line": error.lineno, "column": error.colno}
        raise FormFileError([Problem(place, _("This is not JSON, so it is not a form's file."))]) from None
    except (ValueError, RecursionError):
        _refuse(_("This is not JSON, so it is not a form's file."))
    if not _can_be_stored(data):
        _refuse(_("The file has a character or a number in it that cannot be stored."))
    return data


def read(data: Any) -> "FormPage":
    """Return a new page, not saved, with the form in a file's ``data``. Raises FormFileError."""
    from forms.models import FormPage

    _check_outline(data)
    problems: list[Problem] = []
    page = FormPage(title=data["title"].strip(), live=False)
    for name in (*RICH_TEXTS, *PLAIN):
        if name in data:
            setattr(page, name, _page_value(page, name, data[name], problems))
    ids = Ids()
    reader = StreamReader(ids, problems)
    raw = {
        name: reader.stream(_stream_block(page, name), data.get(name, []), name)
        for name in STREAMS
    }  # fmt: skip
    problems += ids.translate_rules()
    if problems:
        raise FormFileError(problems)
    _fill(page, raw)
    return page


def _check_outline(data: Any) -> None:
    if not isinstance(data, dict) or not str(data.get("format", "")).startswith("clinic-form/"):
        _refuse(_("This is not a form's file: it does not say “%(format)s”.") % {"format": FORMAT})
    if data["format"] != FORMAT:
        _refuse(
            _("This file is of the format “%(other)s”. This site reads “%(format)s”.")
            % {"other": data["format"], "format": FORMAT}
        )
    known = {"format", "title", "description", *RICH_TEXTS, *PLAIN, *STREAMS}
    problems = [Problem(WHOLE, _("A form has no part “%(name)s”.") % {"name": name}) for name in data.keys() - known]
    title = data.get("title")
    if not isinstance(title, str) or not title.strip():
        problems.append(Problem(WHOLE, _("The form has no title.")))
    if not isinstance(data.get("steps"), list) or not data["steps"]:
        problems.append(Problem(WHOLE, _("The form has no steps.")))
    if problems:
        raise FormFileError(sorted(problems))


def _page_value(page: "FormPage", name: str, value: Any, problems: list[Problem]) -> Any:
    """Return the value of a field of the page; add what is wrong with it to ``problems``."""
    field = page._meta.get_field(name)
    place = str(field.verbose_name).capitalize()
    kinds: tuple[type, ...] = (str,)
    if isinstance(field, models.BooleanField):
        kinds = (bool,)
    elif isinstance(field, models.IntegerField):
        kinds = (int, type(None))
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        problems.append(Problem(place, _("This is not a value of the kind that belongs here.")))
        return field.get_default()
    if name in RICH_TEXTS:
        value = sanitised(value, field.features)
    try:
        return field.clean(value, page)
    except ValidationError as error:
        problems += [Problem(place, message) for message in error.messages]
        return field.get_default()


def _fill(page: "FormPage", raw: dict[str, list[dict[str, Any]]]) -> None:
    """Give the page its streams, as strictly checked as before publishing. Raises FormFileError."""
    problems: list[Problem] = []
    if len(page.title) > page._meta.get_field("title").max_length:
        problems.append(Problem(WHOLE, _("The title of the form is too long.")))
    for name in STREAMS:
        block = _stream_block(page, name)
        value = block.to_python(raw[name])
        try:
            setattr(page, name, clean_block(block, value))
        except ValidationError as error:
            problems += flattened(error, block, value, name)
    if not problems and (error := later_rule_errors(page.steps, page.confirmations)):
        problems += flattened(error, _stream_block(page, "confirmations"), page.confirmations, "confirmations")
    if problems:
        raise FormFileError(problems)


def _stream_block(page: "FormPage", name: str) -> Any:
    return page._meta.get_field(name).stream_block


def _can_be_stored(data: Any, depth: int = 0) -> bool:
    if isinstance(data, dict | list):
        parts = data if isinstance(data, list) else [*data, *data.values()]
        return depth < DEEPEST and all(_can_be_stored(part, depth + 1) for part in parts)
    if isinstance(data, str):
        return not any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in data)
    return not isinstance(data, int | float) or abs(data) <= LARGEST_NUMBER


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _refuse(message: str) -> NoReturn:
    raise FormFileError([Problem(WHOLE, message)])
