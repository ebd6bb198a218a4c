"""Events of pages, as anyone can see them: what nobody may read is never told, not even that it is there.

Django's own signals are listened to, since these come inside the transaction that writes the page; Wagtail's come when
it is over. A page is told of once per site that it can be read on.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from clinicsite.content_changes import DRAFT_FIELDS
from clinicsite.public import RESTRICTED, nearest_roots
from webhooks.models import EventType
from webhooks.queue import Message, is_anybody_told, queue

# What a page's row holds for editors only.
SILENT_FIELDS = DRAFT_FIELDS | {"locked", "locked_at", "locked_by", "go_live_at", "expire_at"}


class Place(NamedTuple):
    """A page on one site: the site's id, its address, and the page's path on it."""

    site_id: int
    root_url: str
    path: str


class Hidden(NamedTuple):
    """The beginnings of what is private: in the tree, and in addresses, which a move changes later than the tree."""

    paths: tuple[str, ...]
    url_paths: tuple[str, ...]

    @classmethod
    def now(cls) -> "Hidden":
        """Return what is private now."""
        rows = list(Page.objects.filter(RESTRICTED).order_by().values_list("path", "url_path").distinct())
        return cls(tuple(path for path, _url_path in rows), tuple(url_path for _path, url_path in rows))


class Before(NamedTuple):
    """A page before it is saved."""

    live: bool
    url_path: str
    hidden: Hidden


Places = dict[int, Place]
NOWHERE: Places = {}


def places(url_path: str) -> Places:
    """Return where an address in the tree can be read, by site."""
    found = {}
    for root in nearest_roots(url_path):
        path = reverse("wagtail_serve", args=[url_path[len(root.root_path) :]])
        found[root.site_id] = Place(root.site_id, root.root_url, path)
    return found


def message(type_: EventType, pk: int, model: type[Page], place: Place, **more: str) -> Message:
    """Return the message about one page: ids and addresses, and no word of its content."""
    is_there = type_ in (EventType.PAGE_PUBLISHED, EventType.PAGE_MOVED)
    api = reverse("api:get_page", kwargs={"page_id": pk})
    data = {
        "id": pk,
        "type": model.__name__,
        "path": place.path,
        "url": place.root_url + place.path,
        "api_url": place.root_url + api if is_there else None,
        **more,
    }
    return Message(type_, data, place.site_id)


def changes(pk: int, model: type[Page], was: Places, now: Places, also: EventType | None = None) -> Iterator[Message]:
    """Yield what became of one page, which could be read at ``was`` and can be at ``now``.

    ``also`` is what happened to it even where it stayed readable at the same address.
    """
    for site_id in was.keys() | now.keys():
        before, after = was.get(site_id), now.get(site_id)
        if before is None and after:
            yield message(EventType.PAGE_PUBLISHED, pk, model, after)
        elif before and after is None:
            yield message(EventType.PAGE_UNPUBLISHED, pk, model, before)
        elif before and after:
            if before.path != after.path or also == EventType.PAGE_MOVED:
                yield message(EventType.PAGE_MOVED, pk, model, after, previous_path=before.path)
            if also == EventType.PAGE_PUBLISHED:
                yield message(EventType.PAGE_PUBLISHED, pk, model, after)


@receiver(pre_save, dispatch_uid="webhooks_page_before")
def _remember(sender: type[Model], instance: Model, raw: bool, update_fields: Any, **kwargs: Any) -> None:
    """Keep what anyone could read of a page until it is saved."""
    if raw or not issubclass(sender, Page) or sender.__module__ == "__fake__":
        return
    instance._before_webhooks = None
    if (update_fields and SILENT_FIELDS.issuperset(update_fields)) or not is_anybody_told():
        return
    row = None
    if not instance._state.adding:
        row = Page.objects.filter(pk=instance.pk).values_list("live", "url_path").first()
    instance._before_webhooks = Before(*(row or (False, "")), Hidden.now())


@receiver(post_save, dispatch_uid="webhooks_page_saved")
def _tell_of_save(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Queue what a saved page means to readers: published, unpublished, moved, and all pages under it with it.

    Wagtail moves a page, to another parent or another place under the same, by saving it as a plain Page.
    """
    before: Before | None = instance.__dict__.pop("_before_webhooks", None) if isinstance(instance, Page) else None
    if before is None:
        return
    hidden = before.hidden
    was = places(before.url_path) if before.live and not before.url_path.startswith(hidden.url_paths) else NOWHERE
    now = places(instance.url_path) if instance.live and not instance.path.startswith(hidden.paths) else NOWHERE
    also = EventType.PAGE_MOVED if sender is Page else EventType.PAGE_PUBLISHED
    messages = list(changes(instance.pk, instance.specific_class or Page, was, now, also))
    if before.url_path and before.url_path != instance.url_path:
        messages += _changes_below(instance, before)
    queue(messages)


def _changes_below(page: Page, before: Before) -> Iterator[Message]:
    """Yield what became of the pages under one whose address changed: their own addresses follow in a moment."""
    below = Page.objects.filter(path__startswith=page.path, depth__gt=page.depth, live=True).order_by("path")
    for pk, kind, path, old in below.values_list("pk", "content_type_id", "path", "url_path"):
        new = page.url_path + old[len(before.url_path) :]
        was = NOWHERE if old.startswith(before.hidden.url_paths) else places(old)
        now = NOWHERE if path.startswith(before.hidden.paths) else places(new)
        yield from changes(pk, _model(kind), was, now)


def _model(content_type_id: int) -> type[Page]:
    return ContentType.objects.get_for_id(content_type_id).model_class() or Page


@receiver(pre_delete, sender=Page, dispatch_uid="webhooks_page_deleted")
def _tell_of_deletion(instance: Page, **kwargs: Any) -> None:
    """Queue that a page is gone; the pages under it are told of one by one."""
    if not instance.live or not is_anybody_told() or instance.path.startswith(Hidden.now().paths):
        return
    model = instance.specific_class or Page
    queue([message(EventType.PAGE_DELETED, instance.pk, model, each) for each in places(instance.url_path).values()])


@receiver([pre_save, pre_delete], sender=PageViewRestriction, dispatch_uid="webhooks_restriction_before")
def _remember_readable(instance: PageViewRestriction, **kwargs: Any) -> None:
    """Keep which pages anyone could read in the sections that become private, or public."""
    instance._before_webhooks = None
    if not kwargs.get("raw") and not _is_by_the_way(kwargs.get("origin")) and is_anybody_told():
        instance._before_webhooks = _readable(instance.page)


@receiver([post_save, post_delete], sender=PageViewRestriction, dispatch_uid="webhooks_restriction_changed")
def _tell_of_restriction(instance: PageViewRestriction, **kwargs: Any) -> None:
    """Queue that pages went from the public, or came to it."""
    was: dict[int, tuple[type[Page], Places]] | None = instance.__dict__.pop("_before_webhooks", None)
    if was is None:
        return
    now = _readable(instance.page)
    messages: list[Message] = []
    for pk in sorted(was.keys() ^ now.keys()):
        model, found = (was | now)[pk]
        messages += changes(pk, model, found if pk in was else NOWHERE, found if pk in now else NOWHERE)
    queue(messages)


def _is_by_the_way(origin: Model | QuerySet | None) -> bool:
    """Return whether a restriction is deleted with its page: the page, still there for a moment, is not public then."""
    return origin is not None and getattr(origin, "model", type(origin)) is not PageViewRestriction


def _readable(section: Page) -> dict[int, tuple[type[Page], Places]]:
    """Return the pages that anyone can read in a section and in its aliases, with where."""
    hidden = Hidden.now()
    found = {}
    for top in [section.path, *section.aliases.values_list("path", flat=True)]:
        rows: Iterable[Any] = Page.objects.filter(path__startswith=top, live=True).order_by("path")
        for pk, kind, path, url_path in rows.values_list("pk", "content_type_id", "path", "url_path"):
            if not path.startswith(hidden.paths):
                found[pk] = (_model(kind), places(url_path))
    return found
