"""How hard a published text is: where it is kept, and that the page and the API show it."""

import datetime
import json

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.factories.transparency import COMPLETE, EntryFactory, published_entry, published_system
from tests.support.html import soup, words
from tests.transparency.readability.test_check import EASY, HARD
from transparency import plain_language
from transparency.actions.publishing import publish_entry
from transparency.actions.upkeep import rebuild_public
from transparency.models import Readability, Version
from transparency.plain_language import gate_of
from transparency.readability.lexicon import LexiconError
from transparency.readability.score import MODEL
from transparency.states import Origin

pytestmark = pytest.mark.django_db

ADDRESS = "/register/tekst/"
EASY_BUT_FOR_ONE = dict.fromkeys(("purpose", "for_whom", "effect_on_you", "told_how"), f"{EASY} {EASY}") | {
    "risks": HARD
}


def publish(*, origin=Origin.PROVIDER, language_reason="", **content):
    return published_entry(slug="tekst", content=content, origin=origin, language_reason=language_reason)


def kept(entry):
    return Readability.objects.get(version=entry.current_version)


# --- At publication ---------------------------------------------------------------------------------------------


def test_publication_keeps_score_colour_model_and_moment(now):
    found = kept(publish(purpose=EASY))

    assert (found.colour, found.hardest, found.model, found.checked_at) == ("green", "green", MODEL, now)
    assert 0 < found.score < 46
    assert not found.has_harder_part


def test_hard_answer_among_easy_ones_is_told(now):
    found = kept(publish(origin=Origin.IMPORTED, **EASY_BUT_FOR_ONE))

    assert (found.colour, found.hardest, found.has_harder_part) == ("green", "red", True)


def test_text_that_is_too_short_has_no_colour(now):
    entry = published_entry(origin=Origin.EDITORIAL)
    publish_entry(entry=entry, content={"name": "X", "purpose": "Voor u."}, reason="Korter.", responsible="Redactie",
                  by=None, now=now)  # fmt: skip

    assert (kept(entry).colour, kept(entry).hardest) == ("", "")


def test_every_version_has_its_own_and_none_is_in_its_text(now):
    entry = publish(origin=Origin.IMPORTED, purpose=EASY)
    publish_entry(
        entry=entry, content=COMPLETE | {"purpose": HARD}, reason="Anders.", responsible="Wij", by=None, now=now
    )

    scores = list(Readability.objects.order_by("version__number").values_list("score", flat=True))

    assert len(scores) == 2
    assert scores[0] < scores[1]
    assert all("readability" not in version.content for version in Version.objects.all())


def test_names_are_no_abbreviations_to_explain():
    entry = published_entry(organisation__name="Huis QXR", system=published_system(also_known_as=["WVZ"]))

    gate = gate_of(entry, {"name": "KJT", "purpose": "In het QXR kijkt de KJT naar de WVZ en de BMN."})

    found = [one.text for one in gate.reports["purpose"].findings if one.code == "abbreviation"]
    assert found == ["BMN"]


def test_publication_goes_on_without_the_check(client, monkeypatch):
    def broken(*_arguments, **_named):
        raise LexiconError

    monkeypatch.setattr(plain_language, "decide", broken)
    publish()

    assert Readability.objects.count() == 0
    assert "Hoe makkelijk leest" not in client.get(ADDRESS).text
    assert client.get(reverse("api:entries")).json()["items"][0]["readability"] is None


def test_rebuild_asks_again_when_the_check_has_another_model(now):
    entry = publish(purpose=EASY)
    Readability.objects.update(model="older", score=99)

    with time_machine.travel(now + datetime.timedelta(days=1), tick=False):
        rebuild_public()

    found = kept(entry)
    assert (found.model, found.score < 46, found.checked_at) == (MODEL, True, now + datetime.timedelta(days=1))


def test_rebuild_leaves_what_this_model_said(now):
    entry = publish(purpose=EASY)

    with time_machine.travel(now + datetime.timedelta(days=1), tick=False):
        rebuild_public()

    assert kept(entry).checked_at == now


def test_rebuild_fills_what_is_missing(client):
    publish(purpose=EASY)
    Readability.objects.all().delete()

    rebuild_public()

    assert "Goed te lezen (schatting)" in client.get(ADDRESS).text
    assert client.get(reverse("api:entries")).json()["items"][0]["readability"]["colour"] == "green"


# --- The gate (readability.md) ------------------------------------------------------------------------------------

ORANGE = """\
Het programma beoordeelt de foto van uw longen en markeert afwijkende plekken voor de arts. De arts vergelijkt
deze plekken met eerdere onderzoeken en bespreekt de uitkomst met een collega. De gegevens van het onderzoek
worden in uw dossier bewaard volgens de regels van het ziekenhuis. Medewerkers controleren de kwaliteit van het
programma elke maand en melden problemen bij de leverancier. Het ziekenhuis gebruikt de resultaten ook voor de
verbetering van de zorg.
"""


def refused(**content):
    with pytest.raises(ValidationError) as caught:
        publish(**content)
    return caught.value.messages


@pytest.mark.parametrize("origin", [Origin.PROVIDER, Origin.EDITORIAL])
def test_text_that_is_too_hard_is_not_published(origin):
    (message,) = refused(origin=origin, purpose=HARD)

    assert message.startswith("Waarvoor is het?: deze tekst is te moeilijk (ongeveer ")
    assert not Version.objects.exists()


def test_reason_does_not_help_what_is_too_hard():
    with pytest.raises(ValidationError):
        publish(purpose=HARD, language_reason="Het kan niet anders.")


def test_short_text_is_held_against_its_errors():
    (message,) = refused(purpose="Wij gebruiken de XQW.")

    assert message == "Waarvoor is het?: “XQW” Deze afkorting is niet uitgelegd."


def test_text_that_is_not_easy_needs_a_reason():
    (message,) = refused(purpose=ORANGE)

    assert message.startswith("Waarvoor is het?: deze tekst is nog moeilijk (ongeveer ")


def test_readers_see_the_reason(client):
    entry = publish(purpose=ORANGE, language_reason="De woorden van de wet.")

    assert "Waarom de tekst zo blijft: De woorden van de wet." in shown(client)
    told = client.get(reverse("api:entry", args=[entry.uuid])).json()["readability"]
    assert told["reason"] == "De woorden van de wet."


def test_text_in_another_language_needs_a_reason():
    english = "The doctor looks at the picture of your lungs together with the computer. " * 5

    (message,) = refused(purpose=english)

    assert message.startswith("Waarvoor is het?: dit lijkt geen Nederlands.")


# --- On the page and in the API ---------------------------------------------------------------------------------


def shown(client, address=ADDRESS):
    return words(soup(client.get(address)).select_one(".readability"))


def test_page_tells_it_as_an_estimate_with_date_and_model(client):
    publish(purpose=EASY)

    told = shown(client)

    assert told.startswith("Hoe makkelijk leest deze tekst?")
    assert "Goed te lezen (schatting) Ongeveer " in told
    assert f"Geschat op 22 november 2026 met model {MODEL}." in told
    assert "B1" not in told


def test_imported_text_shows_its_colour_as_honestly(client, now):
    entry = EntryFactory(slug="tekst", origin=Origin.IMPORTED)
    publish_entry(entry=entry, content={"name": "X", "purpose": HARD, "risks": HARD}, reason="Overgenomen.",
                  responsible="Wij", by=None, now=now)  # fmt: skip

    assert "Te moeilijk (schatting)" in shown(client)


def test_harder_part_is_told(client):
    publish(origin=Origin.IMPORTED, **EASY_BUT_FOR_ONE)

    assert "Sommige stukken zijn moeilijker." in shown(client)


def test_english_page_says_that_it_is_about_the_dutch(client):
    publish(purpose=EASY)

    assert "This is about the Dutch text." in shown(client, f"/en{ADDRESS}")


def test_old_version_shows_its_own(client, now):
    entry = publish(origin=Origin.IMPORTED, purpose=EASY)
    publish_entry(entry=entry, content=COMPLETE | {"purpose": HARD, "risks": HARD, "effect_on_you": HARD},
                  reason="Anders.", responsible="Wij", by=None, now=now)  # fmt: skip

    assert "Goed te lezen" in shown(client, f"{ADDRESS}versies/1/")
    assert "Goed te lezen" not in shown(client, f"{ADDRESS}versies/2/")
    assert shown(client, f"{ADDRESS}versies/2/") == shown(client)


def test_api_tells_it_of_entry_and_version(client):
    entry = publish(purpose=EASY)
    found = kept(entry)

    told = client.get(reverse("api:entry", args=[entry.uuid])).json()["readability"]
    (version,) = client.get(reverse("api:versions", args=[entry.uuid])).json()["items"]

    assert told == version["readability"] == {
        "score": found.score, "margin": 4, "colour": "green", "hardest": "green", "reason": "", "model": MODEL,
        "checked_at": "2026-11-22T09:00:00Z",
    }  # fmt: skip
    assert "readability" not in json.dumps(version["content"])
