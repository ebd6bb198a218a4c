"""Saved choices of columns and filters, for everybody who may export."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from forms.exports import selection
from forms.exports.files import Choice
from forms.models import ExportPreset


def address(preset: str, filters: selection.Filters, *, keep: bool = False) -> str:
    """Return the address of the export screen with a preset chosen.

    The preset's own filters take the place of ``filters``, unless ``keep`` or requests were ticked one by one.
    """
    found = ExportPreset.objects.filter(pk=preset).first() if preset.isdecimal() else None
    if found and found.filters and not keep and selection.TICKED not in filters:
        filters = found.filters
    query = selection.query_of(filters)
    if found:
        query["preset"] = str(found.pk)
    return f"{reverse('exports:new')}?{query.urlencode()}"


def save(request: HttpRequest, choice: Choice, filters: selection.Filters) -> ExportPreset | None:
    """Save ``choice`` under the name sent, over an older one of that name; return it, None without a name."""
    name = request.POST.get("preset_name", "").strip()[: ExportPreset._meta.get_field("name").max_length]
    if not name:
        messages.error(request, _("Give the preset a name."))
        return None
    # Ticked requests are of one day; a preset is for the next time.
    kept = filters if request.POST.get("keep_filters") and selection.TICKED not in filters else {}
    preset, is_new = ExportPreset.objects.update_or_create(
        name=name,
        defaults={"format": choice.format, "columns": list(choice.columns), "filters": kept},
        create_defaults={
            "format": choice.format,
            "columns": list(choice.columns),
            "filters": kept,
            "created_by": request.user,
        },
    )
    words = _("Preset “%(name)s” saved.") if is_new else _("Preset “%(name)s” changed.")
    messages.success(request, words % {"name": name})
    return preset


def delete(request: HttpRequest) -> None:
    """Delete the preset that was sent, if there still is one."""
    chosen = request.POST.get("preset", "")
    preset = ExportPreset.objects.filter(pk=chosen).first() if chosen.isdecimal() else None
    if preset:
        preset.delete()
        messages.success(request, _("Preset “%(name)s” deleted.") % {"name": preset.name})


def moved(keys: list[str], action: str) -> list[str]:
    """Return ``keys`` with one of them moved by a place, if ``action`` is to do so ("up:…" or "down:…")."""
    direction, _colon, key = action.partition(":")
    if direction not in ("up", "down") or key not in keys:
        return keys
    old = keys.index(key)
    new = max(old - 1, 0) if direction == "up" else min(old + 1, len(keys) - 1)
    keys.insert(new, keys.pop(old))
    return keys
