"""Which address leads where."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from clinicsite import views
from clinicsite.api.errors import not_found
from clinicsite.api.main import api
from clinicsite.health import healthz
from clinicsite.media import media

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/", api.urls),
    re_path("^api/", not_found),
    path("search/", views.search, name="search"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": views.SiteSitemap}}, name="sitemap"),
    path("healthz", healthz),
    path("forms/", include("forms.urls")),
    path("media/<path:path>", media),
]
urlpatterns += [path("", include(wagtail_urls))]
