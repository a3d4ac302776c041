"""The word lists are sound: nothing twice, every form there, no advice that needs advice, no known false alarm."""

import json
import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from django.conf import settings

from portal.core.text import hidden_characters
from tests.transparency.readability.formal_words import LISTS, find, forms_of, pattern, rows, suggestions_of
from transparency.glossary import glossary
from transparency.readability.rules.rare_word import RARE
from transparency.readability.word_lists import ordinary_words
from transparency.readability.words import best_zipf

SENTENCES = tomllib.loads((Path(__file__).parent / "list_sentences.toml").read_text(encoding="utf-8"))
TEXTS = Path(settings.OUTSIDE or settings.BASE_DIR.parent / "shared") / "data/readability/texts.jsonl"
PARTS = {"conjunction", "adverb", "pronoun", "preposition", "phrase", "verb", "noun", "adjective"}
WORD_KEYS = {"formal", "part", "simple", "forms", "severity", "not_in", "only_after", "not_after", "not_before"}
ABBREVIATION_KEYS = {"short", "spellings", "kind", "full", "plain", "term", "may_end_sentence"}
WORDS = rows("formal", "word")
ABBREVIATIONS = rows("abbreviations", "abbreviation")
JARGON = rows("jargon", "term")
EXPLAINED = {name.casefold() for term in glossary().values() for name in (term.term_nl, *term.forms)}
FORMAL = [form.casefold() for row in WORDS for form in forms_of(row)]
# "Gemotiveerd" and "gefrustreerd" say how someone is; other participles have a row of their own or are explained terms.
WITHOUT_PARTICIPLE = set(
    """motiveren frustreren faseren kwalificeren automatiseren digitaliseren standaardiseren protocolleren
    certificeren""".split()
)
WITHOUT_E = {"recentelijk", "alsnog", "redelijkerwijs"}


def spellings(row):
    return [row["short"], *row.get("spellings", ())]


def names(row):
    return [row["term"], *row["forms"]]


def twice(words):
    return [word for word, times in Counter(words).items() if times > 1]


def test_lists_are_as_long_as_the_check_promises():
    assert len(WORDS) >= 4800
    assert len(ABBREVIATIONS) >= 120


def test_every_row_of_formal_words_is_whole():
    for row in WORDS:
        assert set(row) <= WORD_KEYS, row
        assert row["part"] in PARTS, row
        assert row.get("severity", "hint") == "hint", row
        assert all(suggestion.strip() == suggestion != "" for suggestion in suggestions_of(row)), row
        assert not set(forms_of(row)) & set(suggestions_of(row)), row


def test_no_formal_word_stands_twice():
    assert twice(FORMAL) == []


def test_word_is_formal_or_explained_but_not_both():
    assert set(FORMAL) & (EXPLAINED | {name.casefold() for row in JARGON for name in names(row)}) == set()


def test_no_suggestion_needs_a_suggestion():
    hits = [
        (row["formal"], hit.found)
        for row in WORDS
        for text in suggestions_of(row)
        for hit in find(text.replace("…", ""))
    ]
    assert hits == []


def test_verb_in_eren_has_its_forms():
    for row in (row for row in WORDS if row["part"] == "verb" and row["formal"].endswith("eren")):
        stem = row["formal"].removesuffix("eren").removesuffix("ë")
        forms = forms_of(row)
        if f"{stem}eer" in forms:  # not "belemmeren", where the e of the ending has no stress
            assert {f"{stem}eert", f"{stem}eerde", f"{stem}eerden"} <= set(forms), row
            assert row["formal"] in WITHOUT_PARTICIPLE or any(
                re.fullmatch(r"(?:ge|ont|be|her|ver).+eerd", form) for form in forms
            ), row


def test_verb_has_a_third_person_and_a_past():
    for row in (row for row in WORDS if row["part"] == "verb"):
        forms = set(forms_of(row)) | {form for form in EXPLAINED if form.startswith(row["formal"][:6])}
        assert any(re.search(r"t(?: \w+)?$", form) for form in forms), row
        assert len(forms) >= 3, row  # "benutten, benut, benutte": some forms are alike


def test_adjective_has_its_form_in_e_unless_it_never_changes():
    for row in (row for row in WORDS if row["part"] == "adjective"):
        unchanging = row["formal"].endswith(("e", "en", "end")) or row["formal"] in WITHOUT_E
        assert unchanging or any(form.endswith("e") for form in row.get("forms", {})), row


def test_exception_has_to_do_with_its_word():
    for row in WORDS:
        words = {word for form in forms_of(row) for word in form.casefold().split()}
        assert all(words & set(phrase.casefold().split()) for phrase in row.get("not_in", ())), row
        beside = [*row.get("not_after", ()), *row.get("not_before", ())]
        assert all(word == word.lower() and " " not in word for word in beside), row
        assert not any(twice(row.get(key, ())) for key in ("not_in", "not_after", "not_before")), row


@pytest.mark.parametrize("row", SENTENCES["hit"], ids=lambda row: row["found"])
def test_formal_word_is_found_with_a_suggestion_in_its_form(row):
    assert [(hit.found, hit.write) for hit in find(row["text"])] == [(row["found"], row["write"])]


@pytest.mark.parametrize("text", SENTENCES["clean"])
def test_sentence_gives_no_false_alarm(text):
    assert [hit.found for hit in find(text)] == []


def test_there_are_sentences_enough():
    assert len(SENTENCES["hit"]) >= 60
    assert len(SENTENCES["clean"]) >= 60
    assert twice([row["text"] for row in SENTENCES["hit"]] + SENTENCES["clean"]) == []


def test_no_abbreviation_stands_twice():
    assert twice(spelling for row in ABBREVIATIONS for spelling in spellings(row)) == []


def test_abbreviation_says_what_it_stands_for():
    for row in ABBREVIATIONS:
        assert set(row) <= ABBREVIATION_KEYS, row
        assert row["kind"] in {"ordinary", "known", "care", "ai", "law"}, row
        assert row["full"].casefold() not in {spelling.casefold() for spelling in spellings(row)}, row
        assert find(row.get("plain", "")) == [], row


def test_ordinary_abbreviation_becomes_plain_words():
    ordinary = [row for row in ABBREVIATIONS if row["kind"] == "ordinary"]
    assert [(row["short"], hit.found) for row in ordinary for hit in find(row.get("plain", row["full"]))] == []


def test_abbreviation_belongs_to_its_term_of_the_glossary():
    for row in (row for row in ABBREVIATIONS if "term" in row):
        term = glossary()[row["term"]]
        known = [name.casefold() for name in (term.term_nl, *term.forms)]
        short = row["short"].casefold()
        assert (
            short in known or row["full"].casefold() in known or any(name.startswith(f"{short}-") for name in known)
        ), row


def test_full_stop_ends_a_sentence_only_where_there_is_one():
    assert [
        row["short"] for row in ABBREVIATIONS if row.get("may_end_sentence") and not row["short"].endswith(".")
    ] == []


def test_term_is_new_and_its_explanation_is_plain():
    any_term = pattern([name for row in JARGON for name in names(row)])
    for row in JARGON:
        assert set(row) == {"term", "forms", "kind", "short"}, row
        assert row["kind"] in {term.kind for term in glossary().values()}, row
        assert {name.casefold() for name in names(row)} & EXPLAINED == set(), row
        assert [hit.found for hit in find(row["short"])] == [], row
        assert not any_term.search(row["short"]), row


def test_no_term_stands_twice():
    assert twice(name.casefold() for row in JARGON for name in names(row)) == []


def test_an_ordinary_word_is_rare_in_the_lexicon_and_stands_in_no_other_list():
    ordinary = tomllib.loads((LISTS / "ordinary.toml").read_text(encoding="utf-8"))["words"]

    assert twice(ordinary) == []
    assert set(ordinary) & (set(FORMAL) | EXPLAINED) == set()
    assert [word for word in ordinary_words() if best_zipf(word, as_noun=True) >= RARE] == []


@pytest.mark.parametrize("name", ["formal", "abbreviations", "jargon", "ordinary"])
def test_list_is_clean_text(name):
    text = (LISTS / f"{name}.toml").read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)
    assert hidden_characters(text.replace("\n", "")) == []
    assert "'" not in text, "an apostrophe is ’"


def test_our_help_has_hardly_a_formal_word():
    texts = [page.read_text(encoding="utf-8") for page in (Path(settings.BASE_DIR) / "templates/uitleg").glob("*.md")]
    warnings = [hit.found for text in texts for hit in find(text) if "severity" not in hit.row]
    assert len(warnings) <= sum(len(text.split()) for text in texts) / 1000, warnings


@pytest.mark.outside
@pytest.mark.skipif(not TEXTS.is_file(), reason="the labelled texts are not here")
def test_warnings_are_rare_in_texts_for_citizens_and_common_in_texts_for_professionals():
    words, warnings = defaultdict(int), defaultdict(int)
    for line in TEXTS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        words[row["set"]] += len(row["text"].split())
        warnings[row["set"]] += sum("severity" not in hit.row for hit in find(row["text"]))
    rate = {name: 100 * warnings[name] / words[name] for name in words}
    assert rate["gov_citizen"] < 0.5
    assert rate["gov_professional"] > 6 * rate["gov_citizen"]
    assert rate["law"] > 12 * rate["gov_citizen"]
