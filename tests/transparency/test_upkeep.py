"""What is made of the register keeps up: with the code that makes it, and with the words of its texts."""

import datetime
import io
import threading

import pytest
from django.core.management import call_command
from django.db import connection

from portal.audit.revision import current_revision
from portal.home.jobs import JOBS
from tests.factories.transparency import published_entry
from tests.support.register import says
from transparency import made_by as maker
from transparency.actions import upkeep
from transparency.actions.upkeep import rebuild_public, rebuild_when_needed, recount_words
from transparency.made_by import made_by
from transparency.models import PublicRecord, Upkeep
from transparency.search.spelling import suggest

DAY = datetime.timedelta(days=1)
SOURCE = "transparency/cards.py"


def rebuild(*options):
    said = io.StringIO()
    call_command("rebuild_public", *options, stdout=said)
    return said.getvalue().strip()


# --- Records -----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_records_are_made_anew_only_by_other_code_or_settings(settings):
    published_entry()
    assert rebuild("--when-needed") == "1 records made anew."
    revision = current_revision()

    assert rebuild("--when-needed") == "All records are up to date."
    assert current_revision() == revision
    settings.PUBLIC_URL = "https://elders.example"
    assert rebuild("--when-needed") == "1 records made anew."

    assert current_revision() > revision
    assert "https://elders.example/" in PublicRecord.objects.get().api


@pytest.mark.django_db
def test_who_asks_for_it_gets_it_always():
    published_entry()
    rebuild()
    PublicRecord.objects.update(api="")

    assert rebuild() == "1 records made anew."
    assert PublicRecord.objects.get().api


@pytest.mark.django_db
def test_after_a_failure_they_are_still_to_be_made(monkeypatch):
    published_entry()
    with monkeypatch.context() as broken:
        broken.setattr(upkeep, "refresh_words", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            rebuild_when_needed()

    assert rebuild_when_needed() == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="threads share one connection on SQLite in memory")
def test_of_servers_that_start_at_once_one_makes_them(committed_db):
    published_entry()
    begin, made = threading.Barrier(3), []

    def start():
        begin.wait()
        try:
            made.append(rebuild_when_needed())
        finally:
            connection.close()

    threads = [threading.Thread(target=start) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(made, key=str) == [1, None, None]


# --- What they are made by ---------------------------------------------------------------------------------------


@pytest.fixture
def tree(tmp_path, settings):
    """A small tree of sources."""
    settings.BASE_DIR = tmp_path
    for path in (SOURCE, "templates/ui/card.html", "locale/en/django.mo", "requirements.txt"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("one")
    return tmp_path


def test_same_tree_has_the_same_name(tree):
    assert made_by() == made_by()
    assert len(made_by()) == 64


@pytest.mark.parametrize("path", [SOURCE, "templates/ui/card.html", "locale/en/django.mo", "requirements.txt"])
def test_name_changes_with_every_source(tree, path):
    before = made_by()
    (tree / path).write_text("two")

    assert made_by() != before


def test_name_changes_with_the_place_of_a_source(tree):
    before = made_by()
    (tree / SOURCE).rename(tree / "transparency/others.py")

    assert made_by() != before


def test_what_moves_from_one_file_to_the_next_changes_the_name(tree):
    (tree / "transparency/a.py").write_text("12")
    (tree / "transparency/b.py").write_text("3")
    before = made_by()
    (tree / "transparency/a.py").write_text("1")
    (tree / "transparency/b.py").write_text("23")

    assert made_by() != before


@pytest.mark.parametrize("path", ["portal/docs/a.md", "transparency/__pycache__/cards.pyc", "tests/a.py", "var/a"])
def test_name_does_not_change_with_what_makes_nothing(tree, path):
    before = made_by()
    (tree / path).parent.mkdir(parents=True, exist_ok=True)
    (tree / path).write_text("two")

    assert made_by() == before


@pytest.mark.parametrize("name", maker.ADDRESSED)
def test_name_changes_with_a_setting_that_stands_in_records(tree, settings, name):
    before = made_by()
    setattr(settings, name, "another")

    assert made_by() != before


# --- Words -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_words_of_new_texts_are_suggested_the_next_day(now):
    rebuild_public()
    says("Een kwartelkoningin.")
    assert suggest("kwartelkoningim") is None

    assert recount_words(now) == 1

    assert suggest("kwartelkoningim") == "kwartelkoningin"


@pytest.mark.django_db
def test_words_are_counted_once_a_day_and_only_after_a_change(now):
    rebuild_public()
    assert recount_words(now) == 0  # a rebuild counts them too
    published_entry(slug="een")
    assert [recount_words(now), recount_words(now)] == [1, 0]
    assert recount_words(now + DAY) == 0
    published_entry(slug="twee")
    assert recount_words(now) == 0
    revision = current_revision()

    assert recount_words(now + DAY) == 1
    assert current_revision() > revision


@pytest.mark.django_db
def test_words_of_a_register_that_never_counted_them_are_counted(now):
    says("Een kwartelkoningin.")

    assert recount_words(now) == 1
    assert Upkeep.objects.get().counted_on == datetime.date(2026, 11, 22)


def test_words_are_counted_by_the_clock():
    assert recount_words in JOBS
