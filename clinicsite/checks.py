"""House rules as system checks: what every page type and every block must bring, each with a hint what to do."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from wagtail.blocks import Block
from wagtail.fields import StreamField
from wagtail.models import Page

from clinicsite.models import ClinicPage


@register("clinicsite")
def check_page_types(app_configs: Iterable[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Return an error for each page type without a template, a description or search fields of its own."""
    return [error for model in _page_types(app_configs) for error in page_type_errors(model)]


@register("clinicsite")
def check_blocks(app_configs: Iterable[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Return an error for each block of a page body without a template, an icon, a description or a preview."""
    seen: set[type[Block]] = set()
    errors: list[CheckMessage] = []
    for model in _page_types(app_configs):
        for block in blocks_of(model):
            # A block class is written once and stands in many fields; one that is no class of ours stands once each.
            if type(block) in seen and type(block).__module__.split(".")[0] != "wagtail":
                continue
            seen.add(type(block))
            errors += block_errors(block)
    return errors


def page_type_errors(model: type[Page]) -> Iterator[CheckMessage]:
    """Yield what a page type lacks."""
    if not _template_exists(model.template):
        yield Error(
            f"{model.__name__} has no template {model.template}.",
            hint="Add the template, or name another one in the class attribute `template`.",
            obj=model,
            id="clinicsite.E001",
        )
    if not model.page_description:
        yield Error(
            f"{model.__name__} has no page_description.",
            hint="Say in one sentence what the page is for: editors read it when they choose a type.",
            obj=model,
            id="clinicsite.E002",
        )
    if len(model.search_fields) <= len(ClinicPage.search_fields):
        yield Error(
            f"{model.__name__} adds nothing to search_fields.",
            hint="Add a SearchField for each text that patients should find the page by.",
            obj=model,
            id="clinicsite.E003",
        )


def block_errors(block: Block) -> Iterator[CheckMessage]:
    """Yield what a block of the vocabulary lacks."""
    name = f"{type(block).__name__} “{block.name}”"
    template = getattr(block.meta, "template", None)
    if not template or not _template_exists(template):
        yield Error(
            f"{name} has no template{f' {template}' if template else ''}.",
            hint="Add it under templates/blocks/ and name it in the block's Meta.",
            obj=block,
            id="clinicsite.E011",
        )
    if block.meta.icon == Block._meta_class.icon:
        yield Error(f"{name} has no icon.", hint="Name one in the block's Meta.", obj=block, id="clinicsite.E012")
    if not block.get_description():
        yield Error(
            f"{name} has no description.",
            hint="Say in the block's Meta what readers will see: editors read it in the block picker.",
            obj=block,
            id="clinicsite.E013",
        )
    preview = getattr(block.meta, "preview_template", None)
    if not block.is_previewable or (preview and not _template_exists(preview)):
        yield Error(
            f"{name} has no preview.",
            hint="Give its Meta a preview_value, or a preview_template that exists.",
            obj=block,
            id="clinicsite.E014",
        )


def blocks_of(model: type[ClinicPage]) -> Iterator[Block]:
    """Yield the blocks an editor can pick in the page type's stream fields."""
    for field in model._meta.get_fields():
        if isinstance(field, StreamField) and field.name not in model.structural_streams:
            yield from field.stream_block.child_blocks.values()


def _page_types(app_configs: Iterable[AppConfig] | None) -> list[type[Page]]:
    models = [model for app in app_configs or apps.get_app_configs() for model in app.get_models()]
    return [model for model in models if issubclass(model, ClinicPage)]


def _template_exists(name: str) -> bool:
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return False
    return True
