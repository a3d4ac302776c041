"""From a provider and a reason for the visit to the AI one may meet there, and a letter to ask."""

import pytest
from django.urls import reverse

from portal.organisations.models import OrganisationKind
from tests.factories.organisations import OrganisationFactory
from tests.factories.transparency import EntryFactory, published_entry, published_system
from tests.support.html import links, soup, words
from transparency.views.my_care import WAYS
from transparency.vocabularies import vocabulary

pytestmark = pytest.mark.django_db
URL = "/mijn-zorg/"
LETTER = "/mijn-zorg/brief/"
HOSTILE = ["%00", "a%00b", "%FF", "'", '"', "<script>", "%F0%9F%98%80", "../..", "-1", "a" * 10_000, "%E2%80%AE", "{x}"]


def page(client, query="", path=URL):
    return soup(client.get(path + query))


def step(found):
    """The number of the step that the page says we are at."""
    rows = found.select(".steps li")
    return next(number for number, row in enumerate(rows, start=1) if row.get("aria-current") == "step")


def cards(found):
    return [link["href"] for link in found.select("article.utrecht-card h3 a")]


@pytest.fixture
def linde():
    return OrganisationFactory(name="De Linde", slug="de-linde", place="Goes")


# --- Step 1: which provider ---------------------------------------------------------------------------------------


def test_first_step_asks_for_the_provider(client, linde):
    found = page(client)

    assert step(found) == 1
    assert f"?zorgverlener={linde.slug}" not in links(found)
    assert "?zorgverlener=weet-ik-niet" in links(found)


@pytest.mark.parametrize("q", ["linde", "LINDE", "lind", "goes", "de+linde", "linde+goes"])
def test_provider_is_found_by_name_or_place(client, linde, q):
    OrganisationFactory(name="De Wilg", place="Breda")

    found = page(client, f"?q={q}")

    assert [href for href in links(found) if href.startswith("?zorgverlener=de-")] == ["?zorgverlener=de-linde"]


def test_provider_with_exactly_that_name_is_offered_first(client):
    OrganisationFactory(name="AMC Apotheek", slug="apotheek")
    OrganisationFactory(name="Ziekenhuis", slug="ziekenhuis", alias_key="|amc|", find_key="amc ziekenhuis")

    offered = [href for href in links(page(client, "?q=amc")) if href.startswith("?zorgverlener=")]

    assert offered[:2] == ["?zorgverlener=ziekenhuis", "?zorgverlener=apotheek"]


def test_who_gives_no_care_is_not_offered(client):
    OrganisationFactory(name="Fonds Linde", slug="fonds", kind=OrganisationKind.FUND)

    assert "?zorgverlener=fonds" not in links(page(client, "?q=linde"))


def test_mistyped_name_leads_to_the_nearest(client, linde):
    assert "?zorgverlener=de-linde" in links(page(client, "?q=de+lnide"))


@pytest.mark.parametrize("q", ["onvindbaar", "<script>alert(1)</script>", "%00"])
def test_name_that_nobody_has_leaves_a_way_on(client, linde, q):
    found = page(client, f"?q={q}")

    assert step(found) == 1
    assert "?zorgverlener=weet-ik-niet" in links(found)


# --- Step 2: what for ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("provider", ["de-linde", "weet-ik-niet"])
def test_second_step_offers_every_reason_part_of_the_body_and_place(client, linde, provider):
    published_entry(organisation=linde)
    found = page(client, f"?zorgverlener={provider}")

    offered = {href for href in links(found) if f"?zorgverlener={provider}&" in href}
    expected = {f"?zorgverlener={provider}&{way}={code}" for way, (name, _facet) in WAYS.items()
                for code in vocabulary(name).terms}  # fmt: skip
    expected.add(f"?zorgverlener={provider}&bezoek=alles")
    assert step(found) == 2
    assert offered == expected


@pytest.mark.parametrize("query", ["?zorgverlener=bestaat-niet", "?zorgverlener=", "?bezoek=SCAN"])
def test_without_a_known_provider_the_first_step_comes_again(client, query):
    assert step(page(client, query)) == 1


@pytest.mark.parametrize("query", ["bezoek=BESTAAT_NIET", "bezoek=", "kleur=ROOD", "lichaam=SCAN"])
def test_without_a_known_reason_the_second_step_comes_again(client, linde, query):
    published_entry(organisation=linde)

    assert step(page(client, f"?zorgverlener=de-linde&{query}")) == 2


def test_provider_that_reported_nothing_is_told_so_at_once(client, linde):
    EntryFactory(organisation=linde)  # a draft is no report

    found = page(client, "?zorgverlener=de-linde")

    assert step(found) == 3
    assert "De Linde heeft nog niets gemeld" in words(found.main)
    assert f"{LETTER}?zorgverlener=de-linde&bezoek=alles" in links(found)


def test_reason_can_still_be_chosen_where_nothing_was_reported(client, linde):
    at_once = page(client, "?zorgverlener=de-linde")
    later = page(client, "?zorgverlener=de-linde&bezoek=SCAN")

    for found in (at_once, later):
        (way,) = {href for href in links(found.main) if href.endswith("?zorgverlener=de-linde&bezoek=kies")}
        assert step(page(client, way.removeprefix(URL))) == 2


# --- Step 3: what one may meet ------------------------------------------------------------------------------------

SCAN = {"visit_reasons": ["SCAN"], "body_parts": ["BONES"], "care_setting": ["RADIOLOGY"]}
OTHER = {"visit_reasons": ["ACCIDENT"], "body_parts": [], "care_setting": ["GP"]}


@pytest.mark.parametrize("about", ["bezoek=SCAN", "lichaam=BONES", "plek=RADIOLOGY"])
def test_ai_of_the_provider_for_this_care_comes_first_and_its_other_ai_after(client, linde, about):
    rest = published_entry(organisation=linde, content={"name": "Andere", **OTHER})
    fitting = published_entry(organisation=linde, content={"name": "Kijker", **SCAN})

    found = page(client, f"?zorgverlener=de-linde&{about}")

    assert step(found) == 3
    assert cards(found) == [fitting.get_absolute_url(), rest.get_absolute_url()]
    assert cards(found.select_one("details")) == [rest.get_absolute_url()]


def test_ai_of_others_and_products_for_this_care_are_shown_apart(client, linde):
    elsewhere = published_entry(content=SCAN)
    published_entry(content=OTHER)
    product = published_system(content=SCAN)

    found = page(client, "?zorgverlener=de-linde&bezoek=SCAN")

    assert cards(found) == [elsewhere.get_absolute_url(), product.get_absolute_url()]
    assert len(found.select("main h2")) == 4  # the provider, others, products, questions


def test_questions_come_before_what_is_about_other_care_and_others(client, linde):
    published_entry(organisation=linde, content=OTHER)
    published_entry(content=SCAN)
    published_system(content=SCAN)

    main = page(client, "?zorgverlener=de-linde&bezoek=SCAN").main

    assert main.select_one("details").find_previous(class_="take-along")
    assert all(
        card.find_parent("details") and "open" not in card.find_parent("details").attrs for card in main("article")
    )


def test_without_a_provider_what_is_known_of_others_stands_open(client):
    published_entry(content=SCAN)

    main = page(client, "?zorgverlener=weet-ik-niet&bezoek=SCAN").main

    assert not main.select("details article")
    assert main.article.find_next(class_="take-along")


def test_example_is_never_offered_as_what_one_meets_elsewhere(client, linde):
    published_entry(organisation=OrganisationFactory(example=True), content=SCAN)

    assert cards(page(client, "?zorgverlener=de-linde&bezoek=SCAN")) == []


def test_ai_of_an_organisation_above_the_provider_is_its_ai_too(client, linde):
    location = OrganisationFactory(slug="locatie", parent=linde)
    entry = published_entry(organisation=linde, content=SCAN)

    found = page(client, f"?zorgverlener={location.slug}&bezoek=SCAN")

    assert cards(found) == [entry.get_absolute_url()]


def test_without_a_provider_the_ai_of_others_is_shown(client):
    entry = published_entry(content=SCAN)

    found = page(client, "?zorgverlener=weet-ik-niet&bezoek=SCAN")

    assert cards(found) == [entry.get_absolute_url()]


def test_provider_that_reported_nothing_is_named_and_there_are_questions_to_take_along(client, linde):
    found = page(client, "?zorgverlener=de-linde&bezoek=SCAN")

    assert "De Linde heeft hierover nog niets gemeld" in words(found.select_one("main"))
    assert len(found.select(".question-list li")) >= 4
    assert f"{LETTER}?zorgverlener=de-linde&bezoek=SCAN" in links(found)


def test_drafts_are_not_shown(client, linde):
    EntryFactory(organisation=linde)

    assert cards(page(client, "?zorgverlener=de-linde&bezoek=SCAN")) == []


def test_reader_may_skip_the_reason_and_sees_all_ai_of_the_provider(client, linde):
    scan, other = published_entry(organisation=linde, content=SCAN), published_entry(organisation=linde, content=OTHER)
    published_entry(content=SCAN)

    found = page(client, "?zorgverlener=de-linde&bezoek=alles")

    assert step(found) == 3
    assert sorted(cards(found)) == sorted([scan.get_absolute_url(), other.get_absolute_url()])


# --- The letter ---------------------------------------------------------------------------------------------------


def test_letter_names_the_provider_and_the_reason(client, linde):
    found = words(page(client, "?zorgverlener=de-linde&bezoek=SCAN", LETTER).select_one("#brief"))

    assert found.startswith("Aan De Linde")
    assert vocabulary("visit_reason").label("SCAN") in found


@pytest.mark.parametrize("query", ["", "?zorgverlener=bestaat-niet&bezoek=BESTAAT_NIET", "?zorgverlener=weet-ik-niet"])
def test_letter_without_provider_and_reason_is_a_letter(client, query):
    assert words(page(client, query, LETTER).select_one("#brief")).startswith("Aan mijn zorgverlener")


def test_letter_has_the_date_of_today(client):
    assert "22 november 2026" in words(page(client, "", LETTER).select_one("#brief"))


def test_letter_for_somebody_else_says_so_and_keeps_the_provider(client, linde):
    own = page(client, "?zorgverlener=de-linde&bezoek=SCAN", LETTER)
    other = page(client, own.select_one(".letter-choice a")["href"], LETTER)
    back = page(client, other.select_one(".letter-choice a")["href"], LETTER)

    assert "Ik ben patiënt bij u." in words(own.select_one("#brief"))
    assert "of u bij mijn zorg AI gebruikt." in words(own.select_one("#brief"))
    assert "of u bij de zorg voor deze patiënt AI gebruikt." in words(other.select_one("#brief"))
    assert "Ik zorg voor een patiënt van u." in words(other.select_one("#brief"))
    assert words(other.select_one("#brief")).startswith("Aan De Linde")
    assert words(back.select_one("#brief")) == words(own.select_one("#brief"))


def test_letter_for_somebody_else_without_provider_leads_back(client):
    other = page(client, "?voor=ander", LETTER)

    assert "Ik ben patiënt" in words(
        page(client, other.select_one(".letter-choice a")["href"], LETTER).select_one("#brief")
    )


# --- The other language -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "query"),
    [(URL, "?q=linde"), (URL, "?zorgverlener=de-linde"), (URL, "?zorgverlener=weet-ik-niet"),
     (URL, "?zorgverlener=de-linde&bezoek=kies"),
     (URL, "?zorgverlener=de-linde&bezoek=SCAN"), (URL, "?zorgverlener=de-linde&bezoek=alles"),
     (LETTER, "?zorgverlener=de-linde&lichaam=LUNGS"), (LETTER, "?zorgverlener=de-linde&voor=ander")],
)  # fmt: skip
def test_other_language_keeps_what_was_chosen(client, linde, path, query):
    assert page(client, query, path).select_one("a.language")["href"] == f"/en{path}{query}"


# --- Any address --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [URL, LETTER, f"/en{URL}", f"/en{LETTER}"])
def test_hostile_address_gives_a_page(client, linde, path):
    for value in HOSTILE:
        for query in (f"zorgverlener={value}", f"zorgverlener=de-linde&bezoek={value}", f"q={value}"):
            assert client.get(f"{path}?{query}").status_code == 200, query


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", [URL, LETTER])
def test_pages_can_only_be_read(client, path, method):
    assert getattr(client, method)(path).status_code == 405


def test_english_pages_are_english(client, linde):
    published_entry(organisation=linde, content={**SCAN, "translations": {"en": {"name": "Fracture finder"}}})

    about, result = (
        page(client, "?zorgverlener=de-linde", f"/en{URL}"),
        page(client, "?zorgverlener=de-linde&bezoek=SCAN", f"/en{URL}"),
    )

    assert vocabulary("visit_reason").terms["SCAN"].label_en in words(about.select_one(".choices"))
    assert words(result.select_one("article h3")) == "Fracture finder"
    assert all(href.startswith("/en/") for href in cards(result))


def test_addresses_are_the_public_ones():
    assert (reverse("transparency:my-care"), reverse("transparency:letter")) == (URL, LETTER)
