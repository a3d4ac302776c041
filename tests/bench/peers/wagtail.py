"""Wagtail with a page per entry of the baseline (`wagtail_site`), on SQLite, by the same server as the portal."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.peers.tools import programs, run
from tests.bench.servers import Server, serving

SITE = "tests.bench.peers.wagtail_site"


def made(usual: Path, folder: Path) -> Path:
    """The file for Wagtail with the entries of the baseline in the SQLite file `usual`. Raises NoPeer."""
    path = usual.with_name(usual.name.replace("usual", "wagtail"))
    if not path.exists():
        part = path.with_suffix(".part")
        part.unlink(missing_ok=True)
        run(programs(folder), f"{SITE}.load", str(usual), folder=folder, WAGTAIL_FILE=str(part))
        part.rename(path)
    return path


@contextmanager
def running(usual: Path, folder: Path) -> Iterator[Server]:
    """Wagtail with the entries of the baseline in `usual` until the block ends. Raises NoPeer."""
    python, path = str(programs(folder) / "python"), made(usual, folder)
    settings = {"WAGTAIL_FILE": str(path), "DJANGO_SETTINGS_MODULE": f"{SITE}.settings"}
    with serving(
        "wagtail", f"{SITE}.wsgi:application", folder, "", "/register/voorbeeld-0/", python=python, **settings
    ) as server:
        yield server
