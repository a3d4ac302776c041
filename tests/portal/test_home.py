"""Home, help, and the pages for when something goes wrong."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client
from django.urls import path, reverse

from portal.home.views import ABOUT, HELP
from portal.urls import handler400, handler403, handler404, handler500
from portal.urls import urlpatterns as real_urlpatterns
from tests.conftest import StrictClient
from tests.factories.organisations import OrganisationFactory
from tests.factories.transparency import published_entry, published_system
from tests.support.html import links, soup, words
from transparency.glossary import in_order
from transparency.law import lines, topics_of

__all__ = ["handler400", "handler403", "handler404", "handler500"]  # Django asks the urlconf for them

REASON = "Alleen de coördinator ziet dit."
WRONG = {"/vreemd/": 400, "/verboden/": 403, "/nergens/": 404, "/fout/": 500}


@login_not_required
def broken(request):
    raise ZeroDivisionError("een geheim van de server")


@login_not_required
def forbidden(request):
    raise PermissionDenied(REASON)


@login_not_required
def strange(request):
    raise SuspiciousOperation("een geheim van de server")


urlpatterns = [*real_urlpatterns, path("fout/", broken), path("verboden/", forbidden), path("vreemd/", strange)]
ours = pytest.mark.urls(__name__)


@pytest.fixture
def visitor():
    """A client that sees the page for errors, as a visitor does."""
    return StrictClient(raise_request_exception=False)


def ids(page):
    return [tag["id"] for tag in page.select("[id]")]


# --- Home -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_home_searches_the_register(client):
    form = soup(client.get(reverse("home"))).select_one("main form")

    assert (form["action"], form["method"], form.select_one("input")["name"]) == ("/register/", "get", "q")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["transparency:my-care", "transparency:register", "help-index"])
def test_home_leads_to_every_part(client, name):
    assert reverse(name) in links(soup(client.get("/")))


@pytest.mark.django_db
def test_home_shows_what_is_new(client):
    entry = published_entry(content={"name": "Breukkijker"})

    assert entry.get_absolute_url() in links(soup(client.get("/")).select_one('[aria-labelledby="nieuw"]'))


@pytest.mark.django_db
def test_home_shows_the_newest_four(client, now):
    for number in range(6):
        published_entry(slug=f"nummer-{number}", at=now.replace(day=number + 1))

    shown = soup(client.get("/")).select('[aria-labelledby="nieuw"] h3 a')

    assert [link["href"] for link in shown] == [f"/register/nummer-{number}/" for number in (5, 4, 3, 2)]


@pytest.mark.django_db
def test_home_of_an_empty_register_has_nothing_new(client):
    assert soup(client.get("/")).select_one('[aria-labelledby="nieuw"]') is None


@pytest.mark.django_db
def test_home_counts_without_examples(client):
    published_entry()
    published_entry(organisation__example=True)
    published_system()

    numbers = [number.text for number in soup(client.get("/")).select(".numbers strong")]

    assert numbers == ["1", "1", "1"]  # entries, systems, providers


@pytest.mark.django_db
@pytest.mark.parametrize("is_example", [True, False])
def test_home_says_that_examples_do_not_count_where_lists_have_them(client, is_example):
    published_entry()
    published_entry(organisation__is_example=is_example)

    told = words(soup(client.get("/")).select_one(".facts"))

    assert ("Dit is zonder de verzonnen voorbeelden." in told) is is_example


@pytest.mark.django_db
def test_home_marks_an_example(client):
    published_entry(organisation__example=True)

    assert "Voorbeeld" in words(soup(client.get("/")).select_one('[aria-labelledby="nieuw"]'))


@pytest.mark.django_db
def test_home_offers_no_way_that_leads_nowhere(client):
    published_entry(content={"visit_reasons": ["SCAN"], "body_parts": []})

    ways = [link["href"] for link in soup(client.get("/")).select(".choices a")]

    assert ways == [f"{reverse('transparency:register')}?bezoek=SCAN"]


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 20])
def test_home_asks_the_database_no_more_when_more_is_in_it(client, django_assert_max_num_queries, number):
    for _ in range(number):
        published_entry()

    with django_assert_max_num_queries(6):
        client.get("/")


# --- Help -------------------------------------------------------------------------------------------------------

TEXTS = [("help-page", slug) for slug in HELP] + [(name, None) for name in ABOUT]


def address(name, slug):
    return reverse(name, args=[slug] if slug else [])


@pytest.mark.parametrize("slug", HELP)
def test_help_index_leads_to_every_page(client, slug):
    assert reverse("help-page", args=[slug]) in links(soup(client.get(reverse("help-index"))).main)


def test_help_index_leads_to_the_glossary(client):
    assert reverse("glossary") in links(soup(client.get(reverse("help-index"))).main)


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize(("name", "slug"), TEXTS)
def test_page_has_one_heading_of_the_first_level(client, name, slug, language):
    response = client.get(language + address(name, slug))

    assert (response.status_code, len(soup(response).select("h1"))) == (200, 1)


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize(("name", "slug"), TEXTS)
def test_page_uses_every_id_once(client, name, slug, language):
    found = ids(soup(client.get(language + address(name, slug))))

    assert len(found) == len(set(found))


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize(("name", "slug"), TEXTS)
def test_links_within_the_page_lead_somewhere(client, name, slug, language):
    page = soup(client.get(language + address(name, slug)))

    assert {link[1:] for link in links(page) if link.startswith("#")} <= set(ids(page))


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize(("name", "slug"), TEXTS)
def test_links_of_the_text_lead_to_pages_of_ours(client, name, slug, language):
    published_entry(slug="voorbeeld-botbreuken")
    inside = [link for link in links(soup(client.get(language + address(name, slug))).main) if link.startswith("/")]

    # One to a page for who signed in leads to the page to sign in.
    assert [link for link in inside if client.get(link, follow=True).status_code != 200] == []


def test_help_pages_follow_each_other(client):
    followed = [reverse("help-page", args=[HELP[0]])]

    while link := soup(client.get(followed[-1])).select_one("nav.between a:nth-of-type(2)"):
        followed.append(link["href"])

    assert followed == [reverse("help-page", args=[slug]) for slug in HELP]


@pytest.mark.parametrize("slug", HELP)
def test_law_stands_where_it_belongs(client, slug):
    shown = soup(client.get(reverse("help-page", args=[slug]))).select("article.law__line")

    assert [article["id"] for article in shown] == [f"wet-{line.slug}" for line in lines(topics_of(slug))]


def test_page_on_rights_shows_the_law_with_its_source(client):
    line = soup(client.get(reverse("help-page", args=["rechten"]))).select_one("article.law__line")

    assert "Gecontroleerd op 22 november 2026" in words(line)


@pytest.mark.parametrize("slug", ["bestaat-niet", "privacy", "over"])
def test_address_under_help_that_is_no_help_page_is_not_there(client, slug):
    assert client.get(reverse("help-page", args=[slug])).status_code == 404


def test_privacy_page_has_the_mail_address_of_this_installation(client, settings):
    assert settings.CONTACT_EMAIL in words(soup(client.get(reverse("privacy"))).main)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "who"), [("/over/", "de redactie van AI in mijn zorg"), ("/en/over/", "the editors of AI")]
)
def test_about_page_says_who_we_are_and_how_to_reach_us(client, settings, path, who):
    about = soup(client.get(path)).main

    assert who in words(about)
    assert f"mailto:{settings.CONTACT_EMAIL}" in links(about)


@pytest.mark.parametrize("language", ["", "/en"])
def test_glossary_has_every_term_with_its_explanation(client, language):
    page = soup(client.get(language + reverse("glossary")))

    shown = {div["id"] for div in page.select(".glossary__term") if words(div.dd)}

    assert shown == {term.slug for term in in_order()}


@pytest.mark.parametrize("language", ["", "/en"])
def test_glossary_letters_lead_to_their_part(client, language):
    page = soup(client.get(language + reverse("glossary")))

    assert [link["href"][1:] for link in page.select("nav.letters a")] == [h["id"] for h in page.select("main h2")]


@pytest.mark.parametrize("language", ["", "/en"])
def test_glossary_has_every_letter_once(client, language):
    letters = [link.text for link in soup(client.get(language + reverse("glossary"))).select("nav.letters a")]

    assert len(letters) == len(set(letters))


# --- When something goes wrong ----------------------------------------------------------------------------------


@ours
@pytest.mark.parametrize(("where", "status"), WRONG.items())
def test_page_for_an_error_has_its_status(visitor, where, status):
    assert visitor.get(where).status_code == status


@ours
@pytest.mark.parametrize("where", WRONG)
def test_page_for_an_error_has_one_heading_of_the_first_level(visitor, where):
    assert len(soup(visitor.get(where)).select("h1")) == 1


@ours
@pytest.mark.parametrize("where", WRONG)
@pytest.mark.parametrize("way", ["home", "transparency:register", "transparency:my-care", "help-index"])
def test_page_for_an_error_shows_a_way_on(visitor, where, way):
    page = soup(visitor.get(where)).main
    ways = [*links(page), *[form["action"] for form in page.select("form")]]

    assert reverse(way) in ways


@ours
@pytest.mark.parametrize("where", WRONG)
def test_page_for_an_error_says_whom_to_mail(visitor, where, settings):
    assert f"mailto:{settings.CONTACT_EMAIL}" in links(soup(visitor.get(where)).main)


@ours
@pytest.mark.parametrize("where", WRONG)
def test_page_for_an_error_tells_nothing_of_the_server(visitor, where):
    text = visitor.get(where).text

    assert not [word for word in ("Traceback", "ZeroDivision", "geheim", "Django", "/work") if word in text]


@ours
@pytest.mark.parametrize("where", ["/fout/", "/nergens/"])
def test_page_for_an_error_works_without_a_database(visitor, where):
    assert visitor.get(where).status_code == WRONG[where]  # without the mark django_db, a query would fail


@ours
def test_refusal_gives_its_reason(visitor):
    assert REASON in words(soup(visitor.get("/verboden/")).main)


def test_form_that_did_not_come_from_us_gets_our_own_page_of_refusal(settings):
    settings.ALLOWED_METHODS = ("GET", "HEAD", "POST")

    page = soup(Client(enforce_csrf_checks=True).post(reverse("transparency:register"), {"q": "x"}))

    assert (page.html["lang"], len(page.select("style")), page.select_one("#inhoud") is not None) == ("nl", 0, True)


def test_address_of_another_website_is_refused(visitor):
    assert visitor.get("/", headers={"host": "elders.example"}).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize(
    "where", ["/register/a/b/c/", "/register/bestaat-niet/", "/zorgverleners/bestaat-niet/", "/%00/", "/é/"]
)
def test_address_that_is_nothing_is_not_there(client, where):
    assert client.get(where).status_code == 404


@pytest.mark.django_db
def test_provider_of_an_example_can_be_read(client):
    organisation = OrganisationFactory(example=True)

    assert client.get(organisation.get_absolute_url()).status_code == 200
