"""Answering a question to the register: what is listed, how filters combine, what they count, and empty answers."""

import re

import pytest

from tests.factories.organisations import OrganisationFactory
from tests.factories.transparency import published_entry, published_system
from tests.support.register import slugs_of
from transparency.actions.publishing import end_entry
from transparency.filters import Ask
from transparency.listing import answer
from transparency.models import Entry
from transparency.templatetags.register import filter_groups

pytestmark = pytest.mark.django_db

# slug: care settings, can refuse, status
ENTRIES = {
    "botten": (["RADIOLOGY", "EMERGENCY"], "YES", "IN_USE"),
    "longen": (["RADIOLOGY"], "NO", "PILOT"),
    "huid": (["GP"], "YES", "PILOT"),
    "pillen": (["PHARMACY"], "PARTLY", "IN_USE"),
}


@pytest.fixture
def _register(now):
    """Four entries, the first the newest, and a product."""
    for number, (slug, (settings, refuse, status)) in enumerate(ENTRIES.items()):
        content = {"name": slug, "care_setting": settings, "can_refuse": {"answer": refuse}, "status": status}
        published_entry(slug=slug, content=content, at=now.replace(day=20 - number))
    published_system(slug="product", content={"name": "Product", "care_setting": ["RADIOLOGY"]})


def slugs(**asked):
    return slugs_of(answer(Ask(**asked)))


def counts(param, **asked):
    """{code: count} of one filter."""
    group = next(group for group in answer(Ask(**asked)).groups if group.facet.param == param)
    return dict(group.counts)


@pytest.mark.usefixtures("_register")
def test_without_words_the_register_lists_entries_and_no_products():
    assert slugs() == ["botten", "longen", "huid", "pillen"]


@pytest.mark.usefixtures("_register")
def test_office_ai_stands_below_care_however_new_it_is(now):
    published_entry(slug="kantoor", at=now, content={"name": "kantoor", "use_kind": "ADMINISTRATION"})
    published_entry(slug="overheid", at=now, content={"name": "overheid", "care_setting": ["GOVERNMENT"]})

    assert slugs() == ["botten", "longen", "huid", "pillen", "overheid", "kantoor"]
    assert slugs(sort="newest")[:2] == ["overheid", "kantoor"]


@pytest.mark.usefixtures("_register")
def test_entry_that_ended_is_listed_only_to_who_searches_for_it(now):
    end_entry(entry=Entry.objects.get(slug="huid"), reason="Weg.", by=None, now=now)

    assert slugs() == ["botten", "longen", "pillen"]
    assert slugs(q="huid") == ["huid"]
    assert counts("plek", q="huid") == {"GP": 1}
    assert "GP" not in counts("plek")


@pytest.mark.usefixtures("_register")
def test_with_words_products_are_listed_too():
    assert "product" in slugs(q="product")


@pytest.mark.usefixtures("_register")
@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"care_setting": ["RADIOLOGY"]}, ["botten", "longen"]),
        ({"care_setting": ["RADIOLOGY", "GP"]}, ["botten", "longen", "huid"]),
        ({"care_setting": ["RADIOLOGY", "EMERGENCY"]}, ["botten", "longen"]),
        ({"care_setting": ["RADIOLOGY", "GP"], "can_refuse": ["YES"]}, ["botten", "huid"]),
        ({"care_setting": ["RADIOLOGY", "GP"], "can_refuse": ["YES", "NO"], "status": ["PILOT"]}, ["longen", "huid"]),
        ({"care_setting": ["PHARMACY"], "can_refuse": ["YES"]}, []),
        ({"care_setting": ["BESTAAT_NIET"]}, []),
        ({"care_setting": ["BESTAAT_NIET", "GP"]}, ["huid"]),
        ({"care_setting": []}, ["botten", "longen", "huid", "pillen"]),
    ],
)
def test_values_of_one_filter_add_and_filters_narrow(filters, expected):
    assert slugs(filters=filters) == expected


@pytest.mark.usefixtures("_register")
@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("", ["botten", "longen", "huid", "pillen"]),
        ("newest", ["botten", "longen", "huid", "pillen"]),
        ("name", ["botten", "huid", "longen", "pillen"]),
        ("relevance", ["botten", "longen", "huid", "pillen"]),
    ],
)
def test_order_of_the_list(sort, expected):
    assert slugs(sort=sort) == expected


def test_order_by_provider_and_then_by_name():
    de_linde, de_wilg = OrganisationFactory(name="De Linde"), OrganisationFactory(name="De Wilg")
    for slug, organisation in (("d", de_wilg), ("b", de_linde), ("c", de_wilg), ("a", de_linde)):
        published_entry(slug=slug, organisation=organisation, content={"name": slug})

    assert slugs(sort="provider") == ["a", "b", "c", "d"]


@pytest.mark.usefixtures("_register")
def test_filter_counts_what_the_other_filters_leave():
    asked = {"filters": {"can_refuse": ["YES"]}}

    assert counts("plek", **asked) == {"RADIOLOGY": 1, "EMERGENCY": 1, "GP": 1}
    assert counts("status", **asked) == {"IN_USE": 1, "PILOT": 1}


@pytest.mark.usefixtures("_register")
def test_filter_does_not_narrow_its_own_counts():
    assert counts("nee", filters={"can_refuse": ["YES"]}) == {"YES": 2, "PARTLY": 1, "NO": 1}


@pytest.mark.usefixtures("_register")
def test_count_of_a_value_is_the_number_of_results_that_choosing_it_gives():
    for asked in ({}, {"filters": {"status": ["PILOT"]}}, {"q": "botten"}):
        for group in answer(Ask(**asked)).groups:
            filters = dict(asked.get("filters", {}))
            for code, number in group.counts.items():
                chosen = Ask(**{**asked, "filters": {**filters, group.facet.key: [code]}})
                assert answer(chosen).total == number, (asked, group.facet.key, code)


@pytest.mark.usefixtures("_register")
def test_words_narrow_the_counts():
    assert counts("plek", q="huid") == {"GP": 1}


@pytest.mark.usefixtures("_register")
def test_chosen_value_stays_to_be_seen_when_nothing_has_it():
    found = answer(Ask(filters={"care_setting": ["BESTAAT_NIET"]}))

    group = next(group for group in found.groups if group.facet.param == "plek")
    assert [(code, group.counts[code]) for code in group.picked] == [("BESTAAT_NIET", 0)]
    assert group.is_open


@pytest.mark.usefixtures("_register")
def test_values_stand_in_the_order_of_their_vocabulary():
    assert list(counts("nee")) == ["YES", "PARTLY", "NO"]


@pytest.mark.usefixtures("_register")
def test_no_two_boxes_on_the_page_share_an_id():
    made = filter_groups(groups=answer(Ask()).groups)

    ids = re.findall(r'id="([^"]+)"', made)
    assert ids

    assert len(set(ids)) == len(ids)


# --- Nothing found ------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("_register")
def test_empty_answer_says_which_filter_is_in_the_way():
    found = answer(Ask(filters={"care_setting": ["PHARMACY"], "can_refuse": ["YES"]}))

    assert (found.total, found.cards) == (0, [])
    assert [(one.filter, one.query, one.number) for one in found.wider] == [
        ("Waar in de zorg: Apotheek", "?nee=YES", 2),
        ("Kunt u nee zeggen?: Ja", "?plek=PHARMACY", 1),
    ]


@pytest.mark.usefixtures("_register")
def test_filter_that_helps_nothing_when_it_goes_is_not_offered():
    found = answer(Ask(filters={"care_setting": ["BESTAAT_NIET"], "can_refuse": ["BESTAAT_NIET"]}))

    assert found.wider == []


def test_empty_register_gives_an_empty_answer():
    found = answer(Ask(filters={"care_setting": ["GP"]}, page=7))

    assert (found.total, found.pages, found.ask.page, found.cards, found.wider) == (0, 1, 1, [], [])
