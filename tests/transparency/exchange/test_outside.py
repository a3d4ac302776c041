"""The same on the real files of the registers, when they stand beside the repository."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from tests.transparency.exchange.helpers import outcomes, take_in
from transparency.exchange.detect import read
from transparency.exchange.exporting import national_record, public_entries
from transparency.exchange.national import CATEGORIES, FIELDS, PUBLICATION_CATEGORIES, STATUSES, SYSTEM_KEYS
from transparency.exchange.received import newest, record_of
from transparency.exchange.understanding import understand
from transparency.exchange.valid import faults
from transparency.models import Entry, NationalRecord

REGISTERS = Path(settings.OUTSIDE or settings.BASE_DIR.parent / "shared") / "data" / "registers"
REAL = REGISTERS / "nl-algoritmeregister"
pytestmark = [pytest.mark.outside, pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not here")]
FILES = {"pub_data-2023-06-19.json": 130, "algoritmes-2026-05-13.json": 1431, "etl-data-2024-11-19.json": 2}
TEMPLATES = sorted((REAL / "templates-1.0").glob("*.json")) if REAL.is_dir() else []
NEVER_TOLD = SYSTEM_KEYS  # the register's own administration, no answer to a question


def items(path):
    """Every record of a real file, understood."""
    form, rows = read(path)
    return [understand(row, form) for row in rows]


@pytest.mark.parametrize("name", list(FILES))
def test_every_record_of_a_real_file_can_be_taken_over(name):
    found = items(REAL / name)

    assert (len(found), [item.refused for item in found if item.refused]) == (FILES[name], [])


def test_every_template_can_be_taken_over():
    found = [item for path in TEMPLATES for item in items(path)]

    assert (len(found), [item.refused for item in found if item.refused]) == (27, [])


@pytest.mark.parametrize("path", [*(REAL / name for name in FILES), *TEMPLATES], ids=lambda path: path.stem)
def test_every_value_that_was_changed_is_explained(path):
    for item in items(path):
        told = {made.field for made in item.changes}
        for key in item.row.record.keys() - told - NEVER_TOLD:
            raw, kept = item.row.record[key], item.national.get(key)
            is_same = raw in (None, "", [], kept) or " ".join(str(raw).split()) in " ".join(str(kept).split())
            assert is_same, key


@pytest.mark.django_db
@pytest.mark.parametrize("name", list(FILES))
def test_a_real_file_a_second_time_changes_nothing(name):
    take_in(REAL / name)

    assert set(outcomes(take_in(REAL / name))) == {"unchanged"}


@pytest.mark.django_db
@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_real_record_of_1_0_comes_back_value_for_value(path):
    take_in(path, publish=True)

    for entry in public_entries():
        raw, record = entry.national.raw, national_record(entry).record
        changed = {line["field"] for line in entry.national.report}
        assert {k: v for k, v in raw.items() if k in record and k not in changed and v != record[k]} == {}


@pytest.mark.django_db
def test_what_we_give_of_the_records_of_2023_breaks_no_rule_of_the_standard():
    take_in(REAL / "pub_data-2023-06-19.json", publish=True)

    for entry in public_entries():
        record = national_record(entry).record
        assert [key for key in faults(record) if record.get(key) not in (None, "", [])] == [], entry.slug


@pytest.mark.django_db
def test_the_raw_records_of_2023_are_kept_to_the_letter():
    take_in(REAL / "pub_data-2023-06-19.json")

    assert list(NationalRecord.objects.order_by("pk").values_list("raw", flat=True)) == json.loads(
        (REAL / "pub_data-2023-06-19.json").read_text(encoding="utf-8")
    )


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.parametrize("name", list(FILES))
def test_all_of_a_real_file_is_shown_to_everybody_to_the_letter(name):
    take_in(REAL / name, publish=True)

    for entry in Entry.objects.select_related("national"):
        shown = newest(record_of(entry))
        assert (shown.raw, shown.others, shown.withheld) == (entry.national.raw, entry.national.others, []), entry.slug
        assert shown.report == entry.national.report, entry.slug


def test_our_table_of_the_standard_is_the_published_one():
    spec = json.loads((REGISTERS / "spec" / "publicatiestandaard-v1_0.json").read_text(encoding="utf-8"))["properties"]
    ours = {f.key: (f.max_length if "max_length" in spec[f.key] else 0, f.required) for f in FIELDS}

    assert ours == {key: (rule.get("max_length", 0), rule.get("required") is True) for key, rule in spec.items()}


def test_our_choices_are_the_published_ones():
    spec = json.loads((REGISTERS / "spec" / "publicatiestandaard-v1_0.json").read_text(encoding="utf-8"))["properties"]
    keys = ("category", "status", "publication_category")

    assert [tuple(spec[key]["permitted_values"]) for key in keys] == [CATEGORIES, STATUSES, PUBLICATION_CATEGORIES]
