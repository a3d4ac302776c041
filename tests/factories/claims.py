"""Claims, proposals and joined products for tests, made by the actions that make them in real life."""

from typing import Any

from django.utils import timezone

from portal.accounts.models import PortalRole
from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import member, on_duty
from tests.factories.transparency import COMPLETE, published_entry, published_system
from transparency.actions import claims
from transparency.actions.merging import ask_merge
from transparency.actions.publishing import publish_system
from transparency.models import AISystem, Claim, Entry, Merge, Proposal
from transparency.states import EDITORS, ClaimKind, ClaimOutcome, Origin, ReturnGround

SOURCE = [{"title": "Persbericht", "link": "https://ziekenhuis.example/nieuws"}]


def editorial_entry(**fields: Any) -> Entry:
    """A public text of our editors about a verified organisation; `fields` go to the factory."""
    if "organisation" not in fields:
        fields["organisation"] = OrganisationFactory(verified_at=timezone.now())
    content = {"sources": SOURCE, **fields.pop("content", {})}
    return published_entry(origin=Origin.EDITORIAL, responsible=EDITORS, content=content, **fields)


def claim_in(state: str, kind: ClaimKind = ClaimKind.DISPUTE, *, entry: Entry | None = None) -> Claim:
    """A claim of an editor, decided by a publisher, judged by editors of the portal, brought to `state`."""
    entry = entry or editorial_entry()
    writer, publisher = member(entry.organisation, Role.EDITOR), member(entry.organisation, Role.PUBLISHER)
    first, second, now = on_duty(PortalRole.EDITORIAL), on_duty(PortalRole.EDITORIAL), timezone.now()
    seen = entry.current_version.number
    if kind == ClaimKind.CONFIRM:
        claim = claims.ask_confirmation(entry=entry, seen=seen, by=writer, now=now)
        steps = {"CONFIRMED": [lambda: claims.confirm(claim=claim, by=publisher, now=now)]}
    else:
        claim = claims.dispute(entry=entry, text="Wij gebruiken dit niet meer.", seen=seen, by=writer, now=now)
        file = [lambda: claims.file(claim=claim, by=publisher, now=now)]
        show = [*file, lambda: claims.show(claim=claim, by=first, now=now)]
        answer = {"outcome": ClaimOutcome.NOT_CHANGED, "text": "De bron zegt van wel."}
        write = [*show, lambda: claims.answer(claim=claim, by=first, now=now, **answer)]
        steps = {
            "FILED": file,
            "RETURNED": [*file, lambda: claims.return_claim(
                claim=claim, ground=ReturnGround.PERSON, note="Haal de naam weg.", by=first, now=now)],
            "SHOWN": show,
            "ANSWERING": write,
            "ANSWERED": [*write, lambda: claims.approve_answer(claim=claim, by=second, now=now)],
        }  # fmt: skip
    steps |= {
        "ASKED": [],
        "REFUSED": [lambda: claims.refuse(claim=claim, by=publisher, now=now)],
        "WITHDRAWN": [lambda: claims.withdraw(claim=claim, by=publisher, now=now)],
    }
    for step in steps[state]:
        step()
    return claim


def asked_merge(**fields: Any) -> Merge:
    """A merge of one product into another, asked by an editor; `fields` replace old, into and by."""
    given = {
        "old": fields.pop("old", None) or published_system(content={"name": "BoneFinder oud"}),
        "into": fields.pop("into", None) or published_system(),
        "by": fields.pop("by", None) or on_duty(PortalRole.EDITORIAL),
    }
    return ask_merge(reason="Het is hetzelfde product.", now=timezone.now(), **given)


def changed_system(system: AISystem, **answers: Any) -> AISystem:
    """`system` with a new text: the old one with `answers` in it; None takes one away."""
    content = {**system.current_version.content, **answers}
    content = {key: value for key, value in content.items() if value is not None}
    publish_system(
        system=system, content=content, reason="Er is iets nieuws.", responsible=EDITORS, by=None, now=timezone.now()
    )
    return system


def silent_about(*keys: str) -> dict[str, Any]:
    """COMPLETE, but for `keys` honest that nobody knows."""
    return {**dict.fromkeys(keys, ""), "unknown": list(keys), **{k: v for k, v in COMPLETE.items() if k not in keys}}


def open_proposal(**fields: Any) -> Proposal:
    """A proposal of a product with new risks, for an entry that says nothing of them itself."""
    system = published_system(content={"risks": "Het product mist soms een breuk."})
    entry = published_entry(system=system, content=silent_about("risks"), **fields)
    changed_system(system, risks="Het product mist soms een kleine breuk.")
    return Proposal.objects.get(entry=entry)
