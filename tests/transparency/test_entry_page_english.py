"""The page of an entry in English: translated where it can be, marked as Dutch where it cannot."""

import pytest

from tests.factories.transparency import published_entry, published_system, with_notice
from tests.support.html import links, soup, words
from transparency.actions.publishing import end_entry, publish_entry, publish_notice
from transparency.states import NoticeKind

pytestmark = pytest.mark.django_db

ENGLISH = {
    "name": "Fracture finder",
    "summary": "The computer looks too. The doctor decides.",
    "purpose": "To miss fewer fractures.",
    "can_refuse": {"text": "Say so before the X-ray."},
}


@pytest.fixture
def entry():
    return published_entry(content={"translations": {"en": ENGLISH}})


def page(client, entry):
    return soup(client.get(f"/en{entry.get_absolute_url()}"))


def test_translated_answers_are_english(client, entry):
    found = page(client, entry)

    assert found.html["lang"] == "en"
    assert words(found.h1) == "Fracture finder"
    assert words(found.select_one("#short .lead")) == ENGLISH["summary"]
    assert "To miss fewer fractures." in words(found.select_one("#purpose"))
    assert "Yes Say so before the X-ray." in words(found.select_one("#refuse"))


def test_answer_without_a_translation_is_dutch_and_marked_so(client, entry):
    answer = page(client, entry).select_one("#risks .answer")

    assert answer["lang"] == "nl"
    assert "De computer kan een breuk missen." in words(answer)


def test_page_says_that_a_part_is_in_dutch(client, entry):
    assert page(client, entry).select_one(".utrecht-alert--info")


def test_name_without_a_translation_is_marked_as_dutch(client):
    found = page(client, published_entry())

    assert (words(found.h1), found.h1["lang"]) == ("Breukkijker", "nl")


def test_links_stay_in_english(client, entry):
    inside = [href for href in links(page(client, entry).select_one("main")) if href.startswith("/")]

    assert inside
    assert [href for href in inside if not href.startswith("/en/")] == []


def test_every_term_link_leads_to_a_word_on_the_page(client):
    entry = published_entry(content={"purpose": "Een algoritme rekent.", "risks": "Een algoritme mist soms iets."})

    found = page(client, entry)

    ids = {tag["id"] for tag in found.select("[id]")}
    assert [a["href"] for a in found.select("a.term") if a["href"][1:] not in ids] == []


def test_dates_are_english(client, entry):
    assert "22 November 2026" in words(page(client, entry).select_one("aside"))


@pytest.mark.parametrize(("text_en", "shown", "language"), [("Beware.", "Beware.", None), ("", "Let op.", "nl")])
def test_warning_is_english_or_marked_as_dutch(client, entry, now, text_en, shown, language):
    publish_notice(entry=entry, kind=NoticeKind.SAFETY, text="Let op.", text_en=text_en, by=None, now=now)

    box = page(client, entry).select_one(".utrecht-alert--warning div div")

    assert (words(box), box.get("lang")) == (shown, language)


def test_reason_of_an_ending_is_english(client, entry, now):
    end_entry(entry=entry, reason="Weg.", reason_en="Gone.", by=None, now=now)

    assert "Gone." in words(page(client, entry).select_one(".utrecht-alert--warning"))


def test_name_of_the_product_and_of_others_is_english(client):
    system = published_system(content={"translations": {"en": {"name": "Bone Finder International"}}})
    entry = published_entry(system=system)
    published_entry(system=system, content={"translations": {"en": ENGLISH}})

    section = words(page(client, entry).select_one(".elsewhere"))

    assert "Bone Finder International" in section
    assert "Fracture finder" in section


def test_dutch_page_is_not_changed_by_translations(client, entry, now):
    with_notice(entry)
    publish_entry(entry=entry, content=entry.current_version.content, reason="x", responsible="x", by=None, now=now)

    found = soup(client.get(entry.get_absolute_url()))

    assert not found.select('main [lang="en"]')
    assert "Fracture finder" not in words(found.select_one("main"))
