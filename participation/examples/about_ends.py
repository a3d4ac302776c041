"""What a story tells of how working together went, and of the end of a project."""

import datetime
from collections.abc import Mapping
from typing import Any

from participation.actions import account, pulse
from participation.actions.projects import end_project
from participation.examples.story import Story, verb
from participation.models import ClosingAccount, PulseRound
from participation.states import PulseState

# --- The pulse -------------------------------------------------------------------------------------------------------


def _open_round(story: Story) -> PulseRound:
    return PulseRound.objects.select_related("project").get(project=story.project, state=PulseState.OPEN)


@verb
def asks_pulse(story: Story, now: datetime.datetime) -> None:
    """Both sides are asked how it goes."""
    if not pulse.open_pulse(story.project, now):
        raise ValueError("there is no reason to ask, or nobody to ask")


@verb
def answers_pulse(story: Story, now: datetime.datetime, *, answers: Mapping[str, list[int]]) -> None:
    """Each of these gives six answers."""
    for who, values in answers.items():
        pulse.answer(round_=_open_round(story), values=dict(enumerate(values, 1)), by=story.who(who), now=now)


@verb
def closes_pulse(story: Story, now: datetime.datetime) -> None:
    """Its last day is past."""
    if not pulse.close_pulse(_open_round(story), now):
        raise ValueError("its last day is still to come")


# --- The end ---------------------------------------------------------------------------------------------------------


@verb
def ends(story: Story, now: datetime.datetime, *, how: str, reason: str) -> None:
    """The project stops ("stop") or is done ("close")."""
    end_project(project=story.project, name=how, reason=reason, by=story.who("lead"), now=now)


def _account(story: Story) -> ClosingAccount:
    return ClosingAccount.objects.select_related("project__organisation", "project__patient_side").get(
        project=story.project
    )


@verb
def accounts(story: Story, now: datetime.datetime, **texts: Any) -> None:
    """The lead writes the closing account; what is not given stays as the project itself knows it."""
    made = account.begin(project=story.project, by=story.who("lead"), now=now)
    if texts:
        kept = {name: getattr(made, name) for name in (*account.ITEMS, "language_reason")}
        account.write(
            account=_account(story), revision=made.revision, texts={**kept, **texts}, by=story.who("lead"), now=now
        )


@verb
def offers_account(story: Story, now: datetime.datetime) -> None:
    """The patient side is asked to agree."""
    found = _account(story)
    account.offer(account=found, revision=found.revision, by=story.who("lead"), now=now)


@verb
def agrees_account(story: Story, now: datetime.datetime) -> None:
    """The patient side agrees."""
    found = _account(story)
    account.agree(account=found, revision=found.revision, by=story.who("coordinator"), now=now)
