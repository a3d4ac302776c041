"""What somebody has to do about claims, joined products, changes elsewhere and organisations that stand outside."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.accounts.permissions import can_administer_portal, can_edit_for_portal
from portal.ui.tasks import Task
from transparency.law import every_line
from transparency.models import Claim, LeaveOut, Merge, Proposal
from transparency.permissions import (
    can_approve_answer,
    can_decide_claim,
    can_decide_leave_out,
    can_decide_merge,
    can_judge_claim,
    can_write_entry,
)
from transparency.states import ClaimKind, ClaimState, LeaveOutState, MergeState, ProposalKind
from transparency.workspace import entries_of, organisations_of

MOST_LINES = 3  # proposals that each have their own line; with more there is one line for all


def claim_tasks(user: Any) -> Iterator[Task]:
    """All of it for `user`."""
    yield from _of_provider(user)
    if can_edit_for_portal.ok(user):
        yield from _of_editors(user)
    yield from _proposals(user)
    yield from _outside(user)


def _name(thing: Any) -> str:
    return str(thing.current_version.content["name"]) if thing.current_version else str(thing.slug)


def _of_provider(user: Any) -> Iterator[Task]:
    waiting = Claim.objects.filter(
        state__in=[ClaimState.ASKED, ClaimState.RETURNED], entry__organisation__in=organisations_of(user)
    )
    needed = ("entry__organisation__parent__parent", "entry__current_version")
    for claim in waiting.select_related(*needed).order_by("asked_at", "pk"):
        if not can_decide_claim.ok(user, claim):
            continue
        what = _("Bevestig dat deze tekst klopt") if claim.kind == ClaimKind.CONFIRM else _("Lees wat er niet klopt")
        url = reverse("transparency:about-us-entry", args=[claim.entry.slug])
        yield Task(what=what, title=_name(claim.entry), url=url, about=claim.entry.organisation.name)


def _of_editors(user: Any) -> Iterator[Task]:
    now = timezone.now()
    live = Q(state__in=[ClaimState.FILED, ClaimState.SHOWN, ClaimState.ANSWERING], kind=ClaimKind.DISPUTE)
    needed = ("entry__organisation", "entry__current_version")
    for claim in Claim.objects.filter(live).select_related(*needed).order_by("show_at", "pk"):
        allowed = can_approve_answer if claim.state == ClaimState.ANSWERING else can_judge_claim
        if not allowed.ok(user, claim):
            continue
        what = {
            ClaimState.FILED: _("Kijk naar wat er niet klopt"),
            ClaimState.SHOWN: _("Antwoord de zorgverlener"),
            ClaimState.ANSWERING: _("Keur het antwoord goed of stuur terug"),
        }[ClaimState(claim.state)]
        due = timezone.localtime(claim.show_at).date() if claim.state == ClaimState.FILED and claim.show_at else None
        yield Task(
            what=what, title=_name(claim.entry), about=claim.entry.organisation.name, due=due,
            url=reverse("transparency:editorial-dispute", args=[claim.uuid]),
            is_late=claim.state == ClaimState.FILED and claim.show_at is not None and claim.show_at < now,
        )  # fmt: skip
    asked = Merge.objects.filter(state__in=[MergeState.ASKED, MergeState.UNDO_ASKED]).order_by("asked_at", "pk")
    for merge in asked.select_related("old__current_version", "into__current_version"):
        if can_decide_merge.ok(user, merge):
            is_undo = merge.state == MergeState.UNDO_ASKED
            what = _("Beslis of dit weer twee producten zijn") if is_undo else _("Beslis of dit één product is")
            title = f"{_name(merge.old)} – {_name(merge.into)}"
            yield Task(what=what, title=title, url=reverse("transparency:editorial-merge", args=[merge.uuid]))
    if stale := [line for line in every_line() if line.is_stale]:
        title = ngettext("%(number)d regel", "%(number)d regels", len(stale)) % {"number": len(stale)}
        yield Task(what=_("Laat de wet controleren"), title=title, url=reverse("transparency:editorial-law"))


def _proposals(user: Any) -> Iterator[Task]:
    needed = ("entry__organisation__parent__parent", "entry__current_version")
    found = Proposal.objects.open().filter(entry__in=entries_of(user)).select_related(*needed)
    mine = [one for one in found.order_by("-kind", "made_at", "pk") if can_write_entry.ok(user, one.entry)]
    if len(mine) > MOST_LINES:
        title = ngettext("%(number)d voorstel", "%(number)d voorstellen", len(mine)) % {"number": len(mine)}
        yield Task(what=_("Kijk of uw teksten nog kloppen"), title=title, url=reverse("transparency:proposals"))
        return
    for one in mine:
        is_law = one.kind == ProposalKind.LAW
        what = _("Kijk of dit nog klopt met de wet") if is_law else _("Het product is anders: neem over of laat staan")
        url = reverse("transparency:proposal", args=[one.uuid])
        yield Task(what=what, title=_name(one.entry), url=url, about=one.entry.organisation.name)


def _outside(user: Any) -> Iterator[Task]:
    needed = ("entry__organisation__parent__parent", "entry__current_version", "organisation")
    asked = LeaveOut.objects.filter(state=LeaveOutState.ASKED, entry__in=entries_of(user)).select_related(*needed)
    for wish in asked.order_by("asked_at", "pk"):
        if can_decide_leave_out.ok(user, wish):
            url = reverse("transparency:for-whom", args=[wish.entry.slug])
            yield Task(what=_("Beslis of dit voor iedereen geldt"), title=_name(wish.entry), url=url,
                       about=wish.organisation.name)  # fmt: skip


def ways_for(user: Any) -> list[tuple[str, str]]:
    """(words, address) of the pages of claims, editors and groups that are for `user`, also when nothing waits."""
    mine = organisations_of(user)
    ways = []
    if mine:
        ways += [(_("Wat wij over u schreven"), "about-us"), (_("Een product of wet is veranderd"), "proposals")]
    if any(one.parent_id for one in mine):
        ways.append((_("Wat uw groep voor u meldt"), "holds-for-us"))
    if can_edit_for_portal.ok(user):
        ways.append((_("Redactie"), "editorial"))
    if can_administer_portal.ok(user):
        ways.append((_("Welke organisatie valt waaronder?"), "organisation-tree"))
    return [(str(words), reverse(f"transparency:{name}")) for words, name in ways]
