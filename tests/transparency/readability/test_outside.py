"""The score on the labelled texts of ../shared, with the figures it must reach."""

from pathlib import Path

import pytest
from django.conf import settings

from transparency.readability.check import check
from transparency.readability.evaluation import OURS, lines, read

TEXTS = Path(settings.OUTSIDE or settings.BASE_DIR.parent / "shared") / "data" / "readability"

pytestmark = [pytest.mark.outside, pytest.mark.skipif(not TEXTS.is_dir(), reason="the labelled texts are not here")]


@pytest.fixture(scope="module")
def found():
    return {line.name: line for line in lines(read(TEXTS))}


def test_texts_for_citizens_score_below_texts_for_professionals(found):
    value, low, high = found["AUC gov_citizen / gov_professional"].measures[OURS]

    assert value >= 0.95
    assert low <= 0.97 <= high


def test_texts_for_citizens_score_below_laws(found):
    assert found["AUC gov_citizen / law"].measures[OURS][0] >= 0.98


def test_a_text_after_an_expert_edit_scores_below_the_text_before(found):
    assert found["paren goed"].measures[OURS][0] >= 28 / 30


def test_on_no_comparison_the_score_is_significantly_worse_than_lix(found):
    assert {name: line.difference for name, line in found.items() if line.difference[2] < 0} == {}


def test_every_text_is_seen_as_dutch_and_its_findings_stand_where_they_say():
    for row in read(TEXTS):
        report = check(row["text"])
        assert report.is_dutch, row["id"]
        assert all(row["text"][one.start : one.end] == one.text for one in report.findings)
