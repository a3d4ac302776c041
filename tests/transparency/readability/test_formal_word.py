"""The rule for formal words finds what the lists promise: list_sentences.toml, through the real check."""

import re
import tomllib
from pathlib import Path

import pytest

from transparency.readability.check import check

SENTENCES = tomllib.loads((Path(__file__).parent / "list_sentences.toml").read_text(encoding="utf-8"))


def found(text):
    return [one for one in check(text).findings if one.code == "formal_word"]


@pytest.mark.parametrize("row", SENTENCES["hit"], ids=lambda row: row["found"])
def test_a_formal_word_is_found_with_a_suggestion_in_its_form(row):
    mark, *_in_its_gap = found(row["text"])
    choices = [re.escape(one.strip()).replace("…", ".+") for one in row["write"].split(" / ")]

    assert mark.text == row["found"]
    assert any(re.fullmatch(choice, one, re.IGNORECASE) for one in mark.suggestions for choice in choices)


@pytest.mark.parametrize("text", SENTENCES["clean"])
def test_an_ordinary_sentence_gives_no_false_alarm(text):
    assert [one.text for one in found(text)] == []
