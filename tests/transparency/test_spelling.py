""" "Bedoelde u …": a word that stands nowhere becomes the nearest word that does."""

import pytest
from django.utils import translation

from portal.audit.revision import raise_revision
from tests.factories.transparency import published_entry
from tests.support.register import says
from transparency.filters import Ask
from transparency.listing import answer
from transparency.search import spelling
from transparency.search.spelling import suggest
from transparency.word_counts import refresh_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def _words():
    """A register with some words that no list of ours has."""
    says("Een papavertuin met klaprozen, veel klaproosjes en één coördinator.", name="Papavertuin")
    refresh_words()


@pytest.mark.usefixtures("_words")
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("papavertuinn", "papavertuin"),  # a letter too many
        ("papavrtuin", "papavertuin"),  # a letter too few
        ("papavertiun", "papavertuin"),  # two letters that changed places
        ("papavrtiun", "papavertuin"),  # two slips
        ("PAPAFERTUIN", "papavertuin"),
        ("coordinatorr", "coördinator"),  # shown with its accents
        ("een papavertiun zien", "een papavertuin zien"),  # only the unknown word changes
    ],
)
def test_slip_is_put_right(typed, meant):
    assert suggest(typed) == meant


@pytest.mark.usefixtures("_words")
@pytest.mark.parametrize(
    "typed",
    [
        "papavertuin",  # right
        "Papavertuin",
        "papaver",  # the beginning of a word
        "papavertuinen",  # another form
        "de het een",  # words that say nothing
        "abc",  # too short to tell
        "kwartelkoningin",  # nothing comes near
        "longfoto",  # a compound of known words
        "",
        "?!",
        "12345678",
    ],
)
def test_word_that_needs_no_help_is_left_alone(typed):
    assert suggest(typed) is None


@pytest.mark.usefixtures("_words")
def test_where_nothing_is_found_the_better_spelling_is_answered():
    found = answer(Ask(q="papavertiun"))

    assert (found.suggestion, found.corrected, found.total) == ("papavertuin", True, 1)


@pytest.mark.usefixtures("_words")
def test_where_something_is_found_the_better_spelling_is_only_offered():
    says("Iets anders.", name="Papavertiun")

    found = answer(Ask(q="papavertiun"))

    assert (found.suggestion, found.corrected) == ("papavertuin", False)
    assert "Papavertiun" in found.cards[0]


@pytest.mark.usefixtures("_words")
def test_words_in_the_sentence_shown_are_those_of_the_better_spelling():
    found = answer(Ask(q="papavertiun"))

    assert "<mark>" in found.cards[0]


def test_spelling_that_finds_nothing_is_not_offered():
    says("Niets van dien aard.")
    refresh_words()

    found = answer(Ask(q="spraakherkeninng"))

    assert (found.suggestion, found.total) == (None, 0)


@pytest.mark.usefixtures("_words")
def test_new_words_are_suggested_after_the_next_publication():
    assert suggest("kwartelkoningim") is None
    says("Een kwartelkoningin.")
    refresh_words()
    raise_revision()

    assert suggest("kwartelkoningim") == "kwartelkoningin"


# --- In English ---------------------------------------------------------------------------------------------------


@pytest.fixture
def _english_words():
    """A register with some English words, on an English page."""
    english = {"name": "Poppy garden", "purpose": "A pomegranate in the summertime."}
    published_entry(content={"name": "Papavertuin", "purpose": "Een grenadine.", "translations": {"en": english}})
    refresh_words()
    with translation.override("en"):
        yield


@pytest.mark.usefixtures("_english_words")
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("pomegrenate", "pomegranate"),  # not the Dutch grenadine
        ("sumertime", "summertime"),
        ("popy garden", "poppy garden"),
        ("with my pomegranat", None),  # the beginning of a word
        ("my poppy with the garden", None),  # words that say nothing in English
        ("papavertuin", None),  # a Dutch word is no mistake
        ("granadine", None),  # but it is not suggested to a reader of English
    ],
)
def test_english_page_suggests_english_words(typed, meant):
    assert suggest(typed) == meant


@pytest.mark.usefixtures("_english_words")
def test_dutch_page_suggests_no_english_words():
    with translation.override("nl"):
        assert suggest("pomegrenate") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("egte", "echte"), ("verzeten", "verzetten"), ("pijn", "pein"), ("auto", "outo")],
)
def test_words_that_sound_alike_are_alike(one, other):
    assert spelling.sound(one) == spelling.sound(other)


def test_words_that_sound_unlike_are_unlike():
    assert spelling.sound("hart") != spelling.sound("huid")


@pytest.mark.usefixtures("_words")
@pytest.mark.parametrize("text", ["x" * 10_000, "😀" * 100, "\x00", "a\x00b", "İstanbull", "'\"();--"])
def test_anything_typed_gives_a_suggestion_or_none(text):
    assert suggest(text) is None or isinstance(suggest(text), str)
