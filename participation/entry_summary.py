"""What an entry of the register shows of its projects: made here, pushed through transparency.service."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils import translation

from participation.models import Passage, Project
from participation.states import PHASES, Phase, ProjectState
from participation.taking_part import advice_counts, contributors, everybody, meetings_held
from transparency.service import PhaseInShort, ProjectInShort, entries_with_projects, show_participation

LANGUAGES = ("nl", "en")
_waiting: ContextVar[dict[int, Any] | None] = ContextVar("waiting", default=None)  # entries to tell once, at the end


def in_short(project: Project) -> ProjectInShort:
    """`project` as an entry shows it, in both languages."""
    found, advice = contributors(project), advice_counts(project)
    passages = {one.phase: one for one in Passage.objects.filter(project=project).select_related("gate")}
    entered = [phase for phase in PHASES if phase in passages]
    return ProjectInShort(
        slug=project.slug,
        name={"nl": project.name, "en": project.name_en},
        path={language: _path(project, language) for language in LANGUAGES},
        state=project.state,
        state_label=_both(ProjectState(project.state)),
        phase=project.phase,
        phase_label=_both(Phase(project.phase)),
        phases=[
            PhaseInShort(
                label=_both(phase),
                representatives=len(found.get(phase, ())),
                by_exception=_left_by_exception(phase, passages),
            )
            for phase in entered
        ],
        representatives=len(everybody(found)),
        meetings=sum(meetings_held(project).values()),
        advice=advice.given,
        adopted=advice.adopted,
        partly=advice.partly,
        not_adopted=advice.not_adopted,
        unanswered=advice.unanswered,
        kept=advice.kept,
    )


def _both(choice: Phase | ProjectState) -> dict[str, str]:
    """The words of a choice by language."""
    words = {}
    for language in LANGUAGES:
        with translation.override(language):
            words[language] = str(choice.label)
    return words


def _path(project: Project, language: str) -> str:
    with translation.override(language):
        return project.get_absolute_url()


def _left_by_exception(phase: Phase, passages: dict[str, Passage]) -> bool:
    """Whether the project went on from `phase` without patients."""
    place = PHASES.index(phase) + 1
    following = passages.get(PHASES[place]) if place < len(PHASES) else None
    return following is not None and following.gate is not None and following.gate.exception_id is not None


def answer_of(projects: list[ProjectInShort]) -> str:
    """Whether patients took part in what `projects` are about: the best of them counts; "" when nobody did anything."""
    answers = {_answer(project) for project in projects}
    return next((answer for answer in ("YES", "PARTLY") if answer in answers), "")


def _answer(project: ProjectInShort) -> str:
    if not project.representatives:
        return ""
    return "PARTLY" if any(phase.by_exception for phase in project.phases) else "YES"


def tell_entries(project: Project, now: datetime.datetime) -> int:
    """Show on every entry of `project` what is known now; on how many that is news. Call it after each change."""
    return sum(tell_entry(entry, now) for entry in project.entries.all())


def tell_entry(entry: Any, now: datetime.datetime) -> bool:
    """Show on `entry` its projects as they are now; whether that is news."""
    if (waiting := _waiting.get()) is not None:
        waiting[entry.pk] = entry
        return False
    about = Project.objects.filter(entries=entry.pk).order_by("starts_on", "pk")
    projects = [in_short(one) for one in about]
    return show_participation(entry=entry, answer=answer_of(projects), projects=projects, now=now)


@contextmanager
def told_once(now: datetime.datetime) -> Iterator[None]:
    """Inside, no entry is told; at the end each that would have been, once: for a long row of changes at one time."""
    waiting: dict[int, Any] = {}
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    for entry in waiting.values():
        tell_entry(entry, now)


def tell_every_entry(now: datetime.datetime) -> int:
    """Show on every entry with a project what is known now; on how many that was news.

    A job of every minute: the net under whatever changes a meeting, a piece of advice or a role.
    """
    told = sum(tell_entries(project, now) for project in Project.objects.filter(entries__isnull=False).distinct())
    left = entries_with_projects().exclude(projects__isnull=False)
    return told + sum(tell_entry(entry, now) for entry in left)
