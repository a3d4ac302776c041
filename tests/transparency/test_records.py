"""The public record of an entry or system: the codes it is filtered by and the card that lists show."""

import pytest

from portal.organisations.models import Province
from tests.factories.organisations import LocationFactory, OrganisationFactory
from tests.factories.transparency import COMPLETE, published_entry, published_system, with_notice
from transparency.facets import FACETS
from transparency.models import PublicRecord
from transparency.records import facets_of
from transparency.states import NoticeKind, Origin

pytestmark = pytest.mark.django_db


def facets(content, origin=Origin.PROVIDER, **fields):
    return facets_of(content, OrganisationFactory(**fields), origin)


# --- Filters ------------------------------------------------------------------------------------------------------


def test_entry_has_the_codes_of_its_text_and_its_provider():
    organisation = OrganisationFactory(name="Ziekenhuis De Linde")

    found = facets_of(COMPLETE, organisation, Origin.PROVIDER)

    assert found == {
        "real": ["REAL"],
        "what": ["ENTRY"],
        "use_kind": ["HOSPITAL_DIAGNOSIS"],
        "care_setting": ["RADIOLOGY", "EMERGENCY"],
        "body_parts": ["BONES"],
        "visit_reasons": ["ACCIDENT", "SCAN"],
        "status": ["IN_USE"],
        "can_refuse": ["YES"],
        "participation": ["NO"],
        "ce_class": ["IIA"],
        "province": ["UTRECHT"],
        "place": ["Utrecht"],
        "provider": ["Ziekenhuis De Linde"],
        "language": ["PLAIN"],
        "origin": ["PROVIDER"],
    }


def test_every_filter_has_a_value_in_each_complete_entry():
    found = facets(COMPLETE)

    assert [facet.key for facet in FACETS if not found.get(facet.key)] == []


def test_system_has_only_the_codes_of_its_text():
    found = facets_of({"name": "Kijker", "use_kind": "SUMMARY"}, None, "")

    assert found == {
        "what": ["SYSTEM"],
        "use_kind": ["SUMMARY"],
        "ce_class": ["UNKNOWN"],
        "care_setting": [],
        "body_parts": [],
        "visit_reasons": [],
    }


def test_what_the_text_does_not_say_is_unknown():
    found = facets({"name": "Kijker"}, Origin.EDITORIAL)

    assert (found["can_refuse"], found["participation"], found["ce_class"]) == (["UNKNOWN"], ["UNKNOWN"], ["UNKNOWN"])
    assert (found["status"], found["use_kind"]) == ([], [])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({"medical_device": "MDR", "ce_class": "III"}, "III"),
        ({"medical_device": "MDR"}, "DEVICE"),
        ({"medical_device": "IVDR"}, "DEVICE"),
        ({"medical_device": "IN_HOUSE"}, "DEVICE"),
        ({"medical_device": "NO"}, "NONE"),
        ({}, "UNKNOWN"),
    ],
)
def test_class_of_a_device_is_known_or_honestly_not(content, code):
    assert facets(content)["ce_class"] == [code]


@pytest.mark.parametrize("answer", ["YES", "PARTLY", "NO"])
def test_choice_of_an_answer_is_a_code_to_filter_by(answer):
    content = {"can_refuse": {"answer": answer}, "participation": {"answer": answer}}

    assert facets(content)["can_refuse"] == [answer]
    assert facets(content)["participation"] == [answer]


def test_imported_text_was_not_checked_for_its_language():
    assert facets(COMPLETE, Origin.IMPORTED)["language"] == ["UNCHECKED"]


def test_entry_is_found_at_every_place_of_its_provider_once():
    organisation = OrganisationFactory(place="Utrecht", province=Province.UTRECHT)
    LocationFactory(organisation=organisation, place="Goes", province=Province.ZEELAND)
    LocationFactory(organisation=organisation, place="Utrecht", province=Province.UTRECHT)

    found = facets_of(COMPLETE, organisation, Origin.PROVIDER)

    assert found["place"] == ["Utrecht", "Goes"]
    assert found["province"] == ["UTRECHT", "ZEELAND"]


def test_provider_without_a_place_has_none():
    found = facets(COMPLETE, place="", province="")

    assert (found["place"], found["province"]) == ([], [])


# --- Card ---------------------------------------------------------------------------------------------------------


def record_of(thing):
    return PublicRecord.objects.get(**{type(thing).__name__.lower().removeprefix("ai"): thing})


def test_card_of_an_entry_holds_what_a_list_shows():
    english = {"en": {"name": "Fracture finder", "summary": "The computer helps."}}
    organisation = OrganisationFactory(name="De Linde", slug="de-linde", place="Goes", is_example=True)
    entry = published_entry(
        slug="kijker", organisation=organisation, content={"translations": english, "next_review_date": "2026-01-01"}
    )
    with_notice(entry, kind=NoticeKind.RECALL)

    assert record_of(entry).card == {
        "what": "ENTRY",
        "slug": "kijker",
        "name": "Breukkijker",
        "name_en": "Fracture finder",
        "summary": COMPLETE["summary"],
        "summary_en": "The computer helps.",
        "status": "IN_USE",
        "use_kind": "HOSPITAL_DIAGNOSIS",
        "ai_kind": "LEARNING",
        "next_review_date": "2026-01-01",
        "refuse": "YES",
        "participation": "NO",
        "provider": "De Linde",
        "provider_slug": "de-linde",
        "place": "Goes",
        "origin": "PROVIDER",
        "is_example": True,
        "notice": "RECALL",
        "confirmed": False,
        "taken_part": "",
        "ended": "",
    }


def test_card_of_a_system_names_its_maker():
    card = record_of(published_system(slug="finder", content={"provider": "Voorbeeldbedrijf"})).card

    assert (card["what"], card["slug"], card["name"]) == ("SYSTEM", "finder", "BoneFinder")
    assert (card["provider"], card["is_example"], card["notice"]) == ("Voorbeeldbedrijf", False, "")


def test_record_sorts_by_folded_names_and_the_date_of_the_text(now):
    organisation = OrganisationFactory(name="Élan Zorg")
    record = record_of(published_entry(at=now, organisation=organisation, content={"name": "’t Röntgenoog"}))

    assert (record.sort_key, record.provider_key, record.updated_at) == ("t rontgenoog", "elan zorg", now)
