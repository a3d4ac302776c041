"""Whatever somebody types: an answer, never an error; and nothing of it becomes part of the page or the query."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.html import soup
from tests.support.register import says
from tests.support.standing import standing
from transparency.filters import Ask
from transparency.listing import answer
from transparency.search.find import find
from transparency.search.query import MAX_CONCEPTS
from transparency.word_counts import refresh_words

HOSTILE = [
    '"', "''", "'", '"klaproos', "'klaproos'", "\"'\"'", "(", ")", "((((", "(klaproos", "klaproos)", "()",
    "AND", "OR", "NOT", "NEAR", "NEAR(klaproos bloem, 2)", "klaproos AND", "OR OR OR", "NOT klaproos",
    "*", "klap*", "*roos", "**", "^klaproos", "+klaproos -bloem", "name_terms : klaproos", "{name_terms} : x",
    ":", ":*", "klaproos:*", "klaproos:A", "&", "|", "!", "!klaproos", "klaproos & !bloem", "a <-> b", "<->", "<2>",
    "klaproos <-> bloem", "%", "%s", "%(x)s", "_", "\\", "\\'", "';--", "'; DROP TABLE transparency_entry; --",
    "1; SELECT pg_sleep(1)", "$$", "$1", "?", "??", ";", "--", "/* */", "\x00", "klap\x00roos", "\x1a",
    "\u202eklaproos", "\u2066klaproos\u2069", "ﷺ", "😀", "👩‍⚕️ klaproos", "klaproos😀bloem",
    "שלום עולם", "مرحبا بالعالم", "日本語 テスト",
    "İstanbul", "ıI", "ß", "ŉ", "ﬃ", "\u0301\u0301", "e" + "\u0301" * 500, "\ud800", "a" * 200, "x" * 10_000,
    "klaproos " * 2_000, "-" * 10_000, "é" * 10_000, "(" * 10_000, '"' * 10_001, "1" * 10_000, "٣٣", "²",
    "0", "-1", "1e400", "null", "None", "undefined", "NaN", "true", "../../etc/passwd",
    "<script>alert(1)</script>",
]  # fmt: skip


def poppies():
    says("Een <b>klaproos</b> & een bloem.", name="Klaproos")
    refresh_words()


@pytest.fixture(scope="module")
def _field_of_poppies(django_db_setup, django_db_blocker):
    with standing(django_db_blocker, poppies):
        yield


@pytest.mark.usefixtures("_field_of_poppies")
@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: ascii(query)[:40])
def test_search_for_anything_gives_an_answer(query):
    found = answer(Ask(q=query))

    assert found.total == len(found.cards)


@pytest.mark.usefixtures("_field_of_poppies")
@pytest.mark.parametrize("query", [q for q in HOSTILE if q != "\ud800"], ids=lambda query: ascii(query)[:40])
def test_address_with_anything_gives_a_page(client, query):
    response = client.get(reverse("transparency:register"), {"q": query})

    assert response.status_code == 200


@pytest.mark.django_db
def test_words_that_look_like_a_template_are_shown_as_they_are():
    typed = "{{ 7|add:7 }}{% now 'Y' %}"

    response = Client().get(reverse("transparency:register"), {"q": typed})

    assert soup(response).select_one("#q")["value"] == typed


@pytest.mark.usefixtures("_field_of_poppies")
@pytest.mark.parametrize(
    "query", ['"klaproos', "(klaproos", "klaproos:*", "NOT klaproos", "!klaproos", "klaproos😀", "-klaproos"]
)
def test_signs_around_a_word_do_not_hide_it(query):
    assert answer(Ask(q=query)).total == 1


@pytest.mark.usefixtures("_field_of_poppies")
@given(query=st.text(max_size=60) | st.text(alphabet="klapros \"'()*:&|!<->^+{}AND OR NEAR\\%", max_size=60))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_search_for_any_text_gives_an_answer(query):
    found = answer(Ask(q=query))

    assert found.total == len(found.cards)


@pytest.mark.usefixtures("_field_of_poppies")
def test_words_said_again_ask_no_more_of_the_database(django_assert_max_num_queries):
    with CaptureQueriesContext(connection) as once:
        find("klaproos bloem")

    with django_assert_max_num_queries(len(once), connection=connection):
        find("klaproos bloem " * 1_000)


@pytest.mark.usefixtures("_field_of_poppies")
def test_many_different_words_ask_no_more_than_one_question_each():
    with CaptureQueriesContext(connection) as asked:
        find("klaproos " + " ".join(f"woord{number}" for number in range(1_000)))

    searches = [query["sql"] for query in asked if "MATCH" in query["sql"] or "transparency_newest" in query["sql"]]
    assert len(searches) == MAX_CONCEPTS + 1
