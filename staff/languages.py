"""The languages a member of staff can speak, as BCP 47 tags with their names from Django's own tables."""

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _

# Spoken by many patients in the US, unknown to Django's tables.
_OTHERS = {
    "am": _("Amharic"),
    "ase": _("American Sign Language"),
    "fil": _("Tagalog"),
    "so": _("Somali"),
    "yue": _("Cantonese"),
    "cmn": _("Mandarin"),
}

# Sorted by the English names: a lazy translation must not be sorted at import, before its language is known.
LANGUAGE_CHOICES: list[tuple[str, str]] = sorted(
    [(code, _(info["name"])) for code, info in LANG_INFO.items() if "name" in info and "-" not in code]
    + list(_OTHERS.items()),
    key=lambda choice: choice[0],
)
