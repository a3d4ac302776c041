"""The API of the register: what its lists hold and in which order, one item, its versions, and what never changes."""

import datetime
import json
import uuid
from itertools import chain

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.organisations import LocationFactory, OrganisationFactory
from tests.factories.transparency import (
    COMPLETE,
    EntryFactory,
    published_entry,
    published_system,
    with_notice,
)
from transparency.actions.publishing import end_entry, publish_entry, publish_system
from transparency.actions.upkeep import rebuild_public
from transparency.facets import FACETS
from transparency.models import PublicRecord

pytestmark = pytest.mark.django_db

KEY = uuid.UUID(int=7)


def entries(client, **query):
    return client.get(reverse("api:entries"), query).json()


def slugs(found):
    return [item["slug"] for item in found["items"]]


def follow(client, address):
    """The slugs of every page, from `address` on."""
    pages = []
    while address:
        page = client.get(address.removeprefix("https://aimz.example")).json()
        pages.append(slugs(page))
        address = page["next"]
    return pages


# --- Lists ------------------------------------------------------------------------------------------------------


@pytest.fixture
def _five(now):
    """a is the newest, e the oldest; b and c have the same moment."""
    for slug, day in {"e": 16, "d": 17, "c": 18, "b": 18, "a": 20}.items():
        published_entry(slug=slug, content={"name": f"Naam {slug}"}, at=now.replace(day=day))


@pytest.mark.usefixtures("_five")
def test_list_has_the_newest_first_and_says_how_many_there_are(client):
    found = entries(client)

    assert (slugs(found), found["total"], found["next"]) == (["a", "b", "c", "d", "e"], 5, None)


@pytest.mark.usefixtures("_five")
@pytest.mark.parametrize(("size", "pages"), [(1, 5), (2, 3), (5, 1), (100, 1)])
def test_pages_together_are_the_list(client, size, pages):
    found = follow(client, f"{reverse('api:entries')}?aantal={size}")

    assert (len(found), [*chain(*found)]) == (pages, ["a", "b", "c", "d", "e"])


@pytest.mark.usefixtures("_five")
def test_what_is_published_meanwhile_moves_nothing(client, now):
    first = entries(client, aantal=2)
    published_entry(slug="new", at=now)
    end_entry(entry=PublicRecord.objects.get(entry__slug="b").entry, reason="Gestopt.", by=None, now=now)

    assert [*chain(*follow(client, first["next"]))] == ["c", "d", "e"]


@pytest.mark.usefixtures("_five")
@pytest.mark.parametrize("cursor", ["0-0", "99999999999999999-99999999999999999", "1-99999999999999999"])
def test_cursor_that_nobody_gave_is_no_error(client, cursor):
    assert {item["slug"] for item in entries(client, cursor=cursor)["items"]} <= set("abcde")
    assert client.get(reverse("api:entries"), {"q": "naam", "cursor": cursor}).status_code == 200


@pytest.mark.usefixtures("_five")
def test_search_has_the_best_first_and_pages_through_all(client):
    published_entry(slug="best", content={"name": "Longkijker"})
    published_entry(slug="good", content={"purpose": "Voor de longkijker van de buren."})

    assert follow(client, f"{reverse('api:entries')}?q=longkijker&aantal=1") == [["best"], ["good"]]


def test_search_for_nothing_known_finds_nothing(client):
    published_entry()

    assert entries(client, q="xqxqxq") == {"total": 0, "next": None, "items": []}


def test_list_holds_no_examples_no_drafts_and_nothing_that_ended(client, now):
    published_entry(organisation__example=True)
    EntryFactory()
    end_entry(entry=published_entry(), reason="Gestopt.", by=None, now=now)
    published_system()

    assert entries(client)["items"] == []


def test_search_holds_no_examples(client):
    published_entry(organisation__example=True, content={"name": "Longkijker"})

    assert entries(client, q="longkijker")["total"] == 0


def test_every_filter_of_the_page_is_a_filter_here(client):
    published_entry(slug="a", organisation__name="Linde")
    record = PublicRecord.objects.get()

    for facet in FACETS:
        assert slugs(entries(client, **{facet.param: record.facets[facet.key][0]})) == ["a"], facet.param


def test_filters_narrow_and_values_widen(client):
    published_entry(slug="a", content={"status": "IN_USE", "use_kind": "HOSPITAL_DIAGNOSIS"})
    published_entry(slug="b", content={"status": "PILOT"})
    published_entry(slug="c", content={"status": "PAUSED"})

    assert set(slugs(entries(client, status=["IN_USE", "PILOT"]))) == {"a", "b"}
    assert slugs(entries(client, status=["IN_USE"], gebruik="HOSPITAL_DIAGNOSIS", plek="RADIOLOGY")) == ["a"]
    assert slugs(entries(client, status=["IN_USE"], nee="NO")) == []


def test_next_keeps_the_question(client):
    for _ in range(3):
        published_entry()

    following = entries(client, status=["IN_USE", "PILOT"], aantal=1)["next"]

    assert following.startswith("https://aimz.example/api/v1/toepassingen?status=IN_USE&status=PILOT&aantal=1&cursor=")


def test_systems_have_a_list_of_their_own(client):
    published_system(slug="a", content={"name": "Longkijker"})
    published_system(slug="b", content={"care_setting": ["GP"]})
    published_entry(content={"name": "Longkijker"})
    address = reverse("api:systems")

    assert set(slugs(client.get(address).json())) == {"a", "b"}
    assert slugs(client.get(address, {"q": "longkijker"}).json()) == ["a"]
    assert slugs(client.get(address, {"plek": "GP"}).json()) == ["b"]
    assert client.get(address, {"status": "IN_USE"}).status_code == 400


def test_organisations_can_be_found_and_filtered(client):
    OrganisationFactory(slug="a", name="De Linde")
    OrganisationFactory(slug="b", name="De Beuk", kind="PHARMACY", province="ZEELAND")
    OrganisationFactory(slug="c", example=True)
    address = reverse("api:organisations")

    assert follow(client, f"{address}?aantal=1") == [["a"], ["b"]]
    assert slugs(client.get(address, {"q": "linde"}).json()) == ["a"]
    assert slugs(client.get(address, {"soort": ["PHARMACY", "HOSPITAL"], "provincie": "ZEELAND"}).json()) == ["b"]


@pytest.mark.parametrize("name", ["entries", "systems", "organisations"])
def test_list_asks_the_database_no_more_when_more_is_in_it(client, django_assert_max_num_queries, name):
    parent = OrganisationFactory()
    for _ in range(30):
        organisation = OrganisationFactory(parent=parent)
        LocationFactory(organisation=organisation)
        published_entry(organisation=organisation, system=published_system())

    with django_assert_max_num_queries(4):
        assert len(client.get(reverse(f"api:{name}"), {"aantal": 25}).json()["items"]) == 25


# --- One item ---------------------------------------------------------------------------------------------------


def one(client, name="api:entry", key=KEY):
    return client.get(reverse(name, args=[key]))


def test_entry_says_all_that_is_public_of_it(client, now):
    system = published_system(slug="bonefinder", uuid=uuid.UUID(int=8))
    entry = published_entry(slug="a", uuid=KEY, system=system, organisation__slug="linde", organisation__name="Linde")
    notice = with_notice(entry, text="Let op.")

    document = one(client).json()

    assert document["content"] == COMPLETE
    assert document["url"] == f"https://aimz.example/api/v1/toepassingen/{KEY}"
    assert document["page"] == "https://aimz.example/register/a/"
    assert document["organisation"]["name"] == "Linde"
    assert document["system"]["name"] == "BoneFinder"
    assert [row["kind"] for row in document["notices"]] == [notice.kind]
    assert (document["origin"], document["state"], document["version"]) == ("PROVIDER", "PUBLISHED", 1)
    assert (document["is_example"], document["ended"]) == (False, None)


def test_moments_are_in_utc(client, now):
    amsterdam = datetime.timezone(datetime.timedelta(hours=1))
    published_entry(uuid=KEY, at=now.astimezone(amsterdam))

    assert one(client).json()["published_at"] == "2026-11-22T09:00:00Z"


def test_entry_in_the_list_is_the_entry_itself(client):
    published_entry(uuid=KEY)

    assert entries(client)["items"] == [one(client).json()]


def test_entry_changes_with_its_version_and_with_the_name_of_its_product(client, now):
    system = published_system()
    entry = published_entry(uuid=KEY, system=system)
    publish_entry(
        entry=entry, content={**COMPLETE, "name": "Nieuw"}, reason="Beter.", responsible="x", by=None, now=now
    )
    publish_system(system=system, content={"name": "Ander"}, reason="Naam.", responsible="x", by=None, now=now)

    document = one(client).json()

    assert (document["version"], document["content"]["name"], document["system"]["name"]) == (2, "Nieuw", "Ander")


def test_ended_entry_says_why_and_what_came_after(client, now):
    successor = published_entry(uuid=uuid.UUID(int=9))
    end_entry(entry=published_entry(uuid=KEY), reason="Er is beter.", successor=successor, by=None, now=now)

    document = one(client).json()

    assert (document["state"], document["ended"]["reason"]) == ("REPLACED", "Er is beter.")
    assert document["ended"]["successor"] == f"https://aimz.example/api/v1/toepassingen/{successor.uuid}"
    assert document["content"] == COMPLETE


def test_example_can_be_asked_for_and_says_that_it_is_one(client):
    published_entry(uuid=KEY, organisation__example=True)

    assert one(client).json()["is_example"] is True


def test_draft_is_not_there(client):
    EntryFactory(uuid=KEY)

    assert (one(client).status_code, one(client, "api:versions").status_code) == (404, 404)


def test_system_and_organisation_say_all_that_is_public_of_them(client):
    published_system(slug="a", uuid=KEY, also_known_as=["BF"])
    organisation = OrganisationFactory(uuid=KEY, slug="linde", name="Linde")
    LocationFactory(organisation=organisation, name="Noord")

    system, found = one(client, "api:system").json(), one(client, "api:organisation").json()

    assert (system["content"]["name"], system["also_known_as"]) == ("BoneFinder", ["BF"])
    assert (found["name"], [place["name"] for place in found["locations"]]) == ("Linde", ["Noord"])
    assert found["page"] == "https://aimz.example/zorgverleners/linde/"


def test_question_about_one_item_is_read_strictly_too(client):
    published_entry(uuid=KEY)

    assert client.get(reverse("api:entry", args=[KEY]), {"format": "html"}).status_code == 400


def test_item_in_dutch_is_the_same_made_on_an_english_page(client, settings):
    entry = published_entry(uuid=KEY)
    made = one(client).content

    client.get(f"/en{entry.get_absolute_url()}")
    rebuild_public()

    assert one(client).content == made


def test_item_is_made_at_publication_and_only_read_later(client, django_assert_num_queries):
    published_entry(uuid=KEY)

    with django_assert_num_queries(1):
        one(client)


@pytest.mark.parametrize("address", ["/", "/register/", "/register/?q=breuk", "/systemen/"])
def test_page_for_people_does_not_read_the_documents(client, address):
    published_entry(system=published_system())

    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200

    assert [query["sql"] for query in asked if '"transparency_publicrecord"."api"' in query["sql"]] == []


# --- Versions ---------------------------------------------------------------------------------------------------


def test_versions_are_all_there_newest_first_page_by_page(client, now):
    entry = published_entry(uuid=KEY)
    for name in ("Twee", "Drie"):
        content = {**COMPLETE, "name": name}
        publish_entry(entry=entry, content=content, reason=f"{name}.", responsible="x", by=None, now=now)

    first = client.get(reverse("api:versions", args=[KEY]), {"aantal": 2}).json()
    second = client.get(first["next"].removeprefix("https://aimz.example")).json()

    assert [item["content"]["name"] for item in first["items"] + second["items"]] == ["Drie", "Twee", "Breukkijker"]
    assert [item["reason"] for item in first["items"]] == ["Drie.", "Twee."]
    assert (first["total"], second["next"]) == (3, None)


def test_page_of_a_version_is_there(client):
    published_entry(uuid=KEY)

    (version,) = client.get(reverse("api:versions", args=[KEY])).json()["items"]

    assert client.get(version["page"].removeprefix("https://aimz.example")).status_code == 200


def test_versions_of_an_ended_entry_stay(client, now):
    end_entry(entry=published_entry(uuid=KEY), reason="Gestopt.", by=None, now=now)

    assert client.get(reverse("api:versions", args=[KEY])).json()["total"] == 1


# --- What is stored ---------------------------------------------------------------------------------------------


def test_rebuilding_makes_what_a_migration_left_empty(client):
    published_entry(uuid=KEY)
    published_system()
    PublicRecord.objects.update(api="")

    assert (entries(client)["items"], one(client).status_code) == ([], 200)
    rebuild_public()

    assert all(json.loads(record.api) for record in PublicRecord.objects.all())
