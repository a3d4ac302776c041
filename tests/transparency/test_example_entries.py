"""The invented entries of the register as a reader of all their versions sees them: one story, in the right order."""

import datetime
from pathlib import Path

import pytest

from transparency.loading import FOLDER, month, plain, read, with_dates

FILES = sorted((FOLDER / "examples/entries").glob("*.toml"))
LATE = {"voorbeeld-oude-afsprakenhulp"}  # its story is that nobody asked in time; so it was withdrawn
LOADED_ON = [datetime.datetime(2026, *day, 12, tzinfo=datetime.UTC) for day in ((3, 1), (3, 31), (11, 30), (12, 1))]


def versions(path: Path, start: datetime.datetime):
    """Of each version of the file: all its answers, with the dates that count from `start` made real."""
    content = {}
    for version in plain(read(path)).get("version", []):
        content = content | version.get("content", {}) | version.get("changes", {})
        yield with_dates(content, start)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("start", LOADED_ON, ids=str)
def test_assessments_are_done_before_the_month_in_which_use_begins(path, start):
    for content in versions(path, start):
        begun = content.get("start_month", month("+1m", start))
        after = [one["date"] for one in content.get("assessments", []) if one["date"][:7] >= begun]
        assert after == [] or path.stem in LATE


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_piece_of_advice_has_its_own_address(path):
    for content in versions(path, LOADED_ON[0]):
        links = [step["link"] for step in content.get("participation_steps", []) if "link" in step]
        assert len(links) == len(set(links))
