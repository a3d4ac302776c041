"""What every answer under /api has: problem details for every refusal, a version, and open doors for reading."""

import json

import pytest
from django.conf import settings
from django.test import Client
from django.urls import path

from portal.api.parameters import Parameter, read
from portal.api.problems import InvalidQuestion
from portal.api.version import VERSION
from portal.urls import handler400, handler403, handler404, handler500
from portal.urls import urlpatterns as real_urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500"]  # Django asks the urlconf for them

LIST = "/api/v1/toepassingen"
CHECK = "/api/v1/taalcheck"
PROBLEM = "application/problem+json"


def broken(request):
    raise ZeroDivisionError


urlpatterns = [path("api/v1/fout", broken), *real_urlpatterns]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]

# What is refused, by whom: (status, request).
REFUSED = {
    "a wrong question": (400, lambda client: client.get(f"{LIST}?niets=1")),
    "another host": (400, lambda client: client.get(LIST, headers={"host": "elders.example"})),
    "a body": (400, lambda client: client.generic("GET", LIST, b"[" * 50_000, content_type="application/json")),
    "a huge body": (413, lambda client: client.generic("GET", LIST, b"[" * 200_000)),
    "no such address": (404, lambda client: client.get("/api/v1/nergens")),
    "the root": (404, lambda client: client.get("/api")),
    "a slash at the end": (404, lambda client: client.get(f"{LIST}/")),
    "no such item": (404, lambda client: client.get(f"{LIST}/00000000-0000-0000-0000-000000000009")),
    "no such item in words": (404, lambda client: client.get(f"{LIST}/breukkijker")),
    "another version": (404, lambda client: client.get("/api/v2/toepassingen")),
    "nested JSON to write": (405, lambda client: client.post(LIST, "[" * 100_000, content_type="application/json")),
    "a form to an address for JSON": (415, lambda client: client.post(CHECK, {"text": "Ja."})),
    "nested JSON to check": (400, lambda client: client.post(CHECK, "[" * 100_000, content_type="application/json")),
    "a huge text to check": (413, lambda client: client.post(CHECK, "x" * 300_001, content_type="application/json")),
    "a text of no length": (
        411,
        lambda client: client.post(
            CHECK, b"{}", content_type="application/json", headers={"Transfer-Encoding": "chunked"}
        ),
    ),
    "reading what must be sent": (405, lambda client: client.get(CHECK)),
    "a method nobody knows": (405, lambda client: client.generic("GRIJP", LIST)),
    "our mistake": (500, lambda client: client.get("/api/v1/fout")),
    "our mistake, compressed": (500, lambda client: client.get("/api/v1/fout", headers={"Accept-Encoding": "gzip"})),
}


@pytest.fixture(params=REFUSED)
def refused(request):
    """(expected status, answer) of one refusal."""
    status, ask = REFUSED[request.param]
    return status, ask(Client(raise_request_exception=False))


def test_refusal_is_a_problem_and_never_html(refused):
    status, response = refused
    body = json.loads(response.content)

    assert (response.status_code, response.headers["Content-Type"]) == (status, PROBLEM)
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]


def test_refusal_has_the_version_and_may_be_read_by_another_website(refused):
    headers = refused[1].headers

    assert (headers["API-Version"], headers["Access-Control-Allow-Origin"]) == (VERSION, "*")


def test_refusal_is_as_long_as_it_says(refused):
    response = refused[1]

    assert "Content-Encoding" not in response.headers
    assert int(response.headers.get("Content-Length", len(response.content))) == len(response.content)


def test_redirect_to_https_is_no_html_either(settings):
    settings.SECURE_SSL_REDIRECT = True

    response = Client().get(LIST)

    assert (response.status_code, response.headers["Location"]) == (301, f"https://testserver{LIST}")
    assert "Content-Type" not in response.headers


@pytest.mark.parametrize("name", ["toepassingen", "ai-systemen", "organisaties", "openapi.json"])
def test_answer_has_the_version_and_may_be_read_by_another_website(client, name):
    headers = client.get(f"/api/v1/{name}").headers

    assert (headers["API-Version"], headers["Access-Control-Allow-Origin"]) == (VERSION, "*")


def test_address_outside_the_api_has_neither(client):
    headers = client.get("/").headers

    assert "API-Version" not in headers
    assert "Access-Control-Allow-Origin" not in headers


def test_error_outside_the_api_stays_a_page(client):
    assert client.get("/apisch/").headers["Content-Type"].startswith("text/html")


def test_browser_may_ask_before_it_reads(client):
    response = client.options(LIST, headers={"Origin": "https://elders.example"})

    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_browser_may_ask_before_it_sends_json(client):
    asked = {"Origin": "https://elders.example", "Access-Control-Request-Method": "POST",
             "Access-Control-Request-Headers": "content-type"}  # fmt: skip

    response = client.options(CHECK, headers=asked)

    assert (response.status_code, response.headers["Access-Control-Allow-Methods"]) == (204, "POST, OPTIONS")
    assert "Content-Type" in response.headers["Access-Control-Allow-Headers"]


def test_browser_may_not_ask_so_outside_the_api(client):
    assert client.options("/").status_code == 405


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "x", "", "application/json;q=0"])
def test_answer_is_json_whatever_is_asked_for(client, accept):
    response = client.get(LIST, headers={"Accept": accept})

    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/json")
    assert "accept" not in response.headers.get("Vary", "").lower().replace("accept-encoding", "")


def test_head_says_what_get_says_without_the_body(client):
    response = client.head(LIST)

    assert (response.status_code, response.content) == (200, b"")


# --- Reading a question -----------------------------------------------------------------------------------------

KEYS = (
    Parameter(name="q", description="Woorden."),
    Parameter(name="soort", description="Soort.", codes=("A", "B"), most=2),
    Parameter(name="aantal", description="Aantal.", smallest=1, largest=100),
    Parameter(name="cursor", description="Plaats.", pattern="^[0-9]-[0-9]$"),
)


def faults(rf, query):
    """The keys that are refused in `query`, in the order in which they are told."""
    with pytest.raises(InvalidQuestion) as refusal:
        read(KEYS, rf.get(f"/?{query}").GET)
    return [error["name"] for error in refusal.value.errors]


def test_every_fault_is_told_at_once(rf):
    assert faults(rf, "x=1&y=2&q=a&q=b&soort=C&aantal=0&cursor=z") == ["x", "y", "q", "soort", "aantal", "cursor"]


@pytest.mark.parametrize(
    "query",
    ["aantal=101", "aantal=-1", "aantal=", "aantal=1.0", "aantal=%D9%A3", "aantal=9999999999999999999", "aantal=1e1",
     "soort=", "soort=a", "soort=A&soort=B&soort=A", "cursor=1-2%0A", "cursor=", "q=" + "a" * 201, "Q=a", "q=a%00b"],
)  # fmt: skip
def test_value_that_does_not_fit_is_refused(rf, query):
    assert len(faults(rf, query)) == 1


@pytest.mark.parametrize(
    "query", ["", "q=", "q=" + "a" * 200, "aantal=1", "aantal=100", "soort=A&soort=B", "cursor=1-2"]
)
def test_value_that_fits_is_taken(rf, query):
    assert set(read(KEYS, rf.get(f"/?{query}").GET)) <= {"q", "soort", "aantal", "cursor"}


def test_no_key_of_any_list_takes_what_postgresql_cannot_hold(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    asked = [
        (f"/api/v1{path}", key["name"])
        for path, methods in paths.items()
        if "{" not in path and not f"/api/v1{path}".startswith(settings.KEYED_PATHS)
        for key in methods.get("get", {}).get("parameters", [])
    ]

    answers = {(path, name): client.get(f"{path}?{name}=a%00b") for path, name in asked}

    assert ("/api/v1/adviezen", "project") in asked
    assert {one: answer.status_code for one, answer in answers.items() if answer.status_code != 400} == {}
    assert [name for _path, name in asked] == [answer.json()["errors"][0]["name"] for answer in answers.values()]


def test_refusal_does_not_repeat_a_long_value(client):
    response = client.get(LIST, {"plek": "x" * 5_000, "y" * 5_000: "1"})

    assert len(response.json()["errors"]) == 2
    assert len(response.content) < 5_000
