"""Every public page in Dutch: those of the sitemap, those they lead to, and states that a reader types."""

import html
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import get_resolver
from django.utils import translation

from portal.core.private import is_private_path
from portal.home.feeds import PagesSitemap
from portal.organisations.models import Organisation
from portal.own_texts.content import product_names
from portal.own_texts.exemptions import exempt
from portal.own_texts.text import OwnText
from transparency.models import AISystem
from transparency.readability.names import known_words
from transparency.readability.running_text import Attributes, running_text

NOT_THERE = "/bestaat-niet/"
# Pages that no link without a question leads to: results, a slip, nothing found, every step of "Mijn zorg".
TYPED = (
    NOT_THERE, "/uitleg/woordenlijst/?q=algoritme", "/uitleg/woordenlijst/?q=qqqqqq",
    "/register/?q=botbreuk", "/register/?q=botbruek", "/register/?q=borts", "/register/?q=qqqqqq",
    "/register/?q=botbreuk&plek=PHARMACY", "/register/?plek=GP&nee=YES", "/zorgverleners/?q=qqqqqq",
    "/zorgverleners/?q=voorbeeldzikenhuis", "/mijn-zorg/?q=voorbeeld", "/mijn-zorg/?q=qqqqqq",
    "/mijn-zorg/?q=voorbeeldzikenhuis", "/mijn-zorg/?zorgverlener=weet-ik-niet",
    "/mijn-zorg/?zorgverlener=weet-ik-niet&lichaam=LUNGS", "/mijn-zorg/?zorgverlener=voorbeeldziekenhuis-de-linde",
    "/mijn-zorg/?zorgverlener=voorbeeldziekenhuis-de-linde&bezoek=EMERGENCY",
    "/mijn-zorg/?zorgverlener=voorbeeldziekenhuis-de-linde&bezoek=alles",
    "/mijn-zorg/?zorgverlener=academisch-medisch-centrum&bezoek=EMERGENCY", "/mijn-zorg/brief/?voor=ander",
    "/mijn-zorg/brief/?zorgverlener=voorbeeldziekenhuis-de-linde&bezoek=EMERGENCY",
)  # fmt: skip
ERRORS = (400, 403, 404, 500)
# Names of files without their digest: nobody has collected them, and no text has them.
_PLAIN_STATIC = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
_STORAGES = settings.STORAGES | _PLAIN_STATIC
_EXPLAINS_TERMS = re.compile(r'id="woord-|class="glossary"')  # the words of this page, or the whole glossary
_LINK = re.compile(r'href="(/(?:[^"?#]*/)?)"')  # what ends otherwise is a file: a leaflet, a download
_ENGLISH = "/en/"


class BrokenPage(Exception):
    """A page answers with another status than it should: its text is not there to judge."""


def pages() -> Iterator[OwnText]:
    """The running text of every page, of the content that is in the database. Raises BrokenPage."""
    names = _names()
    with override_settings(STORAGES=_STORAGES, ALLOWED_HOSTS=["testserver"], SECURE_SSL_REDIRECT=False):
        found = [*_visited(), *_errors()]
    for address, text in found:
        if address not in exempt("page"):
            yield as_text(address, text, names)


def as_text(address: str, page: str, names: Mapping[str, Collection[str]]) -> OwnText:
    """One page (HTML) as a text. A name, and what is short for it, is known on a page on which it stands in full."""
    shown = html.unescape(page).casefold()
    known = (word for name, words in names.items() if name.casefold() in shown for word in words)
    return OwnText(
        kind="page", place=address, text=running_text(page, leave_out=_is_exempt), known=frozenset(known),
        terms_explained=_EXPLAINS_TERMS.search(page) is not None,
    )  # fmt: skip


def _is_exempt(_tag: str, attributes: Attributes) -> bool:
    return not exempt("part").isdisjoint((attributes.get("class") or "").split())


def _visited() -> Iterator[tuple[str, str]]:
    """(address, HTML) of every page that can be reached."""
    client = Client()
    sitemap = PagesSitemap()
    with translation.override("nl"):
        waiting = [*TYPED, *(sitemap.location(item) for item in sitemap.items())]
    seen = set(waiting)
    while waiting:
        address = waiting.pop(0)
        response = client.get(address)
        if response.status_code != (404 if address == NOT_THERE else 200):
            raise BrokenPage(f"{address} answers {response.status_code}")
        page = response.content.decode()
        yield address, page
        for link in dict.fromkeys(_LINK.findall(page)):
            if link not in seen and not link.startswith(_ENGLISH) and not is_private_path(link):
                seen.add(link)
                waiting.append(link)


def _errors() -> Iterator[tuple[str, str]]:
    request = HttpRequest()
    request.META = {"SERVER_NAME": "testserver", "SERVER_PORT": "80"}
    for status in ERRORS:
        handler: Any = get_resolver().resolve_error_handler(status)
        with translation.override("nl"):
            response = handler(request) if status == 500 else handler(request, exception=None)
        yield f"fout {status}", response.content.decode()


def _names() -> dict[str, frozenset[str]]:
    """Of every name of an organisation, product or maker: its words, and those of what is short for it."""
    found = {name: known_words([name]) for name in exempt("name")}
    for organisation in Organisation.objects.all():
        found[organisation.name] = known_words([organisation.name, *organisation.also_known_as])
    for system in AISystem.objects.public().select_related("current_version"):
        for name in product_names(system):
            found[name] = known_words([name])
    return found
