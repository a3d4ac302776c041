"""An installation that `manage.py serve` has filled, for the other servers of one run to begin with a copy of.

The first server of a run loads the content and compresses the files, as on any new machine. On a copy `serve` does all
of it once more, and finds it there.
"""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path

from tests.support.migrated import alone

DATABASE = "portal.sqlite3"
PLACE: list[Path] = []  # the folder that the workers of this run share, once it is known


def share(folder: Path) -> None:
    """Keep what is filled in `folder` until the run ends; without this each server fills its own."""
    PLACE[:] = [folder]


def filled(fill: Callable[[Path], AbstractContextManager[str]]) -> Path | None:
    """The folder of a filled installation, made by `fill` when this run has none; None when nothing is shared."""
    if not PLACE:
        return None
    made = PLACE[0] / "filled"
    with alone(f"aimz_filled_{PLACE[0].parent.name}_{PLACE[0].name}"):
        if not made.exists():
            half = PLACE[0] / "half-filled"
            shutil.rmtree(half, ignore_errors=True)
            half.mkdir()
            with fill(half):
                pass
            half.rename(made)
    return made


def copy_made(source: Path, folder: Path) -> None:
    """What the installation in `source` made as that of another in `folder`, with what its journal still holds."""
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns(f"{DATABASE}*"))
    with (
        closing(sqlite3.connect(source / DATABASE)) as there,
        closing(sqlite3.connect(folder / DATABASE)) as here,
    ):
        there.backup(here)
