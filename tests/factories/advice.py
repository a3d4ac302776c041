"""Advice on its road for tests: everything through the actions, as people do it."""

import datetime
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from participation.actions import advice as actions
from participation.actions import responses
from participation.models import Advice, AdviceDraft, Assignment, Project
from participation.states import AdviceDraftState, AdviceState, Decision, Judgement
from portal.organisations.roles import Role
from tests.factories.participation import ProjectFactory, representative
from tests.factories.people import member

TEXT = "Leg uit wat een scan is. Doe dat met een tekening."
FIELDS = {"text": TEXT, "topic": "INFORMATION", "weight": "SHOULD", "dissent": ""}
NO = {"decision": Decision.NOT_ADOPTED, "reason": "Wij hebben hier geen geld voor.", "language_reason": ""}


def answer(now: datetime.datetime, **fields: Any) -> dict[str, Any]:
    """An answer that adopts advice, with a promise."""
    values = {
        "decision": Decision.ADOPTED, "reason": "Dit is een goed idee.", "promise": "Wij maken een folder.",
        "promised_by": "hoofd röntgen", "promised_for": now.date() + datetime.timedelta(days=20),
        "language_reason": "",
    }  # fmt: skip
    return {**values, **fields}


def make_advice_world(slug: str = "breukkijker") -> SimpleNamespace:
    """A project with its lead, its coordinator and two representatives."""
    project = ProjectFactory(slug=slug, name="Breukkijker")
    one, other = representative(project), representative(project)
    return SimpleNamespace(
        project=project, lead=project.lead, coordinator=member(project.patient_side, Role.COORDINATOR),
        one=one, other=other, rep=one.user, other_rep=other.user,
        decider=member(project.organisation, Role.GATE_DECIDER),
    )  # fmt: skip


def given(project: Project, giver: Assignment, now: datetime.datetime | None = None, **more: Any) -> AdviceDraft:
    """Advice that waits for the coordinator."""
    fields = {**FIELDS, **more.pop("fields", {})}
    made = actions.give(project=project, fields=fields, by=giver.user, now=now or timezone.now(), **more)
    return AdviceDraft.objects.select_related("advice__project").get(advice=made)


def released(draft: AdviceDraft, by: Any, now: datetime.datetime | None = None) -> Advice:
    """What `draft` becomes when it is let through."""
    draft.refresh_from_db()
    actions.release(draft=draft, revision=draft.revision, nobody_recognised=True, by=by, now=now or timezone.now())
    return Advice.objects.select_related("project").get(pk=draft.advice_id)


def advice_in(world: Any, state: str, now: datetime.datetime | None = None) -> Advice:
    """Advice of the first representative of `world`, in `state`: every step taken by who may."""
    now = now or timezone.now()
    draft = given(world.project, world.one, now)
    if state == AdviceState.WAITING:
        return draft.advice
    if state == AdviceState.WITHDRAWN:
        actions.withdraw(draft=draft, by=world.rep, now=now)
        return Advice.objects.get(pk=draft.advice_id)
    made = released(draft, world.coordinator, now)
    for step in ROAD[AdviceState(state)]:
        STEPS[step](made, world, now)
        made.refresh_from_db()
    return Advice.objects.select_related("project").get(pk=made.pk)


STEPS = {
    "acknowledge": lambda one, world, now: responses.acknowledge(advice=one, by=world.lead, now=now),
    "respond": lambda one, world, now: responses.respond(advice=one, fields=answer(now), by=world.lead, now=now),
    "decline": lambda one, world, now: responses.respond(advice=one, fields=NO, by=world.lead, now=now),
    "start": lambda one, world, now: responses.start(advice=one, by=world.lead, now=now),
    "do": lambda one, world, now: responses.finish(advice=one, text="De folder ligt er.", by=world.lead, now=now),
    "judge": lambda one, world, now: responses.judge(
        advice=one, judgement=Judgement.CONFIRMED, text="", by=world.rep, now=now
    ),
    "lapse": lambda one, world, now: Advice.objects.filter(pk=one.pk).update(state="NO_VERDICT", lapsed_at=now),
}
ROAD = {
    AdviceState.SUBMITTED: (),
    AdviceState.ACKNOWLEDGED: ("acknowledge",),
    AdviceState.RESPONDED: ("respond",),
    AdviceState.IN_PROGRESS: ("respond", "start"),
    AdviceState.DONE: ("respond", "do"),
    AdviceState.WILL_NOT_DO: ("decline",),
    AdviceState.JUDGED: ("respond", "do", "judge"),
    AdviceState.NO_VERDICT: ("respond", "do", "lapse"),
}


def draft_in(world: Any, state: str, now: datetime.datetime | None = None) -> AdviceDraft:
    """A draft of the first representative of `world`, in `state`."""
    now = now or timezone.now()
    if state == AdviceDraftState.TO_AGREE:
        made = actions.type_out(
            project=world.project, fields=FIELDS, givers=[world.one.number], by=world.coordinator, now=now
        )
        return AdviceDraft.objects.get(advice=made)
    draft = given(world.project, world.one, now)
    if state == AdviceDraftState.RETURNED:
        actions.ask_back(draft=draft, revision=1, question="Wie is dat?", by=world.coordinator, now=now)
    return AdviceDraft.objects.select_related("advice__project").get(pk=draft.pk)
