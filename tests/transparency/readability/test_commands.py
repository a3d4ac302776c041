"""The commands check_text and evaluate_readability."""

import io
import json
import re

import pytest
from django.core.management import CommandError, call_command

from tests.transparency.readability.test_check import EASY, HARD


def run(*args, monkeypatch=None, stdin=""):
    out = io.StringIO()
    if monkeypatch:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
    call_command(*args, stdout=out)
    return out.getvalue()


def test_one_text_is_told_to_a_person(tmp_path):
    path = tmp_path / "tekst.txt"
    path.write_text(HARD, encoding="utf-8")

    told = run("check_text", str(path))

    assert told.startswith("Score: ongeveer ")
    assert "(rood). Dit is een schatting." in told
    assert "let op: “De verwerkingsverantwoordelijke" in told
    assert "B1" not in told


def test_one_text_comes_as_json_from_standard_input(monkeypatch):
    report = json.loads(run("check_text", "--json", monkeypatch=monkeypatch, stdin=EASY))

    assert report["colour"] == "green"


def test_many_texts_come_back_line_by_line_and_a_bad_line_stops_nothing(monkeypatch):
    lines = [json.dumps({"id": "a", "text": EASY}), "", "{", '{"text": 3}', "[]", json.dumps({"text": "a" * 20_001}),
             json.dumps({"text": HARD})]  # fmt: skip

    made = [json.loads(line) for line in run("check_text", "--jsonl", "-", monkeypatch=monkeypatch,
                                             stdin="\n".join(lines)).splitlines()]  # fmt: skip

    assert [one.get("id") or one["line"] for one in made] == ["a", 3, 4, 5, 6, 7]
    assert ["error" in one for one in made] == [False, True, True, True, True, False]
    assert {"score", "level", "colour", "reliable", "model", "facts", "findings"} <= set(made[0])
    assert (made[0]["colour"], made[-1]["colour"]) == ("green", "red")


def test_a_text_that_is_too_long_or_not_there_is_an_error(tmp_path):
    path = tmp_path / "lang.txt"
    path.write_text("a" * 20_001, encoding="utf-8")

    with pytest.raises(CommandError, match="te lang"):
        run("check_text", str(path))
    with pytest.raises(CommandError, match="none"):
        run("check_text", str(tmp_path / "none.txt"))


def test_evaluation_measures_beside_older_measures(tmp_path):
    rows = [
        {"id": "1", "set": "gov_citizen", "rank": 1, "pair": "p", "text": EASY},
        {"id": "2", "set": "gov_professional", "rank": 2, "pair": "p", "text": HARD},
    ]
    (tmp_path / "texts.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")

    told = run("evaluate_readability", str(tmp_path))

    assert "AUC gov_citizen / gov_professional (1 en 1 teksten)" in told
    assert "paren goed (1 en 1 teksten)" in told
    assert told.count("1.000 (1.000 tot 1.000)") == 8
    assert told.count("verschil met LIX: 0.000 (0.000 tot 0.000)") == 2
    assert told.count("te klein voor deze steekproef: een verschil onder 0.000") == 2
    assert re.search(r"formal_word +\d+  gov_citizen 0\.00  gov_professional \d+\.\d\d", told)


def test_evaluation_shows_findings_of_one_kind_to_read(tmp_path):
    row = {"id": "1", "set": "a", "rank": 1, "text": "Bel ons indien u belt. Wij bellen u reeds. De dokter komt."}
    (tmp_path / "texts.jsonl").write_text(json.dumps(row), encoding="utf-8")

    told = run("evaluate_readability", str(tmp_path), "--read", "formal_word", "--most", "1").splitlines()

    assert len(told) == 2
    assert told[0].startswith("a: “")
    assert told[1].strip() in row["text"]


def test_evaluation_without_texts_is_an_error(tmp_path):
    with pytest.raises(CommandError, match=r"texts\.jsonl"):
        run("evaluate_readability", str(tmp_path))
