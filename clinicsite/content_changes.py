"""Notices every change of what the public can read, so that a reader who has the newest state is told so at once."""

from functools import cache
from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from modelcluster.fields import ParentalKey
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.settings.models import AbstractSetting
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction, Site
from wagtail.signals import post_page_move
from wagtail.snippets.models import get_snippet_models

from clinicsite.models.content_state import ContentState

PUBLIC_MODELS = (
    AbstractDocument,
    AbstractImage,
    AbstractSetting,
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Redirect,
    Site,
)
# What saving a draft of a published page writes: nothing that a reader sees.
DRAFT_FIELDS = {"draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at"}


@cache
def is_public_model(model: type[Model]) -> bool:
    """Return whether rows of ``model`` are part of what the public can read: pages, their parts, snippets, settings."""
    if model.__module__ == "__fake__":
        return False  # A migration's: the state may have no table yet, and what reads it has not begun.
    return issubclass(model, (*PUBLIC_MODELS, *get_snippet_models())) or any(
        isinstance(field, ParentalKey) for field in model._meta.get_fields()
    )


@receiver([post_save, post_delete], dispatch_uid="content_changed")
def _note_change(sender: type[Model], **kwargs: Any) -> None:
    only = kwargs.get("update_fields")
    if kwargs.get("raw") or not is_public_model(sender) or (only and DRAFT_FIELDS.issuperset(only)):
        return
    ContentState.touch()


@receiver(m2m_changed, dispatch_uid="content_relation_changed")
def _note_changed_relation(instance: Model, action: str, **kwargs: Any) -> None:
    if action.startswith("post_") and is_public_model(type(instance)):
        ContentState.touch()


@receiver(post_page_move, dispatch_uid="content_moved")
def _note_move(**kwargs: Any) -> None:
    ContentState.touch()
