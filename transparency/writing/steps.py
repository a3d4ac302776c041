"""How far a text is: its steps in the order of the patient's questions, and what each still needs."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from transparency.actions.writing import fields_of
from transparency.document import has_value, is_unknown, missing
from transparency.field import Content, Field
from transparency.fields import SECTIONS
from transparency.models import Draft
from transparency.shape import problems
from transparency.writing.hints import hint
from transparency.writing.places import ENGLISH, UNKNOWN, question_of

# What somebody who made a text for many left for each to fill in: [naam], {{naam}}, <naam>, XXX, ___.
_GAP = re.compile(r"\[[^\[\]\n]{2,60}\]|\{\{?[^{}\n]{2,60}\}\}?|<[^<>\n]{2,60}>|\b[Xx]{3,}\b|_{3,}")
_NUMBERED = re.compile(r"\[\d+\]")


@dataclass(frozen=True, kw_only=True)
class Lack:
    """A question that is not done: what is wrong with it. `kind`: missing, wrong, gap or two (texts)."""

    field: Field
    kind: str
    message: str
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class WritingStep:
    """A step of the form: the questions of one section."""

    key: str
    number: int
    label: str | Promise
    fields: tuple[Field, ...]
    lacks: tuple[Lack, ...]
    answered: int  # of its questions
    needed: int
    ready: int  # of the needed ones

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do that has to be done."""
        return not self.lacks


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far the whole text is."""

    steps: tuple[WritingStep, ...]

    @property
    def lacks(self) -> list[Lack]:
        """Everything that is not done, in the order of the steps."""
        return [lack for step in self.steps for lack in step.lacks]

    @property
    def needed(self) -> int:
        """How many questions need an answer."""
        return sum(step.needed for step in self.steps)

    @property
    def ready(self) -> int:
        """How many of those have one."""
        return sum(step.ready for step in self.steps)

    @property
    def percent(self) -> int:
        """How much of what is needed is there: 100 only when all is."""
        return 100 * self.ready // self.needed if self.needed else 100

    @property
    def in_words(self) -> str:
        """The same in words."""
        parts = ((100, _("Alles wat nodig is, is ingevuld.")), (90, _("Bijna alles is ingevuld.")),
                 (60, _("Meer dan de helft is ingevuld.")), (40, _("Ongeveer de helft is ingevuld.")),
                 (1, _("Minder dan de helft is ingevuld.")))  # fmt: skip
        return next((words for least, words in parts if self.percent >= least), _("Er is nog niets ingevuld."))


def progress(draft: Draft) -> Progress:
    """How far `draft` is."""
    lacks = list(_lacks(draft))
    content = draft.content
    steps: list[WritingStep] = []
    for section in SECTIONS:
        fields = tuple(field for field in fields_of(draft) if field.section == section.key)
        if not fields:
            continue
        needed = [field for field in fields if field.needed_when(content)]
        mine = tuple(lack for lack in lacks if lack.field in fields)
        undone = {lack.field.key for lack in mine}
        steps.append(
            WritingStep(
                key=section.key, number=len(steps) + 1, label=section.label, fields=fields, lacks=mine,
                answered=sum(has_value(content, f.key) or is_unknown(content, f.key) for f in fields),
                needed=len(needed), ready=sum(field.key not in undone for field in needed),
            )
        )  # fmt: skip
    return Progress(steps=tuple(steps))


def _lacks(draft: Draft) -> Iterator[Lack]:
    fields, content = fields_of(draft), draft.content
    without = {field.key for field in missing(content, fields)}
    wrong = messages(content, fields)
    waiting = {question_of(place) for place in draft.aside}
    for field in fields:
        if field.key in without:
            said = _("Dit antwoord ontbreekt nog.")
            yield Lack(field=field, kind="missing", message=said, why=hint(field.key).why)
        for message in wrong.get(field.key, ()):
            yield Lack(field=field, kind="wrong", message=message)
        if found := gaps(content.get(field.key)):
            told = _("Vul zelf nog in: %(gaps)s") % {"gaps": ", ".join(found)}
            yield Lack(field=field, kind="gap", message=told)
        if field.key in waiting:
            yield Lack(field=field, kind="two", message=_("Hier staan twee teksten. Kies er een."))


def messages(content: Content, fields: Iterable[Field]) -> dict[str, list[str]]:
    """What has the wrong shape, by key; an answer beside "we do not know yet" is told too."""
    found: dict[str, list[str]] = {}
    for problem in problems(content, fields):
        found.setdefault(problem.key, []).append(str(problem.message))
    for field in fields:
        if is_unknown(content, field.key) and has_value(content, field.key):
            both = _("U gaf een antwoord én zei dat u het niet weet. Haal een van de twee weg.")
            found.setdefault(field.key, []).append(both)
    return found


def gaps(value: Any) -> list[str]:
    """What in an answer is still to be filled in by the writer."""
    if isinstance(value, str):
        return list(dict.fromkeys(gap for gap in _GAP.findall(value) if not _NUMBERED.fullmatch(gap)))
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [gap for part in parts for gap in gaps(part)]


def step_of(draft: Draft, key: str) -> tuple[WritingStep, Progress] | None:
    """The step `key` and the whole of which it is a part; None when there is no such step."""
    whole = progress(draft)
    found = next((step for step in whole.steps if step.key == key), None)
    return (found, whole) if found else None


def has_english(draft: Draft, step: WritingStep) -> bool:
    """Whether any question of a step has a Dutch text to translate."""
    return any(field.translated and has_value(draft.content, field.key) for field in step.fields)


def name_of_place(place: str, fields: Iterable[Field]) -> str:
    """The question at `place` in words."""
    field = next((field for field in fields if field.key == question_of(place)), None)
    label = str(field.label) if field else place
    if place.startswith(ENGLISH):
        return _("%(question)s (Engels)") % {"question": label}
    return _("%(question)s (weten we nog niet)") % {"question": label} if place.startswith(UNKNOWN) else label
