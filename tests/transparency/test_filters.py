"""What a reader asked, read from any address and written back to it."""

from dataclasses import replace

import pytest
from django.http import QueryDict
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from transparency.facets import FACETS
from transparency.filters import LONGEST_QUERY, SORT_LABELS, SORT_PARAMS, Ask
from transparency.index import SORTS
from transparency.vocabularies import vocabulary

BY_PARAM = {facet.param: facet for facet in FACETS}
ANY_TEXT = st.text(max_size=40) | st.sampled_from(["\x00", "\u200b", " ", "a" * 250, " a", "a ", "é" * 210, "e\u0301"])


def read(query: str) -> Ask:
    return Ask.read(QueryDict(query))


def again(ask: Ask) -> Ask:
    """`ask` written to an address and read from it."""
    return read(ask.query().removeprefix("?"))


# --- Reading ------------------------------------------------------------------------------------------------------


def test_empty_address_asks_for_everything():
    assert read("") == Ask()


def test_address_gives_words_filters_order_and_page():
    ask = read("q=foto+van+mijn+longen&plek=RADIOLOGY&plek=GP&nee=YES&volgorde=naam&pagina=3")

    assert ask == Ask(
        q="foto van mijn longen",
        filters={"care_setting": ["RADIOLOGY", "GP"], "can_refuse": ["YES"]},
        sort="name",
        page=3,
    )


@pytest.mark.parametrize("query", ["kleur=rood", "q=&plek=&plek=++&pagina=&volgorde=", "&&==&", "%", "%zz=%zz", ";"])
def test_what_we_do_not_know_is_passed_over(query):
    assert read(query) == Ask()


@pytest.mark.parametrize(
    ("q", "words"),
    [
        ("++hart++en%09long+", "hart en long"),
        ("hart%0Along", "hart long"),
        ("hart%00long", "hartlong"),
        ("%00", ""),
        ("%E2%80%AEhart", "hart"),
        ("%FF%FE", "\ufffd\ufffd"),
        ("e%CC%81e%CC%81n", "één"),
    ],
)
def test_words_are_clean(q, words):
    assert read(f"q={q}").q == words


@pytest.mark.parametrize("q", ["a" * 10_000, "a+" * 10_000, "a" * 199 + "+b"])
def test_words_are_cut_to_what_a_search_can_use(q):
    words = read(f"q={q}").q

    assert len(words) <= LONGEST_QUERY
    assert words == " ".join(words.split())


@pytest.mark.parametrize(
    "page",
    ["0", "-1", "-99999999999", "1.5", "1e3", "een", "", "0x10", "٣", "²", "\x00", "1\x00", "+1", " 1", "1_000", "nan"],
)
def test_page_that_is_no_page_is_the_first(page):
    data = QueryDict(mutable=True)
    data["pagina"] = page

    assert Ask.read(data).page == 1


@pytest.mark.parametrize("digits", [1, 5, 7, 8, 20, 4300, 4301, 10_000])
def test_page_of_any_number_of_digits_is_a_page(digits):
    assert read(f"pagina={'9' * digits}").page >= 1


def test_repeated_words_pages_or_orders_never_break_an_address():
    ask = read("q=hart&q=long&pagina=2&pagina=x&volgorde=naam&volgorde=nieuw")

    assert (ask.q, ask.page, ask.sort) == ("long", 1, "newest")


def test_filter_repeated_often_is_asked_once():
    assert read("plek=GP&" * 900).filters == {"care_setting": ["GP"]}


def test_number_and_length_of_values_is_limited():
    many = read("&".join(f"plaats=X{number}" for number in range(900)))
    long = read(f"plaats={'x' * 10_000}")

    assert len(many.filters["place"]) == 3
    assert len(long.filters["place"][0]) == 200


def test_code_that_is_not_in_the_list_is_passed_over():
    assert read("plek=RADIOLOGY&plek=BESTAAT_NIET").filters == {"care_setting": ["RADIOLOGY"]}


@pytest.mark.parametrize("value", ["%00", "%E2%80%8B", "+%00+"])
def test_value_of_characters_that_nobody_sees_is_no_value(value):
    assert read(f"plek={value}").filters == {}


@pytest.mark.parametrize("order", ["", "duur", "NAAM", "newest", "naam%00", "-naam", "sort_key"])
def test_unknown_order_is_the_order_in_force(order):
    assert read(f"volgorde={order}").order == "relevance"
    assert read(f"q=hart&volgorde={order}").order == "relevance"


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("", "relevance"),
        ("volgorde=relevantie", "relevance"),
        ("volgorde=nieuw", "newest"),
        ("volgorde=naam", "name"),
        ("volgorde=zorgverlener", "provider"),
        ("q=hart", "relevance"),
        ("q=hart&volgorde=relevantie", "relevance"),
        ("q=hart&volgorde=nieuw", "newest"),
        ("q=hart&volgorde=naam", "name"),
    ],
)
def test_order_in_force(query, order):
    assert read(query).order == order


def test_every_order_can_be_asked_for_and_has_words():
    assert set(SORT_PARAMS.values()) == set(SORTS) == set(SORT_LABELS)


def test_orders_to_choose_from_name_the_one_in_force():
    assert [str(words) for _param, words, chosen in read("").sorts() if chosen] == ["Zorg voor patiënten eerst"]
    assert [str(words) for _param, words, chosen in read("q=hart").sorts() if chosen] == ["Past het best"]
    assert [param for param, _words, chosen in read("volgorde=nieuw").sorts() if chosen] == ["nieuw"]


# --- Writing back -------------------------------------------------------------------------------------------------


def test_nothing_asked_gives_no_query_string():
    assert Ask().query() == ""


def test_change_goes_back_to_the_first_page():
    assert replace(Ask(q="hart", page=4), sort="name").query() == "?q=hart&volgorde=naam"
    assert Ask(q="hart", page=4).query(page=2) == "?q=hart&pagina=2"


@pytest.mark.parametrize("q", ["a&plek=GP", "a=b", "a#b", "a+b", "50%", "’s-Hertogenbosch", "<script>", "?q=x", "日本"])
def test_words_with_signs_of_an_address_stay_words(q):
    assert again(Ask(q=q)) == Ask(q=q)


@given(
    q=ANY_TEXT,
    codes=st.dictionaries(st.sampled_from(sorted(BY_PARAM)), st.lists(ANY_TEXT, max_size=3), max_size=4),
    sort=st.sampled_from(["", *SORT_PARAMS]),
    page=st.integers(-3, 10**7),
)
@settings(max_examples=300, deadline=None)
def test_what_was_read_reads_the_same_after_writing(q, codes, sort, page):
    data = QueryDict(mutable=True)
    data["q"], data["volgorde"], data["pagina"] = q, sort, str(page)
    for param, values in codes.items():
        data.setlist(param, values)
    ask = Ask.read(data)

    rewritten = read(ask.query(page=ask.page).removeprefix("?"))

    assert rewritten == ask


@given(query=st.text(max_size=80) | st.binary(max_size=80))
@settings(max_examples=200, deadline=None)
def test_any_address_can_be_read(query):
    ask = Ask.read(QueryDict(query))

    assert ask.page >= 1
    assert len(ask.q) <= LONGEST_QUERY


# --- What is chosen -----------------------------------------------------------------------------------------------


def test_chosen_filter_leads_to_the_question_without_it():
    ask = Ask(q="hart", filters={"care_setting": ["GP", "WARD"], "can_refuse": ["YES"]}, page=2)

    found = ask.chosen("/register/")

    assert [(one.label, one.url) for one in found] == [
        ("Waar in de zorg", "/register/?q=hart&plek=WARD&nee=YES"),
        ("Waar in de zorg", "/register/?q=hart&plek=GP&nee=YES"),
        ("Kunt u nee zeggen?", "/register/?q=hart&plek=GP&plek=WARD"),
    ]


def test_last_value_that_goes_takes_its_filter_along():
    ask = Ask(filters={"can_refuse": ["YES"]})

    assert ask.without(BY_PARAM["nee"], "YES") == Ask()


def test_no_two_filters_share_a_name():
    assert len(BY_PARAM) == len(FACETS) == len({facet.key for facet in FACETS})


def test_filter_shows_an_unknown_code_as_it_is():
    assert [facet.value_label("X9") for facet in FACETS] == ["X9"] * len(FACETS)


def test_filter_on_an_english_page_is_in_english():
    with override("en"):
        assert BY_PARAM["plek"].value_label("RADIOLOGY") == "X-rays and scans (radiology)"
        assert BY_PARAM["klasse"].value_label("IIA") == vocabulary("ce_class").terms["IIA"].label_en
