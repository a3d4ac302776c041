"""Every address of the portal; the only place that knows all parts."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from portal.core.public import public_page
from portal.home import feeds, views

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security-txt"),
    path(
        "sitemap.xml", public_page(sitemap, query=("p",)), {"sitemaps": {"pages": feeds.PagesSitemap}}, name="sitemap"
    ),
    path("", include("transparency.api.urls")),  # first: of the addresses for machines these are asked most
    path("", include("participation.api.urls")),
    *i18n_patterns(
        path("", include("portal.home.urls")),
        path("", include("transparency.urls")),
        path("account/", include("portal.accounts.urls")),
        path("", include("portal.keys.urls")),
        path("werk/", include("portal.accounts.work_urls")),
        path("postbus/", include("portal.postbox.urls")),
        path("", include("participation.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "portal.home.views.bad_request"
handler403 = "portal.home.views.forbidden"
handler404 = "portal.home.views.not_found"
handler429 = "portal.home.views.too_many_requests"  # allauth asks for it
handler500 = "portal.home.views.server_error"
