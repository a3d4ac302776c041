"""The top of an entry's page: who decides, whether one may say no and whom to call, before what kind of AI it is."""

import pytest
from django.utils import timezone

from tests.factories.organisations import OrganisationFactory
from tests.factories.transparency import COMPLETE, EntryFactory, published_entry, published_system
from tests.support.html import links, soup, words
from transparency.actions.publishing import publish_entry
from transparency.states import Origin

pytestmark = pytest.mark.django_db
CALL_THE_HOSPITAL = (
    "Bel het algemene nummer van uw ziekenhuis. Vraag naar de klachtenfunctionaris of naar patiëntenvoorlichting."
)


def silent(*keys, **fields):
    """A public entry whose provider does not know the answers to `keys` yet."""
    content = {key: value for key, value in COMPLETE.items() if key not in keys} | {"unknown": list(keys)}
    entry = EntryFactory(**fields)
    publish_entry(entry=entry, content=content, reason="x", responsible="x", by=None, now=timezone.now())
    return entry


def page(client, entry, prefix=""):
    return soup(client.get(prefix + entry.get_absolute_url()))


def top(client, entry, prefix=""):
    """{question: what is told} of the first rows of the page."""
    rows = page(client, entry, prefix).select("#short .utrecht-data-list__item")
    return {words(row.dt): " ".join(words(told) for told in row.select("dd")) for row in rows}


def test_first_rows_are_what_a_patient_asks_first(client):
    entry = published_entry(content={"contact_phone": "010 123 45 67"})

    assert top(client, entry) == {
        "Beslist de AI alleen?": "Nee. De AI geeft advies.",
        "Kunt u nee zeggen?": "Ja",
        "Wie kunt u bellen of mailen?": "010 123 45 67 vragen@ziekenhuis.example",
    }


def test_each_row_leads_to_its_section_and_the_number_can_be_pressed(client):
    short = page(client, published_entry(content={"contact_phone": "010 123 45 67"})).select_one("#short")

    assert links(short) == ["#decision", "#refuse", "#questions", "tel:0101234567", "mailto:vragen@ziekenhuis.example"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"output_role": "DECIDES"}, "Ja. De AI beslist zelf."),
        ({"output_role": "INFORMS"}, "Nee. De AI geeft informatie."),
        ({"output_role": "ORDERS"}, "De AI bepaalt een volgorde."),  # that may be a decision or not
        ({"can_override": {"answer": "NO", "text": ""}}, "De AI geeft advies."),  # advice that nobody may leave
    ],
)
def test_who_decides_says_no_more_than_the_provider_did(client, content, told):
    assert top(client, published_entry(content=content))["Beslist de AI alleen?"] == told


def test_who_decides_may_be_told_in_words_only(client):
    assert top(client, silent("output_role"))["Beslist de AI alleen?"] == "Dat leest u hieronder"


def test_what_only_the_product_tells_is_said_to_be_of_the_product(client):
    system = published_system(content={"output_role": "ADVISES"})

    told = top(client, silent("output_role", system=system))["Beslist de AI alleen?"]

    assert told == "Nee. De AI geeft advies. Dit geldt voor het product in het algemeen."


def test_text_without_these_answers_has_readable_rows(client):
    keys = ("output_role", "who_decides", "can_refuse", "contact_public")

    assert top(client, silent(*keys, organisation=OrganisationFactory(kind="HOSPITAL"))) == {
        "Beslist de AI alleen?": "Dat vertelt de zorgverlener nog niet.",
        "Kunt u nee zeggen?": "Dat vertelt de zorgverlener nog niet.",
        "Wie kunt u bellen of mailen?": CALL_THE_HOSPITAL,
    }


def test_text_from_a_source_that_says_only_its_name_has_them_too(client, now):
    entry = EntryFactory(origin=Origin.EDITORIAL, organisation=OrganisationFactory(kind="HOSPITAL"))
    publish_entry(entry=entry, content={"name": "Stille kijker"}, reason="x", responsible="x", by=None, now=now)

    assert list(top(client, entry).values()) == ["De bron zegt hier niets over."] * 2 + [CALL_THE_HOSPITAL]


def test_rows_are_english_on_the_english_page(client):
    rows = top(client, published_entry(), "/en")

    assert rows["Does the AI decide alone?"] == "No. The AI gives advice."
    assert rows["Can you say no?"] == "Yes"


def test_kind_of_ai_stands_in_the_first_fold_of_what_experts_read(client):
    found = page(client, silent("care_setting"))

    fold = found.select_one(".experts details")
    assert fold["id"] == "meer-short"
    assert "Soort AI Leert van voorbeelden" in words(fold)
    assert "Dit weten we nog niet: Waar in de zorg" in words(fold)
    assert "Soort AI" not in words(found.select_one("#short"))


# --- Whom to call where nobody is named ---------------------------------------------------------------------------


def test_page_without_contact_says_whom_to_call_at_its_questions(client):
    entry = silent("contact_public", organisation=OrganisationFactory(kind="UNIVERSITY_HOSPITAL"))

    assert CALL_THE_HOSPITAL in words(page(client, entry).select_one("#questions"))


def test_page_with_contact_does_not(client):
    entry = published_entry(organisation=OrganisationFactory(kind="HOSPITAL"))

    assert "algemene nummer" not in words(page(client, entry).select_one("main"))


def test_who_is_no_hospital_has_no_hospital_number(client):
    entry = silent("contact_public", organisation=OrganisationFactory(kind="PUBLIC_HEALTH"))

    assert top(client, entry)["Wie kunt u bellen of mailen?"] == (
        "Bel het algemene nummer van deze organisatie. Vraag wie uw vraag over AI kan beantwoorden."
    )


@pytest.mark.parametrize(("website", "says_so"), [("", True), ("https://ziekenhuis.example/", False)])
def test_page_of_a_hospital_without_website_says_whom_to_call(client, website, says_so):
    hospital = OrganisationFactory(kind="HOSPITAL", website=website)

    assert (CALL_THE_HOSPITAL in words(soup(client.get(hospital.get_absolute_url())).main)) is says_so
