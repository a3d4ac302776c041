"""The findings on sentences of our own, each labelled with everything that is wrong with it (labelled.txt)."""

import tomllib
from pathlib import Path

import pytest

from transparency.readability.check import check

FOLDER = Path(__file__).parent
FILE = FOLDER / "labelled.txt"
OWN_TESTS = tomllib.loads((FOLDER / "list_sentences.toml").read_text(encoding="utf-8"))


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


def sets():
    """{name: [(word or "-", sentence)]} of unseen_words.txt: written without sight of the list."""
    found = {}
    for line in (FOLDER / "unseen_words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# === "):
            found[line.removeprefix("# === ")] = rows = []
        elif not line.startswith("#"):
            rows.append(tuple(piece.strip() for piece in line.split("|")))
    return found


SETS = sets()
LABELLED = [
    (label.removeprefix("formal:").lower(), sentence)
    for labels, sentence in SENTENCES
    for label in labels
    if label.startswith("formal:")
]


def is_found(word, sentence):
    found = [one for one in check(sentence, to_reader=False).findings if one.code == "formal_word"]
    assert all(one.suggestions and all(one.suggestions) for one in found)
    return any(word in one.text.lower() or one.text.lower() in word for one in found)


@pytest.mark.parametrize("words", [LABELLED, SETS["first"] + SETS["second"]], ids=["labelled", "unseen"])
def test_nine_in_ten_formal_words_are_found_that_the_tests_of_the_list_do_not_name(words):
    tested = [row["found"].lower() for row in OWN_TESTS["hit"]]
    words = [
        (word, sentence) for word, sentence in words if not any(word in other or other in word for other in tested)
    ]

    assert len(words) >= 50
    assert sum(is_found(word, sentence) for word, sentence in words) / len(words) >= 0.9


@pytest.mark.parametrize("name", ["A", "B", "C"])
def test_a_set_written_without_sight_of_the_list_keeps_what_was_found_at_first(name):
    formal = [(word, sentence) for word, sentence in SETS[name] if word != "-"]
    ordinary = [sentence for word, sentence in SETS[name] if word == "-"]
    alarms = [one for one in ordinary if any(f.code == "formal_word" for f in check(one, to_reader=False).findings)]

    assert (len(formal), len(ordinary)) == (80, 80)
    assert sum(is_found(word, sentence) for word, sentence in formal) / 80 >= 0.95
    assert len(alarms) <= 2, alarms


def test_a_clean_sentence_gets_no_warning():
    clean = [sentence for labels, sentence in SENTENCES if not labels]

    warned = [sentence for sentence in clean if any(one.severity >= 2 for one in FOUND[sentence])]

    assert len(warned) / len(clean) <= 0.02, warned
