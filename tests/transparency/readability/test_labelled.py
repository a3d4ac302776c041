"""The findings on sentences of our own, each labelled with everything that is wrong with it (labelled.txt)."""

from pathlib import Path

import pytest

from transparency.readability.check import check

FILE = Path(__file__).parent / "labelled.txt"


def labelled():
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            labels, sentence = line.split("|")
            yield {label.strip() for label in labels.split(",")} - {"-"}, sentence.strip()


SENTENCES = list(labelled())
FOUND = {sentence: check(sentence, to_reader=False).findings for _labels, sentence in SENTENCES}


def has(sentence, code):
    return any(one.code == code for one in FOUND[sentence])


def test_there_are_enough_sentences_and_a_third_has_nothing_wrong():
    assert len(SENTENCES) == len(FOUND) >= 400
    assert sum(not labels for labels, _sentence in SENTENCES) * 3 >= len(SENTENCES)


@pytest.mark.parametrize(
    ("label", "code", "least", "most_alarms"),
    [
        ("passive", "passive", 0.95, 0.01),
        ("split", "split", 0.9, 0.01),
        ("nominal", "nominal", 0.85, 0.01),
        ("negation", "double_negation", 0.9, 0.01),
    ],
)
def test_a_rule_finds_what_is_there_and_little_else(label, code, least, most_alarms):
    there = [sentence for labels, sentence in SENTENCES if label in labels]
    not_there = [sentence for labels, sentence in SENTENCES if label not in labels]

    assert sum(has(sentence, code) for sentence in there) / len(there) >= least
    assert sum(has(sentence, code) for sentence in not_there) / len(not_there) <= most_alarms


def test_nine_in_ten_formal_words_are_found_and_each_has_a_simpler_one():
    wanted = [
        (label.removeprefix("formal:").lower(), sentence)
        for labels, sentence in SENTENCES
        for label in labels
        if label.startswith("formal:")
    ]
    hits = []
    for word, sentence in wanted:
        found = [one for one in FOUND[sentence] if one.code == "formal_word"]
        hits.append(any(word in one.text.lower() or one.text.lower() in word for one in found))
        assert all(one.suggestions and all(one.suggestions) for one in found)

    assert sum(hits) / len(hits) >= 0.9


def test_a_clean_sentence_gets_no_warning():
    clean = [sentence for labels, sentence in SENTENCES if not labels]

    warned = [sentence for sentence in clean if any(one.severity >= 2 for one in FOUND[sentence])]

    assert len(warned) / len(clean) <= 0.02, warned
