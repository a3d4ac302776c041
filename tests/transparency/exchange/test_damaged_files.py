"""A file in which any value became any other is taken in, or refused in Dutch; what came in goes out again."""

import copy
import csv
import io

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.factories.transparency import COMPLETE
from tests.transparency.exchange.helpers import as_bytes, data_json, outcomes, take_in, written
from tests.transparency.exchange.strategies import ANYTHING, patient
from transparency.exchange import files, flat
from transparency.exchange.exporting import public_entries
from transparency.exchange.national import CSV_COLUMNS
from transparency.exchange.report import ExchangeError

OWN = {
    "format": "toepassingen",
    "entries": [{"id": "7", "organisation": {"name": "Zorggroep"}, "content": {**COMPLETE, "unknown": ["provider"]}}],
}
NAMES = ["national.json", "full-2023.json", "snapshot.json", "site-data.json", "Leverancier_Drie.json"]
STRANGE = ["\ud800", "a\0b", "<p>" * 50, 1e300, 10**30, "x" * 3000, "https://a.example/" + "x" * 700, "\u202e", "=1+1"]


def places(document, way=()):
    """The way to every value in `document`."""
    if way:
        yield way
    steps = document if isinstance(document, dict) else range(len(document)) if isinstance(document, list) else ()
    for step in steps:
        yield from places(document[step], (*way, step))


@st.composite
def damaged(draw):
    """An invented file with one to four other values."""
    document = copy.deepcopy(draw(st.sampled_from([*map(data_json, NAMES), OWN])))
    for _ in range(draw(st.integers(1, 4))):
        *way, last = draw(st.sampled_from(list(places(document))))
        holder = document
        for step in way:
            holder = holder[step]
        holder[last] = draw(st.sampled_from(STRANGE) | ANYTHING)
    return as_bytes(document)


@st.composite
def lists(draw):
    """A CSV of a hospital with any text in its cells, under some of our columns or the national ones."""
    ours = draw(st.booleans())
    needed = ["name", "organisation"] if ours else ["name", "organization"]
    others = st.sampled_from(sorted({*(flat.headers() if ours else CSV_COLUMNS)} - {*needed}))
    columns = [*needed, *draw(st.lists(others, unique=True, max_size=12))]
    cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
    lines = draw(st.lists(st.lists(cells, min_size=len(columns), max_size=len(columns)), max_size=4))
    buffer = io.StringIO()
    csv.writer(buffer).writerows([columns, *lines])
    return buffer.getvalue().encode()


class DamagedFiles(TestCase):
    """Generated files; each example starts with an empty register."""

    @patient
    @given(damaged() | lists(), st.booleans())
    def test_a_second_time_changes_nothing_and_every_file_can_be_written(self, data, publish):
        try:
            take_in(data, publish=publish, skip_bad=True)
        except ExchangeError:
            return  # the file is no longer one that we know

        again = outcomes(take_in(data, publish=publish, skip_bad=True))

        assert set(again) <= {"unchanged", "refused", "double"}
        for kind in (files.national_json, files.national_csv, files.own_json, files.flat_csv):
            written(kind).encode()
        assert b"".join(files.xlsx(public_entries(), lambda entry, change: None))
