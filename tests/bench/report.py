"""The tables of portal/docs/metingen.md, from the newest result of each comparison that is kept."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.scenarios import DEEP, LABELS, SPEED_GOALS

Row = dict[str, Any]
SIGNS = {True: " ✓", False: " ✗", None: ""}
FEWEST_ROUNDS = 5  # fewer only show that the bench works
NAMES = {
    "usual": "zoals meestal", "wagtail": "Wagtail", "datasette": "Datasette", "static": "bestand bij granian",
    "nginx": "bestand bij nginx", "row by row": "rij voor rij", "DRF at once": "DRF in één keer",
}  # fmt: skip
HEAD = """<!-- Made by `manage.py bench --write`. Measure again, do not change this file. -->

# Metingen

Hoe snel het register antwoordt, naast anderen met dezelfde toepassingen op dezelfde computer:

- *zoals meestal*: hetzelfde register zoals Django en DRF meestal worden geschreven, met ModelSerializer,
  `icontains`, OFFSET en GROUP BY (`tests/bench/usual`);
- *Wagtail* met een bladzijde per toepassing, en *Datasette* met een tabel en zoeken in de tekst, elk zoals de eigen
  handleiding het zegt (`tests/bench/peers`); beide op SQLite;
- *bestand*: dezelfde bytes als bestand bij granian en bij nginx.

Elk getal is een verhouding van CPU-tijd per antwoord: van de hele server met zijn database. Wij meten om en om
(A B B A). Er staat de mediaan, met daarachter het interval waarin die met 95% kans ligt. Een doel is gehaald (✓) als
ook het slechte eind van het interval het haalt, en anders niet (✗). Zonder doel staat er niets.
"""
FOOT = """
## Zelf meten

`manage.py bench` meet alles. `--quick` kijkt alleen of het werkt. `--sizes`, `--databases`, `--kinds`, `--names`,
`--peers` en `--rounds` kiezen een deel. Nodig zijn wrk en nginx (`apt-get install wrk nginx-light`), en voor
PostgreSQL een server op deze computer. Wagtail en Datasette zet het commando zelf klaar, in `var/bench`.

De toepassingen zijn gemaakt uit een vast getal: 300 verzonnen zorgverleners in 60 plaatsen, teksten van ongeveer 570
woorden, 40 toepassingen bij een product. De tabellen tonen het nieuwste uit `var/bench/results.jsonl`.
"""


def write(results: Path, page: Path) -> None:
    """Write `page` from the lines of `results`."""
    rows = newest(json.loads(line) for line in results.read_text(encoding="utf-8").splitlines())
    page.write_text("\n".join([HEAD, *_parts(rows), FOOT]), encoding="utf-8")


def newest(rows: Iterable[Row]) -> list[Row]:
    """The last of each comparison with enough rounds; those of an older form of the bench are left out."""
    found: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        if "problems" in row and row["rounds"] >= FEWEST_ROUNDS:
            found[tuple(row[name] for name in ("database", "size", "kind", "name", "ours", "theirs"))] = row
    return sorted(found.values(), key=_place)


def _place(row: Row) -> tuple[Any, ...]:
    peers = list(NAMES)
    peer = peers.index(row["theirs"]) if row["theirs"] in NAMES else len(peers)
    return row["database"] != "SQLite", row["size"], list(LABELS).index(row["name"]), peer


def _parts(rows: list[Row]) -> Iterator[str]:
    judged = [row["passed"] for row in rows if row["passed"] is not None]
    judged += [fast for row in rows if (fast := _is_fast(row)) is not None]
    yield f"Gehaald: {sum(judged)} van de {len(judged)} gemeten doelen."
    yield from _cold([row for row in rows if row["kind"] == "cold"])
    yield from _warm([row for row in rows if row["kind"] == "warm"])
    yield from _not_modified([row for row in rows if row["kind"] == "304"])
    yield from _growth([row for row in rows if row["kind"] == "growth" and row["name"] != DEEP])
    yield from _deep([row for row in rows if row["kind"] == "growth" and row["name"] == DEEP])
    yield from _exchange([row for row in rows if row["kind"] in {"import", "export"}])
    yield from _memory([row for row in rows if row["kind"] == "memory"])
    yield from _circumstances(rows)


def _cold(rows: list[Row]) -> Iterator[str]:
    yield from _section("Zonder geheugen voor bladzijden", "Elk antwoord wordt opnieuw gemaakt. De doelen gelden "
                        "vanaf 10.000 toepassingen.")  # fmt: skip
    head = ["database", "toepassingen", "wat", "naast", "ons (ms)", "zij (ms)", "hoeveel keer minder CPU", "doel"]
    yield from _table(head, rows, lambda row: [*_who(row), _cost(row, "ours"), _cost(row, "theirs"), *_found(row)])


def _warm(rows: list[Row]) -> Iterator[str]:
    yield from _section("Uit het geheugen", "Wat vaker wordt gevraagd, komt uit het geheugen voor bladzijden. "
                        "Antwoorden per seconde hebben een doel naast granian: ≥ 0,5.")  # fmt: skip
    head = ["database", "toepassingen", "wat", "naast", "ons (ms)", "zij (ms)", "zij ÷ ons (CPU)", "doel",
            "antwoorden per seconde, ons ÷ zij"]  # fmt: skip
    yield from _table(
        head, rows, lambda row: [*_who(row), _cost(row, "ours"), _cost(row, "theirs"), *_found(row), _speed(row)]
    )
    yield from _out_of_reach(rows)


def _out_of_reach(rows: list[Row]) -> Iterator[str]:
    """Which goals beside "usual" no page of ours can reach, because a file that granian only sends does not either."""
    files = {tuple(_where(row)): _median(row, "theirs") for row in rows if row["theirs"] == "static"}
    for row in rows:
        file = files.get(tuple(_where(row)), 0)
        if (
            row["goal"] is not None
            and row["theirs"] == "usual"
            and file
            and (most := _median(row, "theirs") / file) < row["goal"]
        ):
            yield (
                f"\n{row['database']}, {LABELS[row['name']]}: naast *zoals meestal* haalt een bestand bij granian zelf "
                f"{_short(most)}. Het doel van {row['goal']:g} is daar dus met deze server voor niemand te halen."
            )


def _not_modified(rows: list[Row]) -> Iterator[str]:
    yield from _section("Wie de bladzijde al heeft (304)", "Wat “niets veranderd” kost, naast ons eigen antwoord uit "
                        "het geheugen.")  # fmt: skip
    head = ["database", "toepassingen", "wat", "304 (ms)", "antwoord (ms)", "304 ÷ antwoord", "doel"]
    yield from _table(head, rows, lambda row: [*_where(row), _cost(row, "ours"), _cost(row, "theirs"), *_found(row)])


def _growth(rows: list[Row]) -> Iterator[str]:
    yield from _section("Hoeveel meer CPU een groter register kost", "Zonder geheugen voor bladzijden.")
    head = ["database", "van", "naar", "wat", "klein (ms)", "groot (ms)", "groot ÷ klein", "doel"]
    yield from _table(head, rows, lambda row: [row["database"], _number(row["first_size"]), *_where(row)[1:],
                                               _cost(row, "theirs"), _cost(row, "ours"), *_found(row)])  # fmt: skip


def _deep(rows: list[Row]) -> Iterator[str]:
    yield from _section("De laatste bladzijde van de lijst", "Naast de eerste, zonder geheugen voor bladzijden.")
    head = ["database", "toepassingen", "eerste (ms)", "laatste (ms)", "laatste ÷ eerste", "doel"]
    yield from _table(
        head, rows, lambda row: [*_where(row)[:2], _cost(row, "theirs"), _cost(row, "ours"), *_found(row)]
    )


def _exchange(rows: list[Row]) -> Iterator[str]:
    yield from _section("Inlezen en alles weggeven", "CPU-tijd per toepassing. Inlezen is: bewaren met wat er kwam, en "
                        "een regel in het logboek. Openbaar maken is ook: taal nakijken, en elke bladzijde, kaart en "
                        "elk antwoord van de API maken. Weggeven is `/downloads/toepassingen.json`.")  # fmt: skip
    head = ["database", "toepassingen", "wat", "naast", "ons (ms)", "zij (ms)", "hoeveel keer minder CPU", "doel"]
    yield from _table(head, rows, lambda row: [*_who(row), _cost(row, "ours"), _cost(row, "theirs"), *_found(row)])


def _memory(rows: list[Row]) -> Iterator[str]:
    yield from _section("Hoeveel geheugen alles weggeven vraagt", "Het meeste dat het programma ooit nam.")
    head = ["database", "van", "naar", "klein (MB)", "groot (MB)", "groot ÷ klein", "doel"]
    yield from _table(
        head, rows, lambda row: [row["database"], row["theirs"].rpartition(" ")[2], _number(row["size"]),
                                 _cost(row, "theirs"), _cost(row, "ours"), *_found(row)],
    )  # fmt: skip


def _circumstances(rows: list[Row]) -> Iterator[str]:
    if not rows:
        return
    others = [sample["others"] for row in rows for sample in (*row["ours_samples"], *row["theirs_samples"])]
    failed: Counter[str] = Counter()
    for row in rows:
        failed.update({f"{row['database']}, {row['kind']}, {what}": count for what, count in row["problems"].items()})
    rounds = sorted({row["rounds"] for row in rows})
    days = sorted({row["at"][:10] for row in rows})
    yield "\n## Hoe het was tijdens het meten\n"
    yield f"- Gemeten op {' en '.join(days)} (UTC), versie {', '.join(sorted({row['commit'] for row in rows}))}."
    yield f"- Rondes per vergelijking: {' of '.join(str(number) for number in rounds)}."
    yield f"- Andere programma’s gebruikten (mediaan) {100 * median(others):.0f}% van de processors."
    yield f"- Antwoorden die mislukten of te laat kwamen: {_number(failed.total())}."
    yield from (f"  - {_number(count)} keer `{what}`" for what, count in failed.most_common())


# --- Cells -----------------------------------------------------------------------------------------------------------


def _section(title: str, about: str) -> Iterator[str]:
    yield f"\n## {title}\n\n{about}\n"


def _table(head: list[str], rows: list[Row], cells: Any) -> Iterator[str]:
    if not rows:
        yield "Nog niet gemeten."
        return
    yield "| " + " | ".join(head) + " |"
    yield "| " + " | ".join("---" for _cell in head) + " |"
    yield from ("| " + " | ".join(cells(row)) + " |" for row in rows)


def _where(row: Row) -> list[str]:
    return [row["database"], _number(row["size"]), LABELS[row["name"]]]


def _who(row: Row) -> list[str]:
    return [*_where(row), NAMES[row["theirs"]]]


def _found(row: Row) -> list[str]:
    """The ratio with its interval, and the goal."""
    low, high = row["interval"]
    goal = "" if row["goal"] is None else f"{'≤' if row['inverse'] else '≥'} {row['goal']:g}".replace(".", ",")
    return [f"{_short(row['ratio'])} ({_short(low)}–{_short(high)}){SIGNS[row['passed']]}", goal]


def _speed(row: Row) -> str:
    """Answers per second beside theirs, with whether that reaches the goal."""
    return f"{_short(row['per_second_ratio'])}{SIGNS[_is_fast(row)]}"


def _is_fast(row: Row) -> bool | None:
    """Whether the answers per second reach their goal; None without one."""
    goal = SPEED_GOALS.get(row["theirs"])
    return None if goal is None else bool(row["per_second_ratio"] >= goal)


def _cost(row: Row, side: str) -> str:
    return _short(_median(row, side))


def _median(row: Row, side: str) -> float:
    return median(sample[row["of"]] for sample in row[f"{side}_samples"])


def _short(number: float) -> str:
    written = f"{number:.0f}" if number >= 20 else f"{number:.1f}" if number >= 2 else f"{number:.2f}"
    return written.replace(".", ",")


def _number(number: int) -> str:
    return f"{number:,}".replace(",", ".")
