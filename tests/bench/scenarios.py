"""What is asked of the portal and of its peers, and the goals (CPU of the peer ÷ ours on 10,000 entries)."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from tests.bench.entries import RARE, SETTINGS, entry_uuid, rare_word
from tests.bench.sentences import TOPICS

VARIANTS = 8  # addresses that are asked in turn
PAGE = 20  # entries on a page of the list
LIST = "/register/"
API = "/api/v1/toepassingen"
DATASETTE = "/register/toepassingen"
# Words that stand in nearly every generated entry, and pairs of which each stands in one of twenty.
COMMON = ("computer", "arts", "zorg", "patiënt", "gegevens", "programma", "maanden", "mensen")
PAIRS = [(TOPICS[n], TOPICS[n + 20]) for n in range(VARIANTS)]

WARM_GOALS = {"usual": 50.0, "static": 0.25, "nginx": 0.08}
# What the usual way makes so cheaply that the same bytes from a file are not 50 times cheaper: ADR 13.
CHEAP_AS_USUAL = ("entry", "api_one")
SPEED_GOALS = {"static": 0.5}  # the same in requests per second
NOT_MODIFIED_GOAL = 1.0  # of our own hit
GROWTH_GOALS = {"list": 2.0, "filter": 4.0, "rare": 5.0, "two": 5.0}
DEEP = "deep"  # the last page ÷ the first
DEEP_GOAL = 1.5
IMPORT_GOAL, EXPORT_GOAL, MEMORY_GOAL = 1.7, 5.0, 1.3
LABELS = {
    "list": "lijst met aantallen",
    "filter": "twee filters met aantallen",
    "rare": "zoeken, zeldzaam woord",
    "two": "zoeken, twee woorden",
    "common": "zoeken, gewoon woord",
    "entry": "een toepassing",
    "api_list": "API, lijst van 100",
    "api_one": "API, een toepassing",
    DEEP: "laatste bladzijde ÷ eerste",
    "import": "toepassingen inlezen",
    "import_public": "inlezen en openbaar maken",
    "export": "alle toepassingen als JSON",
}


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """One kind of question: its addresses here and at the peers, and how much less CPU than they we want to use."""

    name: str
    paths: list[str]
    at: dict[str, list[str]]  # peer → addresses there
    goals: dict[str, float]  # peer → goal


def scenarios(size: int) -> list[Scenario]:
    """Every scenario at `size` entries."""
    return [*_pages(size), *_searches(), *_entries(size)]


def _pages(size: int) -> list[Scenario]:
    filters = [(place, answer) for place in SETTINGS[:4] for answer in ("YES", "NO")]
    ours = [f"{LIST}?plek={place}&nee={answer}" for place, answer in filters]
    theirs = [f"{DATASETTE}?care_settings__arraycontains={place}&can_refuse={answer}" for place, answer in filters]
    return [
        Scenario(
            name="list", paths=[LIST], at={"usual": [LIST], "wagtail": [LIST], "datasette": [DATASETTE]},
            goals={"usual": 9, "wagtail": 12, "datasette": 50},
        ),
        Scenario(
            name="filter", paths=ours, at={"usual": ours, "wagtail": ours, "datasette": theirs},
            goals={"usual": 15, "wagtail": 11, "datasette": 25},
        ),
    ]  # fmt: skip


def _searches() -> list[Scenario]:
    rare = [rare_word(number * RARE // VARIANTS + 3) for number in range(VARIANTS)]
    asked = {"rare": (rare, 200.0), "two": ([" ".join(pair) for pair in PAIRS], 100.0), "common": (COMMON, 50.0)}
    return [_search(name, words, goal) for name, (words, goal) in asked.items()]


def _search(name: str, words: Iterable[str], goal: float) -> Scenario:
    ours = [f"{LIST}?q={quote(word)}" for word in words]
    theirs = [f"{DATASETTE}?_search={quote(word)}" for word in words]
    at = {"usual": ours, "wagtail": ours, "datasette": theirs}
    return Scenario(name=name, paths=ours, at=at, goals={"usual": goal})


def _entries(size: int) -> list[Scenario]:
    step = max(1, size // VARIANTS)
    chosen = [number * step for number in range(VARIANTS)]
    pages = [f"{LIST}voorbeeld-{number}/" for number in chosen]
    rows = [f"{DATASETTE}/voorbeeld-{number}" for number in chosen]
    ours = [f"{API}/{entry_uuid(number)}" for number in chosen]
    usual = [f"{API}/voorbeeld-{number}" for number in chosen]
    return [
        Scenario(
            name="entry", paths=pages, at={"usual": pages, "wagtail": pages, "datasette": rows}, goals={"usual": 1.3}
        ),
        Scenario(name="api_list", paths=[f"{API}?aantal=100"], at={"usual": [API]}, goals={"usual": 6}),
        Scenario(name="api_one", paths=ours, at={"usual": usual}, goals={"usual": 8}),
    ]


def last_page(size: int) -> str:
    """The address of the last page of the list."""
    return f"{LIST}?pagina={-(-size // PAGE)}"
