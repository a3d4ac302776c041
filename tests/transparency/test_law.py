"""The law as data: complete, with a source, and honest about its age."""

import datetime
from dataclasses import replace

import pytest
import time_machine
from django.utils.translation import override

from portal.core.text import hidden_characters
from tests.support.html import soup, words
from transparency.law import TOPICS, lines, topics_of

KNOWN_TOPICS = {topic for topics in TOPICS.values() for topic in topics}
LINES = lines(KNOWN_TOPICS)
LINE = replace(LINES[0], checked_on=datetime.date(2026, 1, 15), applies_from=datetime.date(2026, 8, 2))


def test_there_is_law_to_read():
    assert len(LINES) > 10


def test_no_slug_stands_twice():
    slugs = [line.slug for line in LINES]

    assert sorted(set(slugs)) == sorted(slugs)


def test_every_line_is_complete_in_both_languages():
    texts = ("title_nl", "text_nl", "title_en", "text_en", "law", "article", "source_title")

    assert [(line.slug, name) for line in LINES for name in texts if not getattr(line, name).strip()] == []


def test_every_note_is_there_in_both_languages():
    assert [line.slug for line in LINES if bool(line.note_nl) != bool(line.note_en)] == []
    assert [line.slug for line in LINES if bool(line.read_nl) != bool(line.read_en)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("slug", TOPICS)
@pytest.mark.parametrize(
    ("start", "said"),
    [("", "uitleg over de wet, niet de wet zelf"), ("/en", "explanations of the law, not the law itself")],
)
def test_page_with_law_says_once_that_we_read_explanations(client, slug, start, said):
    page = client.get(f"{start}/uitleg/{slug}/").text

    assert page.count(said) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("slug", TOPICS)
def test_rules_are_folded_and_what_we_read_of_them_stands_once_at_the_end(client, slug):
    section = soup(client.get(f"/uitleg/{slug}/")).select_one("section.law")
    rules, end = section.select("article > details"), section.select_one("#wet-controle ~ ul")

    assert [rule for rule in rules if rule.has_attr("open")] == []
    assert len(rules) == len(section.select("article"))
    assert "lazen wij" not in " ".join(words(rule) for rule in rules)
    assert "Wij lazen" not in " ".join(words(rule) for rule in rules)
    read = [f"{line.title}: {line.read}" for line in lines(topics_of(slug)) if line.read]
    assert [words(one) for one in end.select("li")] == read != []


def test_every_source_address_is_https():
    assert [line.slug for line in LINES if line.source_url and not line.source_url.startswith("https://")] == []


def test_no_line_has_characters_that_nobody_sees():
    assert [
        line.slug for line in LINES if hidden_characters(line.text_nl + line.text_en + line.note_nl + line.read_nl)
    ] == []


def test_every_topic_of_a_page_has_law():
    assert [topic for topic in KNOWN_TOPICS if not lines([topic])] == []


def test_every_line_has_only_topics_that_a_page_shows():
    assert [line.slug for line in LINES if not set(line.topics) <= KNOWN_TOPICS] == []


def test_lines_of_a_topic_are_about_that_topic_and_in_the_order_of_the_file():
    found = lines(["refuse"])

    assert found == [line for line in LINES if "refuse" in line.topics]


def test_page_without_law_has_no_topics():
    assert topics_of("soorten-ai") == ()
    assert lines(()) == []


@pytest.mark.parametrize(
    ("today", "is_stale"),
    [("2026-01-15", False), ("2026-07-15", False), ("2026-07-17", False), ("2026-07-18", True), ("2028-01-01", True)],
)
def test_line_is_stale_half_a_year_after_it_was_checked(today, is_stale):
    with time_machine.travel(f"{today}T12:00:00Z", tick=False):
        assert LINE.is_stale is is_stale


@pytest.mark.parametrize(("today", "is_future"), [("2026-08-01", True), ("2026-08-02", False), ("2027-01-01", False)])
def test_rule_is_of_the_future_until_the_day_it_applies(today, is_future):
    with time_machine.travel(f"{today}T12:00:00Z", tick=False):
        assert LINE.is_future is is_future


def test_day_begins_at_midnight_in_amsterdam():
    with time_machine.travel("2026-08-01T22:30:00Z", tick=False):
        assert not LINE.is_future


def test_rule_without_a_first_day_is_not_of_the_future():
    assert not replace(LINE, applies_from=None).is_future


def test_line_speaks_the_language_of_the_page():
    with override("en"):
        english = (LINE.title, LINE.text, LINE.note)

    assert (LINE.title, LINE.text, LINE.note) == (LINE.title_nl, LINE.text_nl, LINE.note_nl)
    assert english == (LINE.title_en, LINE.text_en, LINE.note_en)
