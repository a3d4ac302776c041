"""What machines read: robots.txt, security.txt, the sitemap and the Atom feed."""

import datetime
import re
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from portal.home.views import HELP
from tests.factories.organisations import OrganisationFactory
from tests.factories.participation import ProgrammeFactory, ProjectFactory
from tests.factories.transparency import COMPLETE, EntryFactory, published_entry, published_system
from transparency.actions.publishing import end_entry, publish_entry

PUBLIC_URL = "https://aimz.example"
PAGES = [
    "home", "changes", "help-index", "glossary", "over", "privacy", "toegankelijkheid", "ontwikkelaars", "downloads",
    "taalcheck-cijfers", "voor-zorgverleners", "transparency:language-check", "transparency:proof",
    "transparency:register",
    "transparency:systems", "transparency:providers", "transparency:my-care", "transparency:letter",
    "participation:projects", "participation:programmes", "participation:vacancies", "participation:figures",
    "participation:funds", "participation:rates",
]  # fmt: skip
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"


# --- robots.txt and security.txt ----------------------------------------------------------------------------------


def test_robots_may_read_pages_but_make_no_searches(client):
    text = client.get(reverse("robots")).text

    assert [line for line in text.splitlines() if line.startswith("Disallow")] == [
        "Disallow: /register/?", "Disallow: /en/register/?", "Disallow: /mijn-zorg/?", "Disallow: /en/mijn-zorg/?",
    ]  # fmt: skip


def test_robots_are_told_where_the_sitemap_is(client):
    assert f"Sitemap: {PUBLIC_URL}/sitemap.xml" in client.get(reverse("robots")).text.splitlines()


@pytest.mark.parametrize("name", ["robots", "security-txt"])
def test_text_for_machines_is_plain_text(client, name):
    assert client.get(reverse(name)).headers["Content-Type"] == "text/plain; charset=utf-8"


@pytest.fixture
def security(client):
    """The fields of security.txt as (name, value)."""
    text = client.get("/.well-known/security.txt").text
    return [tuple(line.split(": ", 1)) for line in text.splitlines() if line and not line.startswith("#")]


def test_security_txt_says_whom_to_mail(security, settings):
    assert ("Contact", f"mailto:{settings.CONTACT_EMAIL}") in security


def test_security_txt_says_in_which_languages(security):
    assert ("Preferred-Languages", "nl, en") in security


def test_security_txt_says_where_it_stands(security):
    assert ("Canonical", f"{PUBLIC_URL}/.well-known/security.txt") in security


def test_security_txt_expires_once_in_the_future_and_within_a_year(security, now):
    (expires,) = [datetime.datetime.fromisoformat(value) for name, value in security if name == "Expires"]

    assert now < expires < now + datetime.timedelta(days=365)


def test_security_txt_has_known_fields_only(security):
    assert {field[0] for field in security} <= {
        "Contact", "Expires", "Preferred-Languages", "Canonical", "Policy", "Acknowledgments", "Hiring", "Encryption",
    }  # fmt: skip


# --- Sitemap ----------------------------------------------------------------------------------------------------


def in_sitemap(client):
    """The addresses in the sitemap, without the website's own."""
    root = ElementTree.fromstring(client.get(reverse("sitemap")).content)  # noqa: S314 (our own answer)
    return [re.sub(r"^https?://[^/]+", "", loc.text) for loc in root.iter(f"{SITEMAP}loc")]


@pytest.mark.django_db
def test_sitemap_has_every_public_address_in_both_languages(client):
    entry, example = published_entry(), published_entry(organisation__example=True)
    system, provider = published_system(), OrganisationFactory()
    dutch = [reverse(name) for name in PAGES] + [reverse("help-page", args=[slug]) for slug in HELP]
    project = ProjectFactory(organisation=provider, programme=ProgrammeFactory())
    things = [entry, example, system, provider, entry.organisation, example.organisation, project, project.programme]
    dutch += [thing.get_absolute_url() for thing in things]

    assert sorted(in_sitemap(client)) == sorted([*dutch, *[f"/en{path}" for path in dutch]])


@pytest.mark.django_db
def test_every_address_in_the_sitemap_can_be_read(client):
    published_entry(system=published_system())

    assert [path for path in in_sitemap(client) if client.get(path).status_code != 200] == []


@pytest.mark.django_db
def test_draft_is_not_in_the_sitemap(client):
    draft = EntryFactory()

    assert draft.get_absolute_url() not in in_sitemap(client)


@pytest.mark.django_db
def test_ended_entry_is_not_in_the_sitemap(client, now):
    entry = published_entry()
    end_entry(entry=entry, reason="Gestopt.", by=None, now=now)

    assert entry.get_absolute_url() not in in_sitemap(client)


@pytest.mark.django_db
def test_addresses_in_the_sitemap_are_those_of_this_website(client):
    root = ElementTree.fromstring(client.get(reverse("sitemap")).content)  # noqa: S314 (our own answer)

    wrong = [loc.text for loc in root.iter(f"{SITEMAP}loc") if not loc.text.startswith(f"{PUBLIC_URL}/")]

    assert wrong == []


# --- Feed -------------------------------------------------------------------------------------------------------


def feed(client, language=""):
    content = client.get(language + reverse("changes-feed")).content
    return ElementTree.fromstring(content)  # noqa: S314 (our own answer)


def titles(client, language=""):
    return [entry.findtext(f"{ATOM}title") for entry in feed(client, language).iter(f"{ATOM}entry")]


def again(entry, *, name, at, **fields):
    """Publish another version of `entry`."""
    publish_entry(
        entry=entry, content={**COMPLETE, "name": name}, responsible="Het ziekenhuis", by=None, now=at,
        **({"reason": "Beter."} | fields),
    )  # fmt: skip


@pytest.mark.django_db
def test_feed_has_the_parts_that_atom_asks_for(client):
    published_entry()

    found = feed(client)

    assert found.tag == f"{ATOM}feed"
    for part in (found, found.find(f"{ATOM}entry")):
        assert all(part.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated")), part


@pytest.mark.django_db
def test_feed_of_an_empty_register_is_a_feed(client):
    assert feed(client).findall(f"{ATOM}entry") == []


@pytest.mark.django_db
def test_feed_says_what_it_is(client):
    assert client.get(reverse("changes-feed")).headers["Content-Type"].startswith("application/atom+xml")


@pytest.mark.django_db
def test_feed_has_the_newest_first(client, now):
    entry = published_entry(at=now - datetime.timedelta(days=3), content={"name": "Oud"}, organisation__name="Linde")
    published_entry(at=now - datetime.timedelta(days=2), content={"name": "Ander"}, organisation__name="Beuk")
    again(entry, name="Nieuw", at=now)

    assert titles(client) == ["Nieuw (Linde)", "Ander (Beuk)", "Oud (Linde)"]


@pytest.mark.django_db
def test_examples_stay_out_of_the_feed(client):
    published_entry(organisation__example=True)

    assert titles(client) == []


@pytest.mark.django_db
def test_drafts_stay_out_of_the_feed(client):
    EntryFactory()

    assert titles(client) == []


@pytest.mark.django_db
def test_feed_holds_the_newest_fifty(client, now):
    entry = published_entry(content={"name": "Versie 1"}, at=now - datetime.timedelta(days=1))
    for number in range(2, 53):
        again(entry, name=f"Versie {number}", at=now + datetime.timedelta(minutes=number))

    found = titles(client)

    assert (len(found), found[0].startswith("Versie 52"), found[-1].startswith("Versie 3 ")) == (50, True, True)


@pytest.mark.django_db
def test_entry_of_the_feed_leads_to_its_version_and_says_why(client, now):
    entry = published_entry(slug="breukkijker")
    again(entry, name="Nieuw", at=now, reason="Wij gaven meer uitleg.")

    newest = feed(client).find(f"{ATOM}entry")

    assert newest.find(f"{ATOM}link").get("href").endswith("/register/breukkijker/versies/2/")
    assert newest.findtext(f"{ATOM}summary") == "Wij gaven meer uitleg."


@pytest.mark.django_db
def test_english_feed_is_english_where_there_is_english(client, now):
    entry = published_entry()
    again(entry, name="Nieuw", at=now, reason="Wij gaven uitleg.", reason_en="We explained.")

    newest = feed(client, "/en").find(f"{ATOM}entry")

    assert newest.findtext(f"{ATOM}summary") == "We explained."
    assert "/en/register/" in newest.find(f"{ATOM}link").get("href")


@pytest.mark.django_db
def test_addresses_in_the_feed_do_not_depend_on_how_it_was_asked_for(client):
    published_entry()

    found = feed(client)

    addresses = [one.text for one in found.iter(f"{ATOM}id")] + [one.get("href") for one in found.iter(f"{ATOM}link")]
    assert [one for one in addresses if not one.startswith(f"{PUBLIC_URL}/")] == []


@pytest.mark.django_db
def test_texts_in_the_feed_cannot_break_it(client):
    published_entry(content={"name": 'Ja & <b>"nee"</b>'}, organisation__name="A & B")

    assert titles(client) == ['Ja & <b>"nee"</b> (A & B)']


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 15])
def test_feed_asks_the_database_no_more_when_more_is_in_it(client, django_assert_max_num_queries, number):
    for _ in range(number):
        published_entry()

    with django_assert_max_num_queries(2):
        client.get(reverse("changes-feed"))
