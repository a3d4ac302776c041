"""Lists that the national CSV flattens into one cell are read one item after the other."""

import pytest

from transparency.exchange.groupings import flatten, parse

READ = {
    "with links": ("1: Wet een, https://w.example/1. 2: Wet twee, https://w.example/2",
                   [("Wet een", "https://w.example/1"), ("Wet twee", "https://w.example/2")]),
    "item without link": ("1: DPIA. 2: IAMA, https://i.example. 3: Eigen toets",
                          [("DPIA", ""), ("IAMA", "https://i.example"), ("Eigen toets", "")]),
    "comma in title": ("1: Wet, artikel 2, https://w.example/1", [("Wet, artikel 2", "https://w.example/1")]),
    "dot in link": ("1: Wet, https://w.example/a.b. 2: Twee", [("Wet", "https://w.example/a.b"), ("Twee", "")]),
    "number in title": ("1: Hoofdstuk 3: regels. 2: Rest", [("Hoofdstuk 3: regels", ""), ("Rest", "")]),
    "numbers out of order": ("1: Een. 3: drie", [("Een. 3: drie", "")]),
    "eleven": (". ".join(f"{n}: T{n}" for n in range(1, 12)), [(f"T{n}", "") for n in range(1, 12)]),
}  # fmt: skip


@pytest.mark.parametrize("case", list(READ))
def test_a_flattened_list_is_read(case):
    text, rows = READ[case]

    assert [(row["title"], row["link"]) for row in parse(text)] == rows


@pytest.mark.parametrize("text", ["zie de bijlage", "", "2: twee", "1: , https://x.example"])
def test_a_text_that_is_no_such_list_is_left_alone(text):
    assert parse(text) is None


@pytest.mark.parametrize("case", list(READ))
def test_what_was_read_is_written_the_same(case):
    text, _rows = READ[case]

    assert flatten(parse(text)) == text
