"""The OpenAPI document and the JSON Schemas: made from the tables, true to what is answered."""

import re

import pytest
from django.urls import reverse

from portal.api.version import VERSION
from tests.factories.organisations import LocationFactory
from tests.factories.transparency import COMPLETE, published_entry, published_system, with_notice, with_received
from transparency.api.openapi import EXAMPLES
from transparency.api.schema import published_schema, schema_names
from transparency.facets import FACETS
from transparency.fields import ENTRY_FIELDS, SYSTEM_FIELDS
from transparency.loading import FOLDER, read
from transparency.states import Origin
from transparency.vocabularies import vocabulary

pytestmark = pytest.mark.django_db


@pytest.fixture
def described(client):
    return client.get(reverse("api:openapi")).json()


def test_description_has_version_contact_and_licence(described, settings):
    info = described["info"]

    assert (info["version"], info["contact"]["email"]) == (VERSION, settings.CONTACT_EMAIL)
    assert "CC0" in info["license"]["name"]
    assert described["servers"] == [{"url": "https://aimz.example/api/v1"}]


def test_every_address_of_the_api_is_described_and_the_other_way_round(described):
    from participation.api import urls as participation
    from transparency.api import urls as register

    every = [str(one.pattern) for one in (*register.urlpatterns, *participation.urlpatterns)]
    real = {path.removeprefix("api/v1") for path in every if path.startswith("api/")}
    real = {path.replace("<uuid:key>", "{id}").replace("<slug:name>.json", "{bestand}") for path in real}

    assert set(described["paths"]) == real


def test_every_filter_is_described_with_its_values(described):
    told = {p["name"]: p["schema"] for p in described["paths"]["/toepassingen"]["get"]["parameters"]}

    assert set(told) == {"q", "aantal", "cursor", *(facet.param for facet in FACETS)}
    assert told["status"]["items"]["enum"] == list(vocabulary("status").terms)


def test_query_keys_are_lower_camel_case(described):
    every = [p for path in described["paths"].values() for do in path.values() for p in do["parameters"]]
    names = [p["name"] for p in every if p["in"] == "query"]

    assert [name for name in names if not re.fullmatch("[a-z][a-zA-Z0-9]*", name)] == []


def test_every_error_is_described_as_a_problem(described):
    for asked in (one for path in described["paths"].values() for one in path.values()):
        bad = {status: told for status, told in asked["responses"].items() if status >= "4"}

        assert {"400", "405", "500"} <= set(bad)
        assert {tuple(told["content"]) for told in bad.values()} == {("application/problem+json",)}


def properties(schema):
    """Every (name, schema) of a property in the description."""
    for key, part in schema.items() if isinstance(schema, dict) else enumerate(schema):
        if key == "properties":
            yield from part.items()
        if isinstance(part, dict | list):
            yield from properties(part)


def test_what_is_called_a_date_has_the_format_of_one(described):
    dates = {name: told for name, told in properties(described) if re.search(r"(\w+D|_[dD])(ate|atum)", name)}

    assert dates
    assert {name for name, told in dates.items() if told.get("format") != "date"} == set()


def test_months_of_the_national_form_are_described_too(described):
    assert set(described["components"]["schemas"]["LandelijkeRegistratie"]["patternProperties"]) == {
        "^begin_date$", "^end_date$",
    }  # fmt: skip


def test_description_is_dutch_whatever_was_read_before(client):
    client.get("/en/register/")

    assert "Waar in de zorg" in client.get(reverse("api:openapi")).text


@pytest.mark.parametrize(("name", "fields"), [("toepassing", ENTRY_FIELDS), ("ai-systeem", SYSTEM_FIELDS)])
def test_schema_has_every_field_of_the_table(name, fields):
    content = published_schema(name)["properties"]["content"]["properties"]

    assert set(content) == {*(field.key for field in fields), "unknown", "translations", "redacted"}
    assert content["summary"]["maxLength"] == 400
    assert content["use_kind"]["enum"] == list(vocabulary("use_kind").terms)


@pytest.mark.parametrize("name", schema_names())
def test_schema_stands_at_the_address_that_it_names(client, name):
    response = client.get(reverse("api:schema", args=[name]))

    assert response.headers["Content-Type"] == "application/schema+json"
    assert response.json()["$id"] == f"https://aimz.example{reverse('api:schema', args=[name])}"


def test_schema_that_is_not_there_is_a_404(client):
    assert client.get("/api/v1/schema/nergens.json").status_code == 404


def patterns(schema):
    """Every regular expression in a schema."""
    for key, part in schema.items() if isinstance(schema, dict) else enumerate(schema):
        if key == "pattern" and isinstance(part, str):
            yield part
        elif isinstance(part, dict | list):
            yield from patterns(part)


@pytest.mark.parametrize("name", schema_names())
def test_patterns_are_read_alike_by_python_and_javascript(name):
    found = set(patterns(published_schema(name)))

    assert found
    assert [pattern for pattern in found if re.search(r"\\[^swd.]|\(\?[^:]", pattern)] == []


def keys(schema, value, path=""):
    """The keys in `value` that its schema does not know or that it asks for and misses."""
    schema = next((one for one in schema.get("anyOf", [schema]) if one.get("type") == "object"), schema)
    if isinstance(value, dict) and "properties" in schema:
        wrong = set(schema.get("required", ())) - set(value) | set(value) - set(schema["properties"])
        yield from (f"{path}/{key}" for key in wrong)
        for key, part in value.items():
            yield from keys(schema["properties"].get(key, {}), part, f"{path}/{key}")
    elif isinstance(value, list):
        for part in value:
            yield from keys(schema.get("items", {}), part, f"{path}[]")


def test_documents_have_the_keys_of_their_schemas(client, now):
    content = COMPLETE | {"unknown": ["fallback"], "translations": {"en": {"name": "Fracture finder"}}}
    entry = published_entry(content=content, system=published_system(also_known_as=["BF"]))
    with_notice(entry)
    LocationFactory(organisation=entry.organisation)
    asked = {"toepassing": "entries", "ai-systeem": "systems", "organisatie": "organisations"}

    answers = {name: client.get(reverse(f"api:{address}")) for name, address in asked.items()}
    taken = published_entry(origin=Origin.IMPORTED)
    for status in ("In gebruik", "Sinds mei in gebruik"):
        with_received(
            taken, {"name": "Hulp", "organization": "Zorg", "status": status, "Eigen kolom": "x"}, others=[{}]
        )
    answers["versie"] = client.get(reverse("api:versions", args=[entry.uuid]))

    found = {name: answer.json()["items"] for name, answer in answers.items()}
    found["aanlevering"] = [client.get(reverse("api:received", args=[taken.uuid])).json()]
    for name, (item,) in found.items():
        assert list(keys(published_schema(name), item)) == [], name


def test_examples_of_the_description_are_real():
    folders = {"toepassingen": "entries", "ai-systemen": "systems", "aanlevering": "examples/entries"}
    for collection, folder in folders.items():
        there = {read(path)["uuid"] for path in (FOLDER / folder).glob("*.toml")}
        assert EXAMPLES[collection] in there

    hospitals = read(FOLDER / "organisations" / "hospitals.toml")["organisation"]
    assert EXAMPLES["organisaties"] in {row["uuid"] for row in hospitals}
