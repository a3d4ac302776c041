"""Lines of a CSV: their ends, cells with much in them, a quote without its end, names of columns that come again."""

import pytest

from transparency.exchange.detect import read_data
from transparency.exchange.report import ExchangeError

NAMES = "name,organization,goal\n"


def rows(text):
    """Every row of a CSV."""
    return [*read_data(text.encode())[1]]


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_every_kind_of_line_end_is_read(end):
    text = (NAMES + "Hulp,Zorg,Doel\n" * 3000).replace("\n", end)

    assert [row.number for row in rows(text)] == [*range(2, 3002)]


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_a_line_for_excel_above_the_names_is_passed_over(end):
    assert rows(f"sep=;{end}name;organization{end}Hulp;Zorg{end}")[0].raw == {"name": "Hulp", "organization": "Zorg"}


def test_a_cell_may_hold_many_commas():
    goal = "a,\n" + "b," * 6000

    assert rows(f'{NAMES}Hulp,Zorg,"{goal}"\n')[0].record["goal"] == goal


@pytest.mark.parametrize("line", ["Hulp,Zorg" + ",a" * 6000, "Hulp,Zorg" + ',"a""b"' * 6000, "," * 6000])
def test_a_line_with_too_many_cells_is_named(line):
    with pytest.raises(ExchangeError, match="Regel 3 heeft te veel kolommen"):
        rows(f'{NAMES}"Een\ntwee",Zorg,a\n{line}\n'.replace("Een\ntwee", "Een"))


@pytest.mark.parametrize("end", ["\r", "\n"])
@pytest.mark.parametrize("line", ['"Hulp,Zorg,Doel', 'Hulp,"Zorg"x,Doel', '"a""b","Zorg,Doel'])
def test_a_quote_without_its_end_is_named_where_it_begins(line, end):
    text = f"{NAMES}{line}\n" + "Tweede,Zorg,Doel\n" * 500

    with pytest.raises(ExchangeError, match="Op regel 2 begint een cel met een aanhalingsteken"):
        rows(text.replace("\n", end))


@pytest.mark.parametrize(("data", "words"), [(b"a\rb\rc\0", "regel 3"), (b"a\rb\r\xe9", "regel 3")])
def test_a_bad_character_is_named_by_its_line_whatever_the_line_end(data, words):
    with pytest.raises(ExchangeError, match=words):
        read_data(data)


def test_names_of_columns_that_come_again_are_no_record():
    found = rows(f"{NAMES}Hulp,Zorg,a\n{NAMES}Meter,Zorg,b\n")

    assert [row.record["name"] for row in found] == ["Hulp", "Meter"]
    assert [(note.field, "nog een keer" in note.reason) for note in found[0].notes] == [("regel 3", True)]


def test_names_of_columns_in_the_last_line_are_told():
    assert [note.field for note in rows(f"{NAMES}Hulp,Zorg,a\n{NAMES}")[0].notes] == ["regel 3"]


def test_other_names_of_columns_hold_for_what_stands_under_them():
    found = rows(f"{NAMES}Hulp,Zorg,a\norganization,name,goal\nZorg,Meter,b\n")

    assert [(row.record["name"], row.record["organization"]) for row in found] == [("Hulp", "Zorg"), ("Meter", "Zorg")]


def test_names_of_columns_in_words_under_their_keys_are_no_record():
    found = rows(f"{NAMES}Naam,Organisatienaam,Toelichting\nHulp,Zorg,a\n")

    assert [row.record for row in found] == [{"name": "Hulp", "organization": "Zorg", "goal": "a"}]
