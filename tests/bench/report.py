"""The table of portal/docs/metingen.md, from the newest result of each comparison that is kept."""

from pathlib import Path


def write(results: Path, page: Path) -> None:
    """Write `page` from the lines of `results`."""
