"""Dirty values are made right, and each change has a reason."""

import pytest
from hypothesis import given

from tests.transparency.exchange.strategies import ANYTHING, patient
from transparency.exchange import cleaning, cleaning_lists
from transparency.exchange.national import BY_KEY, Shape
from transparency.exchange.older import clean_value

LISTS = {Shape.ENUMS, Shape.LINKS}
SINGLE = [key for key, f in BY_KEY.items() if f.shape not in LISTS and key != "standard_version"]
CASES = [
    ("status", "in gebruik", "In gebruik"),
    ("status", "Actief", "In gebruik"),
    ("status", "in_gebruik", "In gebruik"),
    ("status", "ontwikkeling", "In ontwikkeling"),
    ("status", "buiten_gebruik", "Buiten gebruik"),
    ("status", "In gebruik sinds 18-12-2020", "In gebruik"),
    ("status", "Het is niet meer in gebruik.", "Buiten gebruik"),
    ("status", "Eén wijk is in gebruik, maar het is nog niet in gebruik genomen.", None),
    ("status", "Het is in ontwikkeling en deels in gebruik.", None),
    ("status", 3, None),
    ("begin_date", "03-2022", "2022-03"),
    ("begin_date", "2022-03-31", "2022-03"),
    ("begin_date", "31-03-2022", "2022-03"),
    ("begin_date", "2023-12-01 00:00:00", "2023-12"),
    ("begin_date", "maart 2022", "2022-03"),
    ("begin_date", "mei 2022", "2022-05"),
    ("begin_date", "2022-13", None),
    ("begin_date", "ooit", None),
    ("website", "www.zorg.example.nl", "https://www.zorg.example.nl"),
    ("website", " https://zorg.example/a ", "https://zorg.example/a"),
    ("website", "Zie https://zorg.example/a, of bel.", "https://zorg.example/a"),
    ("website", "javascript:alert(1)", None),
    ("website", "-", None),
    ("contact_email", "Mail naar plan@zorg.example.", "plan@zorg.example"),
    ("contact_email", "mailto:plan@zorg.example", "plan@zorg.example"),
    ("contact_email", "14 010", None),
    ("lang", "Nederlands", "nld"),
    ("lang", None, "nld"),
    ("provider", "Zelf ontwikkeld", "Intern ontwikkeld"),
    ("source_id", "Nog niet beschikbaar", None),
    ("lars", 12345678, "12345678"),
    ("publication_category", "impactvolle algoritmes", "Impactvolle algoritmes"),
    ("publication_category", "Categorie X", None),
    ("goal", "<p>Goed</p><script>x</script>", "<p>Goed</p>"),
    ("goal", ",-", None),
]


@pytest.mark.parametrize(("key", "raw", "cleaned"), CASES)
def test_a_dirty_value_is_made_right(key, raw, cleaned):
    assert clean_value(key, raw)[0] == cleaned


@pytest.mark.parametrize(("key", "raw"), [(key, raw) for key, raw, _cleaned in CASES])
def test_a_cleaned_value_has_a_reason(key, raw):
    assert clean_value(key, raw)[1]


@pytest.mark.parametrize("key", SINGLE)
@patient
@given(value=ANYTHING)
def test_no_value_is_changed_without_a_reason(key, value):
    cleaned, reason = clean_value(key, value)

    was_empty = cleaned is None and not cleaning.plain(value).strip()
    only_space = isinstance(value, str) and " ".join(value.split()) == cleaned
    assert reason or cleaned == value or was_empty or only_space


@pytest.mark.parametrize(
    ("raw", "themes", "others"),
    [
        (["Werk", "Verkeer"], ["Werk", "Verkeer"], []),
        ('{Werk,Huisvesting,"Ruimte en infrastructuur"}', ["Werk", "Wonen", "Ruimte en infrastructuur"], []),
        ("Zorg en gezondheid, WW", ["Zorg en gezondheid"], ["WW"]),
        ("Corona", [], ["Corona"]),
        (None, [], []),
        (["Werk", 5, None], ["Werk"], ["5"]),
    ],
)
def test_themes_are_told_from_other_words(raw, themes, others):
    assert cleaning_lists.categories(raw)[:2] == (themes, others)


def test_links_without_an_address_are_told_apart_where_one_is_needed():
    rows, left, _reason = cleaning_lists.links(
        [{"title": "Wet", "link": ""}, {"title": "Bron", "link": "www.bron.nl"}], link_needed=True
    )

    assert (rows, left) == ([{"title": "Bron", "link": "https://www.bron.nl"}], ["Wet"])
