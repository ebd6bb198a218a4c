"""What a process remembers of the site while its public content stays the same: small things that every answer needs.

Kept per state of the content (``ContentState``), which every request reads before anything else: once it has changed,
nothing of this is used again. Remembered are the site and its settings, which sections are private, languages,
snippets, and where links lead: title and address of public pages and documents. Pages, cards, pictures and whole
answers are not; they are read for each answer.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db.models import Model
from django.http import HttpRequest
from wagtail.models import Locale, Page, Site
from wagtail.models.sites import SiteRootPath

from clinicsite import public
from clinicsite.api import conditional
from clinicsite.models import ClinicSettings

T = TypeVar("T")

# So many links, then all are forgotten: a process must not grow with what it is asked.
MOST_LINKS = 20_000
MOST_HOSTS = 8


class Memory:
    """What is remembered of one site in one state of its content, under the scheme and host that a reader asked."""

    def __init__(self, request: HttpRequest) -> None:
        self.site: Site | None = Site.find_for_request(request)
        self.private_paths: tuple[str, ...] = public.restricted_paths()
        self.root_paths: list[SiteRootPath] = public.root_paths_in(conditional.state_of(request))
        self.links: dict[int, dict[str, Any] | None] = {}
        self.addresses: dict[str, tuple[str, str]] = {}
        self.trails: dict[str, tuple[Page, ...]] = {}
        self.documents: dict[int, dict[str, Any] | None] = {}
        self.snippets: dict[tuple[type[Model], Any], Model | None] = {}
        self._made: dict[str, Any] = {}

    def once(self, name: str, make: Callable[[], T]) -> T:
        """Return what ``make`` returned the first time that ``name`` was asked for."""
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]

    @property
    def settings(self) -> ClinicSettings:
        """The clinic's settings for this site; the usual ones, not stored, where nobody has saved any yet."""
        return self.once("settings", self._settings)

    @property
    def locales(self) -> dict[int, Locale]:
        """All languages by their ids."""
        return self.once("locales", lambda: Locale.objects.in_bulk())

    def _settings(self) -> ClinicSettings:
        saved = ClinicSettings.base_queryset().filter(site=self.site).first()
        return saved or ClinicSettings(site=self.site)

    def prime(self, request: HttpRequest) -> None:
        """Let whatever asks ``request`` for its site, its settings or what is private find it remembered."""
        request._wagtail_site = self.site
        request._wagtail_cached_site_root_paths = self.root_paths
        public.remember(self.private_paths, self.root_paths)
        if self.site is not None:
            setattr(request, ClinicSettings.get_cache_attr_name(), self.settings)

    def trim(self) -> None:
        """Forget links of which there are too many; who reads them at this moment keeps the dictionary they hold."""
        for name in ("links", "addresses", "trails", "documents", "snippets"):
            if len(getattr(self, name)) > MOST_LINKS:
                setattr(self, name, {})


_memories: dict[tuple[Any, ...], Memory] = {}


def memory_of(request: HttpRequest) -> Memory:
    """Return what is remembered for ``request`` in the present state of the content."""
    found = request.__dict__.get("api_memory")
    if found is None:
        found = request.api_memory = _memory_of(request)
        found.prime(request)
    return found


def _memory_of(request: HttpRequest) -> Memory:
    state = conditional.state_of(request)
    if state is None:
        return Memory(request)
    key = (state[0], request.scheme, request.get_host())
    found = _memories.get(key)
    if found is None:
        found = Memory(request)
        _forget_all_but(key[0])
        _memories[key] = found
    found.trim()
    return found


def _forget_all_but(version: Any) -> None:
    for key in list(_memories):
        if key[0] != version or len(_memories) >= MOST_HOSTS:
            _memories.pop(key, None)


def missing(known: dict[Any, Any], wanted: Iterable[Any]) -> list[Any]:
    """Return those of ``wanted`` that ``known`` says nothing of."""
    return [each for each in wanted if each not in known]
