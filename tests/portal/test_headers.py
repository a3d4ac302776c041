"""Every answer has every security header (standards.md), sets no cookie and depends on no cookie."""

import copy
import functools
import re
import uuid
from wsgiref.util import setup_testing_defaults

import pytest
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.decorators import login_not_required
from django.core.checks import run_checks
from django.core.exceptions import PermissionDenied
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, override_settings
from django.urls import path, reverse

from portal.home.views import HELP
from portal.urls import handler400, handler403, handler404, handler500
from portal.urls import urlpatterns as real_urlpatterns
from tests.factories.transparency import published_entry, published_system

__all__ = ["handler400", "handler403", "handler404", "handler500"]  # Django asks the urlconf for them

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
CONTENT_SECURITY = {
    "default-src": "'none'", "base-uri": "'none'", "frame-src": "'none'", "frame-ancestors": "'none'",
    "script-src": "'self'", "style-src": "'self'", "img-src": "'self'", "font-src": "'self'",
    "connect-src": "'self'", "manifest-src": "'self'", "form-action": "'self'",
}  # fmt: skip
SWITCHED_OFF = ("camera", "geolocation", "microphone", "payment", "usb", "display-capture")
ONE_YEAR = 365 * 24 * 3600
ENTRY = "breukkijker"
KEY = uuid.UUID(int=1)


@login_not_required
def broken(request):
    raise ZeroDivisionError


@login_not_required
def forbidden(request):
    raise PermissionDenied("Dit mag u niet zien.")


urlpatterns = [
    *real_urlpatterns,
    *i18n_patterns(path("fout/", broken), path("verboden/", forbidden), prefix_default_language=False),
]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


def static_file():
    """The headers of a static file, asked of the whole application as a server asks it."""
    environ = {"PATH_INFO": "/static/portal/css/site.css", "HTTP_HOST": "testserver", "wsgi.url_scheme": "https"}
    setup_testing_defaults(environ)
    kept = {}

    def start_response(status, headers, exc_info=None):
        kept.update({"status": int(status[:3]), "headers": dict(headers)})

    with override_settings(STATIC_ROOT=settings.BASE_DIR / "portal" / "static"):
        answer = WSGIHandler()(environ, start_response)
    b"".join(answer)
    answer.close()
    return kept["status"], kept["headers"]


PAGES = {
    "home": (200, lambda: reverse("home")),
    "home in English": (200, lambda: "/en/"),
    "help index": (200, lambda: reverse("help-index")),
    "help page": (200, lambda: reverse("help-page", args=[HELP[0]])),
    "glossary": (200, lambda: reverse("glossary")),
    "about": (200, lambda: reverse("over")),
    "privacy": (200, lambda: reverse("privacy")),
    "accessibility": (200, lambda: reverse("toegankelijkheid")),
    "register": (200, lambda: reverse("transparency:register")),
    "search": (200, lambda: reverse("transparency:register") + "?q=breuk"),
    "entry": (200, lambda: reverse("transparency:entry", args=[ENTRY])),
    "entry in English": (200, lambda: "/en" + reverse("transparency:entry", args=[ENTRY])),
    "versions": (200, lambda: reverse("transparency:versions", args=[ENTRY])),
    "version": (200, lambda: reverse("transparency:version", args=[ENTRY, 1])),
    "PDF": (200, lambda: reverse("transparency:leaflet", args=[ENTRY])),
    "systems": (200, lambda: reverse("transparency:systems")),
    "system": (200, lambda: reverse("transparency:system", args=["bonefinder"])),
    "providers": (200, lambda: reverse("transparency:providers")),
    "provider": (200, lambda: reverse("transparency:provider", args=["de-linde"])),
    "my care": (200, lambda: reverse("transparency:my-care")),
    "language check": (200, lambda: reverse("transparency:language-check")),
    "language check with an example": (200, lambda: reverse("transparency:language-check") + "?voorbeeld=lastig"),
    "letter": (200, lambda: reverse("transparency:letter")),
    "feed": (200, lambda: reverse("changes-feed")),
    "feed in English": (200, lambda: "/en" + reverse("changes-feed")),
    "sitemap": (200, lambda: reverse("sitemap")),
    "robots.txt": (200, lambda: reverse("robots")),
    "security.txt": (200, lambda: reverse("security-txt")),
    "developers": (200, lambda: reverse("ontwikkelaars")),
    "downloads": (200, lambda: reverse("downloads")),
    "download": (200, lambda: reverse("api:download", args=["toepassingen.csv"])),
    "catalogue": (200, lambda: reverse("api:catalogue-turtle")),
    "catalogue in JSON-LD": (200, lambda: reverse("api:catalogue-json-ld")),
    "Annex VIII": (200, lambda: reverse("api:annex-viii", args=[ENTRY])),
    "API list": (200, lambda: reverse("api:entries")),
    "API item": (200, lambda: reverse("api:entry", args=[KEY])),
    "API description": (200, lambda: reverse("api:openapi")),
    "API question that is wrong": (400, lambda: reverse("api:entries") + "?niets=1"),
    "API address that is not there": (404, lambda: "/api/v1/nergens"),
    "slash put behind": (301, lambda: "/register"),
    "not there": (404, lambda: "/nergens/"),
    "not there in English": (404, lambda: "/en/nergens/"),
    "static file that is not there": (404, lambda: "/static/portal/css/nergens.css"),
    "forbidden": (403, lambda: "/verboden/"),
    "our mistake": (500, lambda: "/fout/"),
    "our mistake in English": (500, lambda: "/en/fout/"),
}
OTHER = {
    "a POST to a page": (405, lambda client: client.post("/", secure=True)),
    "a POST to the API": (405, lambda client: client.post("/api/v1/toepassingen", secure=True)),
    "a checked text": (200, lambda client: client.post("/taalcheck/", {"tekst": "Ja."}, secure=True)),
    "a checked text without text": (422, lambda client: client.post("/taalcheck/", secure=True)),
    "a form of another website": (
        403,
        lambda client: client.post("/taalcheck/", secure=True, headers={"Sec-Fetch-Site": "cross-site"}),
    ),
    "a text checked by the API": (
        200,
        lambda client: client.post("/api/v1/taalcheck", {"text": "Ja."}, content_type="application/json", secure=True),
    ),
    "an OPTIONS to the API": (204, lambda client: client.options("/api/v1/toepassingen", secure=True)),
    "the API on another host": (
        400,
        lambda client: client.get("/api/v1/toepassingen", secure=True, headers={"host": "elders.example"}),
    ),
    "another host": (400, lambda client: client.get("/", secure=True, headers={"host": "elders.example"})),
    "a fragment": (200, lambda client: client.get("/register/", secure=True, headers={"HX-Request": "true"})),
    "a compressed page": (200, lambda client: client.get("/", secure=True, headers={"Accept-Encoding": "gzip"})),
    "a visitor with cookies": (
        200,
        lambda client: client.get("/", secure=True, headers={"Cookie": "sessionid=1; csrftoken=2"}),
    ),
    "a form from elsewhere": (
        405,
        lambda client: Client(enforce_csrf_checks=True).post("/register/", {"q": "x"}, secure=True),
    ),
}


@functools.cache
def ask(kind):
    """(expected status, status, headers) of one kind of answer; asked once for all tests of this file."""
    client = Client(raise_request_exception=False)
    if kind == "static file":
        return 200, *static_file()
    if kind in OTHER:
        status, request = OTHER[kind]
        response = request(client)
    else:
        published_system(slug="bonefinder")
        published_entry(slug=ENTRY, uuid=KEY, organisation__slug="de-linde", content={"ai_act_route": "ANNEX_III"})
        status, address = PAGES[kind]
        response = client.get(address(), secure=True)
    return status, response.status_code, response.headers


@pytest.fixture(params=[*PAGES, *OTHER, "static file"])
def answer(request):
    return ask(request.param)


def policy(headers):
    """The Content-Security-Policy as {directive: sources}."""
    parts = (part.strip().partition(" ") for part in headers.get("Content-Security-Policy", "").split(";"))
    return {name: sources for name, _, sources in parts}


def test_answer_is_the_one_that_is_meant(answer):
    expected, status, _headers = answer

    assert status == expected


def test_fixed_headers_are_there(answer):
    headers = answer[-1]

    assert {name: headers.get(name) for name in HEADERS} == HEADERS


def test_https_is_asked_for_a_year_or_more(answer):
    strict = answer[-1].get("Strict-Transport-Security", "")

    assert int(re.search(r"max-age=(\d+)|$", strict)[1] or 0) >= ONE_YEAR, strict


def test_content_security_policy_allows_files_of_ours_and_nothing_else(answer):
    assert policy(answer[-1]) == CONTENT_SECURITY


def test_what_a_page_of_ours_never_uses_is_switched_off(answer):
    off = answer[-1].get("Permissions-Policy", "")

    assert [feature for feature in SWITCHED_OFF if f"{feature}=()" not in off] == []


def test_no_cookie_is_set(answer):
    assert "Set-Cookie" not in answer[-1]


def test_answer_depends_on_no_cookie_and_no_language_of_the_browser(answer):
    varies = {part.strip().lower() for part in answer[-1].get("Vary", "").split(",")}

    assert not varies & {"cookie", "accept-language", "*"}


@pytest.mark.parametrize("source", ["'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'"])
def test_deploy_check_refuses_an_unsafe_source(source):
    unsafe = copy.deepcopy(settings.CONTENT_SECURITY_POLICY)
    unsafe["DIRECTIVES"]["style-src"].append(source)

    with override_settings(CONTENT_SECURITY_POLICY=unsafe):
        ids = {message.id for message in run_checks(tags=["security"], include_deployment_checks=True)}

    assert "portal.E001" in ids
