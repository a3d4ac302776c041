"""Search finds what a patient means: forms of words, accents, beginnings, compounds and other words for the same."""

import pytest
from django.utils import translation

from tests.factories.transparency import published_entry
from tests.support.register import found, says
from transparency.search.find import find
from transparency.search.normalise import STOP_WORDS, stem, words
from transparency.search.query import LONGEST_PHRASE, MAX_CONCEPTS, parse
from transparency.search.words import groups

pytestmark = pytest.mark.django_db


# --- Forms of words -----------------------------------------------------------------------------------------------

FORMS = [
    ("wachtkamer", "wachtkamers"),
    ("patiënt", "patiënten"),
    ("cliënt", "cliënten"),
    ("specialist", "specialisten"),
    ("medicament", "medicamenten"),
    ("assistent", "assistenten"),
    ("apotheek", "apotheken"),
    ("afspraak", "afspraken"),
    ("uitslag", "uitslagen"),
    ("moedervlek", "moedervlekken"),
    ("medicijn", "medicijnen"),
    ("beeld", "beelden"),
    ("hersenbeeld", "hersenbeelden"),
    ("bestand", "bestanden"),
    ("tand", "tanden"),
    ("algoritme", "algoritmes"),
    ("algoritme", "algoritmen"),
    ("risico", "risico’s"),
    ("foto", "foto's"),
    ("camera", "camera’s"),
    ("chatbot", "chatbots"),
    ("microfoon", "microfoons"),
    ("robot", "robots"),
    ("voorspellen", "voorspelt"),
    ("luisteren", "luistert"),
    ("samenvatten", "samenvat"),
]


@pytest.mark.parametrize(("one", "other"), FORMS)
def test_each_form_of_a_word_finds_the_other(one, other):
    with_one, with_other = says(f"Zie {one}."), says(f"Zie {other}.")

    assert {with_one, with_other} <= set(found(one))
    assert {with_one, with_other} <= set(found(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("röntgen", "rontgen"),
        ("café", "CAFÉ"),
        ("coördinator", "coordinator"),
        ("Ĳsselland", "ijsselland"),
        ("ﬁbrose", "fibrose"),
        ("e\u0301cho", "écho"),
        ("Groß", "gross"),
        ("S O E P", "s.o.e.p"),
    ],
)
def test_accents_and_capitals_do_not_matter(one, other):
    with_one, with_other = says(f"Zie {one} zandbak."), says(f"Zie {other} zandbak.")

    assert set(found(f"{one} zandbak")) == {with_one, with_other} == set(found(f"{other} zandbak"))


@pytest.mark.parametrize("beginning", ["papa", "papav", "papaverin"])
def test_beginning_of_a_word_finds_the_word(beginning):
    slug = says("Zie papaverine.")

    assert found(beginning) == [slug]


@pytest.mark.parametrize("query", ["averine", "papaverinevrij", "papeverine"])
def test_middle_of_a_word_or_a_longer_word_does_not(query):
    says("Zie papaverine.")

    assert found(query) == []


def test_three_letters_are_a_word_of_their_own():
    whole, longer = says("Zie mri."), says("Zie mritool.")

    assert found("mri")[0] == whole
    assert longer not in found("mri")


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("longfoto", "Een foto van mijn longen."),
        ("foto van mijn longen", "Een longfoto."),
        ("foto longen", "Veel longfoto’s."),
        ("longfoto’s", "Een foto van de longen."),
        ("prostaatonderzoek", "Onderzoek van de prostaat."),
        ("onderzoek aan de prostaat", "Een prostaatonderzoek."),
        ("huidvlek", "Een vlek op de huid."),
        ("vlek op mijn huid", "Kijk naar een huidvlek."),
        ("ziekenhuisbrief", "Een brief van het ziekenhuis."),
    ],
)
def test_compound_finds_its_parts_and_parts_find_the_compound(query, text):
    slug = says(text)

    assert found(query) == [slug]
    assert find(query).complete == 1


# --- Other words for the same -------------------------------------------------------------------------------------


def test_word_of_a_patient_finds_the_word_of_a_doctor_and_back():
    patient, doctor = says("Helpt bij een hartaanval."), says("Helpt bij een hartinfarct.")

    assert {patient, doctor} == set(found("hartaanval")) == set(found("hartinfarct"))


def test_known_phrase_is_taken_whole():
    slug = says("Dit doet spraakherkenning.")

    assert slug in found("luistert mee")
    assert [concept.typed for concept in parse("de computer luistert mee")] == [("computer",), ("luistert", "mee")]


def test_broad_word_finds_the_narrow_one_and_not_the_other_way_round():
    broad, narrow = says("Zie robot."), says("Zie operatierobot.")

    assert narrow in found("robot")
    assert broad not in found("operatierobot")


def stems(phrase):
    return {stem(word) for word in words(" ".join(phrase)) if word not in STOP_WORDS}


def unreached(query, others):
    """The phrases of `others` that a search for `query` does not look for."""
    looked_for = {t.text for concept in parse(" ".join(query)) for each in concept.alternatives for t in each}
    return [(query, other) for other in others if not stems(other) <= looked_for]


def searchable(phrase):
    return len(phrase) <= LONGEST_PHRASE and not set(phrase) <= STOP_WORDS


def test_every_word_of_a_group_looks_for_every_other():
    two_way = [phrases for phrases, one_way in groups() if not one_way]

    assert [pair for p in two_way for one in p if searchable(one) for pair in unreached(one, p)] == []


def test_first_word_of_a_one_way_group_looks_for_the_others():
    one_way = [phrases for phrases, one_way in groups() if one_way]

    assert [pair for phrases in one_way for pair in unreached(phrases[0], phrases)] == []


def test_no_phrase_is_too_long_to_be_recognised():
    assert [phrase for phrases, _one_way in groups() for phrase in phrases if len(phrase) > LONGEST_PHRASE] == []


# --- Which words count --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", " ", "de het een", "wat is dat", "?!", "’", "—", "a", "日本語"])
def test_question_without_a_word_to_search_for_finds_nothing_and_says_so(query):
    says("De het een. Wat is dat?")

    assert find(query) is None


def test_words_that_say_nothing_change_nothing():
    slug, other = says("Zie klaproos."), says("Zie het veld.")

    assert found("wat is de klaproos van het") == found("klaproos") == [slug]
    assert other not in found("wat is de klaproos van het")


def test_english_words_that_say_nothing_change_nothing_on_an_english_page():
    with translation.override("en"):
        assert parse("when does the computer look at my wrist") == parse("computer look wrist")
        assert [concept.typed for concept in parse("men with a broken toe")] == [("men",), ("broken",), ("toe",)]


def test_english_words_that_say_nothing_in_dutch_are_found_in_english():
    english = {"purpose": "For men with a broken toe."}
    entry = published_entry(content={"translations": {"en": english}})

    with translation.override("en"):
        assert found("men toe") == [entry.slug]


def test_english_word_that_says_nothing_is_no_part_of_the_body_in_dutch():
    """A "long" is a lung and a "been" a leg."""
    published_entry(content={"translations": {"en": {"purpose": "It has been there for a long time."}}})

    assert found("longen") == found("been") == []


def test_word_typed_twice_counts_once():
    assert parse("klaproos klaproos Klaproos") == parse("klaproos")


def test_number_of_words_that_count_is_limited():
    many = " ".join(f"woord{number}" for number in range(100))

    assert len(parse(many)) == MAX_CONCEPTS


def test_number_finds_the_same_number():
    slug, other = says("Versie 2025 hier."), says("Versie 1925 hier.")

    assert slug in found("2025")
    assert other not in found("2025")
