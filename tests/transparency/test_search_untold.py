"""Over the real content and the examples: which questions find nothing about what was asked, and which find it."""

import pytest

from tests.conftest import NOW
from tests.support.standing import standing
from transparency.filters import Ask
from transparency.listing import answer
from transparency.loading import load_content, load_examples

# What patients type while nothing in the content and the examples is about it, with the words that the page repeats.
NOTHING_TOLD = [
    ("borstkanker", "borstkanker"),
    ("Borstkanker?", "Borstkanker?"),
    ("mammografie", "mammografie"),
    ("mamografie", "mammografie"),
    ("mammogram", "mammogram"),
    ("borst", "borst"),
    ("borsten", "borsten"),
    ("borstfoto", "borstfoto"),
    ("foto van mijn borst", "borst"),
    ("mammografie ziekenhuis amsterdam", "mammografie"),
    ("bevolkingsonderzoek borstkanker", "borstkanker"),
    ("tandarts", "tandarts"),
    ("hersenscan", "hersenscan"),
    ("nieren", "nieren"),
    ("ik ben zwanger", "zwanger"),
    ("darmkanker", "darmkanker"),
    ("baarmoeder", "baarmoeder"),
]
# What they type while something is: the page must not say that nothing was reported.
TOLD = [
    "longkanker", "longfoto", "foto van mijn longen", "vlekje op mijn longen", "huidkanker", "melanoom",
    "vlek op mijn rug", "moedervlek", "prostaatkanker", "prostaat", "gebroken arm", "fractuur", "voet", "oogfoto",
    "netvlies", "hartinfarct", "hart", "cholesterol", "bevolkingsonderzoek", "screening", "kanker", "foto", "scan",
    "pijn op de borst", "hoofdpijn", "wat is er aan de hand", "huisarts", "vooroordelen", "chatbot", "boneview",
]  # fmt: skip


@pytest.fixture(scope="module")
def _content(django_db_setup, django_db_blocker):
    """The real content and the examples, loaded once and rolled back after."""

    def load():
        load_content(now=NOW)
        load_examples(now=NOW)

    with standing(django_db_blocker, load):
        yield


def untold(question):
    found = answer(Ask(q=question)).untold
    return found and found.words


@pytest.mark.django_db
@pytest.mark.usefixtures("_content")
@pytest.mark.parametrize(("question", "repeated"), NOTHING_TOLD)
def test_question_that_nothing_is_told_about_is_answered_so(question, repeated):
    assert untold(question) == repeated


@pytest.mark.django_db
@pytest.mark.usefixtures("_content")
@pytest.mark.parametrize("question", TOLD)
def test_question_that_something_is_told_about_is_not(question):
    assert answer(Ask(q=question)).total
    assert untold(question) is None
