"""What a change of a form sets off."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from forms.models import FormDefinition, FormPage
from forms.privacy.erasure import apply_retention


@receiver(post_save, sender=FormPage)
def freeze_what_patients_see(instance: FormPage, raw: bool, update_fields: Any, **kwargs: Any) -> None:
    """Freeze a definition whenever live content is written: by publishing, by code, by copying a live page.

    Saving a draft writes bookkeeping fields only (``update_fields``) and freezes nothing.
    """
    if instance.live and not raw and update_fields is None:
        FormDefinition.objects.freeze(instance)
        apply_retention(instance)
