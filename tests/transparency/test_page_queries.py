"""No page asks more of the database when the register grows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.organisations import LocationFactory, OrganisationFactory
from tests.factories.transparency import published_entry, published_system, with_notice, with_received
from transparency import index
from transparency.actions.publishing import publish_entry
from transparency.search import find, spelling
from transparency.states import Origin

pytestmark = pytest.mark.django_db

MOST = 13  # an entry of which no English was written is made when it is asked for
PAGES = {
    "list": "/register/",
    "list with filters": "/register/?plek=RADIOLOGY&nee=YES&volgorde=naam&pagina=2",
    "search": "/register/?q=breukkijker",
    "search with filters": "/register/?q=foto+botten&plek=RADIOLOGY&volgorde=zorgverlener",
    "search for a slip": "/register/?q=breukkijkre",
    "search for nothing": "/register/?q=onbestaanbaarheid",
    "empty by a filter": "/register/?plek=PHARMACY&nee=YES",
    "entry": "/register/kijker/",
    "entry in English": "/en/register/kijker/",
    "versions": "/register/kijker/versies/",
    "version": "/register/kijker/versies/2/",
    "imported entry": "/register/gekregen/",
    "what came": "/register/gekregen/aanlevering/",
    "products": "/systemen/",
    "product": "/systemen/finder/",
    "providers": "/zorgverleners/",
    "provider": "/zorgverleners/de-linde/",
    "my care, provider": "/mijn-zorg/?q=ziekenhuis",
    "my care, result": "/mijn-zorg/?zorgverlener=de-linde&bezoek=SCAN",
    "letter": "/mijn-zorg/brief/?zorgverlener=de-linde&bezoek=SCAN",
}


def asked(client, path):
    """How many queries the first reader after a change needs."""
    index.forget()
    spelling.forget()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_pages_ask_no_more_of_60_entries_than_of_3(client, now, monkeypatch):
    monkeypatch.setattr(find, "RANKED", 2)  # with more hits a search reads names into memory: let few have more too
    organisation = OrganisationFactory(slug="de-linde")
    system = published_system(slug="finder")
    entry = published_entry(slug="kijker", organisation=organisation, system=system)
    publish_entry(entry=entry, content=entry.current_version.content, reason="x", responsible="x", by=None, now=now)
    taken = published_entry(slug="gekregen", organisation=organisation, origin=Origin.IMPORTED)
    with_received(taken, {"name": "Hulp", "organization": "De Linde", "status": "Sinds mei in gebruik"})
    grow(organisation, system, 2)
    few = {name: asked(client, path) for name, path in PAGES.items()}

    grow(organisation, system, 57)
    many = {name: asked(client, path) for name, path in PAGES.items()}

    # Less is possible: with enough hits on all words, search does not look for hits on some of them.
    assert {name: (few[name], many[name]) for name in PAGES if many[name] > few[name]} == {}
    assert {name: number for name, number in many.items() if number > MOST} == {}


def grow(organisation, system, number):
    """More of everything: half of it of the same provider and product."""
    for place in range(number):
        mine = place % 2
        entry = published_entry(
            organisation=organisation if mine else OrganisationFactory(), system=system if mine else published_system()
        )
        LocationFactory(organisation=entry.organisation)
        with_notice(entry)
