"""The page of one care provider: what it reports, or honestly nothing."""

import pytest

from tests.factories.organisations import LocationFactory, OrganisationFactory
from tests.factories.transparency import published_entry, with_notice
from tests.support.html import links, soup, words
from transparency.actions.publishing import end_entry
from transparency.vocabularies import vocabulary

pytestmark = pytest.mark.django_db


def one(client, organisation, prefix=""):
    return soup(client.get(prefix + organisation.get_absolute_url()))


def test_provider_shows_each_ai_once_under_the_first_of_its_departments(client):
    organisation = OrganisationFactory(name="De Linde")
    both = published_entry(organisation=organisation, content={"name": "Aap", "care_setting": ["RADIOLOGY", "GP"]})
    other = published_entry(organisation=organisation, content={"name": "Beer", "care_setting": ["GP", "RADIOLOGY"]})
    published_entry()

    found = one(client, organisation)

    departments = {words(part.h2): links(part.ul) for part in found.select('section[aria-labelledby^="afdeling"]')}
    label = vocabulary("care_setting").label
    assert departments == {label("RADIOLOGY"): [both.get_absolute_url()], label("GP"): [other.get_absolute_url()]}


def test_provider_shows_what_was_reported_above_it_and_for_it(client):
    parent, other = OrganisationFactory(), OrganisationFactory()
    location = OrganisationFactory(parent=parent)
    above, applying = published_entry(organisation=parent), published_entry(organisation=other)
    applying.applies_to.add(location)

    found = links(one(client, location))

    assert {above.get_absolute_url(), applying.get_absolute_url()} <= set(found)
    assert applying.get_absolute_url() not in links(one(client, parent))


def test_every_department_has_a_name(client):
    entry = published_entry(content={"care_setting": [], "unknown": ["care_setting"]})

    titles = [words(title) for title in one(client, entry.organisation).select('h2[id^="afdeling"]')]

    assert [title for title in titles if not any(letter.isalpha() for letter in title)] == []


def test_provider_that_reported_nothing_says_so_honestly(client):
    organisation = OrganisationFactory(name="Stil")

    found = one(client, organisation)

    assert "Stil heeft nog niets gemeld" in words(found.select_one(".utrecht-alert"))
    assert f"/mijn-zorg/?zorgverlener={organisation.slug}" in links(found)


def test_what_ended_is_shown_apart(client, now):
    entry = published_entry(content={"name": "Weg"})
    end_entry(entry=entry, reason="Weg.", by=None, now=now)

    section = one(client, entry.organisation).select_one('[aria-labelledby="vroeger"]')

    assert words(section.li) == "Weg (ingetrokken, 22 november 2026)"
    assert links(section) == [entry.get_absolute_url()]


def test_warning_stands_on_the_card(client):
    entry = published_entry()
    with_notice(entry)

    assert "Waarschuwing" in words(one(client, entry.organisation).select_one(".utrecht-card__notice"))


def test_example_says_that_it_was_made_up(client):
    assert "verzonnen" in words(one(client, OrganisationFactory(example=True)).select_one(".marks"))


def test_organisation_that_went_on_under_another_name_leads_there(client):
    after = OrganisationFactory(name="Nieuw")
    before = OrganisationFactory(name="Oud", successor=after)

    assert after.get_absolute_url() in links(one(client, before).select_one(".utrecht-alert"))


def test_places_and_website_are_shown(client):
    organisation = OrganisationFactory(website="https://linde.example/")
    LocationFactory(organisation=organisation, name="Locatie Zuid", place="Goes")

    found = words(one(client, organisation).select_one("main"))

    assert "Locatie Zuid, Goes" in found
    assert "Website: linde.example" in found


def test_unknown_provider_is_not_found(client):
    assert client.get("/zorgverleners/bestaat-niet/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_page_can_only_be_read(client, method):
    assert getattr(client, method)(OrganisationFactory().get_absolute_url()).status_code == 405


def test_html_in_a_name_stays_text(client):
    hostile = "<img src=x onerror=alert(1)>"
    organisation = OrganisationFactory(name=hostile, place=hostile)

    found = one(client, organisation).select_one("main")

    assert not found.select("img")
    assert hostile in words(found)


def test_english_page_is_english(client):
    organisation = OrganisationFactory()
    published_entry(organisation=organisation, content={"translations": {"en": {"name": "Fracture finder"}}})

    found = one(client, organisation, "/en")

    assert "Fracture finder" in words(found.select_one("main"))
    assert "X-rays and scans (radiology)" in words(found.select_one("main"))
    assert [h for h in links(found.select_one("main")) if h.startswith("/") and not h.startswith("/en/")] == []
