"""Events of what pages draw on: settings, lists, redirects, pictures, documents, sites and languages."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.settings.models import AbstractSetting
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Collection, CollectionViewRestriction, Locale, Site
from wagtail.snippets.models import get_snippet_models

from webhooks.models import EventType
from webhooks.queue import Message, is_anybody_told, queue

KINDS: dict[type[Model], str] = {
    AbstractSetting: "setting",
    Redirect: "redirect",
    AbstractImage: "image",
    AbstractDocument: "document",
    Collection: "collection",
    CollectionViewRestriction: "collection",
    Site: "site",
    Locale: "locale",
}
# Wagtail notes these of a file when they are first asked for.
SILENT_FIELDS = {"file_size", "file_hash"}


def kind_of(model: type[Model]) -> str | None:
    """Return what ``model`` is called in messages; None for what they do not tell of."""
    if model.__module__ == "__fake__":
        return None
    if model in get_snippet_models():
        return "snippet"
    return next((kind for base, kind in KINDS.items() if issubclass(model, base)), None)


@receiver(post_save, dispatch_uid="webhooks_content_saved")
def _tell_of_save(sender: type[Model], instance: Model, created: bool, **kwargs: Any) -> None:
    only = kwargs.get("update_fields")
    # Wagtail makes a setting's row, with nothing in it yet, when it is first looked at.
    is_silent = (created and issubclass(sender, AbstractSetting)) or (only and SILENT_FIELDS.issuperset(only))
    if not kwargs.get("raw") and not is_silent:
        _tell(sender, instance, "saved")


@receiver(post_delete, dispatch_uid="webhooks_content_deleted")
def _tell_of_deletion(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    _tell(sender, instance, "deleted")


def _tell(model: type[Model], instance: Model, change: str) -> None:
    """Queue the change for the site that it is of: a setting's or a redirect's own, all sites for everything else."""
    kind = kind_of(model)
    if kind is None or not is_anybody_told():
        return
    if isinstance(instance, CollectionViewRestriction):
        model, pk, change = Collection, instance.collection_id, "saved"
    else:
        pk = instance.pk
    data = {"kind": kind, "type": model.__name__, "id": pk, "change": change}
    queue([Message(EventType.SETTINGS_CHANGED, data, getattr(instance, "site_id", None))])
