"""Beginning a text: from a product, a copy, a template or nothing; whose words it has is told on the public page."""

import json
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import member
from tests.factories.transparency import COMPLETE, published_entry, published_system
from tests.support.html import soup, words
from transparency.actions.drafts import start_entry, submit
from transparency.actions.writing import save_answers
from transparency.document import missing
from transparency.fields import ENTRY_FIELDS
from transparency.models import Draft, Entry
from transparency.shape import problems
from transparency.writing.beginning import from_entry, from_system
from transparency.writing.credit import with_credit

pytestmark = pytest.mark.django_db

TEMPLATE = {
    "id": "42", "name": "Brievenlezer", "organization": None, "provider": "Voorbeeldbedrijf", "status": "In gebruik",
    "description_short": "De computer leest brieven van [naam organisatie] en zet ze op volgorde.",
    "goal": "<p>Zo krijgt u sneller antwoord.</p><p>Wij lezen zelf ook mee.</p>",
    "contact_email": "verkoop@voorbeeld.example",
    "publication_category": "Overige algoritmes", "lang": "nld", "standard_version": "1.0", "begin_date": "2020-01",
    "risks": "<p>De computer kan een brief verkeerd lezen.</p>",
}  # fmt: skip


@pytest.fixture
def hospital(now):
    return OrganisationFactory(name="Ziekenhuis De Linde", slug="de-linde", verified_at=now)


@pytest.fixture
def anna(hospital):
    return member(hospital, Role.EDITOR, name="Anna")


@pytest.fixture
def signed_in(client, anna):
    client.force_login(anna)
    return client


def begin(client, way, **more):
    data = {"begin": way, "sleutel": str(uuid.uuid4()), **more}
    return client.post(reverse("transparency:new-entry"), data)


def file(*records, name="Voorbeeldbedrijf.json"):
    return SimpleUploadedFile(name, json.dumps(list(records)).encode(), "application/json")


def only_draft():
    return Draft.objects.select_related("entry__system", "entry__organisation").get()


# --- The four ways --------------------------------------------------------------------------------------------------


def test_empty_text_begins_with_its_name(signed_in, hospital, anna):
    response = begin(signed_in, "leeg", naam="Breukkijker")

    draft = only_draft()
    assert response.headers["Location"] == reverse("transparency:draft-step", args=[draft.uuid, "short"])
    assert (draft.content, draft.credit, draft.entry.organisation, draft.started_by) == (
        {"name": "Breukkijker"}, [], hospital, anna,
    )  # fmt: skip
    assert draft.entry.slug == "breukkijker-ziekenhuis-de-linde"


def test_address_is_never_one_that_is_taken(signed_in):
    begin(signed_in, "leeg", naam="Breukkijker")
    begin(signed_in, "leeg", naam="Breukkijker")

    slugs = sorted(Entry.objects.values_list("slug", flat=True))
    assert slugs == ["breukkijker-ziekenhuis-de-linde", "breukkijker-ziekenhuis-de-linde-2"]


def test_address_stays_when_the_name_changes(signed_in, anna, now):
    begin(signed_in, "leeg", naam="Breukkijker")
    draft = only_draft()

    save_answers(draft=draft, answers={"name": "Botkijker"}, seen=1, by=anna, now=now)

    assert only_draft().entry.slug == "breukkijker-ziekenhuis-de-linde"


@pytest.mark.parametrize("name", ["", "  ", "\u200b"])
def test_empty_text_without_a_name_is_asked_for_one(signed_in, name):
    response = begin(signed_in, "leeg", naam=name)

    assert response.status_code == 422
    assert "Geef de toepassing een naam" in words(soup(response).select_one(".utrecht-alert--error"))
    assert not Draft.objects.exists()


@pytest.mark.parametrize("name", ["؟؟؟", "☃", "x" * 100, "Île d’été"])
def test_any_name_gives_an_address(signed_in, name):
    begin(signed_in, "leeg", naam=name)

    assert 1 <= len(only_draft().entry.slug) <= 120


def test_text_from_a_product_has_its_facts_and_credits_them(signed_in):
    system = published_system(
        slug="bonefinder", content={"purpose": "Om breuken te vinden.", "sources": [{"title": "Folder"}]}
    )

    begin(signed_in, "systeem", bron="bonefinder")

    draft = only_draft()
    assert (draft.entry.system, draft.content["name"], draft.content["purpose"]) == (
        system, "BoneFinder", "Om breuken te vinden.",
    )  # fmt: skip
    assert "sources" not in draft.content
    assert draft.credit[0]["title"] == "“BoneFinder” in dit register, geschreven door de redactie"
    assert set(draft.credit[0]["words"]) == {"summary", "use_kind", "purpose"}


def test_copy_of_an_own_entry_is_ones_own(signed_in, hospital):
    published_entry(organisation=hospital, slug="oud", content={"last_checked_on": "2026-01-01"})

    begin(signed_in, "kopie", bron="oud", naam="Breukkijker kinderen")

    draft = only_draft()
    assert draft.credit == []
    assert draft.content["contact_public"] == COMPLETE["contact_public"]
    assert draft.content["name"] == "Breukkijker kinderen"
    assert {"start_month", "last_checked_on"} & set(draft.content) == set()


def test_copy_of_another_provider_leaves_out_what_is_theirs_and_credits_the_rest(signed_in):
    other = OrganisationFactory(name="Ziekenhuis De Wilg")
    published_entry(organisation=other, slug="elders", content={"locations": [{"title": "Wilgenlaan"}]})

    begin(signed_in, "kopie", bron="elders")

    draft = only_draft()
    assert {"contact_public", "complain_how", "locations", "participation", "start_month"} & set(draft.content) == set()
    assert draft.content["purpose"] == COMPLETE["purpose"]
    assert draft.credit[0]["title"] == "“Breukkijker” van Ziekenhuis De Wilg in dit register"


def test_draft_of_another_provider_cannot_be_copied(signed_in, now):
    other = OrganisationFactory()
    start_entry(organisation=other, slug="geheim", content=COMPLETE, by=member(other, Role.EDITOR), now=now)

    response = begin(signed_in, "kopie", bron="geheim")

    assert response.status_code == 422
    assert Draft.objects.count() == 1


def test_template_of_a_supplier_is_filled_in_and_credited(signed_in):
    begin(signed_in, "voorbeeldtekst", bestand=file(TEMPLATE))

    draft = only_draft()
    assert draft.content["purpose"] == "Zo krijgt u sneller antwoord.\n\nWij lezen zelf ook mee."
    assert draft.content["provider"] == "Voorbeeldbedrijf"
    assert "[naam organisatie]" in draft.content["summary"]
    assert {"contact_public", "start_month"} & set(draft.content) == set()
    assert draft.credit[0]["title"] == "Voorbeeldtekst van Voorbeeldbedrijf"
    assert problems(draft.content, ENTRY_FIELDS) == []


def test_what_a_template_leaves_to_the_writer_is_told(signed_in):
    begin(signed_in, "voorbeeldtekst", bestand=file(TEMPLATE))

    page = soup(signed_in.get(reverse("transparency:draft-step", args=[only_draft().uuid, "short"])))

    assert words(page.select_one("#fout-summary")) == "Vul zelf nog in: [naam organisatie]"


def test_one_of_more_templates_is_chosen_without_sending_the_file_again(signed_in):
    response = begin(signed_in, "voorbeeldtekst", bestand=file(TEMPLATE, TEMPLATE | {"id": "43", "name": "Tweede"}))
    assert response.status_code == 422
    page = soup(response)
    assert [words(label) for label in page.select("#nummer label")] == [
        "Brievenlezer Voorbeeldbedrijf", "Tweede Voorbeeldbedrijf",
    ]  # fmt: skip

    begin(signed_in, "voorbeeldtekst", nummer="2", tekst=page.select_one("[name=tekst]")["value"])

    assert only_draft().content["name"] == "Tweede"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "Kies een bestand"), (b"{", "geen goede JSON"), (b"\xff\xfe{", "UTF-16"), (b'["\x00"]', "NUL"),
        (b"[" * 100 + b"]" * 100, "te diep"), (b"[]", "geen tekst"), (b'{"a": 1}', "geen registraties"),
        (b"PK\x03\x04rommel", ""), (b"<html>", "webpagina"), (b'[{"id": 1, "name": ""}]', "geen tekst"),
        ("é".encode("latin-1"), "UTF-8"), (b"[" + b"9" * 400 + b"]", ""),
    ],
)  # fmt: skip
def test_file_that_cannot_be_read_gets_a_message(signed_in, data, told):
    response = begin(signed_in, "voorbeeldtekst", bestand=SimpleUploadedFile("x.json", data))

    assert response.status_code == 422
    assert told in words(soup(response).select_one(".utrecht-alert--error"))
    assert not Draft.objects.exists()


def test_file_that_is_too_large_is_refused(signed_in):
    response = begin(signed_in, "voorbeeldtekst", bestand=SimpleUploadedFile("x.json", b"[" + b" " * 2_100_000 + b"]"))

    assert response.status_code == 413


def test_hostile_template_is_only_text(signed_in):
    evil = TEMPLATE | {
        "name": "<b>Naam</b>\u202e",
        "goal": "<script>alert(1)</script><p onclick=x>Hoi</p>",
        "state": "PUBLISHED",
    }

    begin(signed_in, "voorbeeldtekst", bestand=file(evil))

    content = only_draft().content
    assert "<" not in content["name"] + content.get("purpose", "")
    assert "state" not in content


# --- For whom -------------------------------------------------------------------------------------------------------


def test_who_writes_for_a_group_chooses_one_of_its_organisations(client, hospital, now):
    practice = OrganisationFactory(name="Praktijk", slug="praktijk", parent=hospital, verified_at=now)
    client.force_login(member(hospital, Role.EDITOR))
    options = soup(client.get(reverse("transparency:new-entry"))).select("#organisatie option")
    assert [one["value"] for one in options] == ["", "praktijk", "de-linde"]

    refused = begin(client, "leeg", naam="Breukkijker")
    begin(client, "leeg", naam="Breukkijker", organisatie="praktijk")

    assert refused.status_code == 422
    assert only_draft().entry.organisation == practice


def test_organisation_of_others_cannot_be_chosen(signed_in):
    OrganisationFactory(slug="elders")

    assert begin(signed_in, "leeg", naam="Breukkijker", organisatie="elders").status_code == 422
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "more",
    [{"begin": ""}, {"begin": "zomaar"}, {"begin": "systeem"}, {"begin": "systeem", "bron": "x"},
     {"begin": "kopie", "bron": "\x00"}],
)  # fmt: skip
def test_choice_that_is_none_is_asked_again(signed_in, more):
    response = signed_in.post(reverse("transparency:new-entry"), more)

    assert response.status_code == 422
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "query",
    ["", "?begin=systeem", "?begin=systeem&q=bone", "?begin=systeem&q=qqqq", "?begin=kopie", "?begin=kopie&q=linde",
     "?begin=voorbeeldtekst", "?begin=leeg", "?begin=zomaar&q=%00"],
)  # fmt: skip
def test_page_shows_each_way(signed_in, hospital, query):
    published_system()
    published_entry(organisation=hospital)

    assert signed_in.get(reverse("transparency:new-entry") + query).status_code == 200


def test_search_finds_products_and_entries(signed_in):
    published_system(slug="bonefinder", also_known_as=["Botzoeker"])
    published_system(slug="lungs", content={"name": "Longkijker"})
    published_entry(slug="elders", organisation__name="Ziekenhuis De Wilg")
    address = reverse("transparency:new-entry")

    systems = soup(signed_in.get(address, {"begin": "systeem", "q": "botzoeker"})).select("[name=bron]")
    entries = soup(signed_in.get(address, {"begin": "kopie", "q": "wilg breuk"})).select("[name=bron]")

    assert ([one["value"] for one in systems], [one["value"] for one in entries]) == (["bonefinder"], ["elders"])


def test_form_sent_twice_begins_one_text(signed_in):
    key = str(uuid.uuid4())

    first = begin(signed_in, "leeg", naam="Breukkijker", sleutel=key)
    second = begin(signed_in, "leeg", naam="Breukkijker", sleutel=key)

    assert (Draft.objects.count(), Entry.objects.count()) == (1, 1)
    assert (first.status_code, second.headers["Location"]) == (302, reverse("transparency:draft", args=[key]))


def test_key_of_a_text_of_others_begins_one_of_ones_own(signed_in, now):
    other = OrganisationFactory()
    theirs = start_entry(organisation=other, slug="x", content=COMPLETE, by=member(other, Role.EDITOR), now=now)

    response = begin(signed_in, "leeg", naam="Breukkijker", sleutel=str(theirs.uuid))

    assert str(theirs.uuid) not in response.headers["Location"]
    assert Draft.objects.count() == 2


# --- A new version --------------------------------------------------------------------------------------------------


def test_new_version_begins_with_what_is_public_and_once(signed_in, hospital):
    entry = published_entry(organisation=hospital, slug="breukkijker")
    address = reverse("transparency:entry-correct", args=["breukkijker"])

    first, second = signed_in.post(address), signed_in.post(address)

    draft = only_draft()
    assert (draft.entry, draft.content, draft.base_number) == (entry, COMPLETE, 1)
    assert first.headers["Location"] == second.headers["Location"] == reverse("transparency:draft", args=[draft.uuid])


# --- Whose words ----------------------------------------------------------------------------------------------------


def credited(content, begun):
    return with_credit(content, begun.credit)["sources"][-1]["states"]


def test_list_of_sources_says_of_which_questions_the_words_are_theirs():
    begun = from_system(published_system(content={"purpose": "Om te kijken."}))

    assert (
        credited(begun.content, begun)
        == "Van deze bron zijn de antwoorden bij: “In het kort”, “Soort gebruik”, “Waarvoor is het?”."
    )
    changed = begun.content | {"purpose": "Eigen woorden.", "use_kind": "MESSAGES"}
    assert credited(changed, begun) == "Van deze bron zijn de antwoorden bij: “In het kort”."
    alone = {"name": "Eigen"}
    assert credited(alone, begun) == "De zorgverlener begon met deze bron en schreef daarna alle antwoorden zelf."


def test_credit_is_made_anew_and_stands_there_once():
    begun = from_system(published_system(content={"purpose": "Om te kijken."}))
    own = {**begun.content, "sources": [{"title": "Eigen folder"}]}

    once = with_credit(own, begun.credit)
    again = with_credit(once | {"purpose": "Eigen woorden."}, begun.credit)

    assert [row["title"] for row in again["sources"]] == ["Eigen folder", begun.credit[0]["title"]]
    assert "Waarvoor" not in again["sources"][1]["states"]
    assert "Waarvoor" in once["sources"][1]["states"]
    assert problems(again, ENTRY_FIELDS) == []
    assert (
        again["translations"]["en"]["sources"][1]["states"].isascii() is False or again["translations"]["en"]["sources"]
    )


def test_many_questions_are_counted(hospital):
    begun = from_entry(published_entry(), hospital)

    assert "vragen." in credited(begun.content, begun)


def test_public_page_says_whose_words_it_has(hospital, anna, now):
    begun = from_system(published_system(content={"purpose": "Om te kijken."}))
    content = {**COMPLETE, **begun.content}
    draft = start_entry(organisation=hospital, slug="x", content=content, credit=begun.credit, by=anna, now=now)

    submit(draft=draft, reason="Nieuw.", by=anna, now=now)

    kept = Draft.objects.get()
    assert (kept.revision, kept.content["sources"][0]["title"]) == (2, begun.credit[0]["title"])
    assert "“Waarvoor is het?”" in kept.content["sources"][0]["states"]


def test_credit_is_in_both_languages_whatever_the_writer_reads():
    begun = from_system(published_system(content={"purpose": "Om te kijken."}))

    with translation.override("en"):
        made = with_credit(begun.content, begun.credit)

    assert made["sources"][0]["states"].startswith("Van deze bron")


def test_text_from_a_product_still_lacks_what_only_the_provider_knows(signed_in):
    published_system(slug="bonefinder")
    begin(signed_in, "systeem", bron="bonefinder")

    assert {"told_how", "contact_public", "can_refuse"} <= {f.key for f in missing(only_draft().content, ENTRY_FIELDS)}
