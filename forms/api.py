"""Forms over the API."""

from ninja import Router

from clinicsite.api.page_types import PageType
from clinicsite.api.registry import register_page_type
from forms.models import FormPage

FORM = register_page_type(PageType(FormPage))

router = Router(tags=["forms"])
