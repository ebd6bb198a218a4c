"""What editors have set to a time: "Go live at" and "Expire at" of pages. The worker does what has come due.

As Wagtail's ``publish_scheduled``, but each page for itself: one that cannot be published holds up no other.
"""

import logging
from collections.abc import Callable

from django.apps import apps
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Model
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

logger = logging.getLogger(__name__)


class NotDoneError(Exception):
    """Something could not be published or taken back at its time. It is tried again."""


def publish_due() -> None:
    """Publish what is to go live by now and take back what has expired, however long ago.

    Raises NotDoneError, once all were tried, where something could not be done.
    """
    failed = 0
    due = Revision.objects.filter(approved_go_live_at__lt=timezone.now()).order_by("approved_go_live_at")
    for pk in due.values_list("pk", flat=True):
        failed += not _succeeds(f"Revision {pk}", lambda pk=pk: _publish(pk))
    for model in _models_with_drafts():
        expired = model._default_manager.filter(live=True, expire_at__lt=timezone.now()).order_by("expire_at")
        for pk in expired.values_list("pk", flat=True):
            failed += not _succeeds(f"{model.__name__} {pk}", lambda model=model, pk=pk: _expire(model, pk))
    if failed:
        raise NotDoneError(f"{failed} could not be changed at their time.")


def _models_with_drafts() -> list[type[Model]]:
    """Return the models that can be set to a time, all pages as one."""
    others = [each for each in apps.get_models() if issubclass(each, DraftStateMixin) and not issubclass(each, Page)]
    return [Page, *others]


def _succeeds(what: str, do: Callable[[], None]) -> bool:
    try:
        with transaction.atomic():
            do()
    except (OperationalError, InterfaceError):
        raise  # The database is away, for all of them.
    except Exception as error:
        logger.error("%s could not be changed at its time: %s", what, type(error).__name__)
        return False
    return True


def _publish(pk: int) -> None:
    revision = Revision.objects.select_for_update().filter(pk=pk, approved_go_live_at__lt=timezone.now()).first()
    if revision is None:
        return  # Somebody was quicker.
    revision.publish(log_action="wagtail.publish.scheduled")
    # While no worker was there, its end may have come too: then nobody sees it.
    _expire(revision.base_content_type.model_class(), revision.object_id)


def _expire(model: type[Model], pk: int | str) -> None:
    over = model._default_manager.select_for_update().filter(pk=pk, live=True, expire_at__lt=timezone.now()).first()
    if over is not None:
        over.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
