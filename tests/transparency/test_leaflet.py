"""The large-print leaflet: an accessible PDF with the text of the entry."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests.factories.organisations import OrganisationFactory
from tests.factories.transparency import COMPLETE, EntryFactory, published_entry
from transparency.actions.publishing import end_entry, publish_entry
from transparency.states import Origin

pytestmark = pytest.mark.django_db


def response(client, entry, prefix=""):
    return client.get(prefix + reverse("transparency:leaflet", args=[entry.slug]))


def pdf(client, entry, prefix=""):
    return PdfReader(io.BytesIO(response(client, entry, prefix).content))


def text(reader):
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def addresses(reader):
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    return {note["/A"]["/URI"] for note in notes if "/A" in note and "/URI" in note["/A"]}


# --- What it says -------------------------------------------------------------------------------------------------


def test_leaflet_is_a_pdf_named_after_its_entry(client):
    found = response(client, published_entry(slug="breukkijker"))

    assert found.status_code == 200
    assert found.headers["Content-Type"] == "application/pdf"
    assert found.headers["Content-Disposition"] == 'inline; filename="breukkijker.pdf"'
    assert found.content.startswith(b"%PDF-")


def test_leaflet_holds_the_text_of_the_entry(client):
    found = text(pdf(client, published_entry(organisation=OrganisationFactory(name="De Linde"))))

    for part in ("Breukkijker", "De Linde", COMPLETE["summary"], COMPLETE["purpose"], "Kunt u nee zeggen?", "Ja."):
        assert part in found


def test_leaflet_without_contact_says_whom_to_call(client, now):
    entry = EntryFactory(origin=Origin.EDITORIAL, organisation=OrganisationFactory(kind="HOSPITAL"))
    publish_entry(entry=entry, content={"name": "Stille kijker"}, reason="x", responsible="x", by=None, now=now)

    assert "Wie kunt u bellen? Bel het algemene nummer van uw ziekenhuis." in text(pdf(client, entry))
    assert "Wie kunt u bellen?" not in text(pdf(client, published_entry()))


def test_leaflet_explains_the_words_it_uses(client):
    found = text(pdf(client, published_entry(content={"purpose": "Een algoritme rekent."})))

    assert "algoritme: rekenregel voor de computer" in found


def test_leaflet_explains_no_words_that_it_does_not_use(client):
    found = text(pdf(client, published_entry(content={"technical": "Een algoritme rekent."})))

    assert "algoritme" not in found


def test_leaflet_leads_back_to_the_page(client, settings):
    entry = published_entry()
    address = f"{settings.PUBLIC_URL}{entry.get_absolute_url()}"

    reader = pdf(client, entry)

    assert address in addresses(reader)
    assert address in text(reader).replace(" ", "")


def test_leaflet_says_which_version_it_is(client):
    assert "Versie 1, 22 november 2026" in text(pdf(client, published_entry()))


def test_leaflet_of_an_example_says_that_it_was_made_up(client):
    entry = published_entry(organisation=OrganisationFactory(example=True))

    assert "(voorbeeld: verzonnen)" in text(pdf(client, entry))


def test_leaflet_of_an_editorial_text_says_who_did_not_confirm_it(client):
    entry = published_entry(origin=Origin.EDITORIAL)

    assert "nog niet bevestigd door de zorgverlener" in text(pdf(client, entry))


def test_leaflet_of_an_entry_that_ended_says_so(client, now):
    entry = published_entry()
    end_entry(entry=entry, reason="Weg.", by=None, now=now)

    assert "staat niet meer in het register" in text(pdf(client, entry))


# --- For everybody ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("prefix", "language"), [("", "nl"), ("/en", "en")])
def test_leaflet_says_its_language_and_title(client, prefix, language):
    entry = published_entry(content={"translations": {"en": {"name": "Fracture finder"}}})

    reader = pdf(client, entry, prefix)

    assert str(reader.trailer["/Root"]["/Lang"]).startswith(language)
    assert reader.metadata.title.startswith("Breukkijker" if language == "nl" else "Fracture finder")


def test_leaflet_claims_and_has_what_accessible_pdf_asks(client):
    reader = pdf(client, published_entry())

    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def _structure(node, found):
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            _structure(child, found)
    elif isinstance(node, dict):
        if "/S" in node:
            found.append(node)
        if "/K" in node:
            _structure(node["/K"], found)
    return found


def test_leaflet_has_headings_lists_and_a_description_of_its_picture(client):
    reader = pdf(client, published_entry(content={"purpose": "Zo:\n- een\n- twee"}))

    parts = _structure(reader.trailer["/Root"]["/StructTreeRoot"]["/K"], [])

    assert {"/H1", "/H2", "/L", "/LI", "/P"} <= {part["/S"] for part in parts}
    assert [part.get("/Alt") for part in parts if part["/S"] == "/Figure"] == ["QR-code met het adres van deze pagina"]


# --- Wrong addresses ----------------------------------------------------------------------------------------------


def test_unknown_entry_has_no_leaflet(client):
    assert client.get("/register/bestaat-niet/folder.pdf").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_leaflet_can_only_be_read(client, method):
    address = reverse("transparency:leaflet", args=[published_entry().slug])

    assert getattr(client, method)(address).status_code == 405
