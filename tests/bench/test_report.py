"""The page of measurements says what was compared, whether the goal was reached, and what went wrong."""

import json

from tests.bench.compare import Comparison, Result
from tests.bench.measure import Asking, Sample
from tests.bench.report import newest, write
from tests.bench.servers import Server


def _result(tmp_path, ours, theirs, *, peer="usual", problems=None, **given):
    sides = [
        Asking(server=Server(name=name, address="", leader=0, log=tmp_path), paths=["/register/"])
        for name in ("cold", peer)
    ]
    costs = [
        [Sample(cpu_ms=cost, per_second=1000 / cost, seconds=2, requests=9, others=0.1, problems=problems or {})
         for cost in side]
        for side in (ours, theirs)
    ]  # fmt: skip
    compared = Comparison(**({"kind": "cold", "name": "list"} | given), ours=sides[0], theirs=sides[1])
    return Result(comparison=compared, ours=costs[0], theirs=costs[1])


def _line(result, **given):
    row = {"at": "2026-11-22T10:00:00+00:00", "commit": "abc", "database": "SQLite", "size": 10_000, "first_size": 1500}
    return row | given | result.row()


def test_goal_is_reached_only_when_the_worse_end_of_the_interval_reaches_it(tmp_path):
    steady = _result(tmp_path, [1] * 9, [9] * 9, goal=8)
    wild = _result(tmp_path, [1] * 9, [9] * 7 + [2] * 2, goal=8)

    assert (steady.passed, wild.passed) == (True, False)
    assert wild.interval == (2, 9)


def test_inverse_ratio_is_ours_beside_theirs_and_must_stay_under_its_goal(tmp_path):
    result = _result(tmp_path, [1] * 9, [4] * 9, goal=1, inverse=True)

    assert (result.ratios[0], result.passed) == (0.25, True)


def test_page_shows_ratio_goal_and_which_answers_failed(tmp_path):
    result = _result(tmp_path, [2] * 9, [21] * 9, goal=9, problems={"500 /register/?q=hart": 1})
    (tmp_path / "results.jsonl").write_text(json.dumps(_line(result)))

    write(tmp_path / "results.jsonl", tmp_path / "page.md")

    page = (tmp_path / "page.md").read_text()
    assert "| SQLite | 10.000 | lijst met aantallen | zoals meestal | 2,0 | 21 | 10,5 (10,5–10,5) ✓ | ≥ 9 |" in page
    assert "Gehaald: 1 van de 1 gemeten doelen." in page
    assert "- Antwoorden die mislukten of te laat kwamen: 18." in page
    assert "  - 9 keer `SQLite, cold, usual: 500 /register/?q=hart`" in page


def test_page_says_when_a_goal_is_out_of_reach_for_a_file_too(tmp_path):
    usual = _result(tmp_path, [1] * 9, [21] * 9, kind="warm", goal=50)
    file = _result(tmp_path, [1] * 9, [0.7] * 9, kind="warm", peer="static", goal=0.25)
    reachable = _result(tmp_path, [1] * 9, [36] * 9, kind="warm", name="entry", goal=50)
    file_of_that = _result(tmp_path, [1] * 9, [0.7] * 9, kind="warm", name="entry", peer="static", goal=0.25)
    no_goal = _result(tmp_path, [1] * 9, [2] * 9, kind="warm", name="api_one", goal=None)
    file_of_this = _result(tmp_path, [1] * 9, [0.7] * 9, kind="warm", name="api_one", peer="static", goal=0.25)
    results = (usual, file, reachable, file_of_that, no_goal, file_of_this)
    lines = [json.dumps(_line(result)) for result in results]
    (tmp_path / "results.jsonl").write_text("\n".join(lines))

    write(tmp_path / "results.jsonl", tmp_path / "page.md")

    said = [line for line in (tmp_path / "page.md").read_text().splitlines() if "te halen" in line]
    assert [(line.split(":")[0], "granian zelf 30." in line) for line in said] == [
        ("SQLite, lijst met aantallen", True)
    ]


def test_newest_result_of_a_comparison_counts_unless_it_has_too_few_rounds(tmp_path):
    full = [_line(_result(tmp_path, [1] * 9, [cost] * 9)) for cost in (5, 6)]
    short = _line(_result(tmp_path, [1], [7]))
    older_form = {"kind": "cold"}

    assert [row["ratio"] for row in newest([older_form, *full, short])] == [6]
