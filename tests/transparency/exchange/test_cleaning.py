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
    ("status", "Niet meer actief", "Buiten gebruik"),
    ("status", "Niet langer in gebruik", "Buiten gebruik"),
    ("status", "Was in gebruik tot 2022", None),
    ("status", "Nog niet operationeel", None),
    ("status", "Niet in productie", None),
    ("status", "Geen pilot meer", None),
    ("status", "Non-actief", None),
    ("status", "Pilot afgerond", None),
    ("status", "Niet buiten gebruik", None),
    ("status", "Gaat binnenkort in productie", None),
    ("status", "Wordt in 2027 in gebruik genomen", None),
    ("status", "Niet meer in gebruik bij ons, wel in ontwikkeling", None),
    ("status", "Nog in ontwikkeling", "In ontwikkeling"),
    ("status", 3, None),
    ("begin_date", "03-2022", "2022-03"),
    ("begin_date", "2022-03-31", "2022-03"),
    ("begin_date", "31-03-2022", "2022-03"),
    ("begin_date", "2023-12-01 00:00:00", "2023-12"),
    ("begin_date", "maart 2022", "2022-03"),
    ("begin_date", "mei 2022", "2022-05"),
    ("begin_date", "2022-13", None),
    ("begin_date", "ooit", None),
    ("begin_date", "decision 2020", None),
    ("begin_date", "augurk 2020", None),
    ("begin_date", "1-dec-2020", "2020-12"),
    ("begin_date", "sept. 2020", "2020-09"),
    ("begin_date", "2023-05-99", "2023-05"),
    ("begin_date", "31-02-2022", "2022-02"),
    ("begin_date", "٢٠٢٣-٠٥", "2023-05"),
    ("website", "www.zorg.example.nl", "https://www.zorg.example.nl"),
    ("website", " https://zorg.example/a ", "https://zorg.example/a"),
    ("website", "Zie https://zorg.example/a, of bel.", "https://zorg.example/a"),
    ("website", "javascript:alert(1)", None),
    ("website", "-", None),
    ("website", "Zie (https://zorg.example/AI_(x)).", "https://zorg.example/AI_(x)"),
    ("website", "https://een.example/a|https://twee.example", "https://een.example/a"),
    ("website", "zorg.nl?x=1", "https://zorg.nl?x=1"),
    ("website", "zorg.nl/d'hondt.", "https://zorg.nl/d'hondt"),
    ("website", "zorg.nl.example", None),
    ("website", "d'hondt.nl", None),
    ("website", "Zie https://'.' of bel", None),
    ("contact_email", "Mail naar plan@zorg.example.", "plan@zorg.example"),
    ("contact_email", "mailto:plan@zorg.example", "plan@zorg.example"),
    ("contact_email", "14 010", None),
    ("contact_email", "MAILTO:plan@zorg.example?subject=Vraag", "plan@zorg.example"),
    ("contact_email", "Mail d'hondt@zorg.example, of bel", "d'hondt@zorg.example"),
    ("contact_email", "'plan@zorg.example'", "plan@zorg.example"),
    ("contact_email", "Jan <jan@zorg.example>", "jan@zorg.example"),
    ("contact_email", "plan@zorg.example;hulp@zorg.example", "plan@zorg.example"),
    ("contact_email", "Mail naar plan@zorg.example/hulp", None),
    ("lang", "Nederlands", "nld"),
    ("lang", None, "nld"),
    ("provider", "Zelf ontwikkeld", "Intern ontwikkeld"),
    ("source_id", "Nog niet beschikbaar", None),
    ("lars", 12345678, "12345678"),
    ("publication_category", "impactvolle algoritmes", "Impactvolle algoritmes"),
    ("publication_category", "Categorie X", None),
    ("goal", "<p>Goed</p><script>x</script>", "<p>Goed</p>"),
    ("goal", ",-", None),
    ("goal", "Leeftijd <vul in> jaar", "<p>Leeftijd &lt;vul in&gt; jaar</p>"),
    ("goal", "<x onload=alert(1)>a", "<p>&lt;x onload=alert(1)&gt;a</p>"),
    ("goal", "#VALUE!", None),
    ("description_short", "#DEEL/0!", None),
    ("source_id", "#VALUE!", None),
    ("lars", "#n/b ", None),
]
WHOLE = [
    ("contact_email", "d'hondt@zorg.example"),
    ("contact_email", "d’hondt@zorg.example"),
    ("contact_email", "hulp+ai@zorg.example"),
    ("website", "https://zorg.example/a|b"),
    ("website", "https://zorg.example/d'hondt"),
    ("website", "HTTPS://zorg.example/x"),
    ("website", "https://zorg.example/x)"),
]


@pytest.mark.parametrize(("key", "value"), WHOLE)
def test_an_address_that_is_good_stays_whole(key, value):
    assert clean_value(key, value) == (value, "")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("<b>Goed</b>", "Deze opmaak mag niet in de tekst: b. De woorden zijn gebleven."),
        ("<title>Kop</title>tekst", "Deze opmaak mag niet in de tekst: title. De woorden zijn gebleven."),
        ("Goed<script>x</script>", "Wat een lezer niet ziet, is weggehaald. De andere woorden zijn gebleven."),
        ("Goed<!-- x -->", "Wat een lezer niet ziet, is weggehaald. De andere woorden zijn gebleven."),
        ("Leeftijd <vul in>", "Wat tussen < en > stond, is nu gewone tekst."),
    ],
)
def test_what_became_of_the_words_is_true(raw, said):
    assert clean_value("goal", raw)[1].endswith(said)


def test_a_day_that_is_not_there_is_told():
    assert clean_value("begin_date", "2023-05-99")[1] == "Deze dag bestaat niet. Wij namen alleen de maand."


def test_words_beside_a_month_are_told():
    assert "stond er nog iets" in clean_value("begin_date", "mei 2022 tot juni 2023")[1]


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
