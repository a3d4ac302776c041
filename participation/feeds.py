"""The Atom feed of vacancies."""

import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from participation.models import Vacancy

NEWEST = 50


class VacanciesFeed(Feed):
    """The open vacancies, the newest first. Examples stay out of it, and so does everybody who replied."""

    feed_type = Atom1Feed

    def title(self) -> str:
        """The name of the feed."""
        return _("AI in mijn zorg: doe mee")

    def subtitle(self) -> str:
        """What the feed is."""
        return _("Projecten die nu patiënten zoeken.")

    def link(self) -> str:
        """The page the feed belongs to."""
        return settings.PUBLIC_URL + reverse("participation:vacancies")

    def feed_url(self) -> str:
        """The address of the feed itself."""
        return settings.PUBLIC_URL + reverse("participation:vacancies-feed")

    def items(self) -> list[Vacancy]:
        """The newest vacancies to which somebody can reply today."""
        found = Vacancy.objects.open_on(timezone.localdate()).real().select_related("project__organisation")
        return list(found.order_by("-opened_at", "-pk")[:NEWEST])

    def item_title(self, item: Vacancy) -> str:
        """What is asked, and by whom."""
        title = item.title if get_language() != "en" else item.title_en or item.project.name
        return f"{title} ({item.project.organisation.name})"

    def item_description(self, item: Vacancy) -> str:
        """What somebody is going to do."""
        if get_language() != "en":
            return item.tasks
        return item.tasks_en or _("Deze tekst is er alleen in het Nederlands.")

    def item_link(self, item: Vacancy) -> str:
        """The page of the vacancy: this address never changes."""
        return settings.PUBLIC_URL + item.get_absolute_url()

    def item_pubdate(self, item: Vacancy) -> datetime.datetime | None:
        """When it was opened."""
        return item.opened_at

    item_updateddate = item_pubdate
