"""The lexicon: it is the one the code was made for, it is only read, and it can be made again."""

import importlib.util
import shutil
import sqlite3

import pytest
from django.core.management import CommandError, call_command

from portal import checks
from transparency.readability import building, lexicon
from transparency.readability.lexicon import Is, LexiconError, look_up
from transparency.readability.words import best_zipf, is_participle, noun, verb_forms


def test_the_rows_in_the_file_are_those_the_code_was_made_for():
    assert lexicon.digest_of(building.stored_rows(lexicon.FILE)) == lexicon.DIGEST
    assert lexicon.fault() == ""
    assert checks.readability_lexicon(None) == []


def test_a_common_word_is_known_and_an_invented_one_is_not():
    assert look_up("huis").zipf > 5
    assert look_up("huis").flags & Is.CONCRETE
    assert look_up("fluxeltwap") == look_up("x" * 10_000) == lexicon.UNKNOWN


@pytest.mark.parametrize(
    ("form", "flag"),
    [("bekijkt", Is.THIRD_PERSON), ("aanvraagt", Is.THIRD_PERSON), ("bekeek", Is.PAST_SINGULAR),
     ("lopen", Is.INFINITIVE), ("gelopen", Is.PARTICIPLE), ("vervangen", Is.OWN_PARTICIPLE)],
)  # fmt: skip
def test_a_verb_form_is_known_with_and_without_a_particle(form, flag):
    assert verb_forms(form) & flag


@pytest.mark.parametrize(("form", "head"), [("longfoto", "foto"), ("huisartsenpost", "post"), ("kijkersfoto", "foto")])
def test_a_compound_has_its_head(form, head):
    assert noun(form).head == head


@pytest.mark.parametrize("form", ["gemaakt", "opgeslagen", "vervangen", "gedigitaliseerd"])
def test_a_participle_is_one(form):
    assert is_participle(form)


@pytest.mark.parametrize("form", ["gezond", "verkouden", "gemeente", "bekend", "verschillend", "geen"])
def test_what_only_looks_like_a_participle_is_none(form):
    assert not is_participle(form)


def test_a_plural_or_inflected_form_is_as_common_as_its_word():
    assert best_zipf("apotheken", as_noun=True) >= look_up("apotheek").zipf > look_up("apotheken").zipf
    assert best_zipf("vriendelijke", as_noun=False) >= look_up("vriendelijk").zipf


@pytest.fixture
def other(tmp_path):
    path = tmp_path / "lexicon.sqlite3"
    building.write(path, [("foto", 500, 510, int(Is.CONCRETE), "")])
    return path


def test_what_is_written_is_read_back(other):
    assert list(building.stored_rows(other)) == [("foto", 500, 510, int(Is.CONCRETE), "")]
    assert not other.with_suffix(".new").exists()


def test_another_lexicon_or_none_is_a_warning_of_the_system_check(other, tmp_path, monkeypatch):
    assert "not the one" in lexicon.fault(other)
    assert "cannot be read" in lexicon.fault(tmp_path / "none.sqlite3")

    monkeypatch.setattr(lexicon.fault, "__defaults__", (other,))
    assert [warning.id for warning in checks.readability_lexicon(None)] == ["portal.W002"]


def test_the_lexicon_cannot_be_written(other):
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        lexicon.connect(other).execute("DELETE FROM word")


@pytest.mark.skipif(importlib.util.find_spec("lint_ii") is not None, reason="the packages of the extra are here")
def test_without_the_packages_the_command_says_what_to_install(tmp_path, monkeypatch):
    copy = shutil.copy(lexicon.FILE, tmp_path)
    monkeypatch.setattr(lexicon, "FILE", copy)

    with pytest.raises(CommandError, match="extra lexicon"):
        call_command("build_lexicon")


def test_a_file_that_is_no_lexicon_is_an_error_of_its_own(tmp_path, monkeypatch):
    path = tmp_path / "broken.sqlite3"
    path.write_bytes(b"no database at all" * 100)
    monkeypatch.setattr(lexicon, "FILE", path)
    monkeypatch.delattr(lexicon._local, "connection", raising=False)

    try:
        with pytest.raises(LexiconError):
            look_up("een woord dat nog niemand opzocht")
    finally:
        monkeypatch.delattr(lexicon._local, "connection", raising=False)
