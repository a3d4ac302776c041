"""Every address of the portal, filled in with the things of the marked world: of one's own and of others."""

import uuid
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from django.urls import reverse

from participation.answer_links import answer_token, stop_token
from participation.models import Advice, Assignment, Candidacy, Interest, RoleOffer, TeamMember
from portal.home.views import HELP
from tests.support.addresses import EVERY

NOTHING = uuid.UUID(int=9)
Filled = list[dict[str, Any]]


def places(world: SimpleNamespace, *, made_up: bool) -> Iterator[tuple[str, str]]:
    """(name, path) of every address; those about things once for each thing.

    `made_up`: those about a thing that this world has none of, or the others.
    """
    fill = _filling(world)
    for name, view, _path in EVERY:
        taken = set(getattr(view.pattern, "converters", None) or view.pattern.regex.groupindex)
        is_made_up = name not in fill and bool(taken & {"key", "token", "pk", "number", "uidb36"})
        if is_made_up == made_up:
            for kwargs in fill.get(name) or _by_kind(name, taken, world):
                yield name, reverse(name, kwargs={key: kwargs[key] for key in taken})


def _by_kind(name: str, taken: set[str], world: SimpleNamespace) -> Filled:
    """What is told by the names of the arguments; of a thing that is not of participation: one that is not there."""
    base = {
        "key": NOTHING, "step": "purpose", "number": 1, "pk": 1, "token": "verzonnen", "name": "toepassingen.json",
        "provider_id": "x", "uidb36": "1", "slug": "breukkijker",
        "receipt": NOTHING, "claim": NOTHING, "promise": NOTHING, "meeting": NOTHING, "form": "xml", "year": 2026,
    }  # fmt: skip
    slugs = ["breukkijker"]
    if name.startswith(("organisation", "invitation", "portal-", "keys", "key-", "leave-", "transparency:provider")):
        slugs = [one.slug for one in _organisations(world)]
    elif name.startswith("transparency:system"):
        slugs = ["bonefinder"]
    elif name.startswith("participation:"):
        slugs = ["botten", "hart"]
    if name == "transparency:export":
        slugs = [one.slug for one in _organisations(world)]
    if "slug" not in taken:
        return [base]
    return [{**base, "slug": slug} for slug in slugs]


def _organisations(world: SimpleNamespace) -> list[Any]:
    return [world.project.organisation, world.project.patient_side, world.fund, world.centre, world.other.organisation]


def _filling(w: SimpleNamespace) -> dict[str, Filled]:
    """The things of the world, by the address that shows them."""
    t = w.things
    mine = [{"key": one.uuid, "step": "nodig", "answer": "ja"} for one in Assignment.objects.order_by("pk")]
    botten, hart = {"slug": "botten"}, {"slug": "hart"}
    given = list(Advice.objects.order_by("pk"))
    candidacies = list(Candidacy.objects.select_related("vacancy__project").order_by("pk"))
    asked = [
        {"slug": one.vacancy.project.slug, "key": one.vacancy.uuid, "candidate": one.uuid, "step": "oordeel"}
        for one in candidacies
    ]
    vacancies = [{"slug": one.project.slug, "key": one.uuid, "step": "openen"} for one in (t["vacancy"], t["review"])]
    vacancies.append({**hart, "key": t["vacancy of other"].uuid, "step": "openen"})
    meetings = [{**botten, "key": t[name].uuid, "step": "uitnodigen", "paper": t["paper"].uuid}
                for name in ("held", "begun", "planned")]  # fmt: skip
    open_now = [{"slug": t["vacancy"].slug}, {"slug": t["vacancy of other"].slug}, {"slug": t["review"].slug}]
    work_advice = [{**botten, "key": one.uuid, "step": "vrijgeven"} for one in given]
    invitation = t["planned"].attendances.get(assignment=t["own"])
    return {
        **{f"participation:{name}": mine for name in (
            "assignment", "agreement", "agreement-link", "agreement-pdf", "buddy-answer", "assignment-step")},
        "participation:participant-step": [{**botten, **one, "step": "pauze"} for one in mine],
        **{f"participation:{name}": [{"key": one.uuid, "step": "akkoord"} for one in given]
           for name in ("my-advice-one", "my-verdict", "my-advice-step")},
        **{f"participation:{name}": [{**botten, "key": one.uuid} for one in given] for name in ("advice",)},
        **{f"participation:{name}": work_advice for name in ("work-advice-one", "work-advice-step")},
        **{f"participation:{name}": asked for name in ("candidate", "candidate-step")},
        "participation:my-candidacy": [{"key": one.uuid} for one in candidacies],
        **{f"participation:{name}": vacancies for name in ("work-vacancy", "vacancy-edit", "vacancy-step")},
        **{f"participation:{name}": open_now for name in ("vacancy", "candidacy-new", "put-forward")},
        **{f"participation:{name}": meetings for name in (
            "meeting", "meeting-edit", "meeting-held", "meeting-paper-add", "meeting-paper-remove", "meeting-step",
            "meeting-mine", "meeting-answer", "meeting-calendar")},
        "participation:meeting-paper": [{"key": t["paper"].uuid}],
        "participation:meeting-answer-link": [{"token": answer_token(invitation)}],
        "participation:digest-stop": [{"token": stop_token(w.people["own"].pk)}],
        "participation:sign-by-link": [{"token": t["link"]}],
        "participation:role-offer": [{"token": t["offer"]}],
        "participation:candidacy-link": [{"token": t["candidate link"]}],
        "participation:interest-decide": [{**botten, "key": one.uuid} for one in Interest.objects.order_by("pk")],
        "participation:task-step": [{**botten, "key": t["task"].uuid, "step": "klaar"}],
        "participation:message-take-back": [{**botten, "key": t["message"].uuid}],
        "participation:role-offer-withdraw": [{**botten, "key": one.uuid} for one in RoleOffer.objects.all()],
        "participation:project-person-remove": [{**botten, "pk": one.pk} for one in TeamMember.objects.all()],
        "participation:pulse": [{"key": t["pulse"].uuid}],
        **{f"participation:{name}": [{**botten, "step": "vragen"}, {**hart, "step": "vragen"}] for name in (
            "project-gate-step", "project-exception-step", "account-step")},
        "participation:programme": [{"slug": "samen"}],
        "participation:programme-edit": [{"slug": "samen"}],
        **{name: [{"slug": one.slug, "pk": pk} for one in _organisations(w)[:2] for pk in _numbers(w)]
           for name in ("organisation-person",)},
        "participation-api:project": [{"key": w.project.uuid}, {"key": w.other.uuid}],
        "participation-api:vacancy": [{"key": t[name].uuid} for name in ("vacancy", "vacancy of other", "review")],
        "participation-api:advice": [{"key": one.uuid} for one in given],
        **{name: [{"key": w.project.entries.get().uuid}] for name in (
            "api:entry", "api:versions", "api:received", "api:national")},
        "api:system": [{"key": w.project.systems.get().uuid}],
        "api:organisation": [{"key": one.uuid} for one in _organisations(w)],
        "api:schema": [{"name": "project"}],
        "help-page": [{"slug": slug} for slug in HELP],
    }  # fmt: skip


def _numbers(w: SimpleNamespace) -> list[int]:
    return [w.people["own"].pk, w.people["lead"].pk, w.people["patient administrator"].pk]
