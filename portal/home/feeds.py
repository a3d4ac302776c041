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

from participation.models import Advice, Fund, Programme, Project, Vacancy
from portal.home.views import ABOUT, HELP
from portal.organisations.models import Organisation
from transparency.document import translated
from transparency.models import AISystem, Entry, Notice, Version

NEWEST = 50


class ChangesFeed(Feed):
    """The newest versions of entries and notices on them: what is new and what changed. Examples stay out of it."""

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

    def items(self) -> list[Any]:
        """The newest versions and notices that the public may read; a notice that closed is news once more."""
        versions = Version.objects.of_real_entries()[:NEWEST]
        notices: Any = Notice.objects.of_real_entries()
        items: list[Any] = [*versions, *notices.order_by("-changed_at", "-pk")[:NEWEST]]
        return sorted(items, key=self.item_pubdate, reverse=True)[:NEWEST]

    def item_title(self, item: Any) -> str:
        """Name and provider; of a notice what kind it is."""
        version: Any = item.entry.current_version if isinstance(item, Notice) else item
        content = version.content
        title = f"{translated(content, 'name')[0]} ({item.entry.organisation.name})"
        return f"{_kind_of(item)}: {title}" if isinstance(item, Notice) else title

    def item_description(self, item: Any) -> str:
        """Why this version; what the notice says, or why it is over."""
        name = "reason" if isinstance(item, Version) else "text" if item.is_open else "closing_reason"
        return str((getattr(item, f"{name}_en") if get_language() == "en" else "") or getattr(item, name))

    def item_link(self, item: Any) -> str:
        """The version itself, or the notice on its entry: these addresses never change."""
        if isinstance(item, Notice):
            return f"{settings.PUBLIC_URL}{item.entry.get_absolute_url()}#melding-{item.uuid}"
        return settings.PUBLIC_URL + reverse("transparency:version", args=[item.entry.slug, item.number])

    def item_guid(self, item: Any) -> str:
        """The address; of a notice with its moment, so that a better text and its end are seen as new."""
        link = self.item_link(item)
        return f"{link}-{self.item_pubdate(item):%Y%m%dT%H%M%S}" if isinstance(item, Notice) else link

    def item_pubdate(self, item: Any) -> datetime.datetime:
        """When it was published, or changed."""
        moment: datetime.datetime = getattr(item, "changed_at", item.published_at)
        return moment

    item_updateddate = item_pubdate


def _kind_of(notice: Notice) -> str:
    if notice.is_open:
        return str(notice.get_kind_display())
    return _("Melding voorbij (%(kind)s)") % {"kind": notice.get_kind_display()}


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
                 "transparency:providers", "transparency:systems", "transparency:language-check", "transparency:proof",
                 "help-index", "glossary")  # fmt: skip
        pages: list[tuple[str, tuple[str, ...]]] = [(name, ()) for name in (*names, *ABOUT)]
        pages += [("help-page", (slug,)) for slug in HELP]
        pages += [("participation:projects", ()), ("participation:programmes", ()), ("participation:figures", ())]
        pages += [("participation:vacancies", ()), ("participation:funds", ()), ("participation:rates", ())]
        funds = Fund.objects.order_by("slug").values_list("slug", flat=True)
        pages += [("participation:fund", (slug,)) for slug in funds]
        vacancies = Vacancy.objects.public().order_by("slug").values_list("slug", flat=True)
        pages += [("participation:vacancy", (slug,)) for slug in vacancies]
        projects = Project.objects.order_by("slug").values_list("slug", flat=True)
        programmes = Programme.objects.order_by("slug").values_list("slug", flat=True)
        pages += [("participation:project", (slug,)) for slug in projects]
        pages += [("participation:programme", (slug,)) for slug in programmes]
        advice = Advice.objects.public().order_by("project__slug", "pk").values_list("project__slug", "uuid")
        pages += [("participation:advice", (slug, str(key))) for slug, key in advice]
        pages += [
            ("transparency:entry", (e,)) for e in Entry.objects.listed().order_by("slug").values_list("slug", flat=True)
        ]
        pages += [
            ("transparency:system", (s,))
            for s in AISystem.objects.public().living().order_by("slug").values_list("slug", flat=True)
        ]
        care = Organisation.objects.giving_care().order_by("slug").values_list("slug", flat=True)
        return pages + [("transparency:provider", (slug,)) for slug in care]

    def location(self, item: tuple[str, tuple[str, ...]]) -> str:
        """The address of one page."""
        return reverse(item[0], args=item[1])
