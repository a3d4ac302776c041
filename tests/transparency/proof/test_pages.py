"""What everybody sees of the publication log: the page, the heads, the script, the files, and a text that is gone."""

import datetime
import json

import pytest
from django.urls import reverse

from tests.factories.proof import WHY, redacted, taken_away
from tests.factories.transparency import COMPLETE, published_entry, published_system, with_notice
from tests.support.html import links, soup, words
from transparency.actions.publication_log import publish_daily_head
from transparency.actions.publishing import publish_entry
from transparency.actions.redaction import seal_of_system
from transparency.models import LogHead, PublicationEvent, Seal
from transparency.proof.controleer import canonical, content_hash, field_hash, values_of_text
from transparency.views.proof import SCRIPT

pytestmark = pytest.mark.django_db
PAGE = "/verantwoording/"


@pytest.fixture
def log(now):
    """Two lines with a head each."""
    for days in (1, 0):
        published_entry()
        publish_daily_head(now - datetime.timedelta(days=days))


def main(client, address=PAGE):
    return soup(client.get(address)).select_one("main")


# --- The page -----------------------------------------------------------------------------------------------------


def test_page_has_its_address():
    assert reverse("transparency:proof") == PAGE


@pytest.mark.usefixtures("log")
def test_page_shows_the_head_of_each_day_newest_first(client):
    rows = [[words(cell) for cell in row.select("th, td")] for row in main(client).select(".heads tbody tr")]

    hashes = list(PublicationEvent.objects.order_by("-pk").values_list("own_hash", flat=True))
    assert rows == [["22 november 2026", "2", hashes[0]], ["21 november 2026", "1", hashes[1]]]


@pytest.mark.usefixtures("log")
def test_page_shows_the_last_line_of_now(client):
    published_entry()

    shown = words(main(client).select_one("section"))

    assert "Er staan nu 3 regels in het boek." in shown
    assert LogHead.objects.get().hash in shown


def test_page_of_an_empty_log_says_so(client):
    assert "Er staat nog niets in het boek." in words(main(client))


def test_page_before_the_first_head_says_when_it_comes(client):
    published_entry()

    assert "Morgen staat hier de kop van de eerste dag." in words(main(client))


@pytest.mark.usefixtures("log")
def test_page_says_in_three_steps_how_to_check(client):
    found = main(client)

    assert len(found.select(".help__text ol > li")) == 3
    assert {"/verantwoording/koppen.json", "/verantwoording/controleer.py", "/downloads/publicatielogboek.jsonl"} <= {
        *links(found)
    }
    assert "python3 controleer.py https://aimz.example --koppen koppen.json" in words(found)


@pytest.mark.usefixtures("log")
def test_page_is_there_in_english(client):
    found = main(client, f"/en{PAGE}")

    assert words(found.h1) == "Nothing changes silently"
    assert "There are now 2 lines in the book." in words(found)
    assert words(found.select_one(".heads tbody th")) == "22 November 2026"


def test_many_days_stand_on_more_pages(client, now):
    published_entry()
    for day in range(32):
        publish_daily_head(now + datetime.timedelta(days=day))

    assert len(main(client).select(".heads tbody tr")) == 31
    assert len(main(client, f"{PAGE}?pagina=2").select(".heads tbody tr")) == 1
    assert len(main(client, f"{PAGE}?pagina=999").select(".heads tbody tr")) == 1


def test_every_page_leads_to_it(client):
    assert PAGE in links(soup(client.get("/")).footer)


# --- Heads and script ---------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("log")
def test_heads_are_there_as_data(client):
    response = client.get(reverse("api:log-heads"))

    first, second = PublicationEvent.objects.order_by("pk").values_list("own_hash", flat=True)
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.json() == {
        "format": "koppen", "format_version": "1.0", "licence": "CC0-1.0",
        "now": {"day": "2026-11-22", "number": 2, "hash": second},
        "days": [
            {"day": "2026-11-21", "number": 1, "hash": first}, {"day": "2026-11-22", "number": 2, "hash": second},
        ],
    }  # fmt: skip


def test_heads_of_an_empty_log_are_a_document(client):
    assert client.get("/verantwoording/koppen.json").json()["now"] is None


def test_script_is_the_file_that_we_use_ourselves(client):
    response = client.get(reverse("api:log-script"))

    assert response.content == SCRIPT.read_bytes()
    assert response.headers["Content-Disposition"] == 'attachment; filename="controleer.py"'


# --- Files --------------------------------------------------------------------------------------------------------


def download(client, name):
    return b"".join(client.get(reverse("api:download", args=[name])))


@pytest.mark.usefixtures("log")
def test_log_is_a_line_each_as_it_is_hashed(client):
    rows = download(client, "publicatielogboek.jsonl").splitlines()

    events = list(PublicationEvent.objects.order_by("pk"))
    assert [json.loads(row)["hash"] for row in rows] == [event.own_hash for event in events]
    assert [canonical(json.loads(row)) for row in rows] == rows


def test_invented_example_has_a_line_but_no_text(client):
    entry = published_entry(organisation__example=True)
    with_notice(entry)

    rows = [json.loads(row) for row in download(client, "publicatielogboek.jsonl").splitlines()]

    assert [(row["example"], row["subject"]) for row in rows] == [(True, str(entry.uuid))] * 2
    for name in ("versies.json", "handelingen.json"):
        assert json.loads(download(client, name))["entries"] == []


def test_stranger_can_make_every_hash_anew(client):
    published_entry(content={"translations": {"en": {"purpose": "So we miss less."}}})
    published_system()
    found = [json.loads(download(client, name))["entries"][0] for name in ("versies.json", "systeemversies.json")]

    lines = [json.loads(row) for row in download(client, "publicatielogboek.jsonl").splitlines()]

    for text in found:
        values, proof = values_of_text(text), text["proof"]
        assert {place: field_hash(proof[place]["salt"], place, value) for place, value in values.items()} == {
            place: kept["hash"] for place, kept in proof.items()
        }
        assert content_hash(proof) == lines[text["log_number"] - 1]["content_hash"]


def test_acts_have_what_they_said(client):
    entry, system = published_entry(), published_system(content={"purpose": "Een naam."})
    with_notice(entry, text="Let op.")
    taken_away(seal_of_system(system.slug, 1))

    notice, gone = json.loads(download(client, "handelingen.json"))["entries"]

    assert (notice["kind"], notice["entry"], notice["values"]["text"], notice["log_number"]) == (
        "NOTICE_PUBLISHED", f"https://aimz.example/api/v1/toepassingen/{entry.uuid}", "Let op.", 3,
    )  # fmt: skip
    assert (gone["kind"], gone["system"], gone["values"]["line"], gone["values"]["reason"]) == (
        "TEXT_REDACTED", f"https://aimz.example/api/v1/ai-systemen/{system.uuid}", 2, WHY,
    )  # fmt: skip


def test_versions_of_the_api_have_their_proof(client):
    entry = published_entry()

    (item,) = client.get(reverse("api:versions", args=[entry.uuid])).json()["items"]

    assert (item["log_number"], item["proof"]) == (1, Seal.objects.get().fields)


# --- A text that is gone ------------------------------------------------------------------------------------------


@pytest.fixture
def entry(now):
    """An entry of two versions; the text of the first is gone, the second says something else."""
    found = published_entry(slug="kijker")
    content = {**COMPLETE, "purpose": "Zo helpt de computer de arts."}
    publish_entry(entry=found, content=content, reason="Zonder naam.", responsible="x", by=None, now=now)
    redacted(found, reason_en="There was a name in it.")
    return found


def test_version_says_that_a_text_is_gone_and_why(client, entry):
    shown = main(client, reverse("transparency:version", args=["kijker", 1]))

    assert f"Deze tekst is weggehaald: {WHY}" in words(shown.select_one("#purpose"))
    assert COMPLETE["purpose"] not in words(shown)


def test_version_says_so_in_english(client, entry):
    shown = main(client, "/en" + reverse("transparency:version", args=["kijker", 1]))

    assert "This text was taken away: There was a name in it." in words(shown.select_one("#purpose"))


def test_next_version_shows_the_difference_with_it(client, entry):
    change = main(client, reverse("transparency:version", args=["kijker", 2])).select_one(".change")

    assert "weggehaald" in words(change)
    assert "Zo helpt de computer de arts." in words(change)


def test_newest_text_that_is_gone_is_said_on_the_page_and_in_the_data(client):
    entry = published_entry()

    redacted(entry)

    assert f"Deze tekst is weggehaald: {WHY}" in words(main(client, entry.get_absolute_url()).select_one("#purpose"))
    assert client.get(reverse("api:entry", args=[entry.uuid])).json()["content"]["redacted"]["purpose"]["reason"] == WHY
    assert client.get(reverse("transparency:leaflet", args=[entry.slug])).status_code == 200
    assert client.get(reverse("api:national", args=[entry.uuid])).status_code == 200
    assert COMPLETE["purpose"].encode() not in download(client, "toepassingen.csv")


def test_product_does_not_speak_where_the_law_took_a_text_away(client):
    system = published_system(content={"purpose": "Wat de maker zegt."})
    entry = published_entry(system=system)

    redacted(entry)

    assert "Wat de maker zegt." not in words(main(client, entry.get_absolute_url()).select_one("#purpose"))


def test_html_in_a_reason_stays_text(client):
    entry = published_entry()

    redacted(entry, reason="<img src=x>")

    assert not main(client, entry.get_absolute_url()).select_one("#purpose").select("img")


def test_version_names_its_line_of_the_log(client, entry):
    hint = main(client, reverse("transparency:version", args=["kijker", 2])).select_one("#waarom ~ .hint a")

    assert (words(hint), hint["href"]) == ("Regel 2 van het publicatielogboek", PAGE)
