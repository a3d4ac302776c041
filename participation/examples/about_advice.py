"""What a story tells of advice, from the first word to the verdict."""

import datetime
from typing import Any

from participation.actions import advice as advice_actions
from participation.actions import responses
from participation.actions.advice_jobs import lapse
from participation.examples.story import Story, verb

# --- Until it is public ----------------------------------------------------------------------------------------------


def _numbers(story: Story, people: list[str]) -> list[int]:
    return [story.assignment(who).number for who in people]


@verb
def advises(
    story: Story, now: datetime.datetime, *, key: str, who: str, weight: str, topic: str, text: str, dissent: str = "",
    together: list[str] | None = None, meeting: str = "",
) -> None:  # fmt: skip
    """Somebody gives advice; who is asked to stand behind it too does so at once."""
    fields = {"text": text, "dissent": dissent, "weight": weight, "topic": topic}
    advice_actions.give(
        project=story.project, fields=fields, by=story.who(who), now=now, key=story.key(key),
        together=_numbers(story, together or []), meeting=story.meeting(meeting) if meeting else None,
    )  # fmt: skip
    for other in together or []:
        stands_behind(story, now, advice=key, who=other)


@verb
def types_out(
    story: Story, now: datetime.datetime, *, key: str, givers: list[str], weight: str, topic: str, text: str,
    meeting: str = "",
) -> None:  # fmt: skip
    """The coordinator types out what somebody said."""
    fields = {"text": text, "weight": weight, "topic": topic, "dissent": ""}
    advice_actions.type_out(
        project=story.project, fields=fields, givers=_numbers(story, givers), by=story.who("coordinator"), now=now,
        key=story.key(key), meeting=story.meeting(meeting) if meeting else None,
    )  # fmt: skip


@verb
def stands_behind(story: Story, now: datetime.datetime, *, advice: str, who: str, dissent: str = "") -> None:
    """Somebody who was asked stands behind a text too."""
    draft = story.draft(advice)
    advice_actions.join(draft=draft, revision=draft.revision, by=story.who(who), now=now, dissent=dissent)


@verb
def agrees_on_paper(story: Story, now: datetime.datetime, *, advice: str) -> None:
    """The coordinator has the signatures on paper."""
    draft = story.draft(advice)
    advice_actions.agree_on_paper(draft=draft, revision=draft.revision, by=story.who("coordinator"), now=now)


@verb
def asks_back(story: Story, now: datetime.datetime, *, advice: str, question: str) -> None:
    """The coordinator has a question about a text."""
    draft = story.draft(advice)
    advice_actions.ask_back(
        draft=draft, revision=draft.revision, question=question, by=story.who("coordinator"), now=now
    )


@verb
def releases(story: Story, now: datetime.datetime, *, advice: str) -> None:
    """The coordinator makes a text public."""
    draft = story.draft(advice)
    advice_actions.release(
        draft=draft, revision=draft.revision, nobody_recognised=True, by=story.who("coordinator"), now=now
    )


@verb
def corrects(story: Story, now: datetime.datetime, *, advice: str, who: str, text: str) -> None:
    """Who gave advice writes it better; the coordinator makes that public."""
    advice_actions.correct(advice=story.advice(advice), text=text, dissent="", by=story.who(who), now=now)
    releases(story, now, advice=advice)


@verb
def drops_advice(story: Story, now: datetime.datetime, *, advice: str, who: str) -> None:
    """Who gave advice takes it back before it is public."""
    advice_actions.withdraw(draft=story.draft(advice), by=story.who(who), now=now)


# --- What the organisation does with it ------------------------------------------------------------------------------


@verb
def acknowledges(story: Story, now: datetime.datetime, *, advice: str) -> None:
    """The lead says that it was received."""
    responses.acknowledge(advice=story.advice(advice), by=story.who("lead"), now=now)


@verb
def needs_time(story: Story, now: datetime.datetime, *, advice: str, until: str, reason: str) -> None:
    """The lead answers later."""
    responses.take_more_time(
        advice=story.advice(advice), until=story.day(until), reason=reason, by=story.who("lead"), now=now
    )


def _answer(story: Story, promised_for: str, fields: dict[str, str]) -> dict[str, Any]:
    return {**fields, "promised_for": story.day(promised_for) if promised_for else None}


@verb
def answers(story: Story, now: datetime.datetime, *, advice: str, promised_for: str = "", **fields: str) -> None:
    """The lead answers: decision, reason, promise, promised_by."""
    told = _answer(story, promised_for, fields)
    responses.respond(advice=story.advice(advice), fields=told, by=story.who("lead"), now=now)


@verb
def answers_anew(
    story: Story, now: datetime.datetime, *, advice: str, after: int, promised_for: str = "", **fields: str
) -> None:
    """The lead corrects the answer with the number `after`."""
    told = _answer(story, promised_for, fields)
    responses.amend(advice=story.advice(advice), after=after, fields=told, by=story.who("lead"), now=now)


@verb
def begins_promise(story: Story, now: datetime.datetime, *, advice: str) -> None:
    """Work on the promise begins."""
    responses.start(advice=story.advice(advice), by=story.who("lead"), now=now)


@verb
def keeps_promise(story: Story, now: datetime.datetime, *, advice: str, text: str) -> None:
    """What was promised was done."""
    responses.finish(advice=story.advice(advice), text=text, by=story.who("lead"), now=now)


@verb
def breaks_promise(story: Story, now: datetime.datetime, *, advice: str, text: str) -> None:
    """What was promised will not be done."""
    responses.drop(advice=story.advice(advice), text=text, by=story.who("lead"), now=now)


@verb
def judges(story: Story, now: datetime.datetime, *, advice: str, who: str, judgement: str, text: str = "") -> None:
    """Who gave the advice says whether it was done."""
    responses.judge(advice=story.advice(advice), judgement=judgement, text=text, by=story.who(who), now=now)


@verb
def lapses(story: Story, now: datetime.datetime, *, advice: str) -> None:
    """Nobody judged in time."""
    lapse(advice=story.advice(advice), now=now)
