"""Lists of snippets: one way to page and answer them all."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import create_model

from clinicsite.api.http import answer
from clinicsite.api.params import Paging
from clinicsite.api.references import References
from clinicsite.api.schemas import Out, Problem
from clinicsite.api.shapes import Shape
from clinicsite.api.visibility import PublicSite


def list_model(name: str, item: Any) -> type[Out]:
    """Return the schema of a list of ``item``: how many there are in all, and those asked for."""
    return create_model(f"{name}List", __base__=Out, total=(int, ...), items=(list[item], ...))


def add_snippet_list(router: Router, path: str, shape: Shape, name: str) -> None:
    """Give ``router`` a list of all snippets of ``shape``, in the order of their model, at ``path``."""

    def view(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
        refs = References(PublicSite.of(request))
        snippets: QuerySet = shape.model.objects.all()
        part = snippets[paging.offset : paging.offset + paging.limit]
        return answer(request, {"total": snippets.count(), "items": [shape.write(item, refs) for item in part]}, refs)

    view.__name__ = f"list_{name}"
    view.__doc__ = f"All {shape.model._meta.verbose_name_plural}."
    responses = {200: list_model(shape.schema.__name__, shape.schema), 422: Problem}
    router.get(path, response=responses)(view)
