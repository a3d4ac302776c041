"""What is asked of the portal and of the baselines, and the goals (CPU of the peer ÷ ours on 10,000 entries)."""

from dataclasses import dataclass
from urllib.parse import quote

from django.urls import Resolver404, resolve

from tests.bench.entries import RARE, SETTINGS, entry_uuid, rare_word
from tests.bench.sentences import TOPICS

VARIANTS = 8  # addresses that are asked in turn
LIST = "/register/"
API = "/api/v1/toepassingen"
# Words that stand in nearly every generated entry, and pairs of which each stands in one of twenty.
COMMON = ("computer", "arts", "zorg", "patiënt", "gegevens", "programma", "maanden", "mensen")
PAIRS = [(TOPICS[n], TOPICS[n + 20]) for n in range(VARIANTS)]

STATIC_GOAL = 0.25  # of granian with the same bytes
STATIC_SPEED_GOAL = 0.5  # the same in requests per second
WARM_GOAL = 50.0
NOT_MODIFIED_GOAL = 1.0  # of our own hit
GROWTH_GOALS = {"list": 2.0, "filter": 4.0, "rare": 5.0, "two": 5.0}
DEEP_GOAL = 1.5  # the last page ÷ the first


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """One kind of question: its addresses here and at the baseline, and how much less CPU we want to use."""

    name: str
    label: str  # for the table
    paths: list[str]
    usual: list[str]
    goal: float


def _searches(words: list[str]) -> list[str]:
    return [f"{LIST}?q={quote(word)}" for word in words]


def scenarios(size: int) -> list[Scenario]:
    """Every scenario at `size` entries; those of the API when there is one."""
    step = max(1, size // VARIANTS)
    chosen = [number * step for number in range(VARIANTS)]
    entries = [f"{LIST}voorbeeld-{number}/" for number in chosen]
    filters = [f"{LIST}?plek={place}&nee={answer}" for place in SETTINGS[:4] for answer in ("YES", "NO")]
    rare = _searches([rare_word(number * RARE // VARIANTS + 3) for number in range(VARIANTS)])
    two = _searches([" ".join(pair) for pair in PAIRS])
    common = _searches(list(COMMON))
    asked = [
        Scenario(name="list", label="lijst met aantallen", paths=[LIST], usual=[LIST], goal=9),
        Scenario(name="filter", label="twee filters met aantallen", paths=filters, usual=filters, goal=15),
        Scenario(name="rare", label="zoeken, zeldzaam woord", paths=rare, usual=rare, goal=200),
        Scenario(name="two", label="zoeken, twee woorden", paths=two, usual=two, goal=100),
        Scenario(name="common", label="zoeken, gewoon woord", paths=common, usual=common, goal=50),
        Scenario(name="entry", label="een toepassing", paths=entries, usual=entries, goal=1.3),
    ]
    return asked + (_api(chosen) if has_api() else [])


def has_api() -> bool:
    """Whether this portal has its API already."""
    try:
        resolve(API)
    except Resolver404:
        return False
    return True


def _api(chosen: list[int]) -> list[Scenario]:
    one = [f"{API}/{entry_uuid(number)}" for number in chosen]
    usual = [f"{API}/voorbeeld-{number}" for number in chosen]
    return [
        Scenario(name="api_list", label="API, lijst van 100", paths=[f"{API}?aantal=100"], usual=[API], goal=6),
        Scenario(name="api_one", label="API, een toepassing", paths=one, usual=usual, goal=8),
    ]


def last_page(size: int) -> str:
    """The address of the last page of the list."""
    return f"{LIST}?pagina={-(-size // 20)}"
