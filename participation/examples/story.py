"""One file with the story of an invented project: who is in it, what it is about, and its steps in order.

Days count from the moment at which the examples are loaded ("-30d", "+14d"), with a time of day where it matters
("-30d 14:00", in Amsterdam).
"""

import datetime
import re
import tomllib
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from django.utils import timezone

from participation.examples.cast import Cast
from participation.examples.money_roads import road
from participation.models import Advice, AdviceDraft, Assignment, Candidacy, Meeting, Project, Vacancy
from portal.accounts.models import User
from portal.organisations.models import Organisation
from portal.organisations.roles import Role

_DAY = re.compile(r"([+-]\d+)d(?: (\d\d):(\d\d))?")
Verb = Callable[..., None]
VERBS: dict[str, Verb] = {}


def verb(tell: Verb) -> Verb:
    """Let a story use `tell` under its own name, with "-" for "_"."""
    VERBS[tell.__name__.strip("_").replace("_", "-")] = tell
    return tell


@dataclass(frozen=True)
class Step:
    """One thing that happened. `row` are the arguments of its verb."""

    story: "Story"
    number: int
    at: datetime.datetime
    do: str
    row: Mapping[str, Any]

    def tell(self) -> None:
        """Let it happen. Raises ValueError that names the file and the step when a rule forbids it."""
        try:
            VERBS[self.do](self.story, self.at, **self.row)
        except Exception as error:
            raise ValueError(f"{self.story.path.name}, step {self.number} ({self.do}): {error!r}") from error


@dataclass(frozen=True)
class Story:
    """A file, read. `start`: the moment from which its days count."""

    path: Path
    data: Mapping[str, Any]
    start: datetime.datetime
    cast: Cast
    people: dict[str, User] = field(default_factory=dict)  # those who were looked up

    @property
    def slug(self) -> str:
        """The address of the project."""
        return str(self.data["project"]["slug"])

    @cached_property
    def steps(self) -> Sequence[Step]:
        """Every step, also those about money, and of claims that are told in one row. Raises ValueError for a step that
        stands before an earlier one, or is still to come.
        """
        made = [*self._steps(self.data["step"]), *self._steps(self.data.get("money", []))]
        for row in self.data.get("paid", []):
            made += self._steps(road(row))
        return sorted(made, key=lambda step: step.at)

    def _steps(self, rows: Iterable[Mapping[str, Any]]) -> list[Step]:
        made: list[Step] = []
        last = None
        for number, row in enumerate(rows, start=1):
            rest = {key.replace("-", "_"): value for key, value in row.items() if key not in {"at", "do"}}
            step = Step(self, number, self.moment(row["at"]), row["do"], rest)
            if step.at > self.start or (last is not None and step.at < last):
                raise ValueError(f"{self.path.name}, step {number} ({step.do}): {row['at']} is out of order")
            made.append(step)
            last = step.at
        return made

    # --- Days ---------------------------------------------------------------------------------------------------------

    def moment(self, text: str) -> datetime.datetime:
        """The moment that `text` means. Raises ValueError."""
        match = _DAY.fullmatch(text)
        if not match:
            raise ValueError(f"{self.path.name}: not a day: {text}")
        days, hour, minute = match.groups()
        if hour is None:
            return self.start + datetime.timedelta(days=int(days))
        day = timezone.localtime(self.start).date() + datetime.timedelta(days=int(days))
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time(int(hour), int(minute))))

    def day(self, text: str) -> datetime.date:
        """The same as a day in Amsterdam."""
        return timezone.localtime(self.moment(text)).date()

    # --- Who ----------------------------------------------------------------------------------------------------------

    @cached_property
    def organisation(self) -> Organisation:
        """Whose project it is."""
        return Organisation.objects.get(slug=self.data["project"]["organisation"])

    @cached_property
    def patient_side(self) -> Organisation:
        """The patient organisation that follows it."""
        return Organisation.objects.get(slug=self.data["project"]["patient_side"])

    def who(self, name: str) -> User:
        """A person by the name that the story gives them: a role, or a key of people.toml."""
        if name not in self.people:
            self.people[name] = self._found(name)
        return self.people[name]

    def _found(self, name: str) -> User:
        roles = {
            "lead": (self.organisation, Role.PROJECT_LEAD),
            "decider": (self.organisation, Role.GATE_DECIDER),
            "coordinator": (self.patient_side, Role.COORDINATOR),
            "writer": (self.organisation, Role.EDITOR),
            "publisher": (self.organisation, Role.PUBLISHER),
            "administrator": (self.organisation, Role.ADMINISTRATOR),
        }
        if name in {"manager", "officer"}:
            return self.cast.of_fund(Role.FUND_MANAGER if name == "manager" else Role.FINANCE_OFFICER)
        return self.cast.of_role(*roles[name]) if name in roles else self.cast.person(name)

    # --- What ---------------------------------------------------------------------------------------------------------

    def key(self, name: str) -> uuid.UUID:
        """The number of something in this story, the same in every installation."""
        return uuid.uuid5(uuid.UUID(self.data["project"]["uuid"]), name)

    @property
    def project(self) -> Project:
        """The project as it is now."""
        whole = ("organisation__parent", "patient_side__parent", "lead", "programme__organisation")
        return Project.objects.select_related(*whole).get(slug=self.slug)

    def advice(self, name: str) -> Advice:
        """A piece of advice as it is now."""
        return Advice.objects.select_related("project__organisation", "project__patient_side").get(uuid=self.key(name))

    def draft(self, name: str) -> AdviceDraft:
        """The text of advice that is not public yet."""
        return AdviceDraft.objects.select_related("advice__project__organisation").get(advice__uuid=self.key(name))

    def meeting(self, name: str) -> Meeting:
        """A meeting as it is now."""
        return Meeting.objects.select_related("project__organisation").get(uuid=self.key(name))

    def vacancy(self, name: str) -> Vacancy:
        """A vacancy as it is now."""
        return Vacancy.objects.select_related("project__organisation").get(uuid=self.key(name))

    def candidacy(self, vacancy: str, who: str) -> Candidacy:
        """The reply of somebody: by account, or by name for who has none."""
        replies = self.vacancy(vacancy).candidacies.select_related("vacancy__project__organisation", "user")
        if who in self.cast.keys:
            return replies.get(user=self.who(who))
        return replies.get(email=self.cast.address(who))

    def assignment(self, who: str) -> Assignment:
        """The running role of somebody in this project."""
        whole = ("project__organisation", "project__patient_side", "project__lead", "organisation", "user", "agreement")
        return self.project.assignments.running().select_related(*whole).get(user=self.who(who))


def read(path: Path, *, start: datetime.datetime, cast: Cast) -> Story:
    """One file. Raises ValueError that names it when it is not valid TOML."""
    return Story(path, toml(path), start, cast)


def toml(path: Path) -> dict[str, Any]:
    """What stands in a file. Raises ValueError that names it when it is not valid TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path.name}: {error}") from error
