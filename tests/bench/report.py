"""The tables of portal/docs/metingen.md, from the newest result of each comparison that is kept."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.scenarios import STATIC_SPEED_GOAL, Scenario, scenarios

Row = dict[str, Any]
FEWEST_ROUNDS = 5  # fewer only show that the bench works
HEAD = """<!-- Made by `manage.py bench --write`. Measure again, do not change this file. -->

# Metingen

Hoe snel het register antwoordt, naast hetzelfde register zoals het meestal wordt geschreven
(`tests/bench/usual`: Django en DRF met ModelSerializer, `icontains`, OFFSET en GROUP BY) en naast dezelfde
bytes als bestand bij granian. Elke verhouding is CPU-tijd per antwoord van de hele server met zijn database,
om en om gemeten (A B B A). Er staat de mediaan, daarachter het interval waarin die met 95% kans ligt. Een
doel is gehaald (✓) als ook het ongunstige eind van het interval het haalt.
"""
FOOT = """
## Zelf meten

`manage.py bench` meet alles (`--quick` kijkt of het werkt; `--sizes`, `--databases`, `--kinds`, `--names` en
`--rounds` kiezen). Nodig zijn wrk (`apt-get install wrk`) en voor PostgreSQL een server op deze computer. De
toepassingen zijn gemaakt uit een vast getal: 300 verzonnen zorgverleners in 60 plaatsen, teksten van ongeveer
570 woorden, 40 toepassingen bij een product. De tabellen hierboven tonen het nieuwste van wat in
`var/bench/results.jsonl` staat.
"""
LABELS = {"deep": "laatste bladzijde ÷ eerste"}


def write(results: Path, page: Path) -> None:
    """Write `page` from the lines of `results`."""
    rows = newest(json.loads(line) for line in results.read_text(encoding="utf-8").splitlines())
    parts = [HEAD, *_cold(rows), *_warm(rows), *_growth(rows), *_circumstances(rows), FOOT]
    page.write_text("\n".join(parts), encoding="utf-8")


def newest(rows: Iterable[Row]) -> list[Row]:
    """The last of each comparison with enough rounds."""
    found: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        if row["rounds"] >= FEWEST_ROUNDS:
            key = tuple(row[name] for name in ("database", "size", "first_size", "kind", "name", "ours", "theirs"))
            found[key if row["kind"] == "growth" else (*key[:2], *key[3:])] = row
    return list(found.values())


def label(name: str) -> str:
    """The words of a scenario."""
    known: list[Scenario] = scenarios(1)
    words = {one.name: one.label for one in known} | {
        "api_list": "API, lijst van 100",
        "api_one": "API, een toepassing",
    }
    return LABELS.get(name) or words[name]


def _ratio(row: Row | None) -> str:
    if row is None:
        return "–"
    low, high = row["interval"]
    sign = {True: " ✓", False: " ✗", None: ""}[row["passed"]]
    return f"{_short(row['ratio'])} ({_short(low)}–{_short(high)}){sign}"


def _short(number: float) -> str:
    return f"{number:.0f}" if number >= 20 else f"{number:.1f}" if number >= 2 else f"{number:.2f}"


def _cpu(row: Row, side: str) -> str:
    return _short(median(sample["cpu_ms"] for sample in row[f"{side}_samples"]))


def _table(head: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "| " + " | ".join("---" for _cell in head) + " |"
    yield from ("| " + " | ".join(row) + " |" for row in rows)


def _ordered(rows: list[Row]) -> list[Row]:
    names = [*(one.name for one in scenarios(1)), "api_list", "api_one", "deep"]
    return sorted(rows, key=lambda row: (row["database"] != "SQLite", names.index(row["name"]), row["size"]))


def _cold(rows: list[Row]) -> Iterator[str]:
    yield "\n## Zonder geheugen voor bladzijden: hoeveel keer minder CPU dan zoals meestal\n"
    head = ["database", "wat", "toepassingen", "ons (ms CPU)", "meestal (ms CPU)", "verhouding", "doel (vanaf 10.000)"]
    chosen = _ordered([row for row in rows if row["kind"] == "cold"])
    yield from _table(
        head,
        [
            [row["database"], label(row["name"]), f"{row['size']:,}".replace(",", "."), _cpu(row, "ours"),
             _cpu(row, "theirs"), _ratio(row), "" if row["goal"] is None else f"≥ {row['goal']:g}"]
            for row in chosen
        ],
    )  # fmt: skip


def _warm(rows: list[Row]) -> Iterator[str]:
    yield "\n## Uit het geheugen\n"
    head = [
        "database",
        "wat",
        "toepassingen",
        "tegen",
        "verhouding",
        "antwoorden per seconde, ons ÷ zij (bestanden: doel ≥ 0,5)",
        "doel",
    ]
    against = {"usual": "zoals meestal", "static": "granian met bestanden", "warm": "304 ÷ eigen antwoord"}
    chosen = _ordered([row for row in rows if row["kind"] in {"warm", "304"}])
    yield from _table(
        head,
        [
            [row["database"], label(row["name"]), f"{row['size']:,}".replace(",", "."), against[row["theirs"]],
             _ratio(row), _speed(row), f"{'≤' if row['inverse'] else '≥'} {row['goal']:g}"]
            for row in chosen
        ],
    )  # fmt: skip


def _speed(row: Row) -> str:
    """Answers per second beside theirs; of files at least half."""
    mark = "" if row["theirs"] != "static" else " ✓" if row["per_second_ratio"] >= STATIC_SPEED_GOAL else " ✗"
    return f"{_short(row['per_second_ratio'])}{mark}"


def _growth(rows: list[Row]) -> Iterator[str]:
    yield "\n## Hoeveel meer CPU een groter register kost\n"
    head = ["database", "wat", "van", "naar", "verhouding", "doel"]
    chosen = _ordered([row for row in rows if row["kind"] == "growth"])
    yield from _table(
        head,
        [
            [row["database"], label(row["name"]), "" if row["name"] == "deep" else str(row["first_size"]),
             str(row["size"]), _ratio(row), "" if row["goal"] is None else f"≤ {row['goal']:g}"]
            for row in chosen
        ],
    )  # fmt: skip


def _circumstances(rows: list[Row]) -> Iterator[str]:
    if rows:
        others = [sample["others"] for row in rows for sample in (*row["ours_samples"], *row["theirs_samples"])]
        failed = sum(sample["failed"] for row in rows for sample in (*row["ours_samples"], *row["theirs_samples"]))
        rounds = sorted({row["rounds"] for row in rows})
        commits = sorted({row["commit"] for row in rows})
        days = sorted({row["at"][:10] for row in rows})
        yield "\n## Hoe het was tijdens het meten\n"
        yield f"- Gemeten op {' en '.join(days)} (UTC), versie {', '.join(commits)}, rondes: {rounds}."
        yield f"- Andere programma’s gebruikten (mediaan) {100 * median(others):.0f}% van de processors."
        yield f"- Antwoorden die mislukten of te laat kwamen: {failed}."
