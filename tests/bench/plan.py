"""What one run of the bench measures."""

from dataclasses import dataclass
from pathlib import Path

from tests.bench.scenarios import LABELS

KINDS = ("cold", "warm", "304", "growth", "import", "export")
NAMES = tuple(LABELS)
PEERS = ("usual", "wagtail", "datasette", "static", "nginx")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What to measure, how long, and where the data is kept."""

    sizes: list[int]
    databases: list[str]  # "sqlite", or the address of a PostgreSQL server
    folder: Path
    rounds: int = 9
    seconds: float = 2
    seed: int = 1
    imported: int = 1_000  # records of one import
    kinds: tuple[str, ...] = KINDS
    names: tuple[str, ...] = NAMES
    peers: tuple[str, ...] = PEERS

    def wants(self, kind: str, name: str) -> bool:
        """Whether to measure `kind` of `name` (scenarios.LABELS)."""
        return kind in self.kinds and name in self.names


def engine(database: str) -> str:
    """The name of the database for people."""
    return "SQLite" if database == "sqlite" else "PostgreSQL"
