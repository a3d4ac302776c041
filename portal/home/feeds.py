"""The Atom feed of changes in the register, and the sitemap."""

import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from participation.models import Programme, Project
from portal.home.views import ABOUT, HELP
from portal.organisations.models import Organisation
from transparency.document import translated
from transparency.models import AISystem, Entry, Version

NEWEST = 50


class ChangesFeed(Feed):
    """The newest versions of entries: what is new and what changed. Examples stay out of it."""

    feed_type = Atom1Feed

    def title(self) -> str:
        """The name of the feed."""
        return _("AI in mijn zorg: nieuw en veranderd")

    def subtitle(self) -> str:
        """What the feed is."""
        return _("Nieuwe en veranderde toepassingen van AI in de zorg.")

    def link(self) -> str:
        """The page the feed belongs to."""
        return settings.PUBLIC_URL + reverse("transparency:register")

    def feed_url(self) -> str:
        """The address of the feed itself."""
        return settings.PUBLIC_URL + reverse("changes-feed")

    def items(self) -> list[Version]:
        """The newest versions that the public may read."""
        return list(Version.objects.of_real_entries()[:NEWEST])

    def item_title(self, item: Any) -> str:
        """Name and provider."""
        return f"{translated(item.content, 'name')[0]} ({item.entry.organisation.name})"

    def item_description(self, item: Any) -> str:
        """Why this version."""
        return (item.reason_en if get_language() == "en" else "") or item.reason

    def item_link(self, item: Any) -> str:
        """The version itself: its address never changes."""
        return settings.PUBLIC_URL + reverse("transparency:version", args=[item.entry.slug, item.number])

    def item_pubdate(self, item: Any) -> datetime.datetime:
        """When it was published."""
        return item.published_at

    item_updateddate = item_pubdate


class PagesSitemap(Sitemap):
    """Pages of our own and every public entry, system and provider, in both languages."""

    i18n = True
    alternates = True
    limit = 5000

    def get_domain(self, site: Any = None) -> str:
        """The host of PUBLIC_URL, however the sitemap was asked for."""
        return urlsplit(settings.PUBLIC_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        """http or https, as PUBLIC_URL says."""
        return urlsplit(settings.PUBLIC_URL).scheme

    def items(self) -> list[tuple[str, tuple[str, ...]]]:
        """(address name, arguments) of every page."""
        names = ("home", "changes", "transparency:register", "transparency:my-care", "transparency:letter",
                 "transparency:providers", "transparency:systems", "transparency:language-check", "help-index",
                 "glossary")  # fmt: skip
        pages: list[tuple[str, tuple[str, ...]]] = [(name, ()) for name in (*names, *ABOUT)]
        pages += [("help-page", (slug,)) for slug in HELP]
        pages += [("participation:projects", ()), ("participation:programmes", ())]
        projects = Project.objects.order_by("slug").values_list("slug", flat=True)
        programmes = Programme.objects.order_by("slug").values_list("slug", flat=True)
        pages += [("participation:project", (slug,)) for slug in projects]
        pages += [("participation:programme", (slug,)) for slug in programmes]
        pages += [
            ("transparency:entry", (e,)) for e in Entry.objects.listed().order_by("slug").values_list("slug", flat=True)
        ]
        pages += [
            ("transparency:system", (s,))
            for s in AISystem.objects.public().order_by("slug").values_list("slug", flat=True)
        ]
        care = Organisation.objects.giving_care().order_by("slug").values_list("slug", flat=True)
        return pages + [("transparency:provider", (slug,)) for slug in care]

    def location(self, item: tuple[str, tuple[str, ...]]) -> str:
        """The address of one page."""
        return reverse(item[0], args=item[1])
