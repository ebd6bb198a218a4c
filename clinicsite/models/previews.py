"""Drafts as an editor looks at them, for a front end of another origin to draw."""

import datetime as dt
import hashlib
import json
import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from wagtail.models import Page

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

    from clinicsite.models.base import ClinicPage

SALT = "clinicsite.preview"
# As long as an editor may look at a draft without touching it.
LIFE = dt.timedelta(hours=1)
EDITOR = "editor"


class PagePreview(models.Model):
    """What one user looks at of one page: the unsaved state of the editor, or a saved state that they opened.

    While they type, the same row follows the editor, so that a token shows that one draft and nothing else.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    # None for a page that is not saved yet: then it is known by where it would stand.
    page = models.ForeignKey(Page, null=True, on_delete=models.CASCADE, related_name="+")
    parent = models.ForeignKey(Page, null=True, on_delete=models.CASCADE, related_name="+")
    # The editor, or a digest of the saved state that is shown.
    source = models.CharField(max_length=64)
    content = models.JSONField(encoder=DjangoJSONEncoder)
    shown_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.content_type} {self.page_id or 'new'} {self.shown_at:%Y-%m-%d %H:%M}"

    @classmethod
    def keep(cls, page: "ClinicPage", user: "AbstractBaseUser", *, is_editing: bool) -> "PagePreview":
        """Store ``page`` as ``user`` looks at it, in the place of what they looked at before there."""
        content = json.loads(json.dumps(page.serializable_data(), cls=DjangoJSONEncoder))
        parent = None if page.pk else Page.objects.get(path=page.path[: -page.steplen])
        digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
        kept, _created = cls.objects.update_or_create(
            user=user,
            content_type=ContentType.objects.get_for_model(type(page)),
            page_id=page.pk,
            parent=parent,
            source=EDITOR if is_editing else digest,
            defaults={"content": content, "shown_at": timezone.now()},
        )
        return kept

    @property
    def token(self) -> str:
        """A signed token that opens this preview for an hour."""
        return signing.dumps(str(self.uuid), salt=SALT)

    @classmethod
    def opened_by(cls, token: str) -> "PagePreview | None":
        """Return the preview that ``token`` opens; None for one that is wrong or too old, or whose draft is gone."""
        try:
            opened = signing.loads(token, salt=SALT, max_age=LIFE)
        except signing.BadSignature:
            return None
        return cls.objects.select_related("user", "page", "parent", "content_type").filter(uuid=opened).first()

    @property
    def is_allowed(self) -> bool:
        """Whether its user may still edit the page, or add one there."""
        if not self.user.is_active:
            return False
        if self.page is not None:
            permissions = self.page.permissions_for_user(self.user)
            return permissions.can_edit() or permissions.can_publish()
        return self.parent is not None and self.parent.permissions_for_user(self.user).can_add_subpage()

    def as_page(self) -> Any:
        """Return the page as it was looked at. One that is not saved yet has the id 0."""
        if self.page is not None:
            page = self.page.specific.with_content_json(self.content)
        else:
            model = self.content_type.model_class()
            page = model.from_serializable_data(self.content, check_fks=False, strict_fks=False)
            page.pk = page.id = page.page_ptr_id = 0
        page.is_draft = True
        return page


def remove_old_previews() -> None:
    """Remove the previews that no token opens any more."""
    PagePreview.objects.filter(shown_at__lt=timezone.now() - LIFE).delete()
