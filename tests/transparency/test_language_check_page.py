"""/taalcheck/: a text in, words about it out, with and without JavaScript; nothing of the text stays anywhere."""

import logging
import re

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.urls import reverse

from portal.audit.revision import current_revision
from portal.core.page_cache import PageCache
from tests.support.html import HTMX, main, soup, swap, words
from tests.support.wsgi import Answer
from tests.transparency.readability.test_check import EASY, HARD
from transparency.readability import lexicon
from transparency.readability.check import MOST_CHARACTERS
from transparency.readability.public_check import LIMIT
from transparency.views.language_check import examples

pytestmark = pytest.mark.django_db

ADDRESS = "/taalcheck/"
ENGLISH = f"/en{ADDRESS}"


def send(client, text, *, address=ADDRESS, **headers):
    return client.post(address, {"tekst": text, "voor_lezer": "ja"}, headers=headers)


def typed(page):
    return page.select_one("textarea").text.removeprefix("\n")


# --- The empty form ---------------------------------------------------------------------------------------------


def test_form_tells_what_it_does_and_keeps_nothing(client):
    page = soup(client.get(reverse("transparency:language-check")))

    assert typed(page) == ""
    assert "Wij bewaren uw tekst niet" in words(page.select_one("#tekst-uitleg"))
    assert f"U kunt {LIMIT.capacity} keer per minuut" in words(page.select_one("#uitslag"))


def test_text_goes_in_the_body_and_never_in_the_address(client):
    page = soup(client.get(ADDRESS))

    assert (page.form["method"], page.form["action"]) == ("post", f"{ADDRESS}#uitslag")
    assert not page.form.has_attr("data-hx-push-url")
    assert client.get(ADDRESS, {"tekst": HARD}).content == client.get(ADDRESS).content


def test_empty_form_comes_from_the_cache():
    cached = PageCache(WSGIHandler(), current_revision)

    assert "public" in Answer(cached, ADDRESS).headers["cache-control"]


@pytest.mark.parametrize("example", ["lastig", "helder"])
def test_example_is_loaded_and_checked(client, example):
    page = soup(client.get(ADDRESS, {"voorbeeld": example}))

    assert typed(page) == next(one.text for one in examples() if one.slug == example)
    assert words(page.select_one(".check-score__verdict")).startswith("Te moeilijk" if example == "lastig" else "Goed")
    assert soup(client.get(ADDRESS)).select(f'a[href$="?voorbeeld={example}#uitslag"]')


def test_example_that_is_not_there_is_the_empty_form(client):
    assert typed(soup(client.get(ADDRESS, {"voorbeeld": "nergens"}))) == ""


# --- The answer -------------------------------------------------------------------------------------------------


def test_easy_text_is_told_with_score_margin_model_and_date(client):
    answer = words(soup(send(client, EASY)).select_one("#uitslag"))

    assert "Goed te lezen (schatting)" in answer
    assert re.search(r"De score is ongeveer \d+: tussen \d+ en \d+\. Dat is niveau [12] van 4", answer)
    assert "Gecontroleerd op 22 november 2026 met model light-lint-1." in answer
    assert "B1" not in answer


def test_hard_text_tells_first_what_helps_most(client):
    page = soup(send(client, HARD))

    assert words(page.select_one("#stand")).startswith("Te moeilijk (schatting): ongeveer ")
    assert words(page.select_one(".check-first li")).startswith("Vervang formele woorden")


def test_picture_of_the_score_is_told_in_words(client):
    picture = soup(send(client, HARD)).select_one("svg[role=img]")

    assert re.match(r"Schaal van 0 .* Uw tekst staat op ongeveer \d+, tussen", picture.title.text)
    assert picture["aria-labelledby"] == picture.title["id"]


def test_every_number_in_the_text_leads_to_its_point_and_back(client):
    page = soup(send(client, HARD))
    numbers, points = page.select(".check-text__number"), page.select(".check-point")

    assert [link["href"] for link in numbers] == [f"#{point['id']}" for point in points] != []
    for point, link in zip(points, numbers, strict=True):
        assert point.select_one(f'a[href="#{link["id"]}"]')
        assert words(point.select_one(".utrecht-badge-status"))[2:] in {"dit moet anders", "dit kan beter", "tip"}


def test_marked_text_is_the_text_that_was_typed(client):
    text = f"{HARD}\n\n  - een\n  - twee <b>&amp;</b>"
    page = soup(send(client, text))

    for number in page.select(".check-text__number"):
        number.decompose()

    assert page.select_one(".check-text").text == text
    assert typed(page) == text


def test_no_more_points_than_a_writer_can_take_and_how_many_there_are_more(client):
    page = soup(send(client, "\n\n".join([HARD] * 8)))

    assert len(page.select(".check-point")) == 25
    assert re.search(r"Er zijn nog \d+ punten\.", words(page.select_one("#uitslag")))


def test_counts_stand_in_a_fold(client):
    facts = soup(send(client, HARD)).select_one("details#geteld")

    assert "Zinnen 5" in words(facts)


def test_whether_the_text_speaks_to_a_reader_is_a_choice(client):
    text = "De arts kijkt naar de foto. De computer kijkt ook. De arts beslist altijd zelf."

    assert "Spreek de lezer aan" in send(client, text).text
    page = soup(client.post(ADDRESS, {"tekst": text}))
    assert "Spreek de lezer aan" not in words(page.main)
    assert not page.select_one("#voor_lezer").has_attr("checked")


# --- When there is no answer ------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b"])
def test_nothing_typed_is_said_at_the_field(client, text):
    response = send(client, text)
    page = soup(response)

    assert response.status_code == 422
    assert page.select_one("textarea")["aria-invalid"] == "true"
    assert words(page.select_one("#tekst-fout")) == "Typ of plak eerst een tekst."
    assert page.title.text.startswith("Let op")
    assert page.select_one('#uitslag a[href="#tekst"]')


def test_text_that_is_too_long_stays_and_is_told_how_long_it_is(client):
    text = "Dit is een zin. " * 1500

    response = send(client, text)

    assert response.status_code == 422
    assert "Uw tekst heeft 24.000 tekens. Er passen er 20.000." in response.text
    assert typed(soup(response)) == text


def test_other_language_has_no_score(client):
    page = soup(send(client, "The computer looks at the picture and tells the doctor what it has found in your hand."))

    assert "Dit lijkt geen Nederlands" in words(page.select_one("#stand"))
    assert page.select(".check-score, .check-point") == []


def test_short_text_has_points_but_no_score(client):
    page = soup(send(client, "Bel ons indien u vragen heeft."))

    assert "te kort voor een schatting" in words(page.select_one("#uitslag"))
    assert page.select(".check-score") == []
    assert "Schrijf liever: als." in words(page.select_one(".check-point"))


def test_text_without_a_point_is_told_so(client):
    assert "Niets te verbeteren" in words(soup(send(client, "U komt voor een foto.")).select_one("#uitslag"))


@pytest.mark.parametrize(("method", "query"), [("post", ""), ("get", "?voorbeeld=helder")])
def test_without_lexicon_the_page_says_so_and_keeps_the_text(client, monkeypatch, tmp_path, method, query):
    monkeypatch.setattr(lexicon, "FILE", tmp_path / "none.sqlite3")
    monkeypatch.delattr(lexicon._local, "connection", raising=False)
    lexicon.look_up.cache_clear()

    response = send(client, EASY) if method == "post" else client.get(ADDRESS + query)

    monkeypatch.delattr(lexicon._local, "connection", raising=False)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    assert "De taalcheck werkt nu niet." in response.text
    assert typed(soup(response)) in {EASY, examples()[1].text}


def test_who_asks_too_often_is_asked_to_wait_and_keeps_the_text(client):
    for _ in range(LIMIT.capacity):
        send(client, "Ja.")

    response = send(client, EASY)

    assert (response.status_code, response.headers["Retry-After"]) == (429, "1")
    assert "Wacht 1 seconden" not in response.text
    assert "Wacht 1 seconde en" in response.text
    assert typed(soup(response)) == EASY


def test_long_text_counts_more_often(client):
    long = "Dit is een zin. " * 1200

    statuses = [send(client, long).status_code for _ in range(LIMIT.capacity // 10 + 1)]

    assert statuses == [200] * (LIMIT.capacity // 10) + [429]


HOSTILE = {
    "one long word": "a" * MOST_CHARACTERS,
    "punctuation": "…!?" * 3000,
    "emoji": "👩‍⚕️🤖" * 800,
    "right to left": "المريض يعرف ما يفعله الكمبيوتر " * 50 + "\u202e\u2066 de arts",
    "HTML": "<script>alert(1)</script><textarea></textarea></p>" * 60,
    "NUL": "De arts\x00 kijkt mee.\x00" * 40,
    "half characters": "De arts \ud83d kijkt mee.",
    "template": "{{ settings.SECRET_KEY }} {% load x %}",
    "numbers": "1 2 3 4,5 6.000 " * 200,
    "line ends": "Een\rtwee\r\ndrie\n\n\n\nvier " * 100,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_can_hurt_the_page(name):
    from django.test import Client  # not the strict one: what looks like a template here was typed

    text = HOSTILE[name].encode(errors="surrogatepass").decode(errors="replace")

    response = Client().post(ADDRESS, {"tekst": text})
    page = soup(response)

    assert response.status_code == 200
    assert page.select("#uitslag script, #uitslag textarea") == []
    assert len(page.select("textarea")) == 1


# --- htmx -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [HARD, EASY, "Bel ons indien u vragen heeft.", "Dit is een zin. " * 1500])
def test_part_for_htmx_makes_the_page_that_a_form_gives(client, text):
    before = soup(client.get(ADDRESS))
    before.select_one("textarea").string = f"\n{text}"  # he typed it, and htmx leaves it alone

    after = swap(before, send(client, text, **HTMX), "#uitslag")
    whole = soup(send(client, text))

    whole.select_one("textarea").attrs.pop("aria-invalid", None)  # for who has no live answer
    assert main(after) == main(whole)


def test_part_for_htmx_never_touches_the_field(client):
    part = BeautifulSoup(send(client, HARD, **HTMX).content.decode(), "html5lib")

    assert part.select("textarea, form") == []
    assert {tag["id"] for tag in part.select("[data-hx-swap-oob]")} == {"stand", "tekst-fout"}


def test_only_the_summary_is_announced(client):
    page = soup(send(client, HARD))

    assert [tag["id"] for tag in page.select("main [role=status], main [aria-live]")] == ["stand"]


def test_emptied_field_is_no_mistake_while_typing(client):
    response = send(client, "", **HTMX)

    assert response.status_code == 200
    assert "Zo werkt het" in response.text


def test_refusal_says_htmx_where_it_belongs(client):
    response = send(client, "x " * 10_001, **HTMX)

    assert (response.status_code, response.headers["HX-Reswap"]) == (422, "outerHTML")


# --- Nothing stays ----------------------------------------------------------------------------------------------

SECRET = "Mevrouw Xylofoonzuiger wordt m.b.t. haar knieprothese gebeld indien nodig."


def everything_stored():
    return " ".join(str(row) for model in apps.get_models() for row in model.objects.values_list())


@pytest.mark.parametrize("headers", [{}, HTMX, {"Sec-Fetch-Site": "cross-site"}], ids=["page", "part", "refused"])
def test_text_is_in_no_log_no_database_no_cache_and_no_header(client, caplog, headers):
    caplog.set_level(logging.DEBUG)

    response = send(client, SECRET, **headers)

    assert "Xylofoonzuiger" not in caplog.text
    assert "Xylofoonzuiger" not in everything_stored()
    assert "Xylofoonzuiger" not in str(getattr(cache, "_cache", {}))
    assert "Xylofoonzuiger" not in str(response.headers)


def test_text_is_in_no_log_when_a_rule_fails(client, caplog, monkeypatch):
    from transparency.readability import check as checking

    def broken(document):
        raise ValueError(document.text)

    monkeypatch.setattr(checking, "RULES", (broken, *checking.RULES))

    response = send(client, SECRET)

    assert response.status_code == 200
    assert "failed: ValueError" in caplog.text
    assert "Xylofoonzuiger" not in caplog.text


def test_text_is_in_no_log_when_the_page_fails(caplog, monkeypatch):
    from django.test import Client

    from transparency.views import language_check

    def broken(*_arguments, **_named):
        raise ZeroDivisionError

    monkeypatch.setattr(language_check, "check_for", broken)

    response = Client(raise_request_exception=False).post(ADDRESS, {"tekst": SECRET})

    assert response.status_code == 500
    assert "ZeroDivisionError" in caplog.text
    assert "Xylofoonzuiger" not in caplog.text + response.content.decode()


# --- English ----------------------------------------------------------------------------------------------------


def test_english_page_says_that_the_check_is_about_dutch(client):
    assert "only reads Dutch" in client.get(ENGLISH).text


def test_english_answer_keeps_the_dutch_marked_as_dutch(client):
    page = soup(send(client, HARD, address=ENGLISH))

    assert words(page.select_one("#stand")).startswith("Too difficult (estimate): about ")
    assert page.select_one(".check-text")["lang"] == "nl"
    assert page.select_one(".check-text__number")["lang"] == "en"
    assert {tag["lang"] for tag in page.select(".check-point__quote [lang]")} == {"nl"}
