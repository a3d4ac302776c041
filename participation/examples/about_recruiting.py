"""What a story tells of vacancies, and of who replied to them."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from participation.actions import candidacies, choosing
from participation.actions.candidate_links import new_link
from participation.actions.vacancies import (
    close_vacancy,
    open_vacancy,
    return_vacancy,
    submit_vacancy,
    withdraw_vacancy,
    write_vacancy,
)
from participation.actions.vacancy_ends import agree_outcome, propose_outcome
from participation.examples.story import Story, verb
from participation.models import Choice, Fit, Side, Wish

SIDES = {Side.PROJECT: "lead", Side.PATIENTS: "coordinator"}


@verb
def vacancy(
    story: Story, now: datetime.datetime, *, key: str, slug: str, criteria: Sequence[Mapping[str, Any]],
    closes_on: str, **fields: Any,
) -> None:  # fmt: skip
    """The lead writes a vacancy."""
    fields["closes_on"] = story.day(closes_on)
    write_vacancy(
        project=story.project, fields=fields, criteria=criteria, by=story.who("lead"), now=now, slug=slug,
        uuid=story.key(key),
    )  # fmt: skip


@verb
def submits(story: Story, now: datetime.datetime, *, vacancy: str) -> None:
    """The patient side is asked to look at it."""
    submit_vacancy(vacancy=story.vacancy(vacancy), by=story.who("lead"), now=now)


@verb
def returns(story: Story, now: datetime.datetime, *, vacancy: str, text: str) -> None:
    """The patient side wants it to be better."""
    return_vacancy(vacancy=story.vacancy(vacancy), text=text, by=story.who("coordinator"), now=now)


@verb
def opens(story: Story, now: datetime.datetime, *, vacancy: str) -> None:
    """Everybody can reply."""
    open_vacancy(vacancy=story.vacancy(vacancy), by=story.who("coordinator"), now=now)


@verb
def closes(story: Story, now: datetime.datetime, *, vacancy: str) -> None:
    """Nobody can reply any more: its last day is past."""
    close_vacancy(vacancy=story.vacancy(vacancy), by=None, now=now)


@verb
def withdraws(story: Story, now: datetime.datetime, *, vacancy: str, text: str) -> None:
    """The project takes the vacancy back."""
    withdraw_vacancy(vacancy=story.vacancy(vacancy), text=text, by=story.who("lead"), now=now)


@verb
def ends_vacancy(
    story: Story, now: datetime.datetime, *, vacancy: str, outcome: str, text: str, missing: list[str] | None = None
) -> None:
    """Both sides say what came of it."""
    propose_outcome(
        vacancy=story.vacancy(vacancy), outcome=outcome, text=text, missing=missing or [], by=story.who("lead"), now=now
    )
    there = story.vacancy(vacancy)
    assert there.proposed_at is not None  # noqa: S101 (it was proposed a line above)
    agree_outcome(vacancy=there, seen=there.proposed_at, by=story.who("coordinator"), now=now)


# --- Who replied -----------------------------------------------------------------------------------------------------


@verb
def replies(
    story: Story, now: datetime.datetime, *, vacancy: str, who: str, motivation: str, name: str = "",
    wish: str = Wish.LATER, keep: bool = False,
) -> None:  # fmt: skip
    """Somebody replies: with an account, or without one (then by mail, which is confirmed at once)."""
    there = story.vacancy(vacancy)
    fields = {"motivation": motivation, "wish": wish, "keep": keep}
    if who in story.cast.keys:
        person = story.who(who)
        candidacies.reply_signed_in(vacancy=there, fields={**fields, "name": person.name}, by=person, now=now)
        return
    candidacies.reply(vacancy=there, email=story.cast.address(who), fields={**fields, "name": name}, now=now)
    candidacies.confirm(token=new_link(story.candidacy(vacancy, who), now=now), now=now)


@verb
def put_forward(story: Story, now: datetime.datetime, *, vacancy: str, who: str, text: str) -> None:
    """The patient organisation puts somebody forward."""
    choosing.put_forward(
        vacancy=story.vacancy(vacancy), organisation=story.patient_side, person=story.who(who), text=text,
        by=story.who("coordinator"), now=now,
    )  # fmt: skip


@verb
def shortlists(story: Story, now: datetime.datetime, *, vacancy: str, who: str) -> None:
    """The project asks both sides to weigh somebody."""
    choosing.shortlist(candidacy=story.candidacy(vacancy, who), by=story.who("lead"), now=now)


@verb
def weighs(
    story: Story, now: datetime.datetime, *, vacancy: str, who: str, side: str, text: str, judgement: str = Fit.FITS
) -> None:
    """One side says what it finds."""
    choosing.assess(
        candidacy=story.candidacy(vacancy, who), side=side, judgement=judgement, text=text,
        by=story.who(SIDES[Side(side)]), now=now,
    )  # fmt: skip


@verb
def chooses(
    story: Story, now: datetime.datetime, *, vacancy: str, who: str, choice: str, text: str, agreed: bool = True
) -> None:
    """The project proposes what is decided on somebody; the patient side agrees unless `agreed` is no."""
    choosing.propose_choice(
        candidacy=story.candidacy(vacancy, who), choice=Choice(choice), text=text, by=story.who("lead"), now=now
    )
    if not agreed:
        return
    there = story.candidacy(vacancy, who)
    assert there.proposed_at is not None  # noqa: S101 (it was proposed a line above)
    choosing.agree(candidacy=there, seen=there.proposed_at, by=story.who("coordinator"), now=now)


@verb
def takes_back(story: Story, now: datetime.datetime, *, vacancy: str, who: str) -> None:
    """Somebody takes their reply back."""
    candidacies.withdraw(candidacy=story.candidacy(vacancy, who), by=story.who(who), now=now)
