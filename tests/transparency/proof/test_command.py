"""`manage.py verify_log` says that the log is well, or names the first line that is wrong and fails."""

import io
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from tests.factories.transparency import published_entry
from tests.support.tampering import chain_again, change, without_triggers
from transparency.actions.publication_log import publish_daily_head
from transparency.models import DailyHead, PublicationEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def log(now):
    """Three lines and a head."""
    for _ in range(3):
        published_entry()
    publish_daily_head(now)


def verify_log(*arguments):
    """What it says on both streams."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("verify_log", *arguments, stdout=out, stderr=err)
    except CommandError as error:
        return out.getvalue().splitlines(), str(error)
    return out.getvalue().splitlines(), ""


@pytest.mark.usefixtures("log")
def test_log_that_is_well_is_said_to_be():
    assert verify_log() == (["Het logboek klopt: 3 regels."], "")


@pytest.mark.usefixtures("log")
def test_first_wrong_line_stands_first_and_it_fails():
    change(2, is_example=True)

    told, error = verify_log()

    assert (told[0], error) == ("regel 2: veranderd", "Het logboek klopt niet: 1 fout.")


@pytest.mark.usefixtures("log")
def test_no_more_faults_are_told_than_asked_for():
    for number in (1, 2, 3):
        change(number, version=9)

    told, error = verify_log("--most=2")

    assert len(told) == 2
    assert "fouten" in error


@pytest.mark.usefixtures("log")
def test_it_tells_what_it_cost():
    told, _error = verify_log("--measure")

    assert "MB geheugen" in told[0]


@pytest.mark.usefixtures("log")
def test_heads_that_somebody_kept_find_a_log_that_was_made_anew(client, tmp_path):
    kept = tmp_path / "koppen.json"
    kept.write_bytes(client.get(reverse("api:log-heads")).content)
    assert verify_log(f"--heads={kept}")[1] == ""

    change(1, is_example=True)
    chain_again(1)
    with without_triggers():
        DailyHead.objects.update(hash=PublicationEvent.objects.get(pk=3).own_hash)

    assert verify_log()[1] == ""
    assert verify_log(f"--heads={kept}")[0][0] == "regel 3: de kop past niet (koppen.json, 2026-11-22)"


@pytest.mark.parametrize("text", ["", "{}", "[]", json.dumps({"days": [{}], "now": None})], ids=str)
def test_file_that_is_no_heads_is_said_to_be_unreadable(tmp_path, text):
    kept = tmp_path / "koppen.json"
    kept.write_text(text)

    assert verify_log(f"--heads={kept}")[1] == f"Het bestand {kept} kunnen wij niet lezen."
