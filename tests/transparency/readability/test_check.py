"""The report of one text: score, level, when there is none, and that no text can hurt it."""

import json
import logging

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from transparency.readability import check as checking
from transparency.readability.check import MOST_CHARACTERS, TextTooLong, check
from transparency.readability.lexicon import LexiconError

EASY = (
    "U komt voor een foto van uw hand. Een computer kijkt ook naar de foto. Hij zoekt een breuk in het bot. "
    "Daarna kijkt de dokter zelf. De dokter kiest wat er gebeurt. U mag ook nee zeggen. Dan kijkt alleen de dokter."
)
HARD = (
    "De verwerkingsverantwoordelijke draagt zorg voor de implementatie van passende technische en organisatorische "
    "beveiligingsmaatregelen ter voorkoming van onrechtmatige verwerking van bijzondere persoonsgegevens. "
    "Onverminderd het bepaalde in het voorgaande lid geschiedt de verstrekking uitsluitend met inachtneming van de "
    "toepasselijke wettelijke bewaartermijnen en de overeengekomen geheimhoudingsverplichtingen. "
    "Betrokkenen kunnen desgewenst schriftelijk bezwaar aantekenen tegen de geautomatiseerde besluitvorming. "
    "De toezichthoudende autoriteit beoordeelt de rechtmatigheid van de gegevensverwerking. "
    "Nadere voorschriften inzake de certificering worden bij ministeriële regeling vastgesteld."
)


def test_an_easy_text_is_green_and_a_hard_one_red():
    easy, hard = check(EASY).as_json(), check(HARD).as_json()

    assert (easy["colour"], easy["reliable"], easy["language"]) == ("green", True, "nl")
    assert (hard["colour"], hard["level"]) == ("red", 4)
    assert easy["score"] < 46 < 58 <= hard["score"]


def test_a_text_in_capitals_is_read_as_any_other():
    loud, normal = check(EASY.upper()), check(EASY)

    assert loud.as_json()["colour"] == "green"
    assert loud.score.value == pytest.approx(normal.score.value, abs=4)
    assert [one.code for one in loud.findings] == [one.code for one in normal.findings]


def test_the_report_is_json_with_its_model_and_facts():
    report = json.loads(json.dumps(check(HARD).as_json()))

    assert (report["model"], report["margin"]) == ("light-lint-1", 4)
    assert report["facts"]["sentences"] == 5
    assert report["facts"]["passives_per_100"] > 0
    codes = [one["code"] for one in report["findings"]]
    assert report["top"][0] == {"code": "formal_word", "count": codes.count("formal_word")}
    for finding in report["findings"]:
        assert HARD[finding["start"] : finding["end"]] == finding["text"]
        assert finding["severity"] in {"hint", "warning", "error"}
        assert finding["message"]
        assert finding["advice"]


def test_a_short_text_has_findings_but_no_level():
    report = check("Bel ons indien u vragen heeft.").as_json()

    assert (report["level"], report["colour"], report["reliable"]) == (None, None, False)
    assert [one["code"] for one in report["findings"]] == ["formal_word"]
    assert "te kort" in report["note"]


@pytest.mark.parametrize("text", ["", " \n ", "…!?", "1 2 3"])
def test_a_text_without_words_has_neither_score_nor_findings(text):
    report = check(text)

    assert (report.score, report.is_reliable, report.findings) == (None, False, ())


@pytest.mark.parametrize(
    "text",
    [
        "The patient is told what the computer does and when it makes a mistake. You can always say no to this.",
        "Der Patient wird darüber informiert, was der Computer macht. Sie können immer nein sagen, wenn Sie wollen.",
        "Le patient est informé de ce que fait l’ordinateur. Vous pouvez toujours dire non à votre médecin.",
        "Die pasiënt word vertel wat die rekenaar doen en wanneer dit foute maak. Sê nee as jy dit nie wil hê nie.",
        "De pasjint wurdt ferteld wat de kompjûter docht. Wy brûke de gegevens fan it sikehûs. Jo kinne nee sizze.",
        "Hastaya bilgisayarın ne yaptığı ve ne zaman hata yaptığı söylenir. Her zaman hayır diyebilirsiniz, bize.",
        "المريض يعرف ما يفعله الكمبيوتر ومتى يخطئ يمكنك دائما أن تقول لا لهذا الأمر في كل وقت وحين",
    ],
)
def test_another_language_gets_no_score_and_is_told_so(text):
    report = check(text)

    assert (report.is_dutch, report.score, report.findings) == (False, None, ())
    assert report.note() == "Dit lijkt geen Nederlands. Daarom is er geen schatting."


@pytest.mark.parametrize(
    "text",
    [
        "Elk half jaar kijken we hoeveel mensen stoppen. Bij welke vraag dat is, zien we niet.",
        "Volgens het rapport leren taalmodellen van enorm veel tekst. Welke tekst Copilot kreeg, weten we niet.",
        "Iedereen die brieven schrijft, kreeg een middag les. Een man die pas laat leerde lezen, vertelde wat helpt.",
    ],
)
def test_a_short_dutch_text_is_dutch(text):
    assert check(text).is_dutch


def test_a_text_that_is_too_long_is_refused_whole():
    check("De man. " * (MOST_CHARACTERS // 8))

    with pytest.raises(TextTooLong, match="20000"):
        check("a" * (MOST_CHARACTERS + 1))


def test_words_that_the_page_explains_do_not_make_the_text_harder():
    text = EASY + " De radioloog bekijkt uw mammografie. De sensitiviteit is goed."

    assert check(text, terms_explained=True).score.value < check(text).score.value


def test_a_writer_is_not_flooded():
    report = check(" ".join([HARD] * 5))
    shown = report.shown()

    assert len(report.findings) > len(shown) == 25
    assert [one.severity for one in shown] == sorted((one.severity for one in shown), reverse=True)
    assert min(one.severity for one in shown) >= 2


def test_one_sentence_shows_three_findings_at_most():
    report = check("Wij dienen u thans derhalve tevens reeds onverwijld middels EPD te berichten.")

    assert len(report.findings) > 3 == len(report.shown())


def test_messages_are_in_the_language_of_the_page():
    with translation.override("en"):
        (finding,) = check("Bel ons indien u vragen heeft.").findings

    assert finding.message == "This is a formal word."


def test_a_rule_that_fails_is_skipped_and_the_log_does_not_hold_the_text(monkeypatch, caplog):
    def broken(document):
        raise ValueError(document.text)

    monkeypatch.setattr(checking, "RULES", (broken, *checking.RULES))
    with caplog.at_level(logging.ERROR):
        report = check("Bel ons indien u vragen heeft.")

    assert [one.code for one in report.findings] == ["formal_word"]
    assert "ValueError" in caplog.text
    assert "indien" not in caplog.text


def test_a_lexicon_that_is_gone_is_no_rule_that_fails(monkeypatch):
    def gone(document):
        raise LexiconError("gone")

    monkeypatch.setattr(checking, "RULES", (gone,))

    with pytest.raises(LexiconError):
        check("Bel ons indien u vragen heeft.")
    checking.warm_up()


HOSTILE = {
    "one long word": "a" * 20_000, "capitals": "A" * 20_000, "digits": "1" * 20_000, "parts": "ge" * 29 + " ",
    "stops": "." * 19_999 + "x", "questions": "?!" * 10_000, "quotes": "”" * 20_000, "stop and quote": ".”" * 10_000,
    "emoji": "😀" * 20_000, "right to left": "שלום עולם " * 2_000, "both ways": "de \u202eנמ\u202c man " * 1_300,
    "markup": '<div class="x">' * 1_300, "open tags": "<a" * 10_000, "brackets": "(" * 20_000, "mail": "a@" * 10_000,
    "initials": "a." * 10_000, "lines": "\n" * 20_000, "one letter lines": "\na" * 10_000, "items": "- a\n" * 5_000,
    "link": "https://" + "a" * 19_000, "combining": "e\u0301" * 10_000, "nothing": "\0" * 20_000,
    "half characters": "\ud800" * 20_000, "capital i": "İ " * 10_000, "one sentence": "de man en " * 2_000,
    "helpers": "worden " * 2_800, "conjunctions": "omdat " * 3_300, "negatives": "niet " * 4_000,
    "articles": "de door " * 2_500, "gaps": "wat de " * 2_800, "abbreviations": "QX de " * 3_300,
    "terms": "algoritme de " * 1_500, "compounds": ("b" * 55 + " de ") * 330, "hyphens": "de-" * 6_600,
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_gets_a_report(text):
    report = check(text[:MOST_CHARACTERS]).as_json()

    assert json.dumps(report)
    assert report["score"] is None or 0 <= report["score"] <= 100
    assert all(0 <= one["start"] < one["end"] <= len(text) for one in report["findings"])


@given(st.text(max_size=400))
def test_any_text_gets_a_report(text):
    assert all(text[one.start : one.end] == one.text for one in check(text).findings)


WORDS = "de het u wordt bekeken niet zonder indien m.b.t. EPD algoritme beoordeling van door , . \n (".split(" ")


@given(st.lists(st.sampled_from(WORDS), max_size=80))
def test_any_order_of_difficult_words_gets_a_report(words):
    text = " ".join(words)

    assert all(text[one.start : one.end] == one.text for one in check(text).findings)
