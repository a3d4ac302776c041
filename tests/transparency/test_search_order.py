"""The order of what is found: names first, then all words, then some of them; and what is counted as a hit."""

from itertools import pairwise

import pytest

from tests.factories.transparency import published_entry, published_system
from tests.support.register import found, says
from transparency.actions.publishing import end_entry
from transparency.search.find import find
from transparency.search.worth import IN_NAME, SCATTERED, SPREAD, WEIGHTS

pytestmark = pytest.mark.django_db


def test_name_comes_before_summary_and_summary_before_the_rest():
    rest = says("Zie klaproos.")
    summary = says("Niets.", summary="Zie klaproos.")
    name = says("Niets.", name="De Klaproos kijker")

    assert found("klaproos") == [name, summary, rest]


def test_whole_name_comes_first():
    longer = says("Klaproos, klaproos.", name="Kijker met klaproos")
    exact = says("Niets.", name="Klaproos")

    assert found("klaproos") == [exact, longer]


def test_product_is_found_by_its_name_and_its_other_names():
    system = published_system(also_known_as=["Klaproos Pro"], content={"name": "Veldkijker"})

    assert found("veldkijker") == [system.slug] == found("klaproos pro")


def test_entry_is_found_by_the_search_words_of_its_product_after_those_that_say_them():
    content = {"name": "Veldkijker", "tags": "klaproos, korenbloem"}
    system = published_system(also_known_as=["Akkerboek"], content=content)
    inherits = published_entry(system=system)
    says_it = says("Zie klaproos.")

    assert found("klaproos") == [system.slug, says_it, inherits.slug]
    assert found("akkerboek") == [system.slug, inherits.slug]


def test_entry_that_says_a_word_itself_stands_where_its_own_words_put_it():
    system = published_system(content={"name": "Veldkijker", "tags": "klaproos"})
    inherits = published_entry(system=system, content={"name": "Klaproos in Goes"})
    says_it = says("Zie klaproos.")

    assert found("klaproos") == [inherits.slug, system.slug, says_it]


def test_entry_that_ended_comes_after_the_living(now):
    ended = published_entry(content={"purpose": "Klaproos en korenbloem."})
    living, some = says("Zie klaproos."), says("Zie korenbloem.")

    end_entry(entry=ended, reason="Weg.", by=None, now=now)

    assert found("klaproos") == [living, ended.slug]
    assert found("klaproos korenbloem")[-1] == ended.slug
    assert some in found("klaproos korenbloem")


def test_office_and_government_come_after_care_when_the_words_fit_as_well():
    def entry(name, **content):
        return published_entry(content={"name": f"{name} klaproos", **content}).slug

    office = entry("Aap", use_kind="ADMINISTRATION")
    government = entry("Beer", care_setting=["GOVERNMENT", "OFFICE"])
    care = entry("Zebra", care_setting=["OFFICE", "GP"])

    assert found("klaproos") == [care, office, government]


def test_entries_with_all_words_come_before_those_with_some():
    some = says("Niets.", name="Klaproos en korenbloem")
    all_words = says("Zie klaproos, korenbloem en papaver.")

    assert found("klaproos korenbloem papaver") == [all_words, some]
    assert find("klaproos korenbloem papaver").complete == 1


def test_where_nothing_has_all_words_some_words_are_enough():
    slug = says("Zie klaproos.")

    hits = find("klaproos onbestaanbaarheid")

    assert found("klaproos onbestaanbaarheid") == [slug]
    assert hits.complete == 0


def test_equal_hits_stand_by_name_and_then_by_age():
    later, first, same = says("Zie klaproos.", "Boom"), says("Zie klaproos.", "Aap"), says("Zie klaproos.", "Boom")

    assert found("klaproos") == [first, later, same]


def test_word_that_nobody_has_finds_nothing():
    says("Zie klaproos.")

    assert find("onbestaanbaarheid").ids == []


def test_what_stands_in_a_more_telling_column_is_always_worth_more():
    """What lets a search stop at the first column, and know from the worth alone that something is in the name."""
    columns = [(*WEIGHTS[name], SCATTERED[name]) for name in WEIGHTS]

    for column, next_one in pairwise(columns):
        typed, begun, other, scattered = next_one
        assert min(column[:3]) > max(typed, begun, other)
        assert min(column[2:]) > max(other, scattered)
    assert min(columns[0]) == IN_NAME > max(SPREAD, *(max(column) for column in columns[1:]))
