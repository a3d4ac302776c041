"""The search words of a public record, and when a record is made anew."""

import pytest
from django.db import transaction
from django.utils import timezone

from portal.organisations.actions import save_organisation
from portal.organisations.models import Province
from tests.factories.organisations import OrganisationFactory
from tests.factories.transparency import COMPLETE, published_entry, published_system
from transparency.actions.publishing import end_entry, publish_entry, publish_system
from transparency.models import PublicRecord, SearchWord
from transparency.records import refresh_entry
from transparency.search.find import find
from transparency.search.normalise import terms
from transparency.states import State
from transparency.word_counts import refresh_words

pytestmark = pytest.mark.django_db


def record_of(thing):
    return PublicRecord.objects.get(**{type(thing).__name__.lower().removeprefix("ai"): thing})


def finds(text):
    found = find(text)
    return set(found.ids) if found else set()


@pytest.mark.parametrize(
    "text",
    [
        "Breukkijker",  # its name
        "botten",  # its summary
        "klachtenfunctionaris",  # any public answer
        "De Linde",  # its provider
        "Goes",  # the place of its provider
        "Zeeland",  # the province
        "BoneFinder",  # its product
        "Botvinder",  # another name of its product
        "Fracture finder",  # its English name
        "radiologie",  # a code written out
        "radiology",  # and in English
        "Voorbeeldbedrijf",  # the maker
        "gipsvlucht",  # a search word of the provider
    ],
)
def test_entry_is_found_by(text):
    system = published_system(also_known_as=["Botvinder"])
    organisation = OrganisationFactory(name="De Linde", place="Goes", province=Province.ZEELAND)
    content = {"tags": "gipsvlucht, breuk", "translations": {"en": {"name": "Fracture finder"}}}
    entry = published_entry(system=system, organisation=organisation, content=content)

    assert record_of(entry).pk in finds(text)


@pytest.mark.parametrize("key", ["technical", "legal_basis"])
def test_words_for_experts_do_not_find_an_entry(key):
    published_entry(content={key: "Sesquipedalisch."})

    assert finds("Sesquipedalisch") == set()


def test_name_counts_as_name_and_the_rest_as_text():
    record = record_of(published_entry(content={"name": "Sterrenkijker"}))

    assert set(terms("Sterrenkijker")) <= set(record.name_terms.split())
    assert set(terms("klachtenfunctionaris")) <= set(record.text_terms.split())
    assert not set(terms("klachtenfunctionaris")) & set(record.name_terms.split())


# --- When it is made anew -----------------------------------------------------------------------------------------


def test_new_version_replaces_the_words_of_the_old_one(now):
    entry = published_entry(content={"name": "Sterrenkijker"})

    publish_entry(
        entry=entry, content={**COMPLETE, "name": "Maanvinder"}, reason="x", responsible="x", by=None, now=now
    )

    assert finds("Sterrenkijker") == set()
    assert finds("Maanvinder") == {record_of(entry).pk}


def test_entry_that_ended_is_still_found_and_says_so(now):
    entry = published_entry(content={"name": "Sterrenkijker"})

    end_entry(entry=entry, reason="Weg.", by=None, now=now)

    assert finds("Sterrenkijker") == {record_of(entry).pk}
    assert record_of(entry).card["ended"] == State.WITHDRAWN


def test_new_name_of_a_product_finds_the_entries_that_use_it(now):
    system = published_system()
    entry = published_entry(system=system)

    publish_system(system=system, content={"name": "Maanvinder"}, reason="x", responsible="x", by=None, now=now)

    assert finds("Maanvinder") == {record_of(entry).pk, record_of(system).pk}


def test_new_name_of_a_provider_finds_its_entries():
    organisation = OrganisationFactory()
    entry = published_entry(organisation=organisation)
    fields = {name: getattr(organisation, name) for name in
              ("uuid", "slug", "kind", "place", "province", "website", "is_example", "source")}  # fmt: skip

    save_organisation(fields={**fields, "name": "Maanhuis"}, locations=[], by=None, now=timezone.now())
    entry.organisation.refresh_from_db()
    with transaction.atomic():
        refresh_entry(entry)

    assert finds("Maanhuis") == {record_of(entry).pk}
    assert record_of(entry).card["provider"] == "Maanhuis"


def test_making_a_record_anew_changes_nothing():
    entry = published_entry()
    before = PublicRecord.objects.values().get()

    refresh_entry(entry)

    assert PublicRecord.objects.values().get() == before


# --- Words to suggest ---------------------------------------------------------------------------------------------


def test_words_to_suggest_count_in_how_many_records_they_stand():
    published_entry(content={"name": "Sterrenkijker", "purpose": "Sterrenkijker, sterrenkijker. Café."})
    published_entry(content={"name": "Sterrenkijker"})

    refresh_words()

    assert SearchWord.objects.get(language="nl", word="sterrenkijker").records == 2
    assert SearchWord.objects.get(word="cafe").shown == "café"


def test_words_are_counted_by_the_language_they_are_read_in():
    english = {"purpose": "A pomegranate in the summertime."}
    published_entry(content={"name": "Sterrenkijker", "purpose": "Een granaatappel.", "translations": {"en": english}})

    refresh_words()

    def languages(word):
        return sorted(SearchWord.objects.filter(word=word).values_list("language", flat=True))

    assert languages("pomegranate") == ["en"]
    assert languages("granaatappel") == ["nl"]
    assert languages("sterrenkijker") == ["en", "nl"]  # a name has no language


@pytest.mark.parametrize("text", ["Zij 3x app 12345 de dat", "aaaa" + "あ" * 90, "ß" * 90, "日本語の本", "x" * 100])
def test_words_nobody_types_do_not_stand_in_the_way(text):
    published_entry(content={"name": text, "purpose": "Sterrenkijker."})

    refresh_words()

    assert SearchWord.objects.filter(word="sterrenkijker").exists()
