"""Where paths lead that are no page's own."""

from typing import Literal

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect as WagtailRedirect

from clinicsite.api.http import answer
from clinicsite.api.params import PathOnSite
from clinicsite.api.references import References
from clinicsite.api.schemas import Out, PageLink, Problem
from clinicsite.api.visibility import PublicSite

router = Router(tags=["pages"])


class Redirect(Out):
    """Where a path leads that is no page's own: to a page of this site, or elsewhere (``page`` is then null)."""

    type: Literal["Redirect"]
    location: str
    permanent: bool
    page: PageLink | None


@router.get("/", response={200: Redirect, 404: Problem, 422: Problem})
def get_redirect_by_path(request: HttpRequest, payload: Query[PathOnSite]) -> HttpResponse:
    """The redirect at a path of the site."""
    return answer_redirect(PublicSite.of(request), payload.path)


def answer_redirect(public: PublicSite, path: str) -> HttpResponse:
    """Return the redirect at ``path`` as an answer; raises Http404 where there is none to anything public."""
    redirect = get_redirect(public.request, WagtailRedirect.normalise_path(path, decode_unicode=False))
    if redirect is None:
        raise Http404
    refs = References(public)
    refs.depends_on_pages()  # One may come to stand at the path.
    target = public.links([redirect.redirect_page_id]) if redirect.redirect_page_id else {}
    if redirect.redirect_page_id and not target:
        raise Http404
    return answer(
        public.request,
        {
            "type": "Redirect",
            "location": redirect.link,
            "permanent": redirect.is_permanent,
            "page": refs.page(redirect.redirect_page_id),
        },
        refs,
    )
