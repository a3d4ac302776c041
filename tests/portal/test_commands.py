"""Loading content: the second time changes nothing, a change makes one version, and a mistake loads nothing."""

import datetime
import io

import pytest
import time_machine
from django.core.management import call_command

from participation.examples import loading as stories
from portal.audit.models import AuditEvent
from portal.audit.revision import current_revision
from portal.organisations.models import Organisation
from transparency import loading
from transparency.models import AISystem, Entry, Notice, PublicRecord, SearchWord, SystemVersion, Version

ORGANISATIONS = """
source_title = "Lijst van ziekenhuizen"
source_date = "2022"
source_note = "Een naam kan intussen anders zijn."

[[organisation]]
uuid = "0f0e7f6e-6a55-4a39-9b4e-0d0c2f7a3c11"
slug = "de-linde"
name = "Ziekenhuis De Linde"
kind = "HOSPITAL"
place = "Utrecht"
province = "UTRECHT"

[[organisation.locations]]
name = "De Linde Noord"
place = "Utrecht"
province = "UTRECHT"
latitude = 52
longitude = 5.12
"""
SYSTEM = """
uuid = "5f3c3a52-64b5-4fd5-9d4c-9f5b1e3f5a01"
slug = "bonefinder"
also_known_as = ["Bone Finder"]

[content]
name = "BoneFinder"
summary = "Dit product zoekt breuken."
"""
ENTRY = """
uuid = "2a1e2a7c-8f38-4c93-9f43-6a1f7d1a7b02"
slug = "bonefinder-linde"
organisation = "de-linde"
system = "bonefinder"
origin = "EDITORIAL"

[content]
name = "BoneFinder in De Linde"
summary = "De computer kijkt mee naar foto’s van botten."
use_kind = "HOSPITAL_DIAGNOSIS"
next_review_date = 2027-05-01
"""
EXAMPLE_ORGANISATIONS = """
[[organisation]]
uuid = "7c1b6c0e-3a0b-4a35-8a83-0f6f9a1d2c03"
slug = "voorbeeldziekenhuis"
name = "Voorbeeldziekenhuis"
kind = "HOSPITAL"
"""
EXAMPLE = """
uuid = "9d2f6a1c-5b7e-4d0a-9a51-3c8e2b4f6d04"
slug = "voorbeeld"
organisation = "voorbeeldziekenhuis"
origin = "EDITORIAL"

[[version]]
published = "-90d"
reason = "Eerste versie."
[version.content]
name = "Voorbeeld"
summary = "Een verzonnen voorbeeld."
start_month = "-14m"

[[version]]
published = "-30d"
reason = "Meer uitleg."
[version.changes]
purpose = "Zo missen we minder breuken."

[[notice]]
kind = "SAFETY"
published = "-10d"
text = "Let op."
"""
FILES = {
    "organisations/one.toml": ORGANISATIONS,
    "systems/bonefinder.toml": SYSTEM,
    "entries/bonefinder-linde.toml": ENTRY,
    "examples/organisations.toml": EXAMPLE_ORGANISATIONS,
    "examples/entries/voorbeeld.toml": EXAMPLE,
}
NOTHING = "0 organisations, 0 systems, 0 versions of entries and 0 notices are new or changed.\n"

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A small set of content files instead of the real one; loading reads it."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(loading, "FOLDER", tmp_path)
    monkeypatch.setattr(stories, "FOLDER", tmp_path / "projects")
    return tmp_path


def load(command):
    """Run `command` and give what it says."""
    said = io.StringIO()
    call_command(command, stdout=said)
    return said.getvalue()


def load_all():
    load("load_content")
    load("load_examples")


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def everything():
    """All that loading could change, without numbers that mean nothing."""
    return {
        "revision": current_revision(),
        "events": AuditEvent.objects.count(),
        "organisations": list(Organisation.objects.order_by("slug").values_list("slug", "name", "find_key")),
        "versions": list(Version.objects.order_by("pk").values_list("pk", "content", "published_at")),
        "system versions": list(SystemVersion.objects.order_by("pk").values_list("pk", "content")),
        "entries": list(Entry.objects.order_by("slug").values_list("slug", "state", "current_version")),
        "systems": list(AISystem.objects.order_by("slug").values_list("slug", "also_known_as", "current_version")),
        "notices": list(Notice.objects.order_by("pk").values_list("pk", "kind", "published_at")),
        "records": list(PublicRecord.objects.order_by("sort_key").values_list("sort_key", "card", "updated_at")),
        "words": list(SearchWord.objects.order_by("word").values_list("word", "shown", "records")),
    }


def changed_since(before):
    """What is not as it was."""
    return [key for key, value in everything().items() if value != before[key]]


# --- Once and again -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "said"),
    [("load_content", ("1 organisations, 1 systems, 1 versions of entries and 0 notices are new or changed.\n"
                      "3 rows of rates are new or changed.\n")),
     ("load_examples", "1 organisations, 0 systems, 2 versions of entries and 1 notices are new or changed.\n")],
)  # fmt: skip
@pytest.mark.usefixtures("folder")
def test_first_run_says_what_it_loaded(command, said):
    assert load(command) == said


@pytest.mark.parametrize("command", ["load_content", "load_examples"])
@pytest.mark.usefixtures("folder")
def test_second_run_says_that_nothing_is_new(command):
    load_all()

    assert load(command) == NOTHING


@pytest.mark.usefixtures("folder")
def test_second_run_changes_nothing():
    load_all()
    before = everything()

    load_all()

    assert changed_since(before) == []


@pytest.mark.usefixtures("folder")
def test_second_run_on_another_day_changes_nothing(now):
    load_all()
    before = everything()

    with time_machine.travel(now + datetime.timedelta(days=40), tick=False):
        load_all()

    assert changed_since(before) == []


def test_real_content_and_examples_load_and_the_second_time_nothing_is_new():
    first = [load("load_content"), load("load_examples")]

    assert NOTHING not in first
    assert "10 pieces of example work were begun." in first[1]  # with the people of both organisations
    assert [load("load_content"), load("load_examples")] == [NOTHING, NOTHING]


@pytest.mark.usefixtures("folder")
def test_dates_of_examples_count_from_the_first_load(now):
    load_all()

    version = Version.objects.get(entry__slug="voorbeeld", number=1)
    assert version.published_at == now - datetime.timedelta(days=90)
    assert version.content["start_month"] == "2025-09"


@pytest.mark.usefixtures("folder")
def test_only_examples_are_marked_as_examples():
    load_all()

    marked = Organisation.objects.filter(is_example=True).values_list("slug", flat=True)
    assert list(marked) == ["voorbeeldziekenhuis"]


@pytest.mark.usefixtures("folder")
def test_content_without_examples_holds_no_example():
    load("load_content")

    assert not Organisation.objects.filter(is_example=True).exists()


@pytest.mark.usefixtures("folder")
def test_source_of_a_whole_file_is_the_source_of_each_organisation():
    load_all()

    assert Organisation.objects.get(slug="de-linde").source == {
        "title": "Lijst van ziekenhuizen", "date": "2022", "note": "Een naam kan intussen anders zijn.",
    }  # fmt: skip


# --- A change -----------------------------------------------------------------------------------------------------


def test_changed_entry_gives_one_version_of_it(folder):
    load_all()
    change(folder / "entries/bonefinder-linde.toml", "kijkt mee", "kijkt ook mee")

    said = load("load_content")

    assert said.startswith("0 organisations, 0 systems, 1 versions")
    assert [v.number for v in Version.objects.filter(entry__slug="bonefinder-linde").order_by("pk")] == [1, 2]


def test_changed_entry_raises_the_revision_by_one(folder):
    load_all()
    before = current_revision()
    change(folder / "entries/bonefinder-linde.toml", "kijkt mee", "kijkt ook mee")

    load("load_content")

    assert current_revision() == before + 1


def test_changed_entry_gives_the_reason_that_the_file_gives(folder):
    load_all()
    change(
        folder / "entries/bonefinder-linde.toml", "[content]", 'change_reason = "De foto’s."\n[content]\npurpose = "X."'
    )

    load("load_content")

    assert Version.objects.get(entry__slug="bonefinder-linde", number=2).reason == "De foto’s."


def test_changed_system_gives_one_version_of_it(folder):
    load_all()
    change(folder / "systems/bonefinder.toml", "zoekt breuken", "zoekt breuken in botten")

    said = load("load_content")

    assert said.startswith("0 organisations, 1 systems, 0 versions")
    assert SystemVersion.objects.count() == 2


def test_another_name_of_a_system_gives_one_version_of_it(folder):
    load_all()
    change(folder / "systems/bonefinder.toml", "Bone Finder", "BF")

    load("load_content")

    assert (SystemVersion.objects.count(), AISystem.objects.get().also_known_as) == (2, ["BF"])


def test_edited_example_gives_one_version_of_it(folder):
    load_all()
    change(folder / "examples/entries/voorbeeld.toml", "minder breuken", "minder gebroken botten")

    said = load("load_examples")

    assert (said.split(", ")[2][:10], Version.objects.filter(entry__slug="voorbeeld").count()) == ("1 versions", 3)


def test_example_with_one_more_version_gives_one_version_of_it(folder):
    load_all()
    path = folder / "examples/entries/voorbeeld.toml"
    more = '\n[[version]]\npublished = "-5d"\nreason = "Nog meer."\n[version.changes]\nrisks = "Een fout."\n'
    path.write_text(EXAMPLE + more, encoding="utf-8")

    load("load_examples")

    assert list(Version.objects.filter(entry__slug="voorbeeld", number=3).values_list("reason", flat=True)) == [
        "Nog meer."
    ]


def test_changed_organisation_is_one_change(folder):
    load_all()
    change(folder / "organisations/one.toml", 'place = "Utrecht"\nprovince', 'place = "Zeist"\nprovince')

    assert load("load_content").startswith("1 organisations, 0 systems, 0 versions")


def test_new_name_of_an_organisation_reaches_the_list(folder):
    load_all()
    change(folder / "organisations/one.toml", "Ziekenhuis De Linde", "Ziekenhuis De Nieuwe Linde")

    load("load_content")

    assert PublicRecord.objects.get(entry__slug="bonefinder-linde").card["provider"] == "Ziekenhuis De Nieuwe Linde"


@pytest.mark.parametrize("gone", ["entries/bonefinder-linde.toml", "examples/entries/voorbeeld.toml"])
def test_file_that_is_gone_takes_nothing_out_of_the_register(folder, gone):
    load_all()
    before = everything()
    (folder / gone).unlink()

    load_all()

    assert changed_since(before) == []


# --- A mistake ----------------------------------------------------------------------------------------------------

BROKEN = {"no TOML": b"slug = [", "a name twice": b'slug = "a"\nslug = "b"', "no UTF-8": b'slug = "\xff"'}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN.keys())
@pytest.mark.parametrize("name", FILES)
def test_file_that_cannot_be_read_is_named(folder, name, text):
    (folder / name).write_bytes(text)

    with pytest.raises(ValueError, match=(folder / name).name):
        load_all()


@pytest.mark.parametrize("name", [name for name in FILES if not name.startswith("examples")])
def test_file_that_cannot_be_read_leaves_nothing_half_loaded(folder, name):
    before = everything()
    (folder / name).write_text("slug = [", encoding="utf-8")

    with pytest.raises(ValueError, match="toml"):
        load("load_content")

    assert changed_since(before) == []


def test_example_that_cannot_be_read_leaves_the_content_as_it_was(folder):
    load("load_content")
    before = everything()
    (folder / "examples/entries/zzz.toml").write_text("slug = [", encoding="utf-8")

    with pytest.raises(ValueError, match=r"zzz\.toml"):
        load("load_examples")

    assert changed_since(before) == []


def test_text_that_may_not_be_published_leaves_nothing_half_loaded(folder):
    before = everything()
    change(folder / "entries/bonefinder-linde.toml", 'use_kind = "HOSPITAL_DIAGNOSIS"', 'use_kind = "MAGIC"')

    with pytest.raises(Exception, match="Soort gebruik"):
        load("load_content")

    assert changed_since(before) == []


# --- The choice for the national register -------------------------------------------------------------------------


def test_choice_for_the_national_register_is_loaded(folder):
    change(folder / "organisations/one.toml", 'kind = "HOSPITAL"', 'kind = "HOSPITAL"\nnational_export = true')

    load("load_content")

    assert Organisation.objects.get().national_export is True


def test_file_that_does_not_speak_of_the_choice_leaves_it_as_it_is(folder):
    load("load_content")
    call_command("national_export", "de-linde", stdout=io.StringIO())
    change(folder / "organisations/one.toml", 'place = "Utrecht"', 'place = "Zeist"')

    load("load_content")

    assert Organisation.objects.values_list("place", "national_export").get() == ("Zeist", True)
