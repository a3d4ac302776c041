"""Stories of example projects: on any day they hold every rule, and a mistake in a file is named and loads nothing."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from participation.examples import loading
from participation.examples.loading import load_example_projects
from participation.models import FigureSnapshot, Project
from portal.accounts.models import User
from portal.core.dates import add_months
from tests.conftest import NOW
from tests.support.standing import standing
from transparency.loading import load_examples

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
PEOPLE = """
[[person]]
key = "anja"
name = "Anja Voorbeeld"
"""
STORY = """
[project]
uuid = "0b8c3f7e-2f1a-4d7e-9a55-1f0e3d5c7b99"
slug = "voorbeeld-proef"
organisation = "voorbeeldziekenhuis-de-linde"
patient_side = "voorbeeld-patientenvereniging-samen-wijzer"
name = "Proef (voorbeeld)"
summary = "Wij proberen iets uit."
question = "Wat vindt u ervan?"
starts_on = "-30d"

[[step]]
at = "-30d"
do = "start"
"""

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_register")]


@pytest.fixture(scope="module")
def _register(django_db_setup, django_db_blocker):
    """The examples of the register, loaded once and rolled back after."""
    with standing(django_db_blocker, lambda: load_examples(now=NOW)):
        yield


@pytest.fixture
def story(tmp_path, monkeypatch):
    """Writes one story in the place of all; loading reads it."""
    monkeypatch.setattr(loading, "FOLDER", tmp_path)
    (tmp_path / "people.toml").write_text(PEOPLE, encoding="utf-8")

    def write(more="", *, text=STORY):
        (tmp_path / "proef.toml").write_text(text + more, encoding="utf-8")

    return write


@pytest.mark.parametrize(
    "moment",
    [
        datetime.datetime(2028, 2, 29, 23, 55, tzinfo=AMSTERDAM),
        pytest.param(datetime.datetime(2027, 3, 28, 3, 30, tzinfo=AMSTERDAM), marks=pytest.mark.once),
    ],
    ids=["a leap day, late", "the clock goes forward"],
)
def test_every_story_can_be_told_on_any_day(moment):
    with time_machine.travel(moment, tick=False):
        assert load_example_projects(now=moment) == 7

    first = moment.date().replace(day=1)
    kept = FigureSnapshot.objects.order_by("month_date").values_list("month_date", "is_example").distinct()
    assert list(kept) == [(add_months(first, -back), True) for back in (3, 2, 1, 0)]


def test_story_of_one_project_is_told(story):
    story()

    assert load_example_projects(now=NOW) == 1
    found = Project.objects.get()
    assert (found.starts_on, found.phase_since) == (
        (NOW - datetime.timedelta(days=30)).date(),
        found.passages.get().entered_at,
    )


MISTAKES = {
    "a rule forbids it": ('at = "-20d"\ndo = "pass-gate"\ntext = "Vooruit."', r"proef\.toml, step 2 \(pass-gate\)"),
    "an unknown verb": ('at = "-20d"\ndo = "dances"', r"proef\.toml, step 2 \(dances\)"),
    "an unknown word": ('at = "-20d"\ndo = "joins"\nwhom = "anja"', r"step 2 \(joins\).*whom"),
    "somebody who is not there": ('at = "-20d"\ndo = "joins"\nwho = "piet"', r"step 2 \(joins\).*piet"),
    "back in time": ('at = "-40d"\ndo = "joins"\nwho = "anja"', r"step 2 \(joins\): -40d is out of order"),
    "still to come": ('at = "+1d"\ndo = "joins"\nwho = "anja"', r"\+1d is out of order"),
    "no day": ('at = "gisteren"\ndo = "joins"\nwho = "anja"', r"proef\.toml: not a day: gisteren"),
    "no TOML": ("at = ", r"proef\.toml"),
}  # fmt: skip


@pytest.mark.parametrize(("step", "told"), MISTAKES.values(), ids=MISTAKES)
def test_mistake_is_named_and_nothing_is_loaded(story, step, told):
    story(f"\n[[step]]\n{step}\n")
    before = User.objects.count()

    with pytest.raises(ValueError, match=told):
        load_example_projects(now=NOW)

    assert (Project.objects.count(), User.objects.count()) == (0, before)


def test_project_that_is_there_is_left_alone_and_a_new_file_is_told(story, tmp_path):
    story()
    load_example_projects(now=NOW)
    other = STORY.replace("0b8c3f7e", "1b8c3f7e").replace("voorbeeld-proef", "voorbeeld-later")
    (tmp_path / "zzz.toml").write_text(other, encoding="utf-8")
    story(text=STORY.replace("Wij proberen iets uit.", "Wij stoppen ermee."))

    assert load_example_projects(now=NOW) == 1
    assert Project.objects.get(slug="voorbeeld-proef").summary == "Wij proberen iets uit."
    assert Project.objects.filter(slug="voorbeeld-later").exists()
