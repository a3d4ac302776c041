"""What a story tells of a programme, a project, its team, its gates and its exceptions."""

import datetime
from typing import Any

from participation.actions.exceptions import ask_exception, grant_exception, refuse_exception
from participation.actions.gates import ask_gate, pass_gate, refuse_gate
from participation.actions.programmes import start_programme
from participation.actions.projects import start_project
from participation.actions.team import add_colleague
from participation.examples.story import Story, verb
from participation.gatekeeping import gate_asked
from participation.models import GateReview, Programme
from participation.states import ExceptionState, Phase
from portal.organisations.models import Organisation
from transparency.service import entries_to_link, systems_to_link

TEXTS = ("name", "name_en", "summary", "summary_en", "question", "question_en", "affected", "affected_en")


@verb
def programme(story: Story, now: datetime.datetime, *, slug: str, partners: list[str], **texts: str) -> None:
    """The fund begins a programme with patient organisations as its partners."""
    manager = story.who("manager")
    fund = Organisation.objects.get(memberships__user=manager, is_example=True)
    chosen = Organisation.objects.filter(slug__in=partners)
    start_programme(organisation=fund, fields=texts, partners=chosen, by=manager, now=now, slug=slug)


@verb
def start(story: Story, now: datetime.datetime) -> None:
    """The project begins, with the texts, roles and entries at the top of the file."""
    data = story.data["project"]
    fields: dict[str, Any] = {key: data[key] for key in TEXTS if key in data}
    fields["starts_on"] = story.day(data["starts_on"])
    if "ends_on" in data:
        fields["ends_on"] = story.day(data["ends_on"])
    start_project(
        organisation=story.organisation, slug=story.slug, uuid=data["uuid"], fields=fields, by=story.who("lead"),
        now=now, patient_side=story.patient_side, entry_phase=Phase(data.get("entry_phase", Phase.IDEA)),
        entry_reason=data.get("entry_reason", ""), roles=story.data.get("role", []),
        entries=entries_to_link([story.organisation.pk]).filter(slug__in=data.get("entries", [])),
        systems=systems_to_link().filter(slug__in=data.get("systems", [])),
        programme=Programme.objects.get(slug=data["programme"]) if "programme" in data else None,
        is_policy=data.get("is_policy", False),
    )  # fmt: skip


@verb
def team(story: Story, now: datetime.datetime, *, who: str, function: str) -> None:
    """A colleague joins the team."""
    email = story.who(who).email
    add_colleague(project=story.project, email=email, function=function, by=story.who("lead"), now=now)


# --- Gates -----------------------------------------------------------------------------------------------------------


def _asked(story: Story) -> GateReview:
    gate = gate_asked(story.project)
    if gate is None:
        raise ValueError("no gate was asked")
    return gate


@verb
def _ask_gate(story: Story, now: datetime.datetime, *, text: str) -> None:
    """The lead asks to go on."""
    ask_gate(project=story.project, text=text, by=story.who("lead"), now=now)


@verb
def _pass_gate(story: Story, now: datetime.datetime, *, text: str) -> None:
    """The decider lets the project go on."""
    pass_gate(gate=_asked(story), text=text, by=story.who("decider"), now=now)


@verb
def _refuse_gate(story: Story, now: datetime.datetime, *, text: str) -> None:
    """The decider says: not yet."""
    refuse_gate(gate=_asked(story), text=text, by=story.who("decider"), now=now)


# --- Exceptions ------------------------------------------------------------------------------------------------------


@verb
def _ask_exception(
    story: Story, now: datetime.datetime, *, reason: str, missing: str, repair: str, repair_by: str
) -> None:
    """The lead asks to go on without patients."""
    ask_exception(
        project=story.project, reason=reason, missing=missing, repair=repair, repair_by=story.day(repair_by),
        by=story.who("lead"), now=now,
    )  # fmt: skip


@verb
def _grant_exception(story: Story, now: datetime.datetime, *, text: str) -> None:
    """The fund allows it."""
    asked = story.project.exceptions.get(state=ExceptionState.ASKED)
    grant_exception(exception=asked, text=text, by=story.who("manager"), now=now)


@verb
def _refuse_exception(story: Story, now: datetime.datetime, *, text: str) -> None:
    """The fund does not allow it."""
    asked = story.project.exceptions.get(state=ExceptionState.ASKED)
    refuse_exception(exception=asked, text=text, by=story.who("manager"), now=now)
