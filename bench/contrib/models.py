"""A form page of wagtail.contrib.forms, as in https://docs.wagtail.org/en/stable/reference/contrib/forms/."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.contrib.forms.models import AbstractEmailForm, AbstractFormField


class ContribFormField(AbstractFormField):
    """A field of the page's form."""

    page = ParentalKey("ContribFormPage", on_delete=models.CASCADE, related_name="form_fields")


class ContribFormPage(AbstractEmailForm):
    """The page."""

    template = "bench_contrib/form_page.html"
    landing_page_template = "bench_contrib/form_page_landing.html"
    content_panels = [
        *AbstractEmailForm.content_panels,
        InlinePanel("form_fields"),
        FieldPanel("to_address"),
        FieldPanel("from_address"),
        FieldPanel("subject"),
    ]
