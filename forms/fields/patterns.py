"""What a short text may have to look like: ready-made patterns, and masks an editor writes such as ``AA-######``.

Not free regular expressions: an editor should not need to write them, and a careless one can keep the server busy for
minutes (https://owasp.org/www-community/attacks/Regular_expression_Denial_of_Service_-_ReDoS). Each pattern here reads
a text once, and is also valid where a browser or JSON Schema reads it.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

NAME_SIGNS = " '’.-"
MASK_SIGNS = {"#": "[0-9]", "A": "[A-Za-z]", "*": "[A-Za-z0-9]"}
SYNTAX = frozenset("^$\\.*+?()[]{}|/")

is_mask = RegexValidator(
    r"^(?=.*[#A*])[#A*a-zB-Z0-9 ./()-]{1,40}\Z",
    gettext_lazy("Use # for a digit, A for a letter, * for either, and spaces, hyphens and the like between them."),
)


@dataclass(frozen=True)
class Pattern:
    """A pattern, as Python, browsers and JSON Schema all read it, and what to say when a text does not fit."""

    regex: str
    message: Promise | str
    digits_only: bool = False

    def validator(self, message: str) -> Callable[[str], None]:
        """Return what refuses a text that does not fit, saying ``message``."""
        return RegexValidator(rf"\A(?:{self.regex})\Z", message)


@dataclass(frozen=True)
class LettersPattern(Pattern):
    """Letters of every script, with their accents and vowel signs: Python's regular expressions cannot say that."""

    def validator(self, message: str) -> Callable[[str], None]:
        """Return what refuses a text with a sign in it that no name has, saying ``message``."""

        def refuse(text: str) -> None:
            if not all(sign in NAME_SIGNS or unicodedata.category(sign)[0] in "LM" for sign in text):
                raise ValidationError(message, code="invalid")

        return refuse


PATTERNS = {
    "letters": LettersPattern(r"[\p{L}\p{M} '’.\-]+", gettext_lazy("Use letters only.")),
    "digits": Pattern(r"[0-9]+", gettext_lazy("Use digits only, without spaces."), digits_only=True),
    "letters_digits": Pattern(r"[A-Za-z0-9]+", gettext_lazy("Use letters and digits only, without spaces.")),
    "zip": Pattern(r"[0-9]{5}(?:-[0-9]{4})?", gettext_lazy("Enter a ZIP code, such as 98107")),
}
PATTERN_CHOICES = [
    ("letters", gettext_lazy("Letters, as in names")),
    ("digits", gettext_lazy("Digits only")),
    ("letters_digits", gettext_lazy("Letters and digits, as in most member numbers")),
    ("zip", gettext_lazy("ZIP code")),
]


def of_mask(mask: str) -> Pattern:
    """Return the pattern of a mask: # is a digit, A a letter, * either, everything else stands for itself."""
    parts = [MASK_SIGNS.get(sign) or (f"\\{sign}" if sign in SYNTAX else sign) for sign in mask]
    words = _("Enter it like %(example)s") % {"example": re.sub("[A*]", "A", mask).translate({ord("#"): "1"})}
    # Some phones' keyboard for digits has nothing else: no hyphen, no parenthesis.
    return Pattern("".join(parts), words, digits_only=not mask.strip("#"))


def clean_parts(pattern: str | None, mask: str) -> dict[str, ValidationError]:
    """Return the errors of a block that offers both, by its parts."""
    if pattern and mask:
        return {"mask": ValidationError(_("Choose a ready-made pattern or write your own, not both."))}
    return {}
