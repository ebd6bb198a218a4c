"""The copies of pictures that pages show, made when a page is published: nobody who reads it waits for them.

A copy that is missing all the same is made by the first request that shows it; Wagtail keeps one row per copy, so two
such requests at once end with the same one.
"""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest
from django.http.request import validate_host
from django.template.response import SimpleTemplateResponse
from django_tasks import task
from wagtail.models import Page, Site
from wagtail.signals import page_published

from clinicsite.models import ClinicPage
from clinicsite.public import is_public


@receiver(page_published, dispatch_uid="make_copies_of_published")
def _make_copies_later(instance: Page, **kwargs: Any) -> None:
    """Queue the copies, in the transaction of the change itself."""
    make_copies.enqueue(instance.pk)


@task()
def make_copies(page_id: int) -> None:
    """Write the page, and the one above that lists it, for the site and for the API, and so make missing copies.

    Leaves out a page that is gone, hidden or outside of every site by now.
    """
    page = Page.objects.filter(pk=page_id).first()
    for shown in [page, page.get_parent()] if page else []:
        site = shown.get_site() if is_public(shown) else None
        if site is not None:
            _write(shown.specific, site)


def _write(page: Page, site: Site) -> None:
    # The API knows every app, and every app this one.
    from clinicsite.api.main import pages

    response = page.serve(_visit(page, site))
    if isinstance(response, SimpleTemplateResponse):
        response.render()
    if isinstance(page, ClinicPage):
        pages.answer_by_id(_visit(page, site), page.pk)


def _visit(page: Page, site: Site) -> HttpRequest:
    """Return the request of a reader who opens ``page``, which stands in ``site``."""
    from clinicsite.api.memory import Memory

    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = page.get_url(current_site=site) or "/"
    request.META = {"SERVER_NAME": _host(site), "SERVER_PORT": str(site.port)}
    # The host may not be the site's own: neither look the site up by it, nor remember it under it.
    request._wagtail_site = site
    request.api_memory = Memory(request)
    request.api_memory.prime(request)
    return request


def _host(site: Site) -> str:
    """Return a host that readers of ``site`` may come with: its own is often "localhost", which nobody is let in by."""
    others = [urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "", *settings.ALLOWED_HOSTS]
    hosts = [site.hostname, *(host.lstrip(".") for host in others)]
    return next((host for host in hosts if validate_host(host, settings.ALLOWED_HOSTS)), site.hostname)
