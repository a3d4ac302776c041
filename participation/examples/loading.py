"""Telling the stories of the invented projects, all of them or nothing; what was told before is left alone."""

import datetime
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction
from django.utils import timezone, translation

from participation.actions.figures import freeze
from participation.actions.money.rates import load_rates
from participation.entry_summary import told_once
from participation.examples import (  # noqa: F401 (they bring the verbs)
    about_advice,
    about_ends,
    about_money,
    about_people,
    about_projects,
    about_recruiting,
)
from participation.examples.cast import Cast, cast_of
from participation.examples.story import Step, Story, read, toml
from participation.models import Project
from portal.core.dates import add_months
from portal.core.mail import without_mail

FOLDER = Path(__file__).parents[1] / "content" / "examples"
MONTHS_KEPT = 4  # of which the figures are kept: this month and those before


@transaction.atomic
def load_example_projects(*, now: datetime.datetime) -> int:
    """Tell every story of which the project is not there yet; how many.

    From then on it is the work of whoever tries it: a file that changed changes nothing. The organisations must be
    there. Raises ValueError that names the file and the step for what a rule forbids.
    """
    cast, stories = _read(now)
    if not stories:
        return 0
    load_rates(now=now)  # their claims need them
    with translation.override("nl"), without_mail(), told_once(now):
        cast.make(now=min(step.at for story in stories for step in story.steps))
        for what in _in_order(stories, now):
            if isinstance(what, Step):
                what.tell()
            else:
                freeze(what, examples=True)
    return len(stories)


def _read(now: datetime.datetime) -> tuple[Cast, list[Story]]:
    """Everybody, and the stories that were not told yet."""
    paths = sorted(FOLDER.glob("*.toml"))
    people = [path for path in paths if path.name == "people.toml"]
    cast = cast_of([row for path in people for row in toml(path)["person"]])
    every = [read(path, start=now, cast=cast) for path in paths if path not in people]
    told = set(Project.objects.filter(slug__in=[story.slug for story in every]).values_list("slug", flat=True))
    return cast, [story for story in every if story.slug not in told]


def _in_order(stories: list[Story], now: datetime.datetime) -> Iterator[Step | datetime.datetime]:
    """Every step of every story as time went by, and the first of each month, on which the figures are kept."""
    steps = sorted((step for story in stories for step in story.steps), key=lambda step: step.at)
    months = list(_firsts(now))
    for step in steps:
        while months and months[0] <= step.at:
            yield months.pop(0)
        yield step
    yield from months


def _firsts(now: datetime.datetime) -> Iterator[datetime.datetime]:
    """The beginning of this month and of those before it, the oldest first."""
    first = timezone.localtime(now).date().replace(day=1)
    for back in reversed(range(MONTHS_KEPT)):
        day = add_months(first, -back)
        yield timezone.make_aware(datetime.datetime.combine(day, datetime.time(0, 1)))
